"""Cleaning a list of rows: each cell by the rule of its own kind. Blank rows go; nothing else does."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from referrals.record.domain.clean_values.outcome import UNREADABLE, Fault, Options, Outcome
from referrals.record.domain.forms.parts import Question

MOST_ROWS = 50

CleanCell = Callable[[Question, object, Options, date], Outcome]


def rows(question: Question, raw: object, options: Options, today: date, clean: CleanCell) -> Outcome:
    """Return the rows in the order in which they were given, each with the cells that say something.

    The place of a fault is the row's number as it was given, blank ones counted, and the column: "-2-phone". Cells that
    the question doesn't ask are refused. Where a cell can't be stored at all, neither is the list.
    """
    if not isinstance(raw, list | tuple) or not all(isinstance(one, Mapping) for one in raw):
        return UNREADABLE
    found: list[dict[str, Any]] = []
    faults: list[Fault] = []
    impossible = False
    asked = {column.key for column in question.columns}
    for number, given in enumerate(raw):
        row: dict[str, Any] = {}
        for column in question.columns:
            outcome = clean(column, given.get(column.key), options, today)
            if outcome.value is not None:
                row[column.key] = outcome.value
            impossible = impossible or outcome.impossible
            faults += [replace(fault, place=f"-{number}-{column.key}") for fault in outcome.faults]
        if any(value for key, value in given.items() if key not in asked):
            faults.append(Fault("Something was sent that this list doesn't ask. It was not saved."))
        if row:
            found.append(row)
    if len(found) > MOST_ROWS:
        faults.append(Fault(f"There are {len(found)} rows; {MOST_ROWS} is the most. Put the others into words."))
    return Outcome(found or None, tuple(faults), impossible)
