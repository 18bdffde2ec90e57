"""Whether a `When` of a pack holds for one child: true, false, or not known. Read by the check, the sharing decision
and the route plan, so that they never answer it differently."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypeVar

from thresholds.domain.parts import AgeBand, AgencyKind, Agreement, Flag, Harm, When

T = TypeVar("T")


class Answer(StrEnum):
    """An answer to a yes-or-no question. Not known is an answer, and never means no."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"

    @property
    def known(self) -> bool | None:
        """True, False, or None for not known."""
        return None if self is Answer.NOT_KNOWN else self is Answer.YES


@dataclass(frozen=True, slots=True)
class ChildAge:
    """A child's age in completed years, as far as it is known; the same year twice for an exact age.

    ValueError for years below 0, for a youngest above the oldest, and for an unborn child with years.
    """

    youngest: int | None = None
    """Lowest age that it may be; None: not known."""
    oldest: int | None = None
    """Highest age that it may be; None: not known."""
    unborn: bool = False

    def __post_init__(self) -> None:
        """Refuse ages that cannot be."""
        known = [years for years in (self.youngest, self.oldest) if years is not None]
        if any(years < 0 for years in known):
            raise ValueError("an age is not below 0")
        if known != sorted(known):
            raise ValueError("the youngest age is not above the oldest")
        if self.unborn and known:
            raise ValueError("an unborn child has no years of age")

    @classmethod
    def exactly(cls, years: int) -> Self:
        """A known age in completed years."""
        return cls(years, years)

    @classmethod
    def born(cls, birth: dt.date, on: dt.date) -> Self:
        """Age on day `on`; one born on 29 February is a year older on 1 March. ValueError for a birth after `on`."""
        return cls.exactly(on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)))

    @property
    def known(self) -> bool:
        """Whether a band can be answered at all: unborn, or something is known of the years."""
        return self.unborn or self.youngest is not None or self.oldest is not None

    def within(self, band: AgeBand) -> bool | None:
        """Whether the age lies in the band; None where what is known lets it lie inside or outside."""
        if self.unborn:
            return band.unborn
        if band.unborn:
            # Years are those of a child who is born; of whom nothing is known, that isn't known either.
            return False if self.known else None
        lowest, too_old = band.from_years or 0, band.under_years
        youngest, oldest = self.youngest or 0, self.oldest
        if (oldest is not None and oldest < lowest) or (too_old is not None and youngest >= too_old):
            return False
        if youngest >= lowest and (too_old is None or (oldest is not None and oldest < too_old)):
            return True
        return None

    def reads(self) -> str:
        """The age as people read it: `unborn`, `3`, `12 to 14`, `at least 12`, `at most 5` or `not known`."""
        if self.unborn:
            return "unborn"
        if self.youngest is None:
            return "not known" if self.oldest is None else f"at most {self.oldest}"
        if self.oldest is None:
            return f"at least {self.youngest}"
        return str(self.youngest) if self.youngest == self.oldest else f"{self.youngest} to {self.oldest}"


AGE_NOT_KNOWN = ChildAge()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What a `When` can ask about one child. None: not known."""

    flags: frozenset[Flag] = frozenset()
    """Known or suspected. One that nobody raised does not hold."""
    harm: Harm | None = None
    levels: frozenset[str] | None = None
    """Ids of the judged level and of the indicated ones."""
    age: ChildAge = AGE_NOT_KNOWN
    agency: AgencyKind | None = None
    agreement: frozenset[Agreement] | None = None
    """What the family answered; several, where a child and a parent differ."""
    open_case: bool | None = None
    out_of_hours: bool | None = None


def holds(when: When, circumstances: Circumstances) -> bool | None:
    """Whether every field that `when` gives holds; False as soon as one doesn't, None while one isn't known."""
    at = circumstances
    if when.flags and at.flags.isdisjoint(when.flags):
        # Most rules of a pack end here: they name a circumstance that nobody raised.
        return False
    answers = (
        _among(at.harm, when.harm),
        _among_any(at.levels, when.levels),
        at.age.within(when.age) if when.age is not None else True,
        _among(at.agency, when.agencies),
        _among_any(at.agreement, when.agreement),
        _same(at.open_case, when.open_case),
        _same(at.out_of_hours, when.out_of_hours),
    )
    if False in answers:
        return False
    return None if None in answers else True


def _among(value: T | None, allowed: tuple[T, ...]) -> bool | None:
    if not allowed:
        return True
    return None if value is None else value in allowed


def _among_any(values: frozenset[T] | None, allowed: tuple[T, ...]) -> bool | None:
    if not allowed:
        return True
    return None if values is None else not values.isdisjoint(allowed)


def _same(value: bool | None, asked: bool | None) -> bool | None:
    if asked is None:
        return True
    return None if value is None else value is asked
