"""Wakefield's lists counted twice: as they are printed, and as the pack holds them.

`python -m tests.thresholds.packs.wakefield_counts` writes the tables of the reviewer's page.
"""

from tests.thresholds.packs.counting import Counts, Difference, cited_lines, service_table

COLUMNS = ("no-additional", "early-support", "more-support..immediate", "immediate")
SHARED = COLUMNS[2]
"""The list that the two upper areas of need share."""


def _points(column: str, lines: str) -> dict[str, tuple[int, ...]]:
    """One point of a list on each line."""
    return {str(line): tuple(int(at == column) for at in COLUMNS) for line in cited_lines(lines)}


PRINTED: dict[str, dict[str, tuple[int, ...]]] = {
    "child": {
        **_points("no-additional", "70-73"),
        **_points("early-support", "142-161"),
        **_points(SHARED, "223-240"),
        **_points("immediate", "205"),
    },
    "parenting": {
        **_points("no-additional", "74-75"),
        **_points("early-support", "165-168, 171-176"),
        "169-170": (0, 1, 0, 0),
        **_points(SHARED, "244-255"),
    },
    "family": _points("early-support", "180-187"),
    "current-support": _points(SHARED, "259-264"),
    "contextual": _points(SHARED, "268-275"),
    "significant-harm": _points("immediate", "211-217"),
}
"""By domain and line of the source: a script counted the points of the lists, and not from the pack. One goes over
lines 169 and 170. Line 205 is a statement in the text: complex disabilities."""

DIFFERENCES: tuple[Difference, ...] = (
    ("early-support", "148", 1, "school attendance, and a fixed term exclusion: each by itself"),
    ("early-support", "165", 1, "parents' conflict, and their lack of support or boundaries: each by itself"),
    ("early-support", "172", 1, "a pregnancy that is concealed, and one that was: each by itself, for the unborn baby"),
    ("early-support", "182", 1, "a parent's physical and mental health: each by itself"),
    (SHARED, "237", 1, "self-harm and suicide attempts: an attempt by itself, for the national override"),
    (SHARED, "239", 3, "harm by four kinds of abuse or neglect, each by itself"),
    (
        SHARED,
        "247",
        3,
        "a parent's two kinds of disability, ill health, substance use: each by itself",
    ),
    (SHARED, "252", 1, "a parent's mental health, and their physical health or learning disability"),
    (SHARED, "269", 1, "sexual exploitation, and criminal exploitation with county lines"),
    (SHARED, "273", 2, "honour-based abuse, female genital mutilation and forced marriage, each by itself"),
    ("immediate", "211", 3, "immediate risk of four kinds of harm, each by itself"),
    ("immediate", "215", 1, "remanded to custody, and a risk to others"),
    ("immediate", "216", 3, "abuse of any kind is alleged: four kinds, each by itself"),
)

COUNTS = Counts(
    area="wakefield", columns=COLUMNS, printed=PRINTED, differences=DIFFERENCES, more={"services": service_table}
)

if __name__ == "__main__":
    COUNTS.write()
