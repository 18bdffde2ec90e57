"""The words of a form apart from its questions, so that they can be said in another language or in easier words.

Keys, kinds, conditions and values of options stay: rules read those. Only what a person reads goes through `say`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from referrals.record.domain.forms.parts import YES_NO_OPTIONS, Option, Page, Question, Specification

Say = Callable[[str], str]
"""Takes words as the specification has them, gives them back in another language; the same where it has none."""

I_DO_NOT_KNOW = "I don't know"
SHARED = (I_DO_NOT_KNOW, *(option.label for option in YES_NO_OPTIONS))
"""Words that belong to no one question: of the tick beside a text, and of every yes or no."""


def worded(page: Page, say: Say) -> Page:
    """Return a page in the words that `say` gives. What is empty is never said."""
    return replace(
        page,
        section=_said(page.section, say),
        title=_said(page.title, say),
        intro=_said(page.intro, say),
        questions=tuple(_question(one, say) for one in page.questions),
    )


def words_of(form: Specification) -> Iterator[tuple[str, str]]:
    """Yield all words of a form, in its order, each with where it stands: what a translator gets."""
    for page in form.pages:
        for where, words in _of_page(page):
            if words:
                yield f"{form.version} {page.key}{where}", words


def _of_page(page: Page) -> Iterator[tuple[str, str]]:
    heard: list[str] = []

    def note(words: str) -> str:
        heard.append(words)
        return words

    worded(replace(page, questions=()), note)
    yield from (("", words) for words in heard)
    for question in page.questions:
        heard.clear()
        _question(question, note)
        yield from ((f" {question.key}", words) for words in heard)


def _said(words: str, say: Say) -> str:
    return say(words) if words else ""


def _question(question: Question, say: Say) -> Question:
    return replace(
        question,
        label=_said(question.label, say),
        hint=_said(question.hint, say),
        unknown_costs=_said(question.unknown_costs, say),
        row_name=_said(question.row_name, say),
        options=tuple(in_words(one, say) for one in question.options),
        columns=tuple(_question(one, say) for one in question.columns),
    )


def in_words(option: Option, say: Say) -> Option:
    """Return an option in the words that `say` gives."""
    return replace(option, label=_said(option.label, say), hint=_said(option.hint, say))
