"""Giving a time more: which, by how much, and never one of the law.

The statutory times of Working Together never pause and are never longer; an outer limit is the latest time allowed, so
it isn't either. What the partnership or the front door set itself can be given more, with the reason, by whoever
decides there; the referrer reads it where it is about what they wait for.
"""

import datetime as dt
from dataclasses import dataclass

from audit.domain.refusal import Refusal
from referrals.routing.domain.limits import LONGEST_AHEAD

RULE = "clock.extend"


@dataclass(frozen=True, slots=True)
class Running:
    """A clock as the rule sees it. `decides`: the actor is a registered social worker or the manager of its front
    door. `here`: that front door has it now."""

    due_at: dt.datetime
    statutory: bool
    outer_limit: bool
    stopped: bool
    decides: bool
    here: bool


def check_extendable(clock: Running) -> None:
    """Raise Refusal unless this actor may give this clock more time."""
    if not clock.here:
        raise _refusal("Another front door has it, and keeps its times.")
    if clock.statutory:
        raise _refusal("This time is statutory. It never pauses, and nobody can extend it.")
    if clock.outer_limit:
        raise _refusal("This is the latest time allowed. It can't be extended.")
    if clock.stopped:
        raise _refusal("This time doesn't run any more.")
    if not clock.decides:
        raise _refusal("Only a registered social worker or the manager of the front door can do this.")


def can_be_extended(clock: Running) -> bool:
    """Bool twin of `check_extendable`."""
    try:
        check_extendable(clock)
    except Refusal:
        return False
    return True


def check_longer(clock: Running, due_at: dt.datetime, *, now: dt.datetime) -> None:
    """Raise Refusal unless the new time is after the present one, hasn't passed and lies within a year. All are
    aware."""
    if due_at <= clock.due_at:
        raise _refusal("The new time must be later than the present one.", about="due_at")
    if due_at <= now:
        raise _refusal("The new time has passed already.", about="due_at")
    if due_at > now + LONGEST_AHEAD:
        raise _refusal("The new time must be within a year. Check the year.", about="due_at")


def _refusal(reason: str, *, about: str = "") -> Refusal:
    return Refusal(reason, rule=RULE, subject_type="intake", about=about)
