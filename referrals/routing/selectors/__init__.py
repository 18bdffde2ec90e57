"""Reads of this room: plans, queues, receipts. Pages reach intakes through these, which are scoped to who asks."""

from referrals.routing.selectors.alarms import unread_alarm
from referrals.routing.selectors.people import doors_shut
from referrals.routing.selectors.plans import doors_here, plan_referral
from referrals.routing.selectors.queues import Queue, QueueItem, clocks_of, intake_for, open_by_door, queue_of
from referrals.routing.selectors.receipts import Receipt, changes_of, intakes_of, receipts_of
from referrals.routing.selectors.scope import elsewhere, facts_for

__all__ = [
    "Queue",
    "QueueItem",
    "Receipt",
    "changes_of",
    "clocks_of",
    "doors_here",
    "doors_shut",
    "elsewhere",
    "facts_for",
    "intake_for",
    "intakes_of",
    "open_by_door",
    "plan_referral",
    "queue_of",
    "receipts_of",
    "unread_alarm",
]
