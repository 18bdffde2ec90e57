"""Frozen pages: every question that was asked, with its own wording and the answer as it was read then."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from referrals.documents.domain.words import PackWords
from referrals.documents.presenters.blocks import (
    NOT_KNOWN,
    NOT_PROVIDED,
    Block,
    Narrative,
    Part,
    Point,
    Points,
    Row,
    Table,
    details,
    gathered,
    listed,
)
from referrals.documents.presenters.body_map import body_blocks

Frozen = Mapping[str, Any]

_LISTS = frozenset({"multi", "protective_factors", "harm_factors", "signs", "conditions"})
# Longer answers, and those in several lines, take the whole width.
_SHORT = 90


def parts_of(pages: Iterable[Frozen], check: Frozen, words: PackWords) -> tuple[Part, ...]:
    """Return each page as a part. `check` is the child's, for the citations of descriptors; empty for others."""
    return tuple(
        Part(page["title"], gathered(chain.from_iterable(_blocks(one, check, words) for one in page["questions"])))
        for page in pages
        if page["questions"]
    )


def sections_of(pages: Iterable[Frozen]) -> dict[str, list[Frozen]]:
    """Return the pages by the form's own sections, both in their order."""
    found: dict[str, list[Frozen]] = {}
    for page in pages:
        found.setdefault(page["section"], []).append(page)
    return found


def question_of(pages: Iterable[Frozen], key: str) -> Frozen | None:
    """Return the question of that key; None where it wasn't asked."""
    return next((one for page in pages for one in page["questions"] if one["key"] == key), None)


def reading_of(pages: Iterable[Frozen], key: str) -> str:
    """Return the answer to the question of that key as people read it; empty where it wasn't asked."""
    question = question_of(pages, key)
    return str(question["reads"]) if question else ""


def _blocks(question: Frozen, check: Frozen, words: PackWords) -> Iterator[Row | Block]:
    if question["kind"] == "body" and question["answered"] and "answer" in question:
        yield from body_blocks(question)
    elif question.get("rows"):
        yield _table(question)
    else:
        yield _block(question, check, words)


def _table(question: Frozen) -> Table:
    """Columns in which nothing was written are left out: the others need the width."""
    rows = [dict(row) for row in question["rows"]]
    columns = tuple(dict.fromkeys(label for row in question["rows"] for label, _ in row))
    return Table(str(question["label"]), columns, tuple(tuple(row.get(one, "") for one in columns) for row in rows))


def _block(question: Frozen, check: Frozen, words: PackWords) -> Row | Block:
    label, reads = str(question["label"]), str(question["reads"]) or NOT_PROVIDED
    answered = question["answered"] and "answer" in question
    if question["kind"] == "descriptors" and answered:
        return Points(label, tuple(_descriptors(question, check, words)))
    if question["kind"] in _LISTS and answered and "\n" in reads:
        return Points(label, tuple(Point(line) for line in reads.split("\n")))
    # No answer needs no width, whatever the question.
    wide = question["kind"] == "long_text" or len(reads) > _SHORT or "\n" in reads
    return Narrative(label, reads) if wide and reads not in (NOT_PROVIDED, NOT_KNOWN) else Row(label, reads)


def _descriptors(question: Frozen, check: Frozen, words: PackWords) -> Iterator[Point]:
    cited = {reason["chosen"]: reason for reason in listed(check, "reasons")}
    beside = {one["id"]: one for one in listed(check, "listed_only")}
    for descriptor, wording, evidence in descriptor_lines(question):
        reason, other = cited.get(descriptor), beside.get(descriptor)
        # Where its twin counts instead, what was chosen has a level of its own all the same.
        reason = (reason or {}).get("in_place_of") or reason
        level = words.levels_between(reason["lowest"], reason["highest"]) if reason else ""
        source = words.citation((reason or other or {}).get("citation"))
        yield Point(
            wording,
            details(f"What shows it: {evidence}", f"Level in the document: {level}" if level else "", source),
        )


def descriptor_lines(question: Frozen) -> list[tuple[str, str, str]]:
    """Return id, wording and evidence of each chosen descriptor, in order.

    The frozen reading holds "wording: evidence" a line. Evidence may hold lines and colons of its own, a wording no
    line, so it is taken apart from the end, where the evidence is known.
    """
    rest, found = str(question["reads"]), []
    for item in reversed(question["answer"]):
        evidence = item["evidence"] or NOT_PROVIDED
        rest, _, wording = rest.removesuffix(f": {evidence}").rpartition("\n")
        found.append((item["id"], wording, evidence))
    return found[::-1]
