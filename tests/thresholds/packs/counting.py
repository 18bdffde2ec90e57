"""A document's lists counted twice, as printed and as its pack holds them, and the tables of the reviewer's page.

Each area has a module that says what its document prints. `python -m tests.thresholds.packs.<area>_counts` writes the
tables of the area's page; a test fails when one is stale.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from thresholds import files
from thresholds.domain.needs import Descriptor, ExploitationSign, HarmFactor
from thresholds.domain.pack import Pack

PAGES = Path(__file__).resolve().parents[3] / "docs" / "reference" / "packs"

Difference = tuple[str, str, int, str]
"""Column, lines of the row in `printed`, how many more or fewer the pack has than are printed there, and why."""


def cited_lines(lines: str | None) -> Iterator[int]:
    """Each line that a citation names: `206, 211-213` gives 206, 211, 212, 213."""
    for part in (lines or "").split(", "):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def column_of(descriptor: Descriptor) -> str:
    """The column that a descriptor is counted in: its level, or `lowest..highest` for a range."""
    return f"{descriptor.level}..{descriptor.up_to}" if descriptor.up_to else descriptor.level


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    return "\n".join([_row(head), _row(["---"] * len(head)), *(_row(row) for row in rows)])


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def silent_table(pack: Pack) -> str:
    """All that is listed and raises nothing, with the reason."""
    categories = pack.exploitation.categories if pack.exploitation else ()
    listed: list[Descriptor | HarmFactor | ExploitationSign] = [*pack.descriptors, *pack.harm_factors]
    listed += [sign for category in categories for sign in category.signs]
    rows = [(one.id, one.wording, one.why_not) for one in listed if not one.raises]
    return table(("id", "listed", "why it raises nothing"), rows)


def service_table(pack: Pack) -> str:
    """How many services and next steps stand at each level, and where they were read: for `more`."""
    rows = [
        (pack.level(one.level).name, len(one.services), len(one.next_steps), one.citation.reads())
        for one in pack.services
    ]
    return table(("level", "services", "next steps", "read at"), rows)


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What one area's document prints, beside the area's shipped pack."""

    area: str
    columns: tuple[str, ...]
    """Levels, and ranges as `lowest..highest`, in the order of the page's table."""
    printed: Mapping[str, Mapping[str, tuple[int, ...]]]
    """By domain and lines of the source (as in a citation): how many statements are printed there, by column."""
    differences: tuple[Difference, ...] = ()
    head: str = "domain"
    """The page's word for what the pack calls a domain."""
    more: Mapping[str, Callable[[Pack], str]] = field(default_factory=dict)
    """Further tables of the page by name."""

    @cached_property
    def pack(self) -> Pack:
        """The shipped pack of the area."""
        (found,) = (shipped for shipped in files.shipped_packs() if shipped.area.slug == self.area)
        return found

    @property
    def page(self) -> Path:
        """The reviewer's page."""
        return PAGES / f"{self.area}.md"

    def column_name(self, column: str) -> str:
        """A column as people read it."""
        return " to ".join(self.pack.level(level).name for level in column.split(".."))

    def counted(self) -> Counter[tuple[str, str, str]]:
        """Descriptors by column, domain and printed row. One that cites no row of its domain counts under its lines."""
        return Counter((column_of(one), one.domain, self._row_of(one)) for one in self.pack.descriptors)

    def _row_of(self, descriptor: Descriptor) -> str:
        first = next(cited_lines(descriptor.citation.lines))
        rows = self.printed.get(descriptor.domain, {})
        return next((row for row in rows if first in cited_lines(row)), str(descriptor.citation.lines))

    def strays(self) -> list[str]:
        """Ids of descriptors that cite a line outside the printed rows of their own domain."""
        lines = {domain: {line for row in rows for line in cited_lines(row)} for domain, rows in self.printed.items()}
        return [
            one.id
            for one in self.pack.descriptors
            if not set(cited_lines(one.citation.lines)) <= lines.get(one.domain, set())
        ]

    def expected(self) -> Counter[tuple[str, str, str]]:
        """Statements printed by column, domain and row, with every difference applied."""
        changes: Counter[tuple[str, str]] = Counter()
        for column, row, change, _why in self.differences:
            changes[column, row] += change
        return Counter(
            {
                (column, domain, row): number + changes[column, row]
                for domain, rows in self.printed.items()
                for row, numbers in rows.items()
                for column, number in zip(self.columns, numbers, strict=True)
                if number
            }
        )

    def descriptor_table(self, pack: Pack) -> str:
        """Printed / in the pack, by domain and column."""
        held = Counter((one.domain, column_of(one)) for one in pack.descriptors)
        rows: list[tuple[object, ...]] = []
        totals = [(0, 0)] * len(self.columns)
        for domain in pack.domains:
            printed = [sum(column) for column in zip(*self.printed[domain.id].values(), strict=True)]
            cells = [(number, held[domain.id, at]) for number, at in zip(printed, self.columns, strict=True)]
            totals = [(a + c, b + d) for (a, b), (c, d) in zip(totals, cells, strict=True)]
            rows.append((domain.name, *(f"{a} / {b}" for a, b in [*cells, _sum(cells)])))
        rows.append(("**all**", *(f"**{a} / {b}**" for a, b in [*totals, _sum(totals)])))
        return table((self.head, *(self.column_name(column) for column in self.columns), "all"), rows)

    def difference_table(self, _pack: Pack) -> str:
        """Every difference between what is printed and what the pack holds."""
        rows = [(self.column_name(column), row, f"{change:+d}", why) for column, row, change, why in self.differences]
        return table(("level", "line", "change", "why"), rows)

    @property
    def tables(self) -> dict[str, Callable[[Pack], str]]:
        """Every table that the page may hold, by the name of its marker."""
        return {
            "descriptors": self.descriptor_table,
            "differences": self.difference_table,
            "silent": silent_table,
            **self.more,
        }

    def rendered(self, text: str) -> str:
        """The page's text with each table, between its markers, made anew. KeyError for a marker without a table."""

        def fresh(match: re.Match[str]) -> str:
            return f"<!-- {match[1]} -->\n{self.tables[match[1]](self.pack)}\n<!-- end -->"

        return re.sub(r"<!-- (\w+) -->\n(?:.*?\n)??<!-- end -->", fresh, text, flags=re.DOTALL)

    def write(self) -> None:
        """Make the tables of the page anew."""
        self.page.write_text(self.rendered(self.page.read_text(encoding="utf-8")), encoding="utf-8")


def _sum(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(a for a, _ in pairs), sum(b for _, b in pairs)
