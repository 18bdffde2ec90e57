"""What the route plan takes and what it gives: where one child's referral goes, why, and who is rung first.

`referrals.routing.domain.route` works it out; it is shown before sending and frozen with the submission.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from thresholds.domain.check_result import ThresholdCheck, plain
from thresholds.domain.check_when import AGE_NOT_KNOWN, Answer, ChildAge
from thresholds.domain.doors import Kind
from thresholds.domain.duties import Event
from thresholds.domain.help_now import HelpLine
from thresholds.domain.parts import AgencyKind, Agreement, Citation, Flag, Harm
from thresholds.domain.urgency import UrgentReason

DoorKey = tuple[str, str]
"""A front door anywhere: slug of the area, id of the door in its pack."""


RULES = Citation(document="project-rules", section="where a referral goes")
"""Where the rules stand that hold in every area and come from no partnership's document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteFacts:
    """What is recorded about one child when the plan is made. None: not known. Times are aware."""

    home_area: str | None = None
    """Slug of the area of the child's home, or one that no pack has, such as `elsewhere`."""
    found_area: str | None = None
    """Slug of the area where the child is now."""
    workplace_areas: frozenset[str] = frozenset()
    """Slugs of the areas where those work against whom an allegation is made, as far as they are known."""
    workplace_open: bool = False
    """Of somebody of them it isn't known in which area they work. Without any area it isn't known either."""
    allegation_at: dt.datetime | None = None
    """When the practitioner learned of the allegation."""
    may_work_with_children: bool = False
    """Somebody is alleged to cause harm, and whether they work with children isn't known."""
    harm: Harm | None = None
    judged: str | None = None
    """Id of the level that the practitioner judged."""
    check: ThresholdCheck | None = None
    """The threshold check of this child: its flags, its overrides, and the indicated level or range."""
    flags: frozenset[Flag] = frozenset()
    """Circumstances known or suspected, besides those of the check."""
    age: ChildAge = AGE_NOT_KNOWN
    agency: AgencyKind | None = None
    """Kind of the referrer's agency."""
    agreement: frozenset[Agreement] | None = None
    open_case: bool | None = None
    """Whether the child has an allocated social worker."""
    cannot_wait: bool = False
    fgm_known: Answer = Answer.NOT_KNOWN
    """Whether the girl said that she was cut, or signs of it were seen; a risk alone is no."""
    regulated: Answer = Answer.NOT_KNOWN
    """Whether the practitioner is a regulated health or social care professional, or a teacher."""
    fgm_at: dt.datetime | None = None
    """When she said so, or the signs were seen."""
    fgm_reported: bool = False
    """The practitioner says that they reported it to the police themself."""
    called_at: dt.datetime | None = None
    """When the front door was rung about this."""
    assessment: bool = False
    """An early help assessment, not a referral."""


@dataclass(frozen=True, slots=True)
class Why:
    """Why a front door receives: a route that speaks, or a rule of this system. `rule` is the id of either."""

    rule: str
    text: str
    citation: Citation
    certain: bool = True
    """False: a fact on which the route hangs isn't known. It speaks all the same."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do before or beside the referral."""

    rule: str
    text: str
    citation: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedIntake:
    """A front door that receives the referral of this child."""

    area: str
    area_name: str
    door: str
    door_name: str
    kind: Kind
    why: tuple[Why, ...]
    urgent: bool
    ring_first: bool
    here: bool
    """Whether its team receives through this system. False: the practitioner has to reach it by themself."""
    lines: tuple[HelpLine, ...]
    channels: tuple[str, ...]
    """Other ways in that the area's pack gives, in words."""

    @property
    def key(self) -> DoorKey:
        """Area and door."""
        return self.area, self.door


