"""Plans for the tests of the rules: the shipped packs, and moments that matter."""

from datetime import UTC, date, datetime
from typing import Any

from referrals.routing.domain.plan import RouteFacts, RoutePlan
from referrals.routing.domain.route import route
from thresholds.domain.parts import Flag, Harm
from thresholds.files import shipped_packs

PACKS = {pack.area.slug: pack for pack in shipped_packs()}
TELFORD = PACKS["telford-and-wrekin"]
HOME = TELFORD.area.slug

# In 2026 England keeps summer time from 29 March to 25 October.
BY_DAY = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)  # Tuesday
BY_NIGHT = datetime(2026, 11, 3, 22, 30, tzinfo=UTC)
WEEKEND = datetime(2026, 11, 7, 10, 0, tzinfo=UTC)  # Saturday; the document gives hours and no days
CHRISTMAS = datetime(2026, 12, 25, 10, 0, tzinfo=UTC)
HOURS = {"day": BY_DAY, "night": BY_NIGHT, "weekend": WEEKEND, "bank holiday": CHRISTMAS}
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})

POSSIBLE_HARM = (Harm.YES, Harm.SUSPECTED, Harm.NOT_SURE)


def facts(**given: Any) -> RouteFacts:
    """Facts of a child at home in Telford & Wrekin, where nothing is open unless it is given."""
    known: dict[str, Any] = {"home_area": HOME, "found_area": HOME, "harm": Harm.NO, "open_case": False}
    return RouteFacts(**{**known, **given})


def planned(now: datetime = BY_DAY, *, here: Any = None, **given: Any) -> RoutePlan:
    """The plan of such a child in Telford & Wrekin; every other pack is at hand."""
    flags = frozenset(Flag(flag) for flag in given.pop("flags", ()))
    return route(TELFORD, facts(flags=flags, **given), now, HOLIDAYS, others=PACKS, here=here)


def doors(plan: RoutePlan) -> list[str]:
    """The doors of a plan; those of another area with its name."""
    return [intake.door if intake.area == plan.area else f"{intake.area}/{intake.door}" for intake in plan.intakes]
