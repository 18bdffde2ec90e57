"""Every question that an answer opens is asked once that answer is saved: page by page, of both forms."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from lxml import html

from referrals.record.domain.forms import CURRENT, specification
from referrals.record.domain.forms.parts import Kind, Page, Per, Question
from tests.journey.support import School, Writer


def opened(page: Page) -> list[Question]:
    """Questions that another answer of the same page opens."""
    return [one for one in page.questions if one.when and all(not when.page for when in one.when)]


def branching(kind: str) -> Iterator[Page]:
    for page in specification(CURRENT[kind]).pages:
        if opened(page) and not page.needs:
            yield page


CASES = [(kind, page) for kind in ("marf", "eha") for page in branching(kind)]


def triggers(page: Page, question: Question) -> dict[str, str | list[str]]:
    """Answers that open a question, and what opens those."""
    found: dict[str, str | list[str]] = {}
    for when in question.when:
        asked = page.question(when.question)
        found |= triggers(page, asked)
        value = when.among[0]
        found[when.question] = [value] if asked.kind is Kind.MULTI else value
    return found


def asked_on(writer: Writer) -> set[str]:
    """Names of the fields that can be seen without a script."""
    fields = html.fromstring(writer.page).xpath("//main//form//*[@name and not(@type='hidden')]/@name")
    return {str(name) for name in fields}


def is_asked(question: Question, names: set[str]) -> bool:
    """Whether one of the fields is the question's: a date has three, a row some of its own."""
    return any(name == question.key or name.startswith((f"{question.key}_", f"{question.key}-")) for name in names)


@pytest.mark.long
@pytest.mark.parametrize(("kind", "page"), CASES, ids=lambda one: one if isinstance(one, str) else one.key)
def test_what_an_answer_opens_is_asked_once_it_is_saved(school: School, kind: str, page: Page) -> None:
    writer = Writer(school.teacher).begin_calmly(kind)
    writer.add_child()
    person = writer.child.pk if page.per is Per.CHILD else None
    if page.per is Per.MEMBER:
        writer.post(reverse("journey:add_member", args=[writer.referral.pk]), {})
        person = writer.referral.household.get().pk
    if page.when:
        # The page itself is opened by another one, which has its own case.
        for when in page.when:
            source = next(one for one in specification(CURRENT[kind]).pages if one.key == when.page)
            answer = triggers(source, source.question(when.question)) | {when.question: when.among[0]}
            if source.question(when.question).kind is Kind.MULTI:
                answer[when.question] = [when.among[0]]
            about = person if source.per is not Per.REFERRAL else None
            writer.fill(source.key, about, **answer)
    for question in opened(page):
        opens = triggers(page, question)
        step: dict[str, str | list[str]] = {}
        for name, value in opens.items():
            step[name] = value
            writer.fill(page.key, person, **step)
        writer.open(page.key, person)
        assert is_asked(question, asked_on(writer)), question.key
