"""A backtest as its page shows it: counts in words, small ones held back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext, gettext_noop

from referrals.oversight.domain.disclosure import HELD_BACK, lines_of, shown, shown_beside, shown_together
from referrals.oversight.domain.recheck import (
    NOTHING,
    OVERRIDES,
    RANGE,
    SIGNS,
    UNKNOWN,
    Direction,
    direction_of,
    ends_of,
)
from referrals.oversight.domain.tally import Left, Tally
from referrals.oversight.models import Backtest
from referrals.oversight.selectors import Names

DIRECTIONS: dict[Direction, str] = {
    Direction.SAME: gettext_noop("Same"),
    Direction.UP: gettext_noop("Higher"),
    Direction.DOWN: gettext_noop("Lower"),
    Direction.TO_UNKNOWN: gettext_noop("Not known any more"),
    Direction.FROM_UNKNOWN: gettext_noop("Known instead of not known"),
    Direction.OTHER_LEVELS: gettext_noop("Levels that can't be compared"),
}
LEFT: dict[Left, str] = {
    Left.OLD_FORM: gettext_noop("Referrals on a form that this system no longer reads"),
    Left.NO_PACK: gettext_noop("Children whose referral names no version of the document that is held here"),
    Left.NOT_READABLE: gettext_noop("Referrals whose stored text could not be read: tell an operator"),
}
PLACES = {
    SIGNS: gettext_noop("Signs of exploitation"),
    OVERRIDES: gettext_noop("What outranks every level"),
    NOTHING: gettext_noop("Nothing chosen that raises"),
}
NOT_KNOWN = gettext_noop("Not known")
LONGEST_LIST = 25
QUIET = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is. `quiet`: nothing was added for a while."""

    words: str
    percent: int
    quiet: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of counts under headings."""

    caption: str
    first: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the document with how often it counted. `id` is its permanent id."""

    id: str
    wording: str
    counts: str


@dataclass(frozen=True, slots=True)
class Report:
    """What would have changed. Every number is as people may read it."""

    children: str
    referrals: str
    directions: Table | None
    s47_lost: str
    s47_gained: str
    matrix: Table | None
    agencies: Table | None
    domains: Table | None
    because: tuple[Finding, ...]
    missing: tuple[Finding, ...]
    left: tuple[tuple[str, str], ...]
    drifted: str


def progress_of(backtest: Backtest, *, now: datetime) -> Progress:
    """How far a backtest is at `now` (aware)."""
    percent = 100 * backtest.done // backtest.total if backtest.total else 100
    words = gettext("%(shown)s of %(shown_2)s referrals") % {
        "shown": shown(backtest.done),
        "shown_2": shown(backtest.total),
    }
    return Progress(words, percent, quiet=backtest.running and now - backtest.progressed_at > QUIET)


def report_of(backtest: Backtest, names: Names, agencies: Mapping[str, str]) -> Report:
    """What a backtest has counted so far."""
    tally = Tally.of_data(backtest.tally)
    order = {level: place for place, level in enumerate(names.levels)}
    read = read_of(tally, names)
    return Report(
        children=shown(tally.children),
        referrals=shown(tally.referrals),
        directions=_directions(gettext("What would have changed"), "", ALL, {ALL: gettext("Children")}, read),
        s47_lost=read[S47, "lost"] if tally.s47_lost else "",
        s47_gained=read[S47, "gained"] if tally.s47_gained else "",
        matrix=_matrix(tally.moves, names, order, read),
        agencies=_directions(
            gettext("By agency"),
            gettext("Agency"),
            "agency",
            {key: agencies.get(key, gettext("An agency that is gone")) for key in tally.agencies},
            read,
        ),
        domains=_directions(
            gettext("By domain"),
            gettext("Domain"),
            "domain",
            {key: gettext(PLACES.get(key, "")) or names.domains.get(key, key) for key in tally.domains},
            read,
        ),
        because=_because(tally, names, read),
        missing=tuple(
            Finding(one, names.wordings.get(one, ""), _children(count)) for one, count in tally.missing.most_common()
        ),
        left=tuple((gettext(LEFT[Left(why)]), shown(count)) for why, count in sorted(tally.left.items())),
        drifted=shown(tally.drifted) if tally.drifted else "",
    )


Cell = tuple[str, ...]
"""A number of the report: its table, then its row and column there."""
ALL, S47 = "all", "s47"


