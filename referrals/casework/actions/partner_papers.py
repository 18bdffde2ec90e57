"""A paper for a partner agency that was asked: made once, kept, and handed out to whoever asked."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.clock import ENGLAND
from accounts.models import Person
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.actions import record_shared
from consent.models import Shared
from consent.selectors import telling_now
from referrals.casework.actions.common import SUBJECT, locked, note, said
from referrals.casework.actions.partners import fresh
from referrals.casework.domain.partners import BASES, PARTNERS, Basis, Partner
from referrals.casework.models import PartnerPaper, PartnerRequest
from referrals.casework.selectors.partners import requests_of
from referrals.documents.presenters.partner import Asking, findable, present_partner
from referrals.documents.reading import content_given
from referrals.documents.render import RENDERER, partner_pdf_of
from referrals.record.domain.freeze import unchanged
from referrals.routing.actions import given_to
from referrals.routing.domain.lifecycle import WITH_ANOTHER, State
from referrals.routing.models import Intake

RULE = "partner.paper"
PURPOSE = "to answer what a front door asks of it"
MUST_NOT_KNOW = (
    "The family must not learn that you are asked, or that anybody is worried. Do not speak with them about it."
)
ASK_US_FIRST = "Do not speak with the family about this. Ask us first."


@transaction.atomic
def make_partner_paper(
    *, request: PartnerRequest, intake: Intake, people: Iterable[str], where: bool, by: Actor, now: datetime
) -> PartnerPaper:
    """Make a paper about these people, by id, for a partner that was asked; return the row. `where`: it says where they
    live. The same paper again is the one that is there.

    What is on it is closed (`referrals.documents.presenters.partner`), and drawn from what the front door is given. Who
    it is for and what it holds stands in the front door's record of what was shared; the referrer reads nothing of it.
    Raises NotYours or Refusal for who isn't of that front door, while another one has it, and about nobody.
    """
    row, _facts = locked(intake.referral, by, now)
    current = fresh(intake, by, now)
    found = _asked(request, current)
    given = given_to(intake=current, now=now)
    content = content_given(current.submission, given)
    chosen = set(people) & {id_ for id_, _name in findable(content)}
    if not chosen:
        raise Refusal("Choose whom the paper is about.", rule=RULE, subject_type=SUBJECT, subject_id=row.pk)
    asking = _asking(found, current, by)
    drawn = partner_pdf_of(present_partner(content, asking, people=chosen, where=where))
    sha256 = hashlib.sha256(drawn).hexdigest()
    there = PartnerPaper.objects.filter(request=found, sha256=sha256).first()
    if there is not None:
        return there
    paper = PartnerPaper.objects.create(
        request=found,
        people=sorted(chosen),
        where=where,
        content=drawn,
        sha256=sha256,
        renderer=RENDERER,
        **said(by, now),
    )
    record_shared(
        referral=row,
        document=Shared.Document.PARTNER,
        title=f"To {PARTNERS[Partner(found.partner)].lower()}",
        recipient=asking.whom,
        purpose=PURPOSE,
        what=[name for id_, name in findable(content) if id_ in chosen],
        left_out=["Everything but who they are, and what was asked", *([] if where else ["Where they live"])],
        sha256=sha256,
        disclosure=given,
        by=by,
        now=now,
    )
    note("partner.paper", row, by, {"intake": current.pk, "partner": found.partner, "sha256": sha256})
    return paper


@transaction.atomic
def partner_paper_for(
    *, request: PartnerRequest, intake: Intake, paper_id: UUID, by: Actor, now: datetime
) -> tuple[PartnerPaper, bytes]:
    """Return a paper with its bytes, and record that it was taken.

    Raises NotYours for one that isn't there or who isn't of that front door, and ValueError when the stored bytes
    aren't those that were made.
    """
    row, _facts = locked(intake.referral, by, now)
    found = _asked(request, fresh(intake, by, now))
    paper = PartnerPaper.objects.filter(request=found, pk=paper_id).first()
    if paper is None:
        raise NotYours(rule=RULE, subject_type="intake", subject_id=intake.pk)
    content = unchanged(paper.content, paper.sha256)
    note("partner.paper_taken", row, by, {"intake": intake.pk, "sha256": paper.sha256})
    return paper, content


def _asked(request: PartnerRequest, intake: Intake) -> PartnerRequest:
    """The request, where the intake's front door asked it or has it from there, and still has the referral."""
    found = requests_of(intake).filter(pk=request.pk).first()
    if found is None:
        raise NotYours(rule=RULE, subject_type="intake", subject_id=intake.pk)
    if State(intake.state) in WITH_ANOTHER:
        raise Refusal("Another front door has it.", rule=RULE, subject_type=SUBJECT, subject_id=intake.referral_id)
    return found


def _reach(by: Actor) -> str:
    assert by.person_id is not None  # nobody else is of a front door
    person = Person.objects.get(pk=by.person_id)
    return ", ".join(filter(None, (person.full_name, person.phone, person.email)))


def _asking(request: PartnerRequest, intake: Intake, by: Actor) -> Asking:
    partner, basis = Partner(request.partner), Basis(request.basis)
    notice = MUST_NOT_KNOW if basis is Basis.UNTOLD else ""
    if not notice and telling_now(intake.referral).guarded:
        notice = ASK_US_FIRST
    asked = request.at.astimezone(ENGLAND)
    due = request.due_at.astimezone(ENGLAND)
    return Asking(
        reference=intake.referral.reference,
        agency=partner.value,
        whom=f"{PARTNERS[partner]}: {request.who}",
        front_door=intake.door_name,
        by=request.by_name,
        reach=_reach(by),
        asked=request.asked,
        why=request.why,
        basis=BASES[Basis.HARM] if basis is Basis.UNTOLD else BASES[basis],
        asked_on=f"{asked.day} {asked:%B %Y}",
        answer_by=f"{due.day} {due:%B %Y, %H:%M}",
        notice=notice,
    )
