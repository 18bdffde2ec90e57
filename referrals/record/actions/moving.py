"""Moving a referral from state to state, and freezing what is submitted."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.clock import day_of
from accounts.models import Agency, Person
from audit.domain.actor import Actor
from referrals.record.actions.locking import held, locked, note, person_id_of
from referrals.record.domain.document import CarriedPage, Decided, Heading, Writer, submission_document
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.freeze import canonical_json, digest
from referrals.record.domain.lifecycle import Transition, Verb, check_why
from referrals.record.domain.permissions import RecordFacts, check_move, check_submit
from referrals.record.domain.urgency import CANNOT_WAIT
from referrals.record.models import Carried, Referral, ReferralChange, Submission
from referrals.record.selectors import (
    attachments_of,
    called,
    carried_of,
    dismissed_of,
    draft_of,
    frozen_files,
    kept_from_family,
    options_for,
    packs_for,
    wording_for,
)
from referrals.record.selectors.forms import form_of
from thresholds.selectors import PublishedPack


@transaction.atomic
def freeze_submission(
    *,
    referral: Referral,
    check: Mapping[str, Any],
    sharing: Mapping[str, Any],
    plan: Mapping[str, Any],
    urgent_because: Sequence[str],
    by: Actor,
    now: datetime,
    facts: RecordFacts | None = None,
) -> Submission:
    """Freeze a draft as it stands and make it submitted; return the submission.

    `check` (by child), `sharing` and `plan` come from the rooms that worked them out, as plain JSON. `urgent_because`
    holds codes; those known from the answers are added. `facts` are those of a caller who holds the row. Nothing
    missing or implausible stops it: it is listed in the content. Raises Refusal when `by` may not submit it, TypeError
    for content that isn't plain JSON.
    """
    row, known = held(referral, facts, by, now)
    transition = check_submit(by, known)
    form, draft = form_of(row), draft_of(row)
    because = tuple(dict.fromkeys([*row.urgent_because, *urgent_because]))
    number = row.submissions.count() + 1
    people = Person.objects.in_bulk([row.author_id, person_id_of(by)])
    heading = Heading(
        reference=row.reference,
        referral_id=str(row.pk),
        kind=row.kind,
        number=number,
        author=writer(people[row.author_id], row.agency),
        submitted_by=writer(people[person_id_of(by)], row.agency),
        submitted_at=now,
        home_area=row.home_area,
        urgent_because=because,
        packs=tuple(_named(pack) for pack in packs_for(row, draft, now=now).values()),
        called=called(row, now=now).full if is_assessment(form.version) else "",
    )
    content = canonical_json(
        submission_document(
            form,
            draft,
            heading,
            Decided(check=check, sharing=sharing, plan=plan),
            wording_for=wording_for(row, draft, now=now),
            today=day_of(now),
            options_for=options_for(row, draft, now=now),
            dismissed=dismissed_of(row),
            files=frozen_files(attachments_of(row)),
            carried=[_carried(one) for one in carried_of(row)],
            not_for_family=kept_from_family(row),
        )
    )
    submission = Submission.objects.create(
        referral=row, number=number, content=content, sha256=digest(content), at=now, by_id=person_id_of(by)
    )
    row.urgent, row.urgent_because = bool(because), list(because)
    change(row, transition, by, now, why="")
    note("submit", row, by, {"number": number, "sha256": submission.sha256, "urgent_because": list(because)})
    return submission


@transaction.atomic
def withdraw(*, referral: Referral, why: str, by: Actor, now: datetime) -> Referral:
    """Withdraw a referral that has not been sent, with a reason; return it. Raises Refusal."""
    return _move(referral, Verb.WITHDRAW, by, now, why)


@transaction.atomic
def cannot_wait(*, referral: Referral, by: Actor, now: datetime) -> Referral:
    """Make what was submitted as routine urgent, because it can't wait; return it. For casework, which sends it then.

    What was frozen stays as it was. Raises NotYours or Refusal unless `by` may send it now.
    """
    row, facts = locked(referral, by, now)
    check_move(Verb.SEND, by, facts)
    row.urgent, row.urgent_because = True, list(dict.fromkeys([*row.urgent_because, CANNOT_WAIT]))
    row.updated_at = now
    row.save(update_fields=["urgent", "urgent_because", "updated_at"])
    note("cannot_wait", row, by)
    return row


@transaction.atomic
def move(
    *, referral: Referral, verb: Verb, by: Actor, now: datetime, why: str = "", facts: RecordFacts | None = None
) -> Referral:
    """Make the transition of `verb` and return the referral as it is then. For casework, which knows when. `facts` are
    those of a caller who holds the row.

    Raises Refusal when the state, `by`'s standing or a missing reason forbids it, ValueError for submitting, which is
    `freeze_submission`'s.
    """
    if verb is Verb.SUBMIT:
        raise ValueError("a referral is submitted by freezing it")
    return _move(referral, verb, by, now, why, facts=facts)


def writer(person: Person, agency: Agency) -> Writer:
    """Return who wrote, as it is frozen: professionals are not anonymous."""
    return Writer(
        person_id=str(person.pk),
        name=person.full_name,
        job_title=person.job_title,
        agency_id=str(agency.pk),
        agency=agency.name,
        email=person.email,
        phone=person.phone,
    )


def _move(
    referral: Referral, verb: Verb, by: Actor, now: datetime, why: str, *, facts: RecordFacts | None = None
) -> Referral:
    row, known = held(referral, facts, by, now)
    transition = check_move(verb, by, known)
    check_why(transition, why)
    change(row, transition, by, now, why)
    note(verb.value, row, by, {"from": transition.source.value, "to": transition.target.value})
    return row


def change(row: Referral, transition: Transition, by: Actor, now: datetime, why: str) -> None:
    """Write a change of state and make it, in the caller's transaction, which has checked it."""
    ReferralChange.objects.create(
        referral=row,
        verb=transition.verb.value,
        source=transition.source.value,
        target=transition.target.value,
        at=now,
        by_id=by.person_id,
        by_name=by.name[:200],
        why=why.replace("\x00", "").strip(),
    )
    row.state, row.state_since, row.updated_at = transition.target.value, now, now
    row.save()


def _carried(row: Carried) -> CarriedPage:
    return CarriedPage(
        page=row.page,
        person=row.child_id or row.member_id,
        reference=row.source.reference,
        written_on=day_of(row.written_at),
        looked_at=row.confirmed_at is not None,
    )


def _named(published: PublishedPack) -> dict[str, Any]:
    pack = published.pack
    return {
        "area": pack.area.slug,
        "effective_from": pack.effective_from.isoformat(),
        "revision": published.revision,
        "version": published.version_id,
        "sha256": published.sha256,
    }
