"""What can be done to a referral: one atomic, keyword-only function a verb, permission and audit inside.

`by` is the actor, `now` an aware moment. A referral that is passed in only says which: the row is locked and read
afresh, so two at once come one after the other, and what is returned is current.
"""

from referrals.record.actions.access import (
    ask_approver,
    close_to_desk,
    exclude_person,
    open_to_team,
    readmit_person,
    share_draft,
    stop_sharing,
)
from referrals.record.actions.addenda import add_addendum, add_page_addendum
from referrals.record.actions.attaching import (
    Attached,
    Described,
    LookedAt,
    Upload,
    add_files,
    attach,
    describe_files,
    note_looked_at,
    remove_file,
)
from referrals.record.actions.carrying import begin_from
from referrals.record.actions.drafting import (
    Conflict,
    SaveResult,
    add_child,
    add_member,
    remove_child,
    remove_member,
    save_page,
    start_referral,
)
from referrals.record.actions.expiring import expire
from referrals.record.actions.family import keep_from_family
from referrals.record.actions.keeping import Typed, discard_typed, forget_typed, keep_typed
from referrals.record.actions.moving import cannot_wait, freeze_submission, move, withdraw
from referrals.record.actions.offering import answer_offer, offer_draft, take_back_offer
from referrals.record.actions.suggestions import dismiss_suggestion, take_back_dismissal
from referrals.record.actions.taking import take_files

__all__ = [
    "Attached",
    "Conflict",
    "Described",
    "LookedAt",
    "SaveResult",
    "Typed",
    "Upload",
    "add_addendum",
    "add_child",
    "add_files",
    "add_member",
    "add_page_addendum",
    "answer_offer",
    "ask_approver",
    "attach",
    "begin_from",
    "cannot_wait",
    "close_to_desk",
    "describe_files",
    "discard_typed",
    "dismiss_suggestion",
    "exclude_person",
    "expire",
    "forget_typed",
    "freeze_submission",
    "keep_from_family",
    "keep_typed",
    "move",
    "note_looked_at",
    "offer_draft",
    "open_to_team",
    "readmit_person",
    "remove_child",
    "remove_file",
    "remove_member",
    "save_page",
    "share_draft",
    "start_referral",
    "stop_sharing",
    "take_back_dismissal",
    "take_back_offer",
    "take_files",
    "withdraw",
]
