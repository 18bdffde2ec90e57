"""What the desks do with a referral: one atomic, keyword-only function a verb, permission and audit inside.

`by` is the actor, `now` an aware moment. What is passed in only says which: rows are locked and read afresh, the
referral first and then its intake.
"""

from referrals.casework.actions.adding import add_addendum, add_page_addendum
from referrals.casework.actions.advising import advise, discharge
from referrals.casework.actions.approving import (
    approve,
    chase,
    chase_one,
    decline,
    lapse,
    lapse_overdue,
    return_for_changes,
    send_without_waiting,
    withdraw,
)
from referrals.casework.actions.asking import answer_information, request_information
from referrals.casework.actions.attaching import add_files, attach_files, looked_at, take_files
from referrals.casework.actions.deciding import close, decide, read, recommend
from referrals.casework.actions.disagreeing import NewDecision, answer_disagreement, disagree, take_up
from referrals.casework.actions.extending import extend_time
from referrals.casework.actions.handing import answer_offer, offer_draft, share_draft
from referrals.casework.actions.not_referring import decide_not_to_refer
from referrals.casework.actions.opening import open_rest
from referrals.casework.actions.partner_papers import make_partner_paper, partner_paper_for
from referrals.casework.actions.partners import ask_partner, partner_answered
from referrals.casework.actions.policy import set_policy
from referrals.casework.actions.shielding import close_to_desk, readmit, shut_out
from referrals.casework.actions.submitting import hand_over, submit
from referrals.casework.actions.telling import record_told, rule_on_telling, say_agreement
from referrals.casework.actions.transferring import (
    accept_transfer,
    hand_on_by_phone,
    offer_transfer,
    refuse_transfer,
    take_back_transfer,
)
from referrals.casework.actions.watching_clocks import tell_of_times, watch_clocks
from referrals.casework.actions.watching_drafts import look_at_draft, watch_drafts
from referrals.casework.actions.withdrawing import answer_withdrawal, check_here, withdraw_request
from referrals.casework.preparing import Prepared, PreparedChild, prepare

__all__ = [
    "NewDecision",
    "Prepared",
    "PreparedChild",
    "accept_transfer",
    "add_addendum",
    "add_files",
    "add_page_addendum",
    "advise",
    "answer_disagreement",
    "answer_information",
    "answer_offer",
    "answer_withdrawal",
    "approve",
    "ask_partner",
    "attach_files",
    "chase",
    "chase_one",
    "check_here",
    "close",
    "close_to_desk",
    "decide",
    "decide_not_to_refer",
    "decline",
    "disagree",
    "discharge",
    "extend_time",
    "hand_on_by_phone",
    "hand_over",
    "lapse",
    "lapse_overdue",
    "look_at_draft",
    "looked_at",
    "make_partner_paper",
    "offer_draft",
    "offer_transfer",
    "open_rest",
    "partner_answered",
    "partner_paper_for",
    "prepare",
    "read",
    "readmit",
    "recommend",
    "record_told",
    "refuse_transfer",
    "request_information",
    "return_for_changes",
    "rule_on_telling",
    "say_agreement",
    "send_without_waiting",
    "set_policy",
    "share_draft",
    "shut_out",
    "submit",
    "take_back_transfer",
    "take_files",
    "take_up",
    "tell_of_times",
    "watch_clocks",
    "watch_drafts",
    "withdraw",
    "withdraw_request",
]
