"""Quoting into a referral what an earlier form says and the referral has no question of its own for.

Whatever somebody wrote, and nothing else carries, is quoted: under the question that it answered, with the name of the
child or member whom it is about. So no list of questions has to be kept up to date for words not to be lost.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from referrals.record.domain.dates import reads
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms.eha_assessment import OF_CHILD, OF_FAMILY, OF_PARENTS
from referrals.record.domain.forms.parts import DATE_KINDS, TEXT_KINDS, Answers, Kind, Page, Per, Question

MOST_QUOTED = 200_000
"""Characters that are quoted in all. A whole assessment has a tenth of it; more than a million could not be stored."""
CUT = "(Cut here: it is too long. The rest stands in the earlier form.)"
HEADING = "From the earlier form:"
ADDED = "Added to the earlier form after it was submitted:"
QUOTED_KINDS = TEXT_KINDS | DATE_KINDS | {Kind.SCALE, Kind.ROWS, Kind.BODY, Kind.DESCRIPTORS}
"""Kinds of answers that hold what somebody wrote, in words, as a day or as a number."""
_IN_ITEMS = frozenset({"words", "evidence"})
_DIMENSIONS = {
    f"{one.key}_{part}": f"{one.name}: {said}"
    for one in (*OF_CHILD, *OF_PARENTS, *OF_FAMILY)
    for part, said in (("needs", "needed"), ("strengths", "going well"))
}


def quoted(
    source: DraftAnswers,
    pages: Iterable[Page],
    carried: Mapping[UUID | None, Mapping[str, Answers]],
    *,
    same: Mapping[str, tuple[str, ...]],
    leaving_out: frozenset[str],
) -> str:
    """Return, line by line, what was written on these pages of the source and isn't among what is carried; empty when
    there is nothing. `carried` is by id of the person, None for the whole. `same` are, by key of a question that was
    carried to, those of the source that ask for the same; `leaving_out` are keys of questions."""
    pages = tuple(pages)
    lines = [
        line
        for per in (Per.CHILD, Per.REFERRAL, Per.MEMBER)
        for person in source.people(per)
        for line in _lines(
            source, [page for page in pages if page.per is per], person, _by_source(carried, person, same), leaving_out
        )
    ]
    return cut("\n".join([HEADING, *lines]) if lines else "")


def cut(text: str) -> str:
    """Return as much of a text as can be quoted, saying where it was cut."""
    return text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED]}\n{CUT}"


def added_later(addenda: Iterable[Mapping[str, Any]], *, skipping: frozenset[str]) -> tuple[str, ...]:
    """Return what was added after submitting, one addendum a line, each with its day and who added it: in words, or a
    page's questions with their answers. `addenda` are as frozen; pages whose keys are in `skipping` are asked again."""
    return tuple(filter(None, (_addendum(one, skipping) for one in addenda)))


def _addendum(content: Mapping[str, Any], skipping: frozenset[str]) -> str:
    page = content.get("page") or {}
    told = [str(content.get("words") or "").strip()]
    if page and page["key"] not in skipping:
        told += [f"{one['label']} {one['reads']}" for one in page["questions"] if one["answered"]]
    said = "; ".join(filter(None, told))
    if not said:
        return ""
    about = f"{page['title']}: " if page else ""
    return f"{reads(str(content['at'])[:10])}, {content['by']['name']}: {about}{said}"


def _lines(
    source: DraftAnswers,
    pages: Iterable[Page],
    person: PersonAnswers | None,
    carried: Mapping[str, frozenset[str]],
    leaving_out: frozenset[str],
) -> Iterator[str]:
    for page in pages:
        for question in page.questions:
            if question.kind not in QUOTED_KINDS or question.key in leaving_out:
                continue
            there = carried.get(question.key, frozenset())
            told = [
                one.strip()
                for one in _written(question, source.of(page.key, person).get(question.key))
                if one.strip() and one.strip() not in there
            ]
            if told:
                yield f"{_heading(page, question, person)} {'; '.join(told)}"


def _by_source(
    carried: Mapping[UUID | None, Mapping[str, Answers]],
    person: PersonAnswers | None,
    same: Mapping[str, tuple[str, ...]],
) -> dict[str, frozenset[str]]:
    """What is carried of one person or of the whole, by key of each question of the source that it may come from."""
    found: dict[str, frozenset[str]] = {}
    for answers in carried.get(person.id if person else None, {}).values():
        for key, value in answers.items():
            for one in (key, *same.get(key, ())):
                found[one] = found.get(one, frozenset()) | frozenset(_leaves(value))
    return found


def _heading(page: Page, question: Question, person: PersonAnswers | None) -> str:
    """The question that was answered, about whom."""
    name = name_of(person, page.per) if person else ""
    if question.key == "voice":
        return f"{name} says:"
    asked = _DIMENSIONS.get(question.key)
    if asked:
        return f"{name}, {asked}:" if name else f"{asked}:"
    label = question.label if question.label.endswith("?") else f"{question.label}:"
    if page.key.startswith("action-"):
        label = f"{page.title}: {label}"
    return f"{name}: {label}" if name else label


def _written(question: Question, value: object) -> tuple[str, ...]:
    """What somebody wrote in an answer: of rows the cells with words, of places and descriptors the words beside."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        return ()
    words = {one.key for one in question.columns if one.kind in QUOTED_KINDS} or _IN_ITEMS
    items = [one for one in value if isinstance(one, Mapping)]
    return tuple(said for one in items for key, said in one.items() if key in words and isinstance(said, str))


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leaves(one)
