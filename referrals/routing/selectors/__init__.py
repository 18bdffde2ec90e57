"""Reads of this room: plans, queues, receipts. Pages reach intakes through these, which are scoped to who asks."""

from referrals.routing.selectors.alarms import unread_alarm
from referrals.routing.selectors.people import doors_shut
from referrals.routing.selectors.plans import doors_here, plan_referral
from referrals.routing.selectors.queues import (
    Queue,
    QueueItem,
    clocks_of,
    intake_for,
    open_by_door,
    own_clocks,
    queue_of,
)
from referrals.routing.selectors.receipts import Receipt, changes_of, intakes_of, receipts_of
from referrals.routing.selectors.scope import elsewhere, facts_for, intakes_for
from referrals.routing.selectors.transfers import (
    Offered,
    asked_before,
    children_offered,
    handed_outside,
    handed_over_at,
    heirs_of,
    offers_for,
    origins_of,
    owned,
    reads_until,
    teams_to_offer,
    transfers_of,
    waiting_offers,
)
from referrals.routing.selectors.unseen import unseen_at

__all__ = [
    "Offered",
    "Queue",
    "QueueItem",
    "Receipt",
    "asked_before",
    "changes_of",
    "children_offered",
    "clocks_of",
    "doors_here",
    "doors_shut",
    "elsewhere",
    "facts_for",
    "handed_outside",
    "handed_over_at",
    "heirs_of",
    "intake_for",
    "intakes_for",
    "intakes_of",
    "offers_for",
    "open_by_door",
    "origins_of",
    "own_clocks",
    "owned",
    "plan_referral",
    "queue_of",
    "reads_until",
    "receipts_of",
    "teams_to_offer",
    "transfers_of",
    "unread_alarm",
    "unseen_at",
    "waiting_offers",
]
