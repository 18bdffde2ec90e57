"""The times that a partnership may set for itself, by the ids that its pack gives them, and who is told of each time.

None of the six areas' documents states one of these: then there is none, and pages say so. A partnership sets its own
by publishing its pack with a deadline of that id. One exception: the referrer must not wait for ever, so where no time
for the outcome is stated, the system's own counts, and is said as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from thresholds.domain.duties import Deadline, Event, Unit
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Citation

SCREENING: Mapping[str, str] = {"red": "screen-red", "amber": "screen-amber", "green": "screen-green"}
"""Rating -> id. Counted from the first receipt, whenever it is rated: the child has waited since then. In hours it runs
on after hours, by day and night; in working hours it stands still while the front door is closed."""
OUTCOME = "outcome"
"""Until the referrer knows what was decided. Counted from the receipt, at every front door."""
PARTNER_RETURN = "partner-return"
"""Until a partner agency gives back what it was asked. Counted from the asking."""
REGISTRATION = "early-help-registration"
"""Until an early help assessment is registered, at whichever front door receives it. Counted from the receipt."""
REVIEW = "early-help-review"
"""Until the help that was agreed is reviewed. Counted from the registration, where the form names no day."""
OWN = frozenset({*SCREENING.values(), OUTCOME, PARTNER_RETURN, REGISTRATION, REVIEW})
"""Ids of all of these. They start where the rules below say, not with everything else that counts from the receipt."""
DISAGREEMENT = "disagreement"
"""Id of the clock of a stage of a disagreement. Its time is that of the area's escalation stage."""
ACKNOWLEDGE = "nat-acknowledge"
"""Id of the statutory time to acknowledge a referral and decide: one working day (Working Together)."""

LONGEST_AHEAD = timedelta(days=366)
"""Within which every time lies that somebody names. The system's own setting; no document states one. A later one is a
slip of the year, and what is due then warns nobody while it matters."""

UNSTATED_OUTCOME = Deadline(
    id=OUTCOME,
    name="Tell the referrer what was decided",
    who="the front door",
    amount=3,
    unit=Unit.WORKING_DAYS,
    after=Event.REFERRAL,
    statutory=False,
    note="The system's own; no document states one.",
    citation=Citation(document="system", section="when nothing has been heard"),
)
"""Where no partnership states one."""


def stated(pack: Pack, deadline: str) -> Deadline | None:
    """Return the deadline of that id, None where the partnership states none or no amount for it."""
    found = next((one for one in pack.deadlines if one.id == deadline), None)
    return found if found is not None and found.amount is not None else None


def runs_on(deadline: Deadline) -> bool:
    """Say whether it runs on while the front door is closed."""
    return deadline.unit is not Unit.WORKING_HOURS


class Side(StrEnum):
    """Who is told of a time: at the front door whoever holds it, or everybody where nobody does; those who decide
    there; its managers; who wrote it; and their agency's safeguarding desk where it may see it."""

    HOLDER = "holder"
    DECIDERS = "deciders"
    MANAGERS = "managers"
    WRITERS = "writers"
    DESK = "desk"


SIDE_NAMES: Mapping[Side, str] = {
    Side.HOLDER: "whoever holds it, else the whole front door",
    Side.DECIDERS: "those who decide at the front door",
    Side.MANAGERS: "its managers",
    Side.WRITERS: "who wrote it",
    Side.DESK: "their agency's safeguarding desk",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told before a time is over, and who when it is."""

    before: frozenset[Side]
    late: frozenset[Side]


_HERE = Told(frozenset({Side.HOLDER}), frozenset({Side.HOLDER, Side.MANAGERS}))
_REFERRER_TOO = Told(_HERE.before, _HERE.late | {Side.WRITERS, Side.DESK})
_WRITERS = Told(frozenset({Side.WRITERS}), frozenset({Side.WRITERS, Side.DESK}))
_DISPUTE = Told(frozenset({Side.DECIDERS}), frozenset({Side.DECIDERS, Side.WRITERS, Side.DESK}))
_BY_ID: Mapping[str, Told] = {
    ACKNOWLEDGE: _REFERRER_TOO,
    OUTCOME: _REFERRER_TOO,
    REGISTRATION: _REFERRER_TOO,
    DISAGREEMENT: _DISPUTE,
}
HEARD = frozenset(key for key, told in _BY_ID.items() if told is _REFERRER_TOO)
"""Ids of times by whose end the referrer should have heard what was decided."""


def told_of(deadline: str, *, at_front_door: bool) -> Told:
    """Return who is told of a time, by its deadline's id. `at_front_door`: it runs there, not for the writers."""
    return _BY_ID.get(deadline, _HERE) if at_front_door else _WRITERS
