"""Telford & Wrekin's tables counted twice: as they are printed, and as the pack holds them.

`python -m tests.thresholds.packs.telford_counts` writes the tables of the reviewer's page.
"""

from collections import Counter

from tests.thresholds.packs.counting import Counts, Difference, table
from thresholds.domain.pack import Pack

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

DIFFERENCES: tuple[Difference, ...] = (
    ("acute", "206", 3, "abused or neglected: four kinds, each by itself"),
    ("acute", "206", 3, "four parental factors in one bullet, each by itself"),
    ("acute", "211", -1, "parents' own feelings or past: printed at line 206 already"),
    ("acute", "218", -1, "harm through poor supervision: printed twice in the cell"),
    ("acute", "223", 3, "harm that an assessment finds: four kinds, each by itself"),
    ("acute", "228", 3, "four parental factors in one bullet, each by itself"),
    ("acute", "228", 1, "honour-based abuse, and FGM as a form of it: FGM by itself, for the national override"),
    ("acute", "228", 1, "care elsewhere after abuse: after sexual abuse by itself, because it changes who may be told"),
    ("acute", "233", 1, "homeless under 16, and at 16 or 17: each by itself, for the national route"),
    ("acute", "238", 1, "a family in crime, and in an extremist group: each by itself, for what they lead to"),
    ("acute", "248", 1, "refusal to deal with ill health, and with a disability: each by itself"),
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


def exploitation_table(pack: Pack) -> str:
    """Signs by category and level; those that raise nothing in brackets."""
    assert pack.exploitation is not None
    rows: list[tuple[object, ...]] = []
    totals: Counter[tuple[str, bool]] = Counter()
    for category in pack.exploitation.categories:
        numbers = Counter((sign.level, sign.raises) for sign in category.signs)
        totals += numbers
        rows.append((category.name, *(_signs(numbers, level) for level in LEVELS[1:])))
    rows.append(("**all**", *(f"**{_signs(totals, level)}**" for level in LEVELS[1:])))
    return table(("category", *(pack.level(level).name for level in LEVELS[1:])), rows)


def _signs(numbers: Counter[tuple[str, bool]], level: str) -> str:
    silent = numbers[level, False]
    return f"{numbers[level, True] + silent}" + (f" ({silent})" if silent else "")


def other_table(pack: Pack) -> str:
    """The shorter lists."""
    warnings = sum(factor.warning for factor in pack.harm_factors)
    return table(
        ("list", "lines", "printed", "in the pack"),
        [
            ("strengths and protective factors", "436-443", 8, len(pack.protective_factors)),
            ("harm factors", "383-396, 398", "14 and 2 in the text", len(pack.harm_factors) - warnings),
            ("warning signs", "421-426", 6, warnings),
        ],
    )


COUNTS = Counts(
    area="telford-and-wrekin",
    columns=LEVELS,
    printed=PRINTED,
    differences=DIFFERENCES,
    head="dimension",
    more={"exploitation": exploitation_table, "others": other_table},
)

if __name__ == "__main__":
    COUNTS.write()
