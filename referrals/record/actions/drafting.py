"""Writing a draft: starting it, its people, and its pages."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q

from accounts.clock import day_of
from accounts.models import Person
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.record.actions.attaching import drop_files
from referrals.record.actions.desk import end_of_desk
from referrals.record.actions.locking import SUBJECT, locked, note, person_id_of
from referrals.record.domain.clean import Cleaned, Context, Problem, clean_answers
from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.forms import CURRENT
from referrals.record.domain.forms.parts import Kind, Page, Specification
from referrals.record.domain.hanging import Hanging, gone_with, without
from referrals.record.domain.left_out import left_out_pages, set_aside
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import check_edit, check_start
from referrals.record.domain.reference import new_reference
from referrals.record.domain.urgency import harm_possible, urgent_because
from referrals.record.models import AccessChange, Carried, Child, HouseholdMember, PageAnswers, Referral
from referrals.record.selectors import attachments_of, draft_of, options_for
from referrals.record.selectors.drafts import answers_in, area_options, row_of
from referrals.record.selectors.forms import form_of
from referrals.record.selectors.keeping import keeping_row
from thresholds.selectors import NoPackError, current_pack

MOST_CHILDREN = 30
MOST_MEMBERS = 60


class Conflict(Exception):  # not an error of anybody: two people wrote at once
    """Somebody saved the page after it was opened. Nothing was saved; `yours` and `theirs` are shown side by side.

    Saving again with `version` is a decision for what is sent then.
    """

    def __init__(self, *, yours: dict[str, Any], theirs: dict[str, Any], version: int, by: str, at: datetime | None):
        super().__init__("the page was saved by somebody else")
        self.yours = yours
        self.theirs = theirs
        self.version = version
        self.saved_by = by
        self.saved_at = at


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What became of a save. Not `saved`: a problem blocks, and nothing was changed.

    `dropped` names answers that went because their question is no longer asked; they are set aside. `left_out` are the
    titles of pages that have answers, and that these answers no longer call for: they stay, and aren't sent.
    """

    saved: bool
    version: int
    answers: dict[str, Any]
    problems: tuple[Problem, ...]
    dropped: tuple[str, ...]
    left_out: tuple[str, ...] = ()


@transaction.atomic
def start_referral(*, kind: str, by: Actor, now: datetime, token: UUID | None = None) -> Referral:
    """Begin a referral of a kind ("marf", "send_now") on that kind's current form; return it.

    `token` is that of the button: the same one again, by the same person, returns what it began, for as long as nothing
    more than the first question is answered there. After that it is another referral: nobody writes of another child in
    one that they took for new.

    Raises Refusal for somebody without a role in an agency, KeyError for a kind that isn't one.
    """
    check_start(by)
    assert by.agency_id is not None
    if token is not None:
        # Two clicks at once: the second waits here for the first, and finds what it began.
        Person.objects.select_for_update(no_key=True).get(pk=person_id_of(by))
        begun = _begun_by(token, kind, by)
        if begun is not None:
            return begun
    referral = Referral.objects.create(
        reference=_free_reference(),
        kind=kind,
        specification=CURRENT[kind],
        state_since=now,
        author_id=person_id_of(by),
        agency_id=by.agency_id,
        begun_by=token,
        created_at=now,
        updated_at=now,
    )
    because = urgent_because(referral.specification, DraftAnswers())
    if because:
        referral.urgent, referral.urgent_because, referral.urgent_since = True, list(because), now
        referral.save(update_fields=["urgent", "urgent_because", "urgent_since"])
    note("start", referral, by, {"kind": kind, "form": referral.specification})
    return referral


def _begun_by(token: UUID, kind: str, by: Actor) -> Referral | None:
    """Return the draft that this button began, while it is as it began."""
    assert by.agency_id is not None
    begun = Referral.objects.filter(
        begun_by=token, kind=kind, author_id=person_id_of(by), agency_id=by.agency_id, state=State.DRAFT.value
    ).first()
    if begun is None:
        return None
    written = (
        begun.children.all(),
        begun.household.all(),
        begun.attachments.all(),
        begun.pages.exclude(page="start"),
        begun.keepings.all(),
    )
    return None if any(rows.exists() for rows in written) else begun


