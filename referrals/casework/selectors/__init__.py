"""Scoped reads of this room. Where one takes no actor, the caller has read the referral by `referral_for` first."""

from referrals.casework.people import Policy, policy_of
from referrals.casework.selectors.approvals import (
    approval_facts,
    goes_at,
    is_unreached,
    latest_approval,
    reaches_nobody,
    reason_wanted,
    state_of,
    taken_back,
)
from referrals.casework.selectors.decisions import (
    children_of,
    decisions_about,
    decisions_of,
    disagreements_about,
    disagreements_waiting,
    open_disagreement,
    recommendations_of,
    undecided,
)
from referrals.casework.selectors.desk import (
    SAID_NOW,
    TRANSFER_ANSWERS,
    Desk,
    DeskItem,
    DeskPage,
    desk_of,
    ruling_said,
    timeline,
)
from referrals.casework.selectors.messages import advice_on, messages_about, open_withdrawal
from referrals.casework.selectors.not_referring import harm_ruled_out, not_referred
from referrals.casework.selectors.partners import requests_of
from referrals.casework.selectors.shielding import (
    closed_to_desk,
    kept_out,
    let_in_again,
    opened_at_desk,
    to_keep_out,
)
from referrals.casework.selectors.times import Unheard, extensions_of, unheard_of
from referrals.casework.selectors.unread import opened_at, unread_by

__all__ = [
    "SAID_NOW",
    "TRANSFER_ANSWERS",
    "Desk",
    "DeskItem",
    "DeskPage",
    "Policy",
    "Unheard",
    "advice_on",
    "approval_facts",
    "children_of",
    "closed_to_desk",
    "decisions_about",
    "decisions_of",
    "desk_of",
    "disagreements_about",
    "disagreements_waiting",
    "extensions_of",
    "goes_at",
    "harm_ruled_out",
    "is_unreached",
    "kept_out",
    "latest_approval",
    "let_in_again",
    "messages_about",
    "not_referred",
    "open_disagreement",
    "open_withdrawal",
    "opened_at",
    "opened_at_desk",
    "policy_of",
    "reaches_nobody",
    "reason_wanted",
    "recommendations_of",
    "requests_of",
    "ruling_said",
    "state_of",
    "taken_back",
    "timeline",
    "to_keep_out",
    "undecided",
    "unheard_of",
    "unread_by",
]
