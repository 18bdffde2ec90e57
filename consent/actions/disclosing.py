"""What each front door is given of a submission, and each document that went somewhere."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import FrontDoorTeam
from audit.actions import record
from audit.domain.actor import Actor
from consent.domain.recipient_facts import Receiver
from consent.domain.recipients import ALL_OF_IT, PURPOSES, Purpose, addendum_goes, needed
from consent.domain.submitted import as_said_since, submitted_of
from consent.models import Disclosure, Shared, SharingRecord
from referrals.record.models import Addendum, Referral, Submission
from referrals.record.selectors import content_of
from thresholds.domain.doors import Kind

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A front door that receives: its team, and what the plan says about it."""

    team: FrontDoorTeam
    area: str
    area_name: str
    front_door: str
    door_name: str
    kind: Kind | None
    children: Sequence[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What has moved on since a submission was frozen: the decision by child, the plan, and whether it is urgent now.
    None: as it was frozen."""

    sharing: Mapping[str, Any] | None = None
    plan: Mapping[str, Any] | None = None
    urgent: bool = False


AS_FROZEN = Moment()


@transaction.atomic
def disclose(*, submission: Submission, door: Door, by: Actor, now: datetime, moment: Moment = AS_FROZEN) -> Disclosure:
    """Work out and record what a front door is given of a submission; return the row, the same one when called again.

    Called in the transaction that makes its intake, and never in its way: where it can't be worked out, the front door
    is given everything, because a child's safety goes first. The log then says so.
    """
    existing = _last(submission, door.area, door.front_door)
    if existing is not None:
        return existing
    return _disclosed(submission, door, _need(submission, _receiver(door), moment), number=1, why="", by=by, now=now)


@transaction.atomic
def disclose_offered(*, submission: Submission, door: Door, why: str, by: Actor, now: datetime) -> Disclosure:
    """Work out and record what a front door is given that another one wants to hand over to; return the row.

    By the same rule as when it is sent, and by what was agreed to since: what the sender had is no measure. A front
    door that deals with a sibling already is given what it needs for all of `door.children`, and never less than it
    had. Called in the transaction that makes the offer.
    """
    last = _last(submission, door.area, door.front_door)
    if last is not None and last.whole:
        return last
    need = _need(submission, _receiver(door), _agreed_now(submission))
    if last is not None and last.need == need:
        return last
    number = last.number + 1 if last else 1
    return _disclosed(submission, door, need, number=number, why=why, by=by, now=now)


@transaction.atomic
def disclose_all(*, disclosure: Disclosure, why: str, by: Actor, now: datetime) -> Disclosure:
    """Give a front door the rest of what it received in part; return the new row, which counts from now on.

    What it was given before stays on record. The caller has checked who may, and that there is a reason.
    """
    last = _last(disclosure.submission, disclosure.area, disclosure.front_door) or disclosure
    if last.whole:
        return last
    door = Door(
        team=last.team,
        area=last.area,
        area_name=last.area_name,
        front_door=last.front_door,
        door_name=last.door_name,
        kind=None,
        children=(),
    )
    more = _disclosed(
        last.submission, door, everything(Purpose.PROTECT_NOW), number=last.number + 1, why=why, by=by, now=now
    )
    record_shared(
        referral=more.referral,
        document=Shared.Document.MORE,
        title=f"Submission {more.submission.number}",
        recipient=more.recipient,
        purpose=PURPOSES[Purpose.PROTECT_NOW],
        what=(ALL_OF_IT,),
        sha256=more.submission.sha256,
        disclosure=more,
        by=by,
        now=now,
    )
    return more


def needed_outside(*, submission: Submission, receiver: Receiver) -> dict[str, Any]:
    """Return what a front door is given that receives nothing through this system, as plain JSON: by the same rule, and
    by what was agreed to since. Nothing is recorded: `record_shared` does so when a copy is made for it."""
    return _need(submission, receiver, _agreed_now(submission))


def everything(purpose: Purpose = Purpose.PROTECT) -> dict[str, Any]:
    """Return what stands on record for a front door that is given all of it, whatever the submission holds."""
    return {
        "purpose": purpose.value,
        "purpose_words": PURPOSES[purpose],
        "whole": True,
        "gets": [ALL_OF_IT],
        "withheld": [],
    }


def hand_over(
    *,
    disclosure: Disclosure,
    document: Shared.Document,
    title: str,
    sha256: str,
    by: Actor,
    now: datetime,
) -> Shared:
    """Record that a front door got what it is given: the referral in its queue, or the copy. Returns the row."""
    return record_shared(
        referral=disclosure.referral,
        document=document,
        title=title,
        recipient=disclosure.recipient,
        purpose=PURPOSES[Purpose(disclosure.purpose)],
        what=disclosure.need.get("gets", ()),
        left_out=[left_out_words(one) for one in disclosure.need.get("withheld", ())],
        sha256=sha256,
        disclosure=disclosure,
        by=by,
        now=now,
    )


def hand_over_addendum(*, disclosure: Disclosure, addendum: Addendum, by: Actor, now: datetime) -> Shared:
    """Record that later facts went to a front door, or that they were left out of what it gets. Returns the row."""
    content = content_of(addendum)
    page = content.get("page") or {}
    about = str(page.get("title") or "In words")
    goes = addendum_goes(disclosure.need, content)
    return record_shared(
        referral=disclosure.referral,
        document=Shared.Document.ADDENDUM,
        title=f"Addendum {addendum.number}",
        recipient=disclosure.recipient,
        purpose=PURPOSES[Purpose(disclosure.purpose)],
        what=(about,) if goes else (),
        left_out=() if goes else (about,),
        sha256=addendum.sha256,
        disclosure=disclosure,
        by=by,
        now=now,
    )


def left_out_words(withheld: Mapping[str, Any]) -> str:
    """Return one thing that was left out, with the reason, in one line."""
    about = f"{withheld['about']}: " if withheld["about"] else ""
    return f"{about}{'; '.join(withheld['what'])}. {withheld['reason']}"


def record_shared(
    *,
    referral: Referral,
    document: Shared.Document,
    title: str,
    recipient: str,
    purpose: str,
    by: Actor,
    now: datetime,
    what: Sequence[str] = (),
    left_out: Sequence[str] = (),
    sha256: str = "",
    people: int | None = None,
    disclosure: Disclosure | None = None,
) -> Shared:
    """Record that a document went to somebody, in the caller's transaction; return the row."""
    return Shared.objects.create(
        referral=referral,
        disclosure=disclosure,
        document=document.value,
        title=title,
        recipient=recipient[:300],
        purpose=purpose,
        what=list(what),
        left_out=list(left_out),
        sha256=sha256,
        people=people,
        at=now,
        by_id=by.person_id,
        by_name=by.name[:200],
    )


def _receiver(door: Door) -> Receiver:
    return Receiver(name=door.door_name, kind=door.kind, children=tuple(str(child) for child in door.children))


def _need(submission: Submission, receiver: Receiver, moment: Moment) -> dict[str, Any]:
    try:
        submitted = submitted_of(content_of(submission), sharing=moment.sharing, plan=moment.plan, urgent=moment.urgent)
        return needed(submitted, receiver).to_dict()
    except (ValueError, KeyError, TypeError, AttributeError):
        log.exception("what a front door needs could not be worked out: it is given everything")
        return everything()


def _agreed_now(submission: Submission) -> Moment:
    """The decision about each child as it was last recorded: somebody may have limited their agreement since, or taken
    it back. Whether it is urgent counts as it is now: then nothing narrows it."""
    urgent = submission.referral.urgent
    kept = SharingRecord.objects.filter(referral_id=submission.referral_id).order_by("number").last()
    if kept is None or kept.because == SharingRecord.Because.SUBMITTED:
        return Moment(urgent=urgent)
    since = {child: as_said_since(one) for child, one in kept.decision.items()}
    sharing = {**content_of(submission)["sharing"], **{child: one for child, one in since.items() if one is not None}}
    return Moment(sharing=sharing, urgent=urgent)


def _last(submission: Submission, area: str, front_door: str) -> Disclosure | None:
    found = Disclosure.objects.filter(submission=submission, area=area, front_door=front_door)
    return found.select_related("submission", "referral", "team").order_by("number").last()


def _disclosed(
    submission: Submission, door: Door, need: dict[str, Any], *, number: int, why: str, by: Actor, now: datetime
) -> Disclosure:
    row = Disclosure.objects.create(
        referral_id=submission.referral_id,
        submission=submission,
        team=door.team,
        number=number,
        area=door.area,
        area_name=door.area_name,
        front_door=door.front_door,
        door_name=door.door_name,
        purpose=need["purpose"],
        whole=need["whole"],
        need=need,
        why=why,
        at=now,
        by_id=by.person_id,
        by_name=by.name[:200],
    )
    record(
        "sharing.disclose",
        by=by,
        subject_type="referral",
        subject_id=submission.referral_id,
        detail={
            "area": door.area,
            "door": door.front_door,
            "number": number,
            "whole": row.whole,
            "purpose": row.purpose,
            "withheld": len(need["withheld"]),
        },
    )
    return row
