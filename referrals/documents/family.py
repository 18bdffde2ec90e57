"""Copies for the family: whether there may be one, what it would hold, and those that were made."""

import hashlib
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.clock import day_of
from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.actions import record_shared
from consent.domain.family import Held
from consent.domain.permissions import check_family_copy
from consent.models import Disclosure, Shared
from consent.selectors import disclosure_for, family_held_back
from referrals.documents.domain.family import ForWhom, for_family, left_out, offered
from referrals.documents.models import FamilyCopy
from referrals.documents.presenters.family import About, present_family
from referrals.documents.reading import content_given
from referrals.documents.render import RENDERER, family_pdf_of
from referrals.record.domain.freeze import unchanged
from referrals.record.domain.passages import Passage
from referrals.record.domain.permissions import reads_as_front_door
from referrals.record.models import Referral, Submission
from referrals.record.selectors import called, facts_for, front_door_teams, latest_submission, referral_for

RULE = "sharing.family_copy"
LET_GO = "Your front door has handed it over, or did not take it on. Whoever has it now speaks with the family."
PURPOSE = "for the family to have and to keep"


@dataclass(frozen=True, slots=True)
class FamilyView:
    """What somebody who speaks with the family may draw on: the frozen content that is theirs to read. `held` says why
    there can be no copy now."""

    referral: Referral
    submission: Submission | None
    given: Disclosure | None
    content: dict[str, Any]
    held: Held | None

    @property
    def by(self) -> str:
        """Who hands it out: the agency, or the front door."""
        return self.given.recipient if self.given else self.referral.agency.name


def family_view(actor: Actor, referral_id: UUID, *, let_go: bool, now: datetime) -> FamilyView:
    """Return what a copy for the family could be made from, and record the reading. `now` is aware; `let_go` says that
    the actor's front doors have handed it over or didn't take it on: whoever has it now speaks with the family.

    Raises NotYours for a referral that isn't there or isn't the actor's, Refusal for somebody who doesn't speak with
    the family or whose front door has let go of it, and ValueError where the frozen text doesn't match its digest.
    """
    referral = referral_for(actor, referral_id, purpose="family_copy", now=now)
    facts = facts_for(referral, actor, now=now)
    check_family_copy(actor, facts)
    if let_go and reads_as_front_door(actor, facts):
        raise _refusal(referral_id, LET_GO)
    submission = latest_submission(referral)
    given = None
    if submission is not None and reads_as_front_door(actor, facts):
        given = disclosure_for(submission, front_door_teams(actor, now=now))
        if given is None:
            raise NotYours(rule=RULE, subject_type="referral", subject_id=referral_id)
    content = content_given(submission, given) if submission else {}
    return FamilyView(referral, submission, given, content, family_held_back(referral))


def copies_made(view: FamilyView) -> QuerySet[FamilyCopy]:
    """Return the copies that the actor's own side made, first things first: the agency's, or those of the front door.
    Their bytes aren't read."""
    rows = FamilyCopy.objects.filter(referral=view.referral).defer("content")
    return rows.filter(disclosure__team=view.given.team) if view.given else rows.filter(disclosure=None)


