"""Copies for front doors that receive nothing through this system: the agency hands them over itself, by whatever
secure way it has, and such a front door gets no more than one that receives here would (docs/adr/0021)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.actions import left_out_words, needed_outside, record_shared
from consent.domain.recipient_facts import Receiver
from consent.models import Disclosure, Shared
from referrals.documents.domain.narrowing import narrowed
from referrals.documents.models import OutsideCopy
from referrals.documents.presenters import present
from referrals.documents.render import RENDERER, pdf_of
from referrals.documents.selectors import recorded_of, words_of
from referrals.record.domain.freeze import unchanged
from referrals.record.domain.permissions import OF_AGENCY, relationships
from referrals.record.models import Referral, Submission
from referrals.record.selectors import content_of, facts_for, latest_submission, referral_for
from thresholds.domain.doors import Kind

RULE = "sharing.outside"


@dataclass(frozen=True, slots=True)
class OutsideDoor:
    """A front door of the plan that gets a part, and not through this system. `made`: the copy that holds just what it
    needs now, once there is one."""

    area: str
    front_door: str
    recipient: str
    need: Mapping[str, Any]
    made: OutsideCopy | None

    @property
    def left_out(self) -> tuple[str, ...]:
        """What the copy leaves out, each with the reason."""
        return tuple(left_out_words(one) for one in self.need["withheld"])


def outside_doors(submission: Submission, content: Mapping[str, Any]) -> tuple[OutsideDoor, ...]:
    """Return the front doors that get a part of a submission and receive nothing here, in the order of the plan. The
    caller has checked and recorded the reading; `content` is all that was frozen.

    One that needs everything isn't among them: the copy of the submission is theirs.
    """
    planned = [one for one in content["plan"].get("destinations", ()) if not one["here"]]
    if not planned:
        return ()
    received = set(Disclosure.objects.filter(submission=submission).values_list("area", "front_door"))
    found = (_door(submission, one) for one in planned if (one["area"], one["door"]) not in received)
    return tuple(one for one in found if not one.need["whole"])


@transaction.atomic
def make_outside_copy(
    *, referral_id: UUID, area: str, front_door: str, goes: bool, by: Actor, now: datetime
) -> OutsideCopy:
    """Make the copy for such a front door, keep it and record for whom it is; return the row, the one that is there
    while it needs nothing else. `goes`: nobody has to be waited for before it leaves the agency.

    Raises NotYours for a referral or front door that isn't there or isn't the actor's, Refusal for who isn't of the
    agency or while it waits, and ValueError where the frozen text doesn't match its digest.
    """
    Referral.objects.select_for_update().filter(pk=referral_id).first()
    referral, submission = _opened(by, referral_id, now)
    if not goes:
        raise Refusal(
            "It waits at your agency. There is a copy to hand over once it may go.",
            rule=RULE,
            subject_type="referral",
            subject_id=str(referral_id),
        )
    content = content_of(submission)
    doors = outside_doors(submission, content)
    door = next((one for one in doors if (one.area, one.front_door) == (area, front_door)), None)
    if door is None:
        raise NotYours(rule=RULE, subject_type="referral", subject_id=referral_id)
    return door.made or _kept(referral, submission, content, door, by=by, now=now)


def outside_copy_for(actor: Actor, referral_id: UUID, copy_id: UUID, *, now: datetime) -> tuple[OutsideCopy, bytes]:
    """Return such a copy with its bytes, and record that it was taken.

    Raises NotYours for one that isn't there, Refusal for who isn't of the agency, and ValueError when the stored bytes
    aren't those that were made.
    """
    referral, _ = _opened(actor, referral_id, now)
    copy = OutsideCopy.objects.filter(pk=copy_id, submission__referral=referral).first()
    if copy is None:
        raise NotYours(rule=RULE, subject_type="referral", subject_id=referral_id)
    content = unchanged(copy.content, copy.sha256)
    record(
        "referral.outside_copy_taken",
        by=actor,
        subject_type="referral",
        subject_id=referral_id,
        detail={"copy": copy.pk, "sha256": copy.sha256},
    )
    return copy, content


def _opened(actor: Actor, referral_id: UUID, now: datetime) -> tuple[Referral, Submission]:
    referral = referral_for(actor, referral_id, purpose="outside_copy", now=now)
    submission = latest_submission(referral)
    if submission is None or relationships(actor, facts_for(referral, actor, now=now)).isdisjoint(OF_AGENCY):
        raise NotYours(rule=RULE, subject_type="referral", subject_id=referral_id)
    return referral, submission


def _door(submission: Submission, planned: Mapping[str, Any]) -> OutsideDoor:
    recipient = f"{planned['door_name']}, {planned['area_name']}"
    receiver = Receiver(name=planned["door_name"], kind=Kind(planned["kind"]), children=tuple(planned["children"]))
    need = needed_outside(submission=submission, receiver=receiver)
    made = OutsideCopy.objects.filter(submission=submission, area=planned["area"], front_door=planned["door"])
    last = made.defer("content").order_by("made_at").last()
    return OutsideDoor(
        planned["area"], planned["door"], recipient, need, last if last is not None and last.need == need else None
    )


def _kept(
    referral: Referral,
    submission: Submission,
    content: Mapping[str, Any],
    door: OutsideDoor,
    *,
    by: Actor,
    now: datetime,
) -> OutsideCopy:
    assert by.person_id is not None  # nobody else is of an agency
    part = narrowed(content, door.need, recipient=door.recipient)
    recorded = recorded_of(referral, children={child["id"] for child in part["children"]})
    drawn = pdf_of(present(part, sha256=submission.sha256, words=words_of(content), recorded=recorded))
    sha256 = hashlib.sha256(drawn).hexdigest()
    copy = OutsideCopy.objects.create(
        submission=submission,
        area=door.area,
        front_door=door.front_door,
        recipient=door.recipient[:300],
        need=door.need,
        content=drawn,
        sha256=sha256,
        renderer=RENDERER,
        made_at=now,
        by_id=by.person_id,
        by_name=by.name[:200],
    )
    record_shared(
        referral=referral,
        document=Shared.Document.OUTSIDE,
        title=f"From submission {submission.number}",
        recipient=door.recipient,
        purpose=door.need["purpose_words"],
        what=door.need["gets"],
        left_out=door.left_out,
        sha256=sha256,
        by=by,
        now=now,
    )
    record(
        "referral.outside_copy",
        by=by,
        subject_type="referral",
        subject_id=referral.pk,
        detail={"copy": copy.pk, "sha256": sha256, "area": door.area, "door": door.front_door},
    )
    return copy
