"""What was written and isn't sent, because the answers no longer call for it. It is shown, and lost by nobody.

A page that no longer applies keeps its answers. An answer whose question is no longer asked, on a page that is, is set
aside beside the page, and comes back to the form when the question is asked again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from referrals.record.domain.clean import Cleaned, is_asked
from referrals.record.domain.clean_values import clean_text
from referrals.record.domain.dates import read_date, read_text, reads
from referrals.record.domain.draft import DraftAnswers, name_of
from referrals.record.domain.forms.fitting import asked_here, elsewhere
from referrals.record.domain.forms.parts import Answers, Page, Question, Specification

_PARTS = frozenset({"day", "month", "year"})


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that aren't sent: where they were written, under which question."""

    title: str
    question: str
    words: str


def left_out_pages(form: Specification, draft: DraftAnswers) -> Iterator[tuple[str, str]]:
    """Return the pages that have answers and no longer apply: key with the person's id, and title."""
    for page in form.pages:
        for person in draft.people(page.per):
            if draft.of(page.key, person) and not draft.applies(page, person):
                name = name_of(person, page.per) if person else ""
                yield f"{page.key}:{person.id if person else ''}", page.title_for(name)


def set_aside(
    page: Page,
    before: Mapping[str, Any],
    cleaned: Cleaned,
    raw: Mapping[str, Any],
    *,
    saved: Answers,
    around: Mapping[str, Answers],
) -> dict[str, Any]:
    """Return what is set aside once a page is saved: what was, with what is dropped now, without what is answered.

    `saved` are the answers as they were before: one of them is set aside as it was where nothing that can be kept was
    sent with it, and where its question is no longer asked and wasn't on the page that was sent.
    """
    unseen = [
        one.key
        for one in page.questions
        if one.key in saved and one.key not in raw and not is_asked(one, cleaned.answers, around)
    ]
    # An own question of another area's form: the home area has been put right since it was answered.
    unseen += [key for key in saved if key not in asked_here(page, saved)]
    dropped = {
        key: kept for key in (*cleaned.dropped, *unseen) if (kept := _kept(raw.get(key)) or saved.get(key)) is not None
    }
    return {key: value for key, value in {**before, **dropped}.items() if key not in cleaned.answers}


def coming_back(page: Page, answers: Answers, aside: Answers, around: Mapping[str, Answers]) -> dict[str, Any]:
    """Return what was set aside for questions that are asked again and have no answer yet: the form offers it anew."""
    known = {question.key: question for question in page.questions}
    return {
        key: value
        for key, value in aside.items()
        if key in known
        and key not in answers
        and not answers.get(known[key].not_known_key)
        and is_asked(known[key], answers, around)
    }


def words_aside(page: Page, title: str, aside: Answers, answers: Answers) -> Iterator[LeftOut]:
    """Return what was set aside on a page and reads as words, in the order of its questions."""
    for question in page.questions:
        words = _words(question, aside.get(question.key))
        if question.key not in answers and words.strip():
            yield LeftOut(title, question.label, words)


def of_another_area(form: Specification, draft: DraftAnswers) -> Iterator[tuple[str, LeftOut]]:
    """Return what was answered to own questions of another area's form, each with the key of its page: nothing of this
    form asks it."""
    for person in (None, *draft.children, *draft.members):
        for key, answers in (draft.pages if person is None else person.pages).items():
            for question, words in elsewhere(form.by_key.get(key), answers):
                yield key, LeftOut("Asked by another area's form", question, words)


def _words(question: Question, value: object) -> str:
    """What was set aside as people read it, a line for each choice or row."""
    labels = {option.value: option.label for option in question.choices}
    lines = value if isinstance(value, list) else [value]
    return "\n".join(_line(one) if isinstance(one, dict) else labels.get(str(one), reads(one or "")) for one in lines)


def _line(value: Mapping[str, Any]) -> str:
    if _is_date(value):
        return reads(value)
    return ", ".join(_line(one) if isinstance(one, dict) else reads(one) for one in value.values())


def _kept(value: object) -> Any:
    """What is kept of raw input: words, choices, dates, and rows of them."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, Mapping):
        return _kept_row(value)
    if isinstance(value, list | tuple):
        return [kept for one in value if (kept := _kept(one) if isinstance(one, str) else _kept_row(one))]
    return None


def _kept_row(value: object) -> Any:
    """What is kept of a mapping: the parts of a date as the date that they make, else by key what says something."""
    row = value if isinstance(value, Mapping) else {}
    kept = {
        str(key): said
        for key, one in row.items()
        if (said := clean_text(one) if isinstance(one, str) else _kept_date(one))
    }
    return _kept_date(row) if _is_date(row) else kept


def _is_date(value: object) -> bool:
    return isinstance(value, Mapping) and bool(value) and set(value) <= _PARTS


def _kept_date(value: object) -> Any:
    """The date that typed parts make; the parts themselves where they make none, to be put right."""
    if not isinstance(value, Mapping) or not _is_date(value):
        return None
    typed = {part: clean_text(str(value.get(part) or "")).strip() for part in ("day", "month", "year")}
    filled = [part for part in typed.values() if part]
    stored = read_text(filled[0]) if len(filled) == 1 else read_date(**typed)
    return stored or (typed if filled else None)
