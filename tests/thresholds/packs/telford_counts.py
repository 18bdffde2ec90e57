"""Telford & Wrekin's tables counted twice: as they are printed, and as the pack holds them.

`python -m tests.thresholds.packs.telford_counts` writes the tables of the reviewer's page; a test fails when one is
stale.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from thresholds import files
from thresholds.domain.needs import Descriptor, ExploitationSign, HarmFactor
from thresholds.domain.pack import Pack

AREA = "telford-and-wrekin"
PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "packs" / f"{AREA}.md"

PRINTED: dict[str, dict[str, tuple[int, int, int, int]]] = {
    "basic-care": {"206": (4, 8, 11, 12), "211": (0, 0, 1, 11)},
    "warmth": {"216": (3, 5, 6, 5)},
    "guidance": {"218": (3, 5, 4, 6)},
    "family-wellbeing": {"223": (2, 9, 10, 9), "228": (0, 0, 0, 10)},
    "housing-money": {"233": (3, 6, 5, 4)},
    "community": {"238": (2, 6, 3, 2)},
    "learning": {"241": (6, 5, 6, 3), "246": (0, 1, 0, 0)},
    "health": {"248": (9, 12, 10, 11), "253": (0, 0, 6, 5)},
    "emotional": {"255": (8, 10, 5, 5), "260": (3, 6, 12, 8)},
    "child-relationships": {"265": (3, 2, 3, 2)},
    "self-care": {"267": (3, 6, 4, 4)},
}
"""By domain and line of the source: statements in the cells of Universal, Vulnerable, Complex and Acute. A cell with
bullets was counted by them and one without by its full stops, by a script over the source and not from the pack."""

DIFFERENCES: tuple[tuple[str, str, int, str], ...] = (
    ("acute", "206", 3, "abused or neglected: four kinds, each by itself"),
    ("acute", "206", 3, "four parental factors in one bullet, each by itself"),
    ("acute", "211", -1, "parents' own feelings or past: printed at line 206 already"),
    ("acute", "218", -1, "harm through poor supervision: printed twice in the cell"),
    ("acute", "223", 3, "harm that an assessment finds: four kinds, each by itself"),
    ("acute", "228", 3, "four parental factors in one bullet, each by itself"),
    ("acute", "255", 1, "self-harm and suicide attempts: a suicide attempt by itself, for the national override"),
    ("acute", "265", 1, "family breakdown and abuse or neglect run together"),
    ("acute", "265", 3, "abuse or neglect: four kinds, each by itself"),
    ("complex", "206", 4, "five parental factors in one bullet, each by itself"),
    ("complex", "223", 3, "four parental factors in one bullet, each by itself"),
    ("complex", "253", 1, "sexually active at 13 and under: parted at 13, for the national override"),
    ("vulnerable", "206", 4, "five parental factors in one bullet, each by itself"),
    ("vulnerable", "218", 1, "antisocial behaviour and conflict of the parents: no stop between them"),
    ("vulnerable", "248", -1, "appointments missed, booked again and kept: one descriptor over two sentences"),
    ("vulnerable", "248", 1, "drug or alcohol use, and unprotected sex: each by itself, for the national override"),
    ("vulnerable", "267", 1, "sexual activity at 13 to 14, and at 15 and over: two ages in one sentence"),
    ("universal", "223", 1, "relationships and changes in the family: two statements in one bullet"),
    ("universal", "248", 1, "support for wellbeing, and milestones: no stop between them"),
    ("universal", "260", -1, "positive sense of self: printed at line 255 already"),
)
"""By level and line: how many more or fewer descriptors the pack has than statements are printed, and why."""

LEVELS = ("universal", "vulnerable", "complex", "acute")


def pack() -> Pack:
    """The shipped pack of the area."""
    (found,) = (shipped for shipped in files.shipped_packs() if shipped.area.slug == AREA)
    return found


def cited_lines(lines: str | None) -> Iterator[int]:
    """Each line that a citation names: `206, 211-213` gives 206, 211, 212, 213."""
    for part in (lines or "").split(", "):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def counted(shipped: Pack) -> Counter[tuple[str, str, str]]:
    """Descriptors by level, domain and first cited line."""
    return Counter((one.level, one.domain, str(next(cited_lines(one.citation.lines)))) for one in shipped.descriptors)


def expected() -> Counter[tuple[str, str, str]]:
    """Statements printed by level, domain and line, with every difference applied."""
    changes: Counter[tuple[str, str]] = Counter()
    for level, line, change, _reason in DIFFERENCES:
        changes[level, line] += change
    return Counter(
        {
            (level, domain, line): number + changes[level, line]
            for domain, rows in PRINTED.items()
            for line, numbers in rows.items()
            for level, number in zip(LEVELS, numbers, strict=True)
            if number
        }
    )


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    return "\n".join([_row(*head), _row(*["---"] * len(head)), *(_row(*row) for row in rows)])


def descriptor_table(shipped: Pack) -> str:
    """Printed / in the pack, by domain and level."""
    in_pack = Counter((one.domain, one.level) for one in shipped.descriptors)
    names = {level.id: level.name for level in shipped.levels}
    rows: list[tuple[object, ...]] = []
    totals = [[0, 0] for _ in LEVELS]
    for domain in shipped.domains:
        cells = []
        for place, level in enumerate(LEVELS):
            printed = sum(numbers[place] for numbers in PRINTED[domain.id].values())
            totals[place][0] += printed
            totals[place][1] += in_pack[domain.id, level]
            cells.append((printed, in_pack[domain.id, level]))
        rows.append((domain.name, *(f"{a} / {b}" for a, b in cells), f"{_sum(cells, 0)} / {_sum(cells, 1)}"))
    rows.append(
        ("**all**", *(f"**{a} / {b}**" for a, b in totals), f"**{_sum(totals, 0)} / {_sum(totals, 1)}**"),
    )
    return _table(("dimension", *(names[level] for level in LEVELS), "all"), rows)


def _sum(pairs: list[tuple[int, int]] | list[list[int]], place: int) -> int:
    return sum(pair[place] for pair in pairs)


def difference_table(shipped: Pack) -> str:
    """Every difference between what is printed and what the pack holds."""
    names = {level.id: level.name for level in shipped.levels}
    rows: list[tuple[object, ...]] = [
        (names[level], line, f"{change:+d}", why) for level, line, change, why in DIFFERENCES
    ]
    return _table(("level", "line", "change", "why"), rows)


def exploitation_table(shipped: Pack) -> str:
    """Signs by category and level; those that raise nothing in brackets."""
    assert shipped.exploitation is not None
    rows: list[tuple[object, ...]] = []
    totals: Counter[tuple[str, bool]] = Counter()
    for category in shipped.exploitation.categories:
        numbers = Counter((sign.level, sign.raises) for sign in category.signs)
        totals += numbers
        rows.append((category.name, *(_signs(numbers, level) for level in LEVELS[1:])))
    rows.append(("**all**", *(f"**{_signs(totals, level)}**" for level in LEVELS[1:])))
    names = {level.id: level.name for level in shipped.levels}
    return _table(("category", *(names[level] for level in LEVELS[1:])), rows)


def _signs(numbers: Counter[tuple[str, bool]], level: str) -> str:
    silent = numbers[level, False]
    return f"{numbers[level, True] + silent}" + (f" ({silent})" if silent else "")


def silent_table(shipped: Pack) -> str:
    """All that is listed and raises nothing, with the reason."""
    categories = shipped.exploitation.categories if shipped.exploitation else ()
    listed: list[Descriptor | HarmFactor | ExploitationSign] = [*shipped.descriptors, *shipped.harm_factors]
    listed += [sign for category in categories for sign in category.signs]
    rows: list[tuple[object, ...]] = [(one.id, one.wording, one.why_not) for one in listed if not one.raises]
    return _table(("id", "listed", "why it raises nothing"), rows)


def other_table(shipped: Pack) -> str:
    """The shorter lists."""
    warnings = sum(factor.warning for factor in shipped.harm_factors)
    return _table(
        ("list", "lines", "printed", "in the pack"),
        [
            ("strengths and protective factors", "436-443", 8, len(shipped.protective_factors)),
            ("harm factors", "383-396, 398", "14 and 2 in the text", len(shipped.harm_factors) - warnings),
            ("warning signs", "421-426", 6, warnings),
        ],
    )


TABLES = {
    "descriptors": descriptor_table,
    "differences": difference_table,
    "exploitation": exploitation_table,
    "silent": silent_table,
    "others": other_table,
}


def rendered(text: str, shipped: Pack) -> str:
    """The page's text with each table, between its two markers, made anew. KeyError for a marker without a table."""

    def fresh(match: re.Match[str]) -> str:
        return f"<!-- {match[1]} -->\n{TABLES[match[1]](shipped)}\n<!-- end -->"

    return re.sub(r"<!-- (\w+) -->\n(?:.*?\n)??<!-- end -->", fresh, text, flags=re.DOTALL)


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text(encoding="utf-8"), pack()), encoding="utf-8")
