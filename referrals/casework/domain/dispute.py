"""By when a front door answers a disagreement: what the partnership's document states, and nothing else.

Sources: the escalation stages of the area's pack. Most documents state none: then there
is no time, and none is made up.
"""

import datetime as dt
from collections.abc import Set
from dataclasses import dataclass

from referrals.routing.domain.clocks import stated_hours
from referrals.routing.domain.limits import DISAGREEMENT
from thresholds.domain.duties import Deadline, Event
from thresholds.domain.hours import add
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Citation


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage that a disagreement is at. Empty, and None, where the document states no stage or no time for it."""

    name: str
    due_at: dt.datetime | None
    citation: Citation | None = None


def deadline_of(found: Stage) -> Deadline:
    """Return the time of a stage as what its clock counts for. The moment is `found.due_at`."""
    assert found.citation is not None  # only a stage that is stated has a time
    return Deadline(
        id=DISAGREEMENT,
        name="Answer the disagreement",
        who="the front door",
        after=Event.DISAGREEMENT,
        statutory=False,
        citation=found.citation,
    )


def stage(pack: Pack, number: int, *, door: str, now: dt.datetime, holidays: Set[dt.date]) -> Stage:
    """Return the stage of the `number`th disagreement about one decision, raised at `now` (aware), with its time.

    The first one is at the first stage; what is contested again goes up one. After the last stage there is none.
    """
    found = next((one for one in pack.escalation.stages if one.number == number), None)
    if found is None:
        return Stage("", None)
    if found.amount is None or found.unit is None:
        return Stage(found.name, None)
    at = pack.doors_by_id.get(door) or pack.doors_by_id[pack.main_door]
    try:
        due_at = add(now, found.amount, found.unit, hours=stated_hours(at), holidays=holidays)
        return Stage(found.name, due_at, found.citation)
    except ValueError:
        # Working hours of a door that states none: no time can be told.
        if now.tzinfo is None:
            raise
        return Stage(found.name, None)