@transaction.atomic
def make_family_copy(
    *,
    referral_id: UUID,
    whom: ForWhom,
    recipient: str,
    ask: str,
    put_in: Iterable[Passage],
    submission: int,
    let_go: bool,
    by: Actor,
    now: datetime,
) -> FamilyCopy:
    """Make a copy for somebody of the family, keep it and record to whom it goes; return the row.

    `recipient` is how they are called on it, `ask` whom they can ask; `put_in` are the answers that `by` has read
    and puts in, and `submission` the number of the one that was shown. The same copy again on the same day is the
    one that is there. Raises NotYours or Refusal for who may not, while telling is held back, when what was read isn't
    what counts any more, and for a copy that would hold nothing.
    """
    Referral.objects.select_for_update().filter(pk=referral_id).first()
    view = family_view(by, referral_id, let_go=let_go, now=now)
    _check(view)
    if view.submission is None or view.submission.number != submission:
        raise _refusal(referral_id, "It was submitted again since you read it. Look at it again first.")
    chosen = frozenset(put_in)
    part = for_family(view.content, whom, chosen)
    if part.empty:
        raise _refusal(referral_id, "Nothing that you put in may go to the family, so there is no copy to make.")
    name = called(view.referral, now=now)
    drawn = family_pdf_of(
        present_family(
            part,
            About(
                reference=view.referral.reference,
                name=name.full,
                assessment=name.is_assessment,
                recipient=recipient,
                by=view.by,
                ask=ask,
                made_on=day_of(now),
            ),
        )
    )
    sha256 = hashlib.sha256(drawn).hexdigest()
    there = copies_made(view).filter(sha256=sha256).first()
    return there or _kept(view, drawn, sha256, whom=whom, recipient=recipient, ask=ask, put_in=chosen, by=by, now=now)


def family_copy_for(
    actor: Actor, referral_id: UUID, copy_id: UUID, *, let_go: bool, now: datetime
) -> tuple[FamilyCopy, bytes]:
    """Return a copy with its bytes, for handing out, and record that it was taken.

    Raises NotYours for one that isn't there or that another side made, Refusal for a front door that has `let_go` and
    while telling is held back, also where it was made before that, and ValueError when the stored bytes aren't those
    that were made.
    """
    view = family_view(actor, referral_id, let_go=let_go, now=now)
    copy = copies_made(view).filter(pk=copy_id).first()
    if copy is None:
        raise NotYours(rule=RULE, subject_type="referral", subject_id=referral_id)
    _check(view)
    content = unchanged(copy.content, copy.sha256)
    record(
        "referral.family_copy_taken",
        by=actor,
        subject_type="referral",
        subject_id=referral_id,
        detail={"copy": copy.pk, "sha256": copy.sha256},
    )
    return copy, content


def _kept(
    view: FamilyView,
    drawn: bytes,
    sha256: str,
    *,
    whom: ForWhom,
    recipient: str,
    ask: str,
    put_in: AbstractSet[Passage],
    by: Actor,
    now: datetime,
) -> FamilyCopy:
    assert view.submission is not None
    assert by.person_id is not None  # nobody else speaks with the family
    missing = [f"{one.title}. {one.why.words}" for one in left_out(view.content, whom, put_in)]
    going = [one for one in offered(view.content, whom) if one.passage in put_in]
    copy = FamilyCopy.objects.create(
        referral=view.referral,
        submission=view.submission,
        disclosure=view.given,
        recipient=recipient[:300],
        ask=ask,
        children=sorted(whom.children),
        put_in=[one.as_data() for one in sorted(put_in)],
        left_out=missing,
        content=drawn,
        sha256=sha256,
        renderer=RENDERER,
        made_at=now,
        by_id=by.person_id,
        by_name=by.name[:200],
    )
    record_shared(
        referral=view.referral,
        document=Shared.Document.FAMILY,
        title=f"From submission {view.submission.number}",
        recipient=recipient,
        purpose=PURPOSE,
        what=list(dict.fromkeys(one.title for one in going)),
        left_out=missing,
        sha256=sha256,
        disclosure=view.given,
        by=by,
        now=now,
    )
    record(
        "referral.family_copy",
        by=by,
        subject_type="referral",
        subject_id=view.referral.pk,
        detail={"copy": copy.pk, "sha256": sha256, "submission": view.submission.number, "put_in": len(put_in)},
    )
    return copy


def _check(view: FamilyView) -> None:
    if view.held is not None:
        raise _refusal(view.referral.pk, view.held.words)


def _refusal(referral_id: UUID, reason: str) -> Refusal:
    return Refusal(reason, rule=RULE, subject_type="referral", subject_id=referral_id)
