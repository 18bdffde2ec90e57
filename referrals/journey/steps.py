"""The order in which the walker asks a form's pages, and what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.urls import reverse

from audit.domain.refusal import NotYours
from referrals.record.domain.completeness import unmet_need
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.parts import Need, Page, Per, Specification
from referrals.record.models import Referral


@dataclass(frozen=True, slots=True)
class Step:
    """A page, for one child or member where it is asked for each."""

    page: Page
    person_id: UUID | None

    def url(self, referral: Referral) -> str:
        """Its address."""
        return page_url(referral, self.page.key, self.person_id)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a page was opened from, when that isn't the task list: "check", or a page about a child. It leads back."""

    page: str = ""
    person_id: UUID | None = None

    @property
    def query(self) -> str:
        """The end of an address that says so; empty for the task list."""
        if not self.page:
            return ""
        return f"?from={self.page}" + (f"&for={self.person_id}" if self.person_id else "")


CHECK = "check"
_LEADS_BACK = frozenset({"descriptors", "indicated"})
"""Pages about a child that send somebody to another page for one answer."""


def origin_of(query: Mapping[str, str], draft: DraftAnswers) -> Origin:
    """Return where a page was opened from; the task list for anything else than was given out."""
    page, child = query.get("from", ""), query.get("for", "")
    if page == CHECK:
        return Origin(CHECK)
    known = {str(one.id): one.id for one in draft.children}
    return Origin(page, known[child]) if page in _LEADS_BACK and child in known else Origin()


def page_url(referral: Referral, page: str, person_id: UUID | None = None) -> str:
    """The address of a page of a draft."""
    where = {"referral_id": referral.pk, "page": page}
    if person_id is None:
        return reverse("journey:page", kwargs=where)
    return reverse("journey:person_page", kwargs={**where, "person_id": person_id})


def about_page(form: Specification, per: Per) -> Page:
    """The page about one child or member. Raises NotYours for a form that doesn't ask about such people."""
    return _one(page for page in form.pages if page.in_row and page.per is per)


def listing_page(form: Specification, per: Per) -> Page:
    """The page where children or members are added. Raises NotYours for a form that has none."""
    return _one(page for page in form.pages if page.lists is per)


def _one(found: Iterator[Page]) -> Page:
    page = next(found, None)
    if page is None:
        raise NotYours(rule="referral.edit", subject_type="referral")
    return page


def steps_of(form: Specification, draft: DraftAnswers) -> tuple[Step, ...]:
    """Return every page that applies, in the order of walking.

    Pages that are asked for each child stand together child by child. A page that lists people comes after the pages
    about them, where it asks whether somebody is missing, as long as there is anybody; else it comes first.
    """
    steps: list[Step] = []
    waiting: Page | None = None
    for per, run in groupby(form.pages, key=lambda page: page.per):
        pages = list(run)
        if per is not Per.REFERRAL:
            steps += [
                Step(page, person.id)
                for person in draft.people(per)
                for page in pages
                if person is not None and draft.applies(page, person)
            ]
            if waiting is not None:
                steps.append(Step(waiting, None))
                waiting = None
            continue
        for page in pages:
            if page is pages[-1] and page.lists and draft.people(page.lists):
                waiting = page
            elif draft.applies(page):
                steps.append(Step(page, None))
    return (*steps, Step(waiting, None)) if waiting else tuple(steps)


def step_after(
    form: Specification, draft: DraftAnswers, page: Page, person_id: UUID | None, *, within_section: bool
) -> Step | None:
    """Return the next step, None after the last one, or with `within_section` after the last of the section."""
    steps = steps_of(form, draft)
    place = next((i for i, step in enumerate(steps) if step.page.key == page.key and step.person_id == person_id), None)
    if place is None or place + 1 == len(steps):
        return None
    following = next((one for one in steps[place + 1 :] if _is_walked(draft, one)), None)
    if following is None:
        return None
    return None if within_section and following.page.section != page.section else following


def _is_walked(draft: DraftAnswers, step: Step) -> bool:
    """Whether the walker leads there: not to what is only opened by somebody who is worried about it."""
    return draft.calls_for(step.page, draft.person(step.page.per, step.person_id))


def first_needed(form: Specification, page: Page, draft: DraftAnswers, person: PersonAnswers | None) -> Need | None:
    """Return what has to be answered before this page can start; None when nothing is in the way, or it has answers."""
    if draft.of(page.key, person):
        return None
    return unmet_need(form, page, draft, person)


def later_steps(form: Specification, draft: DraftAnswers) -> tuple[Step, ...]:
    """Return the pages of the full form that can be added to what was sent with the first facts.

    Left out: what decides about the sending itself, lists of people, and the comparison with the document, which is
    made when something is submitted.
    """
    return tuple(
        step
        for step in steps_of(form, draft)
        if step.page.key not in {"start", "desk", "indicated"} and not step.page.lists and not step.page.in_row
    )
