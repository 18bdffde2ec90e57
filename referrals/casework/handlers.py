"""The e-mails of this room, and what its watch couldn't do at once.

Each e-mail says that somebody should look, and links to the referral; none says about whom.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import ngettext

from accounts import before_ending
from accounts.models import Person
from audit.domain.actor import Actor
from dispatch import kept_from, other_ways, scanner
from dispatch.domain.promise import PermanentFailure, Promise
from dispatch.domain.queues import Queue
from dispatch.email import SYSTEM_NAME, register_template
from dispatch.registry import Effect, handler
from referrals.casework import actions
from referrals.casework.actions.attaching import LOOK
from referrals.casework.leaving import (
    E_MAILS,
    LIES,
    e_mails_seen_by,
    lies_unheard,
    lying_with,
    seen_by,
    ways_of_lying,
)
from referrals.documents.pictures import Unreadable, without_metadata
from referrals.record.actions import LookedAt
from referrals.record.domain.attachments import Finding
from referrals.record.domain.file_types import FILE_TYPES
from referrals.record.models import Referral
from referrals.record.selectors import to_look_at

SUBJECTS: dict[str, str] = {
    "approval_asked": "a referral or assessment waits for you to look at it",
    "approval_waiting": "a referral or assessment still waits for somebody to look at it",
    "approval_answered": "what you wrote has been looked at",
    "sent_urgent": "an urgent referral has gone",
    "sent_routine": "a referral or assessment has gone",
    "judged_lower": "your view of a level is asked for",
    "not_sent": "a referral or assessment can't be sent through this system",
    "sent_without_answer": "a referral or assessment was sent, as nobody answered",
    "added_to": "something was added to a referral or assessment",
    "added_to_here": "something was added to a referral or assessment",
    "not_referred": "somebody decided not to refer, or withdrew a referral",
    "opened_in_full": "a front door has opened all of what you sent",
    "advice_given": "there is advice on what you wrote",
    "information_asked": "a front door asks you something",
    "information_given": "the referrer has answered",
    "decided": "a front door has decided",
    "disagreement_late": "a disagreement of your agency has no answer yet",
    "not_heard": "a front door has not said yet what it decides",
    "time_before_here": "a deadline at your front door is near",
    "time_late_here": "a deadline at your front door has passed",
    "time_before_own": "something that you have to do is due soon",
    "time_late_own": "something that you have to do is overdue",
    "time_extended": "a front door takes longer than it said",
    "disagreement_raised": "a decision is contested",
    "disagreement_answered": "a disagreement has been answered",
    "agreement_changed": "what was said about agreement has changed",
    "agreement_changed_door": "what was said about agreement has changed",
    "told_although": "somebody who must not know yet has been told",
    "told_although_door": "somebody who must not know yet has been told",
    "telling_ruled": "a front door says whether a family may be told",
    "telling_ruled_door": "a front door says whether a family may be told",
    "withdrawal_asked": "whoever wrote it asks to withdraw",
    "withdrawal_answered": "your request to withdraw has been answered",
    "draft_alert": "a draft of yours that may be urgent has not been sent",
    "draft_alert_desk": "a draft at your agency that may be urgent has not been sent",
    "unreached": "a referral or assessment that you finished has reached no front door",
    "unreached_desk": "a referral or assessment of your agency has reached no front door",
    "assessment_alert": "a draft of yours may need to be a referral",
    "assessment_alert_desk": "a draft at your agency may need to be a referral",
    "left_held": "something that you worked on has reached nobody",
    "left_here": "something at your agency may be urgent and nobody there can open it",
    "draft_shared": "a colleague shares a draft with you",
    "draft_offered": "a colleague hands a draft to you",
    "draft_answered": "your handing over of a draft has been answered",
    "draft_waits": "a draft of yours waits",
    "draft_ends": "a draft of yours will be deleted",
    "draft_ended": "a draft of yours was deleted",
    "file_kept_out": "a file was kept out",
    "file_kept_out_here": "a file was kept out",
    "transfer_offered": "a front door wants to hand something of yours on",
    "transfer_answered": "a front door has said whether it accepts what you sent",
    "transfer_answered_here": "what you offered has been answered",
    "transfer_taken_back": "something is no longer offered to you",
}

TO_FRONT_DOOR = frozenset(
    {
        "added_to_here",
        "information_given",
        "time_before_here",
        "time_late_here",
        "disagreement_raised",
        "withdrawal_asked",
        "agreement_changed_door",
        "told_although_door",
        "telling_ruled_door",
        "file_kept_out_here",
        "transfer_answered_here",
        "transfer_taken_back",
    }
)
"""E-mails that only people of a front door get: they lead to its own page, whose opening is the receipt."""

HOME = "home"
TO_HOME = frozenset({"draft_offered", "left_here"})
"""E-mails to somebody who can't read the referral: not yet, as it is offered to them on their home page, or at all."""

