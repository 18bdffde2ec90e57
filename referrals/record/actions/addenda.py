"""Addenda: later facts, in words or as a page of the form, frozen when they are added."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.clock import day_of
from accounts.models import Person
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.record.actions.locking import SUBJECT, locked, note, person_id_of
from referrals.record.actions.moving import writer
from referrals.record.domain.clean import Context, clean_answers
from referrals.record.domain.clean_values import clean_text
from referrals.record.domain.document import FORMAT, page_document
from referrals.record.domain.forms import CURRENT
from referrals.record.domain.freeze import canonical_json, digest
from referrals.record.domain.permissions import check_add_addendum
from referrals.record.models import Addendum, Referral
from referrals.record.selectors import draft_of, latest_submission, options_for, wording_for
from referrals.record.selectors.forms import form_of


@transaction.atomic
def add_addendum(*, referral: Referral, text: str, by: Actor, now: datetime) -> Addendum:
    """Add later facts in words; return the addendum.

    Raises Refusal when nothing is written, or `by` may not add to it. Long text is taken whole: it was typed after
    something was sent, and harm may be possible.
    """
    row, facts = locked(referral, by, now)
    check_add_addendum(by, facts)
    words = clean_text(text)
    if not words:
        raise Refusal(
            "Write what you have learned.", rule="referral.add_addendum", subject_type=SUBJECT, subject_id=row.pk
        )
    return add_addendum_of(row, {"words": words}, by, now)


@transaction.atomic
def add_page_addendum(
    *,
    referral: Referral,
    page: str,
    answers: Mapping[str, Any],
    by: Actor,
    now: datetime,
    person_id: UUID | None = None,
) -> Addendum:
    """Add a page of the full form to what was sent, for one child or member where it is asked for each.

    So that what was sent with the first facts is filled in later. No problem blocks: they are frozen with the answers.
    Raises Refusal when `by` may not add to it, NotYours for a page or a person that there isn't.
    """
    row, facts = locked(referral, by, now)
    check_add_addendum(by, facts)
    form = form_of(row, version=CURRENT["marf"])
    draft = draft_of(row)
    try:
        spec = form.page(page)
        person = draft.person(spec.per, person_id)
    except KeyError:
        raise NotYours(rule="referral.add_addendum", subject_type=SUBJECT, subject_id=row.pk) from None
    context = Context(
        today=day_of(now),
        harm_possible=True,
        options=options_for(row, draft, now=now)(person),
        around=draft.around(person),
    )
    cleaned = clean_answers(spec, answers, context)
    wording = wording_for(row, draft, now=now)(person)
    with_it = draft.with_page(spec, person, cleaned.answers)
    content = {
        "form": form.version,
        "person": str(person_id or ""),
        "page": page_document(spec, with_it, with_it.person(spec.per, person_id), wording),
        "flags": [{"question": problem.field, "message": problem.message} for problem in cleaned.problems],
    }
    return add_addendum_of(row, content, by, now)


def add_addendum_of(row: Referral, content: Mapping[str, Any], by: Actor, now: datetime) -> Addendum:
    """Freeze `content` as the next addendum, in the caller's transaction, which has checked who may; return it."""
    submission = latest_submission(row)
    assert submission is not None  # what can be added to has been submitted
    number = row.addenda.count() + 1
    text = canonical_json(
        {
            "format": FORMAT,
            "reference": row.reference,
            "referral": str(row.pk),
            "number": number,
            "submission": {"number": submission.number, "sha256": submission.sha256},
            "by": asdict(writer(Person.objects.get(pk=person_id_of(by)), row.agency)),
            "at": now.isoformat(),
            **content,
        }
    )
    addendum = Addendum.objects.create(
        referral=row, number=number, content=text, sha256=digest(text), at=now, by_id=person_id_of(by)
    )
    row.updated_at = now
    row.save(update_fields=["updated_at"])
    note("add_addendum", row, by, {"number": number, "sha256": addendum.sha256})
    return addendum