@dataclass(frozen=True, slots=True)
class Alternative:
    """A route of the document to a help service, for the same facts. The service gets no referral while another door
    has it."""

    door: str
    door_name: str
    why: Why
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PersonalDuty:
    """Something that only the practitioner can do; no system discharges it."""

    rule: str
    text: str
    citation: Citation
    certain: bool
    """False: a fact on which the duty hangs isn't known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingFirst:
    """Who is rung before anything is written, with the number for the hour.

    `number` of a line is None where the partnership states none. `note` is the sentence about a form that reaches
    nobody until morning; empty while the office is known to be open.
    """

    area: str
    area_name: str
    emergency: bool
    """999 comes first."""
    ring_now: HelpLine | None
    others: tuple[HelpLine, ...]
    out_of_hours: bool | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedClock:
    """A time that runs for somebody.

    `provisional`: it counts from an act that isn't recorded yet, as if that were done at the moment of the plan.
    `warn_at` and `due_at` are None where nobody states an amount. Times are aware, Europe/London.
    """

    deadline: str
    name: str
    who: str
    starts_at: dt.datetime
    warn_at: dt.datetime | None
    due_at: dt.datetime | None
    provisional: bool
    after: Event
    """What it counts from."""
    outer_limit: bool
    """The latest time allowed, not a time to aim for."""
    statutory: bool
    note: str
    citation: Citation


class Ask(StrEnum):
    """Facts that would change the plan."""

    HOME_AREA = "home_area"
    FOUND_AREA = "found_area"
    WORKS_WITH_CHILDREN = "works_with_children"
    WORKPLACE_AREA = "workplace_area"
    HARM = "harm"
    LEVEL = "level"
    AGE = "age"
    AGENCY = "agency"
    AGREEMENT = "agreement"
    OPEN_CASE = "open_case"
    FGM_KNOWN = "fgm_known"
    REGULATED = "regulated"


ASK_TEXTS: dict[Ask, str] = {
    Ask.HOME_AREA: "Which council area is the child's home in?",
    Ask.FOUND_AREA: "Which council area is the child in now?",
    Ask.WORKS_WITH_CHILDREN: "Does whoever may be causing harm work or volunteer with children?",
    Ask.WORKPLACE_AREA: "In which council area does the person work whom the allegation is about?",
    Ask.HARM: "Has the child suffered significant harm, or are they likely to?",
    Ask.LEVEL: "Which level of need do you judge this to be?",
    Ask.AGE: "How old is the child?",
    Ask.AGENCY: "What kind of agency do you work for?",
    Ask.AGREEMENT: "What did the family answer about agreement?",
    Ask.OPEN_CASE: "Does the child have a social worker?",
    Ask.FGM_KNOWN: "Did the girl tell you that she was cut, or did you see signs of it?",
    Ask.REGULATED: "Are you a regulated health or social care professional, or a teacher?",
}


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A fact that isn't known and would change the plan. It holds nothing up."""

    key: Ask
    text: str
    about: tuple[str, ...] = ()
    """Ids of the routes that hang on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutePlan:
    """Where the referral of one child goes. Never without an intake."""

    area: str
    effective_from: str
    """First day of the pack version, as ISO date."""
    stands_in: bool
    """The pack isn't that of the child's home, which isn't known or has none here."""
    made_at: dt.datetime
    intakes: tuple[PlannedIntake, ...]
    steps: tuple[Step, ...]
    duties: tuple[PersonalDuty, ...]
    alternatives: tuple[Alternative, ...]
    ring_first: RingFirst | None
    clocks: tuple[PlannedClock, ...]
    questions: tuple[OpenQuestion, ...]
    urgent: bool
    urgent_reasons: tuple[UrgentReason, ...]

    @property
    def written_by(self) -> PlannedClock | None:
        """The clock of the written form after the call, the earliest; None where the partnership states no time."""
        written = [clock for clock in self.clocks if clock.after is Event.CALL and clock.due_at is not None]
        return min(written, key=lambda clock: clock.due_at or self.made_at, default=None)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON for freezing: the same plan gives the same text."""
        body: dict[str, Any] = plain(self)
        return body


@dataclass(frozen=True, slots=True)
class Destination:
    """A front door, and the children of the referral who go there."""

    area: str
    area_name: str
    door: str
    door_name: str
    kind: Kind
    urgent: bool
    ring_first: bool
    here: bool
    children: tuple[str, ...]
    """Ids of the children, in the order of the referral."""

    @property
    def key(self) -> DoorKey:
        """Area and door."""
        return self.area, self.door


@dataclass(frozen=True, slots=True)
class ReferralPlan:
    """The plans of all children of one referral, by child id as text, in the order of the referral; under the empty id
    where no child is recorded yet."""

    by_child: Mapping[str, RoutePlan] = field(default_factory=dict)

    @property
    def urgent(self) -> bool:
        """Whether one child's is."""
        return any(plan.urgent for plan in self.by_child.values())

    def destinations(self) -> tuple[Destination, ...]:
        """Every front door once, urgent ones first, else in the order of the children. Siblings may go different ways;
        a door that receives several is told of each, and of no other."""
        found: dict[DoorKey, Destination] = {}
        for child, plan in self.by_child.items():
            for intake in plan.intakes:
                before = found.get(intake.key)
                found[intake.key] = Destination(
                    area=intake.area,
                    area_name=intake.area_name,
                    door=intake.door,
                    door_name=intake.door_name,
                    kind=intake.kind,
                    urgent=intake.urgent or (before is not None and before.urgent),
                    ring_first=intake.ring_first or (before is not None and before.ring_first),
                    here=intake.here,
                    children=(*(before.children if before else ()), *([child] if child else [])),
                )
        return tuple(sorted(found.values(), key=lambda one: not one.urgent))

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON for freezing."""
        return {
            "children": {child: plan.to_dict() for child, plan in self.by_child.items()},
            "destinations": plain(self.destinations()),
        }
