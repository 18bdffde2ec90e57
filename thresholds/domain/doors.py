"""Front doors with their numbers and hours, and the routes that lead to them."""

import datetime as dt
import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from thresholds.domain.parts import Citation, Part, Slug, Statement, Text, When

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)


def _well_formed_number(number: str) -> str:
    """A British number as printed: ten or eleven digits from 0 on, in groups parted by single spaces; or 999 or 101."""
    if number in {"999", "101"}:
        return number
    if not re.fullmatch(r"0\d+( \d+)*", number) or len(number.replace(" ", "")) not in {10, 11}:
        raise ValueError("a telephone number starts with 0 and has ten or eleven digits, parted by single spaces")
    return number


Number = Annotated[str, AfterValidator(_well_formed_number)]


class Status(StrEnum):
    """How sure a contact is. Only what the area's document states, and nothing newer disputes, is stated."""

    STATED = "stated"
    UNCONFIRMED = "unconfirmed"
    NOT_STATED = "not_stated"


class AlternativeNumber(Part):
    """Another number that a source gives for the same line."""

    number: Number
    citation: Citation


class Telephone(Part):
    """A line of a front door. A number that no document states is empty, never replaced by another line's."""

    label: Text
    """What the line is for."""
    number: Number | None = None
    status: Status
    citation: Citation | None = None
    """Source of the number; left out only when it isn't stated."""
    alternatives: tuple[AlternativeNumber, ...] = ()
    """What another source gives; then the status is `unconfirmed`."""
    note: Text | None = None

    @model_validator(mode="after")
    def _number_fits_status(self) -> Self:
        if self.status is Status.NOT_STATED:
            if self.number is not None or self.alternatives:
                raise ValueError("a line that isn't stated has no number")
            return self
        if self.number is None or self.citation is None:
            raise ValueError("a number needs its digits and its citation, or the status not_stated")
        if self.status is Status.STATED and self.alternatives:
            raise ValueError("a number that another source disputes is unconfirmed")
        return self


class Weekday(StrEnum):
    """Days as packs write them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Monday is 0, as `date.weekday` counts."""
        return list(Weekday).index(self)


class Opening(Part):
    """A span of the day, local time (Europe/London), on the days given."""

    days: tuple[Weekday, ...] | None = None
    """Left out where the document gives hours without days: weekdays are taken as open, weekends are not known."""
    opens: dt.time
    closes: dt.time

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.opens >= self.closes:
            raise ValueError("an opening closes after it opens, on the same day")
        if self.opens.tzinfo or self.closes.tzinfo:
            raise ValueError("opening hours are local times without an offset")
        if any(time.second or time.microsecond for time in (self.opens, self.closes)):
            raise ValueError("opening hours are whole minutes")
        if self.days is not None and len(set(self.days)) != len(self.days):
            raise ValueError("a day stands twice")
        if self.days == ():
            raise ValueError("days that aren't given are left out")
        return self


class Hours(Part):
    """Opening hours as one source gives them. Bank holidays are closed unless `bank_holidays` says otherwise."""

    status: Status
    openings: tuple[Opening, ...] = ()
    when_others_closed: bool = False
    """An out-of-hours team: open whenever the doors that point to it are closed."""
    bank_holidays: bool = False
    """Open on bank holidays as on other days."""
    citation: Citation

    @model_validator(mode="after")
    def _has_hours(self) -> Self:
        if self.status is Status.NOT_STATED:
            raise ValueError("hours that aren't stated are left out")
        if bool(self.openings) == self.when_others_closed:
            raise ValueError("hours are openings, or when_others_closed")
        return self


class ChannelKind(StrEnum):
    """Ways of reaching a front door."""

    PHONE = "phone"
    FORM = "form"
    EMAIL = "email"


class Channel(Part):
    """A way in, with its address where there is one."""

    kind: ChannelKind
    name: Text
    address: Text | None = None
    """Web or e-mail address as printed; left out where the document has only a link whose target is lost."""
    status: Status
    citation: Citation


class Kind(StrEnum):
    """What sort of front door it is."""

    SOCIAL_CARE = "social_care"
    OUT_OF_HOURS = "out_of_hours"
    CONSULTATION = "consultation"
    EARLY_HELP = "early_help"
    LADO = "lado"
    POLICE = "police"
    CHANNEL = "channel"
    EXPLOITATION = "exploitation"
    DISABILITY = "disability"
    SOCIAL_WORKER = "social_worker"


class Takes(StrEnum):
    """What a front door takes."""

    PROTECTION = "protection"
    IN_NEED = "in_need"
    EARLY_HELP = "early_help"
    ADVICE = "advice"
    ALLEGATION = "allegation"
    RADICALISATION = "radicalisation"
    EXPLOITATION = "exploitation"
    DISABILITY = "disability"


class FrontDoor(Part):
    """A team that receives."""

    id: Slug
    name: Text
    kind: Kind
    takes: Annotated[tuple[Takes, ...], Field(min_length=1)]
    numbers: tuple[Telephone, ...] = ()
    """Its lines, the one to ring first first."""
    channels: tuple[Channel, ...] = ()
    hours: tuple[Hours, ...] = ()
    """One entry a source; empty: not stated by the partnership. Where sources differ, open is what they agree on."""
    out_of_hours: Slug | None = None
    """Id of the front door to ring when this one is closed; left out: not stated."""
    note: Text | None = None
    citation: Citation

    @property
    def only_advises(self) -> bool:
        """Whether it is rung for advice and takes nothing that is written."""
        return set(self.takes) == {Takes.ADVICE}


class Route(Part):
    """Under which facts a child's referral goes where, what comes next, or what somebody is reminded of."""

    id: Slug
    name: Text
    when: When
    door: Slug | None = None
    """Id of the front door that receives."""
    main_door: bool = False
    """The area's main door receives, whichever it is: for what only children's social care may look at, or is to be
    told of by law, in every area."""
    steps: tuple[Statement, ...] = ()
    """What to do before or beside it, in order."""
    reminder: Text | None = None
    """A personal duty that no system can discharge for the practitioner."""
    ring_first: bool = False
    """The door is rung before anything is written."""
    citation: Citation

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        if self.door is None and not self.main_door and not self.steps and self.reminder is None:
            raise ValueError("a route needs a door, steps or a reminder")
        if self.door is not None and self.main_door:
            raise ValueError("a route leads to a door by its id, or to the main door, not both")
        if self.ring_first and self.door is None:
            raise ValueError("only a door can be rung first")
        return self
