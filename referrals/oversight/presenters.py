"""A backtest as its page shows it: counts in words, small ones held back."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from referrals.oversight.domain.disclosure import shown, shown_table
from referrals.oversight.domain.recheck import NOTHING, OVERRIDES, RANGE, SIGNS, UNKNOWN, Direction
from referrals.oversight.domain.tally import Left, Tally
from referrals.oversight.models import Backtest
from referrals.oversight.selectors import Names

DIRECTIONS: dict[Direction, str] = {
    Direction.SAME: "Same",
    Direction.UP: "Higher",
    Direction.DOWN: "Lower",
    Direction.TO_UNKNOWN: "Not known any more",
    Direction.FROM_UNKNOWN: "Known instead of not known",
    Direction.OTHER_LEVELS: "Levels that can’t be compared",
}
LEFT: dict[Left, str] = {
    Left.OLD_FORM: "Referrals on a form that this system no longer reads",
    Left.NO_PACK: "Children whose referral names no version of the document that is held here",
    Left.NOT_READABLE: "Referrals whose stored text could not be read: tell an operator",
}
PLACES = {
    SIGNS: "Signs of exploitation",
    OVERRIDES: "What outranks every level",
    NOTHING: "Nothing chosen that raises",
}
NOT_KNOWN = "Not known"
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
    words = f"{shown(backtest.done)} of {shown(backtest.total)} referrals"
    return Progress(words, percent, quiet=backtest.running and now - backtest.progressed_at > QUIET)


def report_of(backtest: Backtest, names: Names, agencies: Mapping[str, str]) -> Report:
    """What a backtest has counted so far."""
    tally = Tally.of_data(backtest.tally)
    order = {level: place for place, level in enumerate(names.levels)}
    overall = {direction: tally.direction(direction) for direction in Direction}
    return Report(
        children=shown(tally.children),
        referrals=shown(tally.referrals),
        directions=_directions("What would have changed", "", {"Children": _by_value(overall)}),
        s47_lost=shown(tally.s47_lost) if tally.s47_lost else "",
        s47_gained=shown(tally.s47_gained) if tally.s47_gained else "",
        matrix=_matrix(tally.moves, names, order),
        agencies=_directions(
            "By agency",
            "Agency",
            {agencies.get(key, "An agency that is gone"): one for key, one in tally.agencies.items()},
        ),
        domains=_directions(
            "By domain",
            "Domain",
            {PLACES.get(key) or names.domains.get(key, key): one for key, one in tally.domains.items()},
        ),
        because=_because(tally, names),
        missing=tuple(
            Finding(one, names.wordings.get(one, ""), _children(count)) for one, count in tally.missing.most_common()
        ),
        left=tuple((LEFT[Left(why)], shown(count)) for why, count in sorted(tally.left.items())),
        drifted=shown(tally.drifted) if tally.drifted else "",
    )


def _by_value(counts: Mapping[Direction, int]) -> Counter[str]:
    return Counter({direction.value: count for direction, count in counts.items()})


def _children(count: int) -> str:
    return f"{shown(count)} children"


def _directions(caption: str, first: str, counted: Mapping[str, Mapping[str, int]]) -> Table | None:
    """A table of rows by directions; directions that nobody took are left out."""
    used = [way for way in Direction if any(counts.get(way.value) for counts in counted.values())]
    if not used:
        return None
    cells = {(row, way.value): counts.get(way.value, 0) for row, counts in counted.items() for way in used}
    read = shown_table(cells)
    return Table(
        caption,
        first,
        tuple(DIRECTIONS[way] for way in used),
        tuple((row, tuple(read[row, way.value] for way in used)) for row in sorted(counted)),
    )


def _matrix(moves: Mapping[tuple[str, str], int], names: Names, order: Mapping[str, int]) -> Table | None:
    if not moves:
        return None

    def place(label: str) -> tuple[int, int]:
        low, _, high = label.partition(RANGE)
        return order.get(high or low, -1), order.get(low, -1)

    rows = sorted({before for before, _after in moves}, key=place)
    columns = sorted({after for _before, after in moves}, key=place)
    read = shown_table({(row, column): moves.get((row, column), 0) for row in rows for column in columns})
    return Table(
        "Indicated level, before and with this document",
        "Before",
        tuple(_label(column, names) for column in columns),
        tuple((_label(row, names), tuple(read[row, column] for column in columns)) for row in rows),
    )


def _label(label: str, names: Names) -> str:
    if label == UNKNOWN:
        return NOT_KNOWN
    return " to ".join(names.levels.get(end, end) for end in label.split(RANGE))


def _because(tally: Tally, names: Names) -> tuple[Finding, ...]:
    """What decided the results that moved, the most frequent first."""
    most = sorted(tally.because.items(), key=lambda one: (-sum(one[1].values()), one[0]))[:LONGEST_LIST]
    found = []
    for one, counts in most:
        ways = [f"{DIRECTIONS[way].lower()}: {shown(counts[way.value])}" for way in Direction if counts.get(way.value)]
        found.append(Finding(one, names.wordings.get(one, ""), ", ".join(ways)))
    return tuple(found)
