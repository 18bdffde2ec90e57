"""Reading a draft: its answers as pure data, how far each page is, and what the packs offer to it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.clock import day_of
from referrals.places.selectors import areas_of_postcodes
from referrals.record.domain.clean_values import Options
from referrals.record.domain.completeness import OptionsFor, PageProgress, completeness
from referrals.record.domain.document import Wording, WordingFor, reading
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms.fitting import elsewhere
from referrals.record.domain.forms.parts import Answers, Page, Per, Specification
from referrals.record.domain.left_out import LeftOut, of_another_area, words_aside
from referrals.record.models import Child, HouseholdMember, PageAnswers, Referral
from referrals.record.selectors.forms import form_of
from thresholds.domain.needs import ExploitationSign
from thresholds.selectors import NoPackError, PublishedPack, areas, current_pack, pack_version


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The answers of one page with their version: 0 and empty when it was never saved. A save names the version."""

    answers: Answers
    version: int
    saved_by: str
    saved_at: datetime | None
    set_aside: Answers = field(default_factory=dict)


def draft_of(referral: Referral) -> DraftAnswers:
    """Return all answers of a referral. Three queries, however many pages and people."""
    form = form_of(referral)
    by_person: dict[UUID | None, dict[str, Answers]] = defaultdict(dict)
    for row in PageAnswers.objects.filter(referral=referral):
        by_person[row.child_id or row.member_id][row.page] = row.answers
    return DraftAnswers(
        pages=by_person[None],
        children=tuple(_person(row, form, Per.CHILD, by_person) for row in referral.children.all()),
        members=tuple(_person(row, form, Per.MEMBER, by_person) for row in referral.household.all()),
    )


def row_of(referral: Referral, page: Page, person_id: UUID | None) -> Child | HouseholdMember | PageAnswers:
    """Return the row that a page is saved into, a new one with version 0 when there is none yet.

    Raises KeyError for somebody who isn't on this referral.
    """
    child = member = None
    if page.per is Per.CHILD:
        child = referral.children.filter(pk=person_id).first() if person_id else None
    if page.per is Per.MEMBER:
        member = referral.household.filter(pk=person_id).first() if person_id else None
    person = child or member
    if (person is None) is not (page.per is Per.REFERRAL and person_id is None):
        raise KeyError(person_id)
    if page.in_row and person is not None:
        return person
    place: dict[str, Any] = {"referral": referral, "page": page.key, "child": child, "member": member}
    return PageAnswers.objects.filter(**place).first() or PageAnswers(**place)


def answers_in(row: Child | HouseholdMember | PageAnswers) -> dict[str, Any]:
    """Return the answers that a row holds."""
    return row.answers if isinstance(row, PageAnswers) else row.answers()


def saved_page(referral: Referral, page: str, person_id: UUID | None = None) -> SavedPage:
    """Return the answers of one page, for one child or member where it is asked for each.

    Raises KeyError for a page that the form doesn't have or somebody who isn't on the referral.
    """
    row = row_of(referral, form_of(referral, writing=page).page(page), person_id)
    return SavedPage(
        answers=answers_in(row),
        version=row.version,
        saved_by=row.saved_by.full_name if row.saved_by else "",
        saved_at=row.saved_at,
        set_aside=row.set_aside,
    )


def left_out_of(referral: Referral, draft: DraftAnswers, *, now: datetime) -> tuple[LeftOut, ...]:
    """Return the words of a draft that aren't sent because nothing calls for them any more, page by page."""
    form = form_of(referral)
    wording = wording_for(referral, draft, now=now)
    found: list[LeftOut] = []
    rows: dict[tuple[str, UUID | None], Answers] = {
        (row.page, row.child_id or row.member_id): row.set_aside
        for row in PageAnswers.objects.filter(referral=referral).exclude(set_aside={})
    }
    in_row = {page.per: page.key for page in form.pages if page.in_row}
    for per, people in ((Per.CHILD, referral.children), (Per.MEMBER, referral.household)):
        rows |= {(in_row.get(per, ""), one.pk): one.set_aside for one in people.all() if one.set_aside}
    for page in form.pages:
        for person in draft.people(page.per):
            title = page.title_for(name_of(person, page.per) if person else "")
            answers = draft.of(page.key, person)
            if answers and not draft.applies(page, person):
                found += [
                    LeftOut(title, question.label, reading(question, answers, wording(person)))
                    for question in page.questions
                    if question.key in answers
                ]
            aside = rows.get((page.key, person.id if person else None), {})
            found += words_aside(page, title, aside, answers)
            found += (LeftOut(title, *one) for one in elsewhere(page, aside))
    found += (one for _, one in of_another_area(form, draft))
    return tuple(found)