@transaction.atomic
def save_page(
    *,
    referral: Referral,
    page: str,
    answers: Mapping[str, Any],
    version: int,
    by: Actor,
    now: datetime,
    person_id: UUID | None = None,
) -> SaveResult:
    """Clean and save the answers of one page, for one child or member where it is asked for each.

    `version` is that of the page when it was opened. Raises Conflict when it has been saved since, with other answers;
    the same answers again are a repeated post and change nothing. Raises Refusal when `by` may not edit, NotYours for
    a page or person that this referral doesn't have. Where harm is possible, no problem keeps it from being saved.
    """
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    # The window may have been opened before the home area was known: what was typed there is saved all the same.
    form = form_of(row, writing=page)
    try:
        spec = form.page(page)
        place = row_of(row, spec, person_id)
    except KeyError:
        raise NotYours(rule="referral.edit", subject_type=SUBJECT, subject_id=row.pk) from None
    draft = draft_of(row)
    cleaned = _cleaned(row, form, spec, draft, answers, person_id=person_id, now=now)
    if cleaned.blocks:
        return SaveResult(False, place.version, cleaned.answers, cleaned.problems, cleaned.dropped)
    if place.version != version:
        _check_same(place, cleaned)
        return SaveResult(True, place.version, cleaned.answers, cleaned.problems, cleaned.dropped)
    person = draft.person(spec.per, person_id)
    saved = answers_in(place)
    place.set_aside = set_aside(spec, place.set_aside, cleaned, answers, saved=saved, around=draft.around(person))
    if isinstance(place, PageAnswers):
        place.answers = cleaned.answers
    else:
        place.set_answers(cleaned.answers)
    place.version += 1
    place.saved_by_id, place.saved_at = person_id_of(by), now
    place.save()
    kept = keeping_row(row, page, person_id, person_id_of(by))
    if kept is not None:
        kept.delete()
    after = draft.with_page(spec, person, cleaned.answers)
    for hanging in gone_with(page, saved, cleaned.answers):
        after = _take_off(row, hanging, after, by, now, form=form, person_id=person_id)
    work_out(row, after, by, now)
    _confirm(row, page, person_id, by, now)
    note("save_page", row, by, {"page": page, "version": place.version, "person": person_id})
    before = set(left_out_pages(form, draft))
    titles = tuple(title for key, title in left_out_pages(form, after) if (key, title) not in before)
    return SaveResult(True, place.version, cleaned.answers, cleaned.problems, cleaned.dropped, titles)


@transaction.atomic
def add_child(*, referral: Referral, by: Actor, now: datetime) -> Child:
    """Add a child to a draft and return the row, whose page is then filled in.

    One that was added and never filled in is returned instead: a double click adds one child. Raises Refusal when `by`
    may not edit, or there are 30 already.
    """
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    blank = row.children.filter(version=0, pages__isnull=True).first()
    if blank is not None:
        return blank
    _check_room(row, row.children.count(), MOST_CHILDREN)
    last = row.children.aggregate(last=Max("position"))["last"] or 0
    child = Child.objects.create(referral=row, position=last + 1)
    _touch(row, now)
    note("add_child", row, by, {"child": child.pk})
    return child


@transaction.atomic
def add_member(*, referral: Referral, by: Actor, now: datetime) -> HouseholdMember:
    """Add somebody of the household or family to a draft; as `add_child`, up to 60."""
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    blank = row.household.filter(version=0, pages__isnull=True).first()
    if blank is not None:
        return blank
    _check_room(row, row.household.count(), MOST_MEMBERS)
    last = row.household.aggregate(last=Max("position"))["last"] or 0
    member = HouseholdMember.objects.create(referral=row, position=last + 1)
    _touch(row, now)
    note("add_member", row, by, {"member": member.pk})
    return member


@transaction.atomic
def remove_child(*, referral: Referral, child_id: UUID, by: Actor, now: datetime) -> None:
    """Take a child off a draft, with every answer and file about them. Raises Refusal or NotYours.

    A child who isn't there any more is no mistake: the button was pressed twice.
    """
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    drop_files(row, attachments_of(row).filter(about_id=child_id), by, now)
    removed, _ = row.children.filter(pk=child_id).delete()
    if removed:
        work_out(row, draft_of(row), by, now)
        note("remove_child", row, by, {"child": child_id})


@transaction.atomic
def remove_member(*, referral: Referral, member_id: UUID, by: Actor, now: datetime) -> None:
    """Take somebody of the household or family off a draft; as `remove_child`."""
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    removed, _ = row.household.filter(pk=member_id).delete()
    if removed:
        _touch(row, now)
        note("remove_member", row, by, {"member": member_id})


