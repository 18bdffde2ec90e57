"""Bury's tables and lists counted twice: as they are printed, and as the pack holds them.

`python -m tests.thresholds.packs.bury_counts` writes the tables of the reviewer's page.
"""

from tests.thresholds.packs.counting import Counts, Difference, service_table, table
from thresholds.domain.pack import Pack

SIGNS = "level-4..level-5"
COLUMNS = ("level-1", "level-2", "level-3", "level-4", SIGNS, "level-5")

EXAMPLES: dict[str, dict[str, int]] = {
    "level-1": {"97": 2, "98-99": 1, "100": 1, "101-102": 3, "103-104": 2},
    "level-2": {"110": 2, "111": 1, "112": 3, "113": 1, "114": 3, "115": 2},
    "level-3": {"120-123": 3, "124-126": 5, "128": 1, "129": 2, "130": 3, "131": 4, "132": 3},
    "level-4": {"137": 5, "138": 3, "139": 5, "141": 4, "142": 3, "143": 4},
    "level-5": {"150-156": 5, "157-161": 5, "162-165": 4, "167": 2, "168": 4, "169": 3},
}
"""By level, one entry an example: its first lines in the source, and how many indicators stand beside it. The cells
have lost their bullets: a new indicator was taken to begin at a capital letter. Counted by hand, before the pack."""

IN_THE_TEXT = {228: "level-4", 147: "level-5"}
"""By line: a circumstance that stands in a paragraph on its level and in no table."""


def _at(column: str, number: int) -> tuple[int, ...]:
    return tuple(number if at == column else 0 for at in COLUMNS)


PRINTED: dict[str, dict[str, tuple[int, ...]]] = {
    "examples": {
        **{lines: _at(level, 1 + indicators) for level, rows in EXAMPLES.items() for lines, indicators in rows.items()},
        **{str(line): _at(level, 1) for line, level in IN_THE_TEXT.items()},
    },
    "referral-concerns": {str(line): _at("level-5", 1) for line in (242, *range(250, 261))},
    "exploitation-signs": {str(line): _at(SIGNS, 1) for line in range(294, 302)},
}
"""By domain and lines of the source. Line 242 is a sentence before the list of concerns; the others are its points."""

DIFFERENCES: tuple[Difference, ...] = (
    ("level-4", "138", 1, "drink and drugs, and another vulnerability such as neglect: one cell without a stop"),
    ("level-4", "143", 1, "marches, and plans to frighten people: each by itself, since a march raises nothing"),
    ("level-5", "169", 1, "a long holiday, and talk of a celebration: each by itself"),
    ("level-5", "242", 3, "four kinds of abuse, each by itself"),
    ("level-5", "250", 2, "harm by a deliberate act, by neglect and by domestic violence, each by itself"),
    ("level-5", "251", 1, "sexual abuse, and grooming for it"),
    ("level-5", "253", 1, "problems from neglect or poor parenting, and from emotional abuse"),
    ("level-5", "254", 1, "a pregnancy with concerns now, and with concerns before"),
    ("level-5", "258", 1, "serious crime, and sexual images of children: by itself, for the national override"),
    (SIGNS, "294", 1, "missing, and found out of the area"),
)


def example_table(pack: Pack) -> str:
    """Examples and indicators as printed, by level."""
    rows: list[tuple[object, ...]] = [
        (pack.level(level).name, len(rows), sum(rows.values())) for level, rows in EXAMPLES.items()
    ]
    rows.append(("**all**", *(f"**{sum(int(str(row[at])) for row in rows)}**" for at in (1, 2))))
    return table(("level", "examples", "indicators"), rows)


COUNTS = Counts(
    area="bury",
    columns=COLUMNS,
    printed=PRINTED,
    differences=DIFFERENCES,
    more={"examples": example_table, "services": service_table},
)

if __name__ == "__main__":
    COUNTS.write()
