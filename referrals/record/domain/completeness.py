"""How far each page is. It is shown, and carried along with a submission; it never stops one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from referrals.record.domain.clean import Context, Problem, clean_answers, is_answered, is_asked
from referrals.record.domain.clean_values import Options
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms.fitting import asked_here
from referrals.record.domain.forms.parts import PICKED_KINDS, Need, Page, Per, Question, Specification


class Status(StrEnum):
    """Status of a page in the task list."""

    CANNOT_START = "cannot_start"
    NOT_STARTED = "not_started"
    OPTIONAL = "optional"
    NONE_LISTED = "none_listed"
    """The area's document lists nothing that has to be chosen."""
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"


DONE = frozenset({Status.COMPLETED, Status.OPTIONAL, Status.NONE_LISTED})
"""Statuses of pages on which nothing is missing."""


@dataclass(frozen=True, slots=True)
class PageProgress:
    """How far one page is, for one child or member where it is asked for each.

    `missing` are keys of mandatory questions without an answer; `problems` come along with the answers that stand.
    """

    page: Page
    person_id: UUID | None
    name: str
    status: Status
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def title(self) -> str:
        """The page's title with the person's name in it."""
        return self.page.title_for(self.name)


OptionsFor = Callable[[PersonAnswers | None], Options]
"""The packs' options for a child, or for the referral as a whole: siblings may have different packs."""


def completeness(
    form: Specification, draft: DraftAnswers, *, today: date, options_for: OptionsFor
) -> tuple[PageProgress, ...]:
    """Return how far each page that applies is, in the form's order, child by child.

    `today` is England's day. A page asked for each child stands once, as one that can't start, while there is no child.
    """
    found: list[PageProgress] = []
    for page in form.pages:
        people = draft.people(page.per)
        if page.per is Per.CHILD and not people:
            found.append(PageProgress(page, None, "Each child", Status.CANNOT_START))
        for person in people:
            if draft.applies(page, person):
                found.append(_progress(form, page, person, draft=draft, today=today, options=options_for(person)))
    return tuple(found)


def is_complete(progress: tuple[PageProgress, ...]) -> bool:
    """Say whether nothing is missing. Sending doesn't ask this."""
    return all(page.status in DONE for page in progress)


def missing_questions(page: Page, draft: DraftAnswers, person: PersonAnswers | None) -> tuple[Question, ...]:
    """Return the mandatory questions of a page that are asked and have no answer, "not known" being one."""
    answers, around = draft.of(page.key, person), draft.around(person)
    return tuple(
        question
        for question in page.questions
        if question.mandatory and is_asked(question, answers, around) and not is_answered(question, answers)
    )


def unmet_need(form: Specification, page: Page, draft: DraftAnswers, person: PersonAnswers | None) -> Need | None:
    """Return the first thing that has to be answered before this page can start; None when nothing is in the way."""
    return next((need for need in page.needs if _is_unmet(form, need, draft, person)), None)


def _is_unmet(form: Specification, need: Need, draft: DraftAnswers, person: PersonAnswers | None) -> bool:
    missing = missing_questions(form.page(need.page), draft, person)
    return any(not need.question or question.key == need.question for question in missing)


def _progress(
    form: Specification, page: Page, person: PersonAnswers | None, *, draft: DraftAnswers, today: date, options: Options
) -> PageProgress:
    name = name_of(person, page.per) if person else ""
    answers = draft.of(page.key, person)
    asked = draft.calls_for(page, person)
    missing = tuple(question.key for question in missing_questions(page, draft, person)) if asked else ()
    # Where the area's document lists nothing to choose from, there is nothing that could be answered.
    none_listed = {one.key for one in page.questions if one.kind in PICKED_KINDS and not options.of(one.kind)}
    nothing_to_choose = bool(none_listed) and unmet_need(form, page, draft, person) is None
    if nothing_to_choose:
        missing = tuple(key for key in missing if key not in none_listed)
    # What is stored was let through when it was saved; here it is only pointed out again.
    context = Context(today=today, harm_possible=True, options=options, around=draft.around(person))
    problems = clean_answers(page, asked_here(page, answers), context).problems
    if page.lists and not draft.people(page.lists):
        missing = ("children" if page.lists is Per.CHILD else "household", *missing)
    if not asked:
        status = Status.CANNOT_START if unmet_need(form, page, draft, person) else Status.OPTIONAL
    elif missing and not answers and unmet_need(form, page, draft, person):
        status = Status.CANNOT_START
    elif missing:
        started = answers or (page.lists and draft.people(page.lists))
        status = Status.IN_PROGRESS if started else Status.NOT_STARTED
    elif answers:
        status = Status.COMPLETED
    elif nothing_to_choose and not missing:
        status = Status.NONE_LISTED
    else:
        status = Status.NOT_STARTED
    return PageProgress(page, person.id if person else None, name, status, missing, problems)
