"""What can be done to an intake: one atomic, keyword-only function a verb, permission and audit inside.

`by` is the actor, `now` an aware moment. An intake that is passed in only says which: the row is read afresh.
"""

from referrals.routing.actions.alarms import raise_alarm, raise_alarms
from referrals.routing.actions.clocks import (
    count_from_call,
    give_more,
    resume_clocks,
    start_after_here,
    start_clock,
    start_clocks,
    stop_clock,
    stop_clocks,
)
from referrals.routing.actions.giving import given_for, given_to
from referrals.routing.actions.passing import (
    OtherDoor,
    answer_offer,
    offer_to_front_door,
    pass_children,
    record_by_phone,
)
from referrals.routing.actions.sending import arrive, send_to_front_doors
from referrals.routing.actions.triage import (
    AlreadyClaimed,
    claim,
    mark_read,
    mark_referral_read,
    move,
    note_opening,
    rate,
    release,
)
from referrals.routing.actions.unseen import raise_unseen_alarm, raise_unseen_alarms

__all__ = [
    "AlreadyClaimed",
    "OtherDoor",
    "answer_offer",
    "arrive",
    "claim",
    "count_from_call",
    "give_more",
    "given_for",
    "given_to",
    "mark_read",
    "mark_referral_read",
    "move",
    "note_opening",
    "offer_to_front_door",
    "pass_children",
    "raise_alarm",
    "raise_alarms",
    "raise_unseen_alarm",
    "raise_unseen_alarms",
    "rate",
    "record_by_phone",
    "release",
    "resume_clocks",
    "send_to_front_doors",
    "start_after_here",
    "start_clock",
    "start_clocks",
    "stop_clock",
    "stop_clocks",
]
