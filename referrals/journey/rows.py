"""A list of rows on a page: a fieldset a row, with buttons that add and remove one by posting the page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from govuk.layout import render_parts
from govuk.widgets import PARTS
from referrals.record.domain.clean_values import MOST_ROWS
from referrals.record.domain.forms.parts import DATE_KINDS, Answers, Kind, Page, Question

ADD, REMOVE = "add-row", "remove-row"
"""What the buttons post, with the question's key, and for removing the row's number: `remove-row:agencies:2`."""


def cell(question: Question, number: int, column: Question) -> str:
    """Return the name of a field in a row, which problems use too."""
    return f"{question.key}-{number}-{column.key}"


def rearranged(page: Page, posted: QueryDict) -> QueryDict:
    """Return what was posted, with a blank row more, or without one, where such a button was pressed. What else was
    typed stays as it is."""
    verb, _, about = posted.get("do", "").partition(":")
    key, _, number = about.partition(":")
    question = next((one for one in page.questions if one.key == key and one.kind is Kind.ROWS), None)
    if question is None or verb not in {ADD, REMOVE}:
        return posted
    changed = posted.copy()
    count = _posted_rows(question, posted)
    if verb == ADD and count < MOST_ROWS:
        changed[cell(question, count, question.columns[0])] = ""
    if verb == REMOVE and number.isascii() and number.isdigit() and len(number) < 4 and int(number) < count:
        for place in range(int(number), count):
            for one in question.columns:
                for name, following in zip(
                    _names(cell(question, place, one), one), _names(cell(question, place + 1, one), one), strict=True
                ):
                    changed.pop(name, None)
                    if following in changed and place + 1 < count:
                        changed.setlist(name, changed.getlist(following))
    return changed


def count_rows(question: Question, answers: Answers, posted: QueryDict | None) -> int:
    """Return how many rows are shown: those posted, else those saved, and at least one."""
    held = answers.get(question.key)
    saved = len(held) if isinstance(held, list) else 0
    return max(1, _posted_rows(question, posted) if posted is not None else saved)


def raw_rows(question: Question, posted: QueryDict) -> list[dict[str, Any]]:
    """Return the rows as they were typed, as the record's cleaning takes them."""
    return [
        {column.key: _typed(cell(question, number, column), column, posted) for column in question.columns}
        for number in range(_posted_rows(question, posted))
    ]


def saved_row(question: Question, answers: Answers, number: int) -> Mapping[str, Any]:
    """Return the answers of a row; empty for one that isn't saved yet."""
    held = answers.get(question.key)
    row = held[number] if isinstance(held, list) and number < len(held) else None
    return row if isinstance(row, Mapping) else {}


def _posted_rows(question: Question, posted: QueryDict) -> int:
    columns = "|".join(re.escape(column.key) for column in question.columns)
    name = re.compile(rf"{re.escape(question.key)}-(\d{{1,3}})-(?:{columns})(?:_(?:{'|'.join(PARTS)}))?", re.ASCII)
    numbers = [int(match[1]) for one in posted if (match := name.fullmatch(one))]
    # One more than may be kept is read, so that too many are said to be too many.
    return min(max(numbers, default=-1) + 1, 2 * MOST_ROWS)


def _typed(name: str, column: Question, posted: QueryDict) -> Any:
    if column.kind in DATE_KINDS:
        return {part: posted.get(f"{name}_{part}", "") for part in PARTS}
    return posted.get(name, "")


def _names(name: str, column: Question) -> list[str]:
    return [f"{name}_{part}" for part in PARTS] if column.kind in DATE_KINDS else [name]


@dataclass(frozen=True, slots=True)
class Row:
    """One row on the page: its number from 0, what it is called, and its fields."""

    number: int
    name: str
    cells: SafeString


class Rows(LayoutObject):
    """One question with its rows, as a part of a form's layout."""

    def __init__(self, question: Question, count: int) -> None:
        self.question, self.count = question, count
        self.fields: list[Any] = [
            cell(question, number, column) for number in range(count) for column in question.columns
        ]

    def render(self, form: forms.BaseForm, context: Context, template_pack: str = "govuk", **_: object) -> SafeString:
        """The rows' markup."""
        question = self.question
        return render_to_string(
            "journey/rows.html",
            {
                "question": question,
                "errors": form.errors.get(question.key, ()),
                "rows": tuple(self._rows(form, context, template_pack)),
                "removable": self.count > 1,
                "next": self.count,
                "add": f"{ADD}:{question.key}" if self.count < MOST_ROWS else "",
                "remove": f"{REMOVE}:{question.key}",
                "tick": render_parts(self._tick(form), form, context, template_pack),
            },
        )

    def _rows(self, form: forms.BaseForm, context: Context, template_pack: str) -> Iterator[Row]:
        for number in range(self.count):
            names = [cell(self.question, number, column) for column in self.question.columns]
            cells = render_parts(names, form, context, template_pack)
            yield Row(number, f"{self.question.row_name.capitalize()} {number + 1}", cells)

    def _tick(self, form: forms.BaseForm) -> list[str]:
        return [self.question.not_known_key] if self.question.not_known_key in form.fields else []