def packs_for(referral: Referral, draft: DraftAnswers, *, now: datetime) -> dict[str, PublishedPack]:
    """Return the packs of the children's home areas by slug: for the referral's own area the version that it keeps.

    An area without a pack is left out.
    """
    found: dict[str, PublishedPack] = {}
    for area in draft.home_areas():
        try:
            if area == referral.home_area and referral.pack_version_id is not None:
                found[area] = pack_version(referral.pack_version_id)
            else:
                found[area] = current_pack(area, day_of(now))
        except NoPackError:
            continue
    return found


def options_for(referral: Referral, draft: DraftAnswers, *, now: datetime) -> OptionsFor:
    """Return a function that gives, for a child or for the referral, what the packs offer.

    A child's options are those of the pack of the child's own home area; until that is known, only areas are offered.
    """
    none = area_options([child.get("postcode") for child in draft.children])
    offered = {area: _options(published, none) for area, published in packs_for(referral, draft, now=now).items()}

    def options(person: PersonAnswers | None) -> Options:
        area = person.get("home_area") if person else referral.home_area
        return offered.get(area, none) if isinstance(area, str) else none

    return options


def wording_for(referral: Referral, draft: DraftAnswers, *, now: datetime) -> WordingFor:
    """Return a function that gives, for a child or for the referral, what the ids in answers read as.

    As `options_for`: two packs may name one id differently, a level for instance.
    """
    names = {area.slug: area.name for area in areas()}
    read = {area: {**names, **_wording(published)} for area, published in packs_for(referral, draft, now=now).items()}

    def wording(person: PersonAnswers | None) -> Wording:
        area = person.get("home_area") if person else referral.home_area
        return read.get(area, names) if isinstance(area, str) else names

    return wording


def progress_of(referral: Referral, *, now: datetime) -> tuple[PageProgress, ...]:
    """Return how far each page of a draft is. `now` is aware; dates are judged by England's day."""
    draft = draft_of(referral)
    return completeness(
        form_of(referral),
        draft,
        today=day_of(now),
        options_for=options_for(referral, draft, now=now),
    )


def _person(
    row: Child | HouseholdMember, form: Specification, per: Per, by_person: dict[UUID | None, dict[str, Answers]]
) -> PersonAnswers:
    pages = dict(by_person.get(row.pk, {}))
    answers = row.answers()
    if answers:
        pages = {next(page.key for page in form.pages if page.per is per and page.in_row): answers, **pages}
    return PersonAnswers(id=row.pk, position=row.position, pages=pages)


def area_options(postcodes: Iterable[object]) -> Options:
    """Return what is offered while no home area is known: the areas, and where these postcodes are."""
    names = {area.slug: area.name for area in areas()}
    return Options(areas=frozenset(names), postcode_areas=areas_of_postcodes(postcodes), area_names=names)


def _options(published: PublishedPack, of_areas: Options) -> Options:
    pack = published.pack
    return replace(
        of_areas,
        levels=frozenset(level.id for level in pack.levels),
        descriptors=frozenset(descriptor.id for descriptor in pack.descriptors),
        protective_factors=frozenset(factor.id for factor in pack.protective_factors),
        harm_factors=frozenset(factor.id for factor in pack.harm_factors),
        signs=frozenset(sign.id for sign in _signs(published)),
        conditions=frozenset(condition.id for condition in pack.conditions),
    )


def _wording(published: PublishedPack) -> dict[str, str]:
    pack = published.pack
    wording = {level.id: level.name for level in pack.levels}
    wording |= {condition.id: condition.question for condition in pack.conditions}
    for listed in (pack.descriptors, pack.protective_factors, pack.harm_factors, _signs(published)):
        wording |= {one.id: one.wording for one in listed}
    return wording


def _signs(published: PublishedPack) -> tuple[ExploitationSign, ...]:
    exploitation = published.pack.exploitation
    return tuple(sign for category in exploitation.categories for sign in category.signs) if exploitation else ()
