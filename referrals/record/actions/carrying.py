"""Beginning a form from an earlier one: an assessment that becomes a referral, a referral that becomes an assessment, a
new one from an old one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.clock import day_of
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.record.actions.drafting import start_referral, work_out
from referrals.record.actions.locking import SUBJECT, locked, note, person_id_of
from referrals.record.domain.beginning import check_carry
from referrals.record.domain.carrying import Carrying, carry
from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.forms import CURRENT, specification
from referrals.record.domain.forms.parts import Answers, Per, Specification
from referrals.record.domain.passages import answered_for_family
from referrals.record.domain.thaw import OtherForm
from referrals.record.models import (
    AccessChange,
    Carried,
    Child,
    ExcludedPerson,
    HouseholdMember,
    KeptFromFamily,
    PageAnswers,
    Referral,
)
from referrals.record.selectors import draft_of, kept_from_family, options_for
from referrals.record.selectors.carrying import Source, added_to, begun_before, source_of
from referrals.record.selectors.forms import form_in, form_of
from thresholds.selectors import NoPackError, current_pack


@transaction.atomic
def begin_from(*, source: Referral, kind: str, by: Actor, now: datetime, decided: bool = False) -> Referral:
    """Begin a form of `kind` ("marf", "eha") with what an earlier one says, and return it. Nothing of it counts as
    looked at until its page is saved; who must not see the source doesn't see this either, its desk included. A draft
    that the same person has begun so is returned instead while the source stands as it did then: a button pressed twice
    begins one. What was written on the source since is never left out: then another one begins. `decided`: a front door
    has decided that early help follows, and whether harm is possible is asked anew.

    Of a draft it is what stands there, of what was submitted what was frozen. Raises NotYours for somebody who can't
    read the source, Refusal for one who reads it only for a front door and for a form that is no longer read here, and
    KeyError for a kind that isn't one.
    """
    row, facts = locked(source, by, now)
    check_carry(by, facts)
    form = _form_for(row, kind, now)
    begun = begun_before(row, kind, by).first()
    if begun is not None and begun.created_at >= row.updated_at:
        return begun
    found = _read(row)
    target = start_referral(kind=kind, by=by, now=now)
    target.begun_from = row
    _keep_out(row, target, now)
    carried = carry(
        found.draft,
        form,
        source_form=form_of(row),
        today=day_of(now),
        options_for=options_for(row, found.draft, now=now),
        added=added_to(row),
        decided=decided,
    )
    kept = _Keeping(target, found, by=by, now=now)
    kept.write(carried)
    _keep_from_family(row, found, target, by=by, now=now)
    work_out(target, draft_of(target), by, now)
    note("carry", target, by, {"from": row.pk, "kind": kind, "pages": kept.pages})
    note("carried_on", row, by, {"to": target.pk, "kind": kind})
    return target


def _form_for(source: Referral, kind: str, now: datetime) -> Specification:
    """The form that begins: as the source's home area has it now, so that its own questions go along too."""
    try:
        return form_in(CURRENT[kind], current_pack(source.home_area, day_of(now)).pack)
    except NoPackError:
        return specification(CURRENT[kind])


def _keep_out(source: Referral, target: Referral, now: datetime) -> None:
    """Keep out of the new one whoever is kept out of the source, with what was said about it. `work_out` reads it."""
    for excluded in ExcludedPerson.objects.filter(referral=source):
        ExcludedPerson.objects.create(referral=target, person_id=excluded.person_id, since=now)
    for said in AccessChange.objects.filter(referral=source):
        AccessChange.objects.create(
            referral=target,
            kind=said.kind,
            person_id=said.person_id,
            at=said.at,
            by_id=said.by_id,
            by_name=said.by_name,
            of_front_door=said.of_front_door,
            why=said.why,
        )


def _keep_from_family(source: Referral, found: Source, target: Referral, *, by: Actor, now: datetime) -> None:
    """Words that are kept from the family stay so wherever they stand in the new one, also under another question; what
    was chosen, or a day, stays so under its own."""
    rows = kept_from_family(source)
    kept = [one for one in answered_for_family(form_of(source), found.draft) if one.passage in rows]
    words = [one.words.strip() for one in kept if one.written]
    asked = {(one.passage.page, one.passage.question) for one in kept if not one.written}
    draft = draft_of(target)
    children = {child.id for child in draft.children}
    for one in answered_for_family(form_of(target), draft):
        said = any(each and each in one.words for each in words)
        if said or (one.passage.page, one.passage.question) in asked:
            KeptFromFamily.objects.create(
                referral=target,
                page=one.passage.page,
                question=one.passage.question,
                child_id=one.person if one.person in children else None,
                member_id=one.person if one.person and one.person not in children else None,
                at=now,
                by_id=person_id_of(by),
            )


def _read(row: Referral) -> Source:
    try:
        return source_of(row)
    except OtherForm:
        raise Refusal(
            "It was written on a form that this system no longer reads. Begin an empty one.",
            rule="referral.carry",
            subject_type=SUBJECT,
            subject_id=row.pk,
        ) from None


class _Keeping:
    """Writing what was carried into the rows of the new draft, each page with where it comes from."""

    def __init__(self, target: Referral, found: Source, *, by: Actor, now: datetime) -> None:
        assert target.begun_from is not None
        self.target, self.source, self.found = target, target.begun_from, found
        self.form = form_of(target)
        self.by, self.now = by, now
        self.pages = 0

    def write(self, carried: Carrying) -> None:
        """Write all of it. Everybody of the source is on the new one, also somebody of whom nothing goes along."""
        for page, answers in carried.pages.items():
            self._page(page, answers)
        draft: DraftAnswers = self.found.draft
        there = set(self.source.children.values_list("pk", flat=True))
        for number, one in enumerate(draft.children, start=1):
            # Whether each was referred hangs on this: what was frozen names who may have been taken off since.
            known = one.id if one.id in there else None
            child = Child(referral=self.target, position=number, begun_from_id=known)
            self._person(child, carried.children[one.id], one.id)
        for number, one in enumerate(draft.members, start=1):
            member = HouseholdMember(referral=self.target, position=number)
            self._person(member, carried.members[one.id], one.id)

    def _person(self, row: Child | HouseholdMember, pages: Any, source_id: UUID) -> None:
        per = Per.CHILD if isinstance(row, Child) else Per.MEMBER
        about = next((page.key for page in self.form.pages if page.per is per and page.in_row), "")
        if pages.get(about):
            row.set_answers(dict(pages[about]))
            row.version, row.saved_by_id, row.saved_at = 1, person_id_of(self.by), self.now
        row.save()
        who = {"child" if per is Per.CHILD else "member": row}
        for page, answers in pages.items():
            if page == about:
                self._note(page, answers, source_id, **who)
            else:
                self._page(page, answers, source_id, **who)

    def _page(self, page: str, answers: Answers, source_id: UUID | None = None, **who: Any) -> None:
        PageAnswers.objects.create(
            referral=self.target,
            page=page,
            answers=dict(answers),
            version=1,
            saved_by_id=person_id_of(self.by),
            saved_at=self.now,
            **who,
        )
        self._note(page, answers, source_id, **who)

    def _note(self, page: str, answers: Answers, source_id: UUID | None, **who: Any) -> None:
        self.pages += 1
        Carried.objects.create(
            referral=self.target,
            source=self.source,
            page=page,
            questions=sorted(answers),
            written_at=self.found.written_at(page, source_id),
            **who,
        )