def read_of(tally: Tally, names: Names) -> dict[Cell, str]:
    """Every number that stands in a table, held back together: they are counts of the same children."""
    counts: dict[Cell, int] = {(ALL, ALL, way.value): tally.direction(way) for way in Direction}
    for table, counted in (("agency", tally.agencies), ("domain", tally.domains)):
        counts |= {
            (table, key, way.value): ways.get(way.value, 0) for key, ways in counted.items() for way in Direction
        }
    moves: dict[Cell, tuple[str, str]] = {("move", *move): move for move in tally.moves}
    counts |= {cell: tally.moves[move] for cell, move in moves.items()}
    counts |= {(S47, "lost"): tally.s47_lost, (S47, "gained"): tally.s47_gained}
    return shown_together(counts, _sums(counts, moves, names))


def _sums(counts: Mapping[Cell, int], moves: Mapping[Cell, tuple[str, str]], names: Names) -> Iterator[set[Cell]]:
    """Numbers of which one is the sum of the others, or whose sum may be known."""
    for table in (ALL, "agency", "domain", "move"):
        cells = [(cell[1], cell[2]) for cell in counts if cell[0] == table]
        for line in lines_of(cells):
            yield {(table, *cell) for cell in line}
    for way in Direction:
        whole = (ALL, ALL, way.value)
        for table in ("agency", "domain"):
            yield {whole, *(cell for cell in counts if cell[0] == table and cell[2] == way.value)}
        yield {whole, *(cell for cell, move in moves.items() if direction_of(*move, names.order) is way)}
    for name, before, after in (("lost", True, False), ("gained", False, True)):
        reached = {cell: [not names.s47.isdisjoint(ends_of(one)) for one in move] for cell, move in moves.items()}
        yield {(S47, name), *(cell for cell, reaches in reached.items() if reaches == [before, after])}


def _children(count: int) -> str:
    return gettext("%(number)s children") % {"number": shown(count)}


def _directions(
    caption: str, first: str, table: str, rows: Mapping[str, str], read: Mapping[Cell, str]
) -> Table | None:
    """A table of rows by directions; directions that nobody took are left out."""
    used = [way for way in Direction if any(read[table, row, way.value] != shown(0) for row in rows)]
    if not used:
        return None
    return Table(
        caption,
        first,
        tuple(gettext(DIRECTIONS[way]) for way in used),
        tuple(
            (name, tuple(read[table, row, way.value] for way in used))
            for row, name in sorted(rows.items(), key=lambda one: (one[1], one[0]))
        ),
    )


def _matrix(
    moves: Mapping[tuple[str, str], int], names: Names, order: Mapping[str, int], read: Mapping[Cell, str]
) -> Table | None:
    if not moves:
        return None

    def place(label: str) -> tuple[int, int]:
        low, _, high = label.partition(RANGE)
        return order.get(high or low, -1), order.get(low, -1)

    rows = sorted({before for before, _after in moves}, key=place)
    columns = sorted({after for _before, after in moves}, key=place)
    return Table(
        gettext("Indicated level, before and with this document"),
        gettext("Before"),
        tuple(_label(column, names) for column in columns),
        tuple(
            (_label(row, names), tuple(read.get(("move", row, column), shown(0)) for column in columns)) for row in rows
        ),
    )


def _label(label: str, names: Names) -> str:
    if label == UNKNOWN:
        return gettext(NOT_KNOWN)
    return gettext(" to ").join(names.levels.get(end, end) for end in label.split(RANGE))


def _because(tally: Tally, names: Names, read: Mapping[Cell, str]) -> tuple[Finding, ...]:
    """What decided the results that moved, the most frequent first.

    Where one thing decides nearly all that moved in a direction, its count is nearly that of the whole or of a domain:
    none is shown in a direction of which these tables hold one back.
    """
    held = {cell[2] for cell, words in read.items() if cell[0] in {ALL, "domain"} and words == HELD_BACK}
    most = sorted(tally.because.items(), key=lambda one: (-sum(one[1].values()), one[0]))[:LONGEST_LIST]
    found = []
    for one, counts in most:
        ways = [
            f"{gettext(DIRECTIONS[way]).lower()}: {shown_beside(counts[way.value], held=way.value in held)}"
            for way in Direction
            if counts.get(way.value)
        ]
        found.append(Finding(one, names.wordings.get(one, ""), ", ".join(ways)))
    return tuple(found)