for name, subject in SUBJECTS.items():
    register_template(
        name,
        subject=f"{SYSTEM_NAME}: {subject}",
        url_name=HOME if name in TO_HOME else "triage:of_referral" if name in TO_FRONT_DOOR else "referral",
        path_references=() if name in TO_HOME else ("referral",),
    )


register_template(
    "left_operators",
    subject=f"{SYSTEM_NAME}: something that may be urgent has reached nobody",
    url_name="dispatch:operations",
)


@handler("lapse_approval", queue=Queue.URGENT)
def lapse_approval(promise: Promise) -> Effect:
    """Send once more what nobody answered in time and couldn't be sent then."""
    return partial(_again, actions.lapse, UUID(str(promise.references["approval"])))


@handler("chase_approval", queue=Queue.URGENT)
def chase_approval(promise: Promise) -> Effect:
    """Remind once more of an approval of which nobody could be reminded."""
    return partial(_again, actions.chase_one, UUID(str(promise.references["approval"])))


@handler(LOOK, queue=Queue.DOCUMENTS)
def look_at_file(promise: Promise) -> Effect | None:
    """Have a file looked at for viruses, and copy a picture without what the camera wrote into it; return the effect
    that writes what was found, None where there is nothing to look at any more.

    Outside any transaction. While the scanner can't be asked it is tried again, with growing pauses, and the file
    waits; an operator sees it among what fails.
    """
    waiting = to_look_at(UUID(str(promise.references["file"])))
    if waiting is None:
        return None
    attachment, content = waiting
    verdict = scanner.scan(content)
    kind = FILE_TYPES[attachment.kind]
    copy = None
    if verdict.signature:
        # What the scanner can't look through is kept out as well, and not called a virus.
        finding = Finding.INFECTED if verdict.in_full else Finding.UNREADABLE
    else:
        finding = Finding.CLEAN if verdict.looked else Finding.SWITCHED_OFF
        try:
            copy = without_metadata(content, kind) if kind.picture else None
        except Unreadable:
            finding = Finding.UNREADABLE
    found = LookedAt(finding, verdict.signature, copy)

    def write() -> None:
        actions.looked_at(attachment_id=attachment.pk, found=found, now=timezone.now())

    return write


@handler("tell_of_times", queue=Queue.URGENT)
def tell_of_times(promise: Promise) -> Effect:
    """Tell once more of times of which the watch couldn't tell."""
    referral_id = UUID(str(promise.references["referral"]))

    def tell() -> None:
        actions.tell_of_times(referral_id=referral_id, now=timezone.now())

    return tell


@handler("look_at_draft", queue=Queue.URGENT)
def look_at_draft(promise: Promise) -> Effect:
    """Look once more at a draft at which the watch couldn't look."""
    referral_id = UUID(str(promise.references["referral"]))

    def look() -> None:
        actions.look_at_draft(referral_id=referral_id, now=timezone.now())

    return look


class LiesUnheard(PermanentFailure):
    """It lies there, and nobody of its agency hears of it: an operator has it heard of."""

    words = (
        "Something that may be urgent has reached nobody. Whoever wrote it has left, and nobody at the agency can open "
        "it. A front door has to be rung: “Send it another way” says which, and what to say. If it has gone meanwhile, "
        "try it again, and this ends"
    )


@handler(LIES, queue=Queue.URGENT)
def unheard_draft(promise: Promise) -> None:
    """Wait for an operator, for as long as it lies there and none has had it heard of."""
    referral = Referral.objects.filter(pk=UUID(str(promise.references["referral"]))).first()
    if referral is not None and lies_unheard(referral, now=timezone.now()):
        raise LiesUnheard


other_ways.register(LIES, ways_of_lying)
kept_from.register(LIES, seen_by)
kept_from.register("email", e_mails_seen_by, among=Q(references__template__in=E_MAILS))


@before_ending.register
def lies_with(person: Person, agency_id: UUID, by: Actor, now: datetime) -> str:
    """Return what somebody reads before they end the last role of a person whose drafts may mean harm."""
    number = lying_with(person, agency_id, by, now=now)
    if not number:
        return ""
    return ngettext(
        "They have a draft at this agency that may be urgent and has reached nobody. Have somebody at its "
        "safeguarding desk look at it first.",
        "They have %(number)s drafts at this agency that may be urgent and have reached nobody. Have somebody at its "
        "safeguarding desk look at them first.",
        number,
    ) % {"number": number}


def _again(act: Callable[..., Any], approval_id: UUID) -> None:
    act(approval_id=approval_id, now=timezone.now())