def _cleaned(
    row: Referral,
    form: Specification,
    page: Page,
    draft: DraftAnswers,
    raw: Mapping[str, Any],
    *,
    person_id: UUID | None,
    now: datetime,
) -> Cleaned:
    """Clean as if harm were possible, and again strictly when even the new answers say that it isn't."""
    person = draft.person(page.per, person_id)
    options, around = options_for(row, draft, now=now)(person), draft.around(person)
    if any(question.kind is Kind.POSTCODE for question in page.questions):
        options = replace(options, postcode_areas=area_options([raw.get("postcode")]).postcode_areas)
    today = day_of(now)
    kind = Context(today=today, harm_possible=True, options=options, around=around)
    cleaned = clean_answers(page, raw, kind)
    if harm_possible(form.version, draft) or harm_possible(
        form.version, draft.with_page(page, person, cleaned.answers)
    ):
        return cleaned
    return clean_answers(page, raw, Context(today=today, harm_possible=False, options=options, around=around))


def _take_off(
    row: Referral,
    hanging: Hanging,
    draft: DraftAnswers,
    by: Actor,
    now: datetime,
    *,
    form: Specification,
    person_id: UUID | None,
) -> DraftAnswers:
    """Take an answer off another page that was given about what has just been changed, and return the draft so."""
    page = form.by_key.get(hanging.page)
    place = row_of(row, page, person_id) if page else None
    if page is None or not isinstance(place, PageAnswers) or hanging.question not in place.answers:
        return draft
    place.answers, aside = without(hanging, place.answers)
    place.set_aside = {**place.set_aside, **aside}
    place.version += 1
    place.saved_by_id, place.saved_at = person_id_of(by), now
    place.save()
    note("save_page", row, by, {"page": page.key, "version": place.version, "person": person_id})
    return draft.with_page(page, draft.person(page.per, person_id), place.answers)


def _confirm(row: Referral, page: str, person_id: UUID | None, by: Actor, now: datetime) -> None:
    """What was carried onto this page has been before the eyes of whoever saved it."""
    who = Q(child_id=person_id) | Q(member_id=person_id) if person_id else Q(child=None, member=None)
    waiting = Carried.objects.filter(who, referral=row, page=page, confirmed_at__isnull=True)
    waiting.update(confirmed_at=now, confirmed_by_id=person_id_of(by))


def _check_same(place: Child | HouseholdMember | PageAnswers, cleaned: Cleaned) -> None:
    theirs = answers_in(place)
    if theirs != cleaned.answers:
        saved_by = place.saved_by.full_name if place.saved_by else ""
        raise Conflict(yours=cleaned.answers, theirs=theirs, version=place.version, by=saved_by, at=place.saved_at)


def work_out(row: Referral, draft: DraftAnswers, by: Actor, now: datetime) -> None:
    """Bring the columns up to date that lists read instead of the answers, and save the row."""
    because = urgent_because(row.specification, draft)
    row.urgent_since = (row.urgent_since if row.urgent else now) if because else None
    row.urgent, row.urgent_because = bool(because), list(because)
    about_desk = draft.get("about_desk")
    # What was said after an earlier submission holds: the desk doesn't see it again by a page that is saved.
    closed = AccessChange.objects.filter(referral=row, kind=AccessChange.Kind.DESK).exists()
    row.bypasses_desk = True if closed else None if about_desk is None else about_desk != "no"
    if row.bypasses_desk is not False:
        # Whoever was given the draft while it was answered otherwise doesn't go on reading it.
        end_of_desk(row, by, now)
    home_area = next(iter(draft.home_areas()), "")
    if home_area != row.home_area or row.pack_version_id is None:
        row.home_area = home_area
        row.pack_version_id = _pack_version(home_area, now)
    row.updated_at = now
    row.save()


def _pack_version(area: str, now: datetime) -> int | None:
    try:
        return current_pack(area, day_of(now)).version_id if area else None
    except NoPackError:
        return None


def _touch(row: Referral, now: datetime) -> None:
    row.updated_at = now
    row.save(update_fields=["updated_at"])


def _check_room(row: Referral, count: int, most: int) -> None:
    if count >= most:
        raise Refusal(
            f"It holds at most {most}. Name the others in the worry.",
            rule="referral.edit",
            subject_type=SUBJECT,
            subject_id=row.pk,
        )


def _free_reference() -> str:
    # One in some 10**11 is taken; the unique column has the last word.
    while True:
        reference = new_reference(secrets.choice)
        if not Referral.objects.filter(reference=reference).exists():
            return reference
