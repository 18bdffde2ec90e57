"""A form as one area has it: the specification with what the partnership's pack changes about it.

Pages left out are gone unless something is written on them, titles and words are the partnership's, its own pages and
questions stand where the pack puts them. What may be changed at all is the pack's rule
(`thresholds.domain.form_rules`); here nothing is checked again.
The urgent form is the same in every area.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from referrals.record.domain.forms.parts import Answers, Kind, Option, Page, Per, Question, Specification, When
from thresholds.domain.form_settings import (
    OWN_PAGE,
    OWN_QUESTION,
    FormSettings,
    OwnKind,
    OwnPage,
    OwnQuestion,
    QuestionSetting,
)

_KINDS: dict[OwnKind, Kind] = {
    OwnKind.LINE: Kind.TEXT,
    OwnKind.WORDS: Kind.LONG_TEXT,
    OwnKind.CHOICE: Kind.CHOICE,
    OwnKind.DATE: Kind.PARTIAL_DATE,
    OwnKind.YES_NO: Kind.YES_NO,
}
_SAME_EVERYWHERE = "send-now"
_NEVER = (When("", ()),)
_NOT_ASKED_HERE = (
    "This area's form doesn't ask this. The page is here because something was written on it: it goes along."
)


def fitted(form: Specification, settings: FormSettings, written: Set[str] = frozenset()) -> Specification:
    """Return the form as these settings make it; the form itself where they change nothing of it.

    A page that they leave out stays while something is `written` on it, before the home area was known or put right: it
    can be opened, and asks nothing of anybody of whom nothing was written there.
    """
    if form.version.startswith(_SAME_EVERYWHERE) or settings == FormSettings():
        return form
    pages = tuple(_pages(form, settings, written))
    return form if pages == form.pages else replace(form, pages=pages)


def is_own(key: str) -> bool:
    """Whether the key of a page or a question is a partnership's own."""
    return key.startswith((OWN_PAGE, OWN_QUESTION))


def asked_here(page: Page, answers: Answers) -> Answers:
    """Return the answers of a page without those to own questions that it doesn't ask: they were given under another
    area's form, before the home area was put right."""
    asked = {question.key for question in page.questions} | {question.not_known_key for question in page.questions}
    return {key: value for key, value in answers.items() if key in asked or not is_own(key)}


def elsewhere(page: Page | None, answers: Answers) -> Iterator[tuple[str, str]]:
    """Return what such answers are about and what they say, as far as that can be told without the form that asked."""
    for key, value in answers.items():
        if is_own(key) and isinstance(value, str) and (page is None or key not in asked_here(page, answers)):
            yield key.removeprefix(OWN_QUESTION).replace("_", " ").capitalize(), value


def _pages(form: Specification, settings: FormSettings, written: Set[str]) -> Iterator[Page]:
    own: dict[str, list[OwnQuestion]] = defaultdict(list)
    for question in settings.own_questions:
        own[question.page].append(question)
    for page in form.pages:
        if page.key not in settings.off:
            yield _page(page, settings, own[page.key])
        elif page.key in written:
            yield _still_there(page)
        for one in settings.own_pages:
            if one.follows == page.key:
                yield _own_page(one, page, own[one.id])


def _page(page: Page, settings: FormSettings, own: Iterable[OwnQuestion]) -> Page:
    title = next((one.title for one in settings.pages if one.page == page.key), "")
    said = {one.question: one for one in settings.questions if one.page == page.key}
    questions = (
        *(_question(question, said.get(question.key)) for question in page.questions),
        *(_own_question(one) for one in own),
    )
    return replace(page, title=_titled(title, page.per) if title else page.title, questions=questions)


def _still_there(page: Page) -> Page:
    """A page that isn't asked here and holds what was written: nothing on it has to be answered."""
    questions = tuple(replace(question, mandatory=False) for question in page.questions)
    return replace(page, questions=questions, intro=f"{_NOT_ASKED_HERE} {page.intro}".strip(), called_for=_NEVER)


def _question(question: Question, said: QuestionSetting | None) -> Question:
    if said is None:
        return question
    mandatory = said.mandatory or question.mandatory
    return replace(
        question,
        label=said.label or question.label,
        hint=said.hint or question.hint,
        mandatory=mandatory,
        # Mandatory means answered or "not known": whoever doesn't know has to be able to say so.
        not_known=question.not_known or said.mandatory,
    )


def _own_page(own: OwnPage, after: Page, questions: Iterable[OwnQuestion]) -> Page:
    """A page of the partnership's own: of the section and for whom the one before it is, and asked when that is."""
    return Page(
        key=OWN_PAGE + own.id,
        section=after.section,
        title=_titled(own.title, after.per),
        intro=own.intro or "",
        questions=tuple(_own_question(one) for one in questions),
        per=after.per,
        when=after.when,
    )


def _own_question(own: OwnQuestion) -> Question:
    return Question(
        key=own.key,
        label=own.label,
        kind=_KINDS[own.kind],
        hint=own.hint or "",
        options=tuple(Option(one.id, one.label) for one in own.options),
        mandatory=own.mandatory,
        not_known=True,
        unknown_costs=own.unknown_costs or "",
    )


def _titled(title: str, per: Per) -> str:
    return title if per is Per.REFERRAL else f"{{name}}: {title}"
