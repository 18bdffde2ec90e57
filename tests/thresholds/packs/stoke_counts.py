"""Stoke-on-Trent's and Staffordshire's level tables counted twice: as they are printed, and as the packs hold them.

One document serves both areas. `python -m tests.thresholds.packs.stoke_counts` writes the tables of both pages.
"""

from tests.thresholds.packs.counting import Counts, Difference, cited_lines, table
from thresholds.domain.pack import Pack

LEVELS = ("level-1", "level-2", "level-3", "level-4")

BULLETS: dict[str, tuple[str, str, str, str]] = {
    "health": ("100-109", "194-208", "343-351", "460-475"),
    "education": ("112-120", "211-218", "354-357", "478"),
    "emotional": ("123-128", "221-227", "363-365, 368-372", "484-486, 489-503"),
    "identity": ("131-133", "278-282", "411-412", "506-510"),
    "relationships": ("136-138", "285-289", "415-418", "513-518"),
    "presentation": ("141-142", "292-293", "421-422", "521"),
    "self-care": ("145", "296-298", "425-426", "524-526"),
    "exploitation": ("", "301-305", "431-434", ""),
    "other": ("", "", "", "529-536"),
    "basic-care": ("148-149", "230-237", "374-382", "540-541"),
    "warmth": ("152-154", "240-242", "385-388", "544-546"),
    "guidance": ("157-158", "245-251", "391-392", "549-552"),
    "family": ("165-166", "255-264", "397-400", "557-560"),
    "housing": ("169-171", "309-315", "440-441", "563-566"),
    "integration": ("174", "319-320", "444-446", "569-570"),
    "community": ("177-179", "324-325", "449-450", "573"),
}
"""By domain: lines of the source that are a bullet under its heading, of level 1 to 4. Counted by a script over the
source and not from the packs. Every bullet is one line."""

DIFFERENCES: tuple[Difference, ...] = (
    ("level-1", "109", 1, "sexual activity by itself, for the national override under 13"),
    (
        "level-2",
        "233",
        2,
        "a parent's mental health or physical health, and the child's behaviour, each by itself",
    ),
    ("level-2", "236", 1, "parents' youth, which raises nothing, and lack of experience, which does"),
    ("level-2", "260", 1, "mental and physical health of a parent, each by itself"),
    ("level-3", "377", 1, "a parent's mental health and substance misuse, each by itself"),
    ("level-3", "381", 3, "FGM, other harmful practices, forced marriage, honour-based abuse: each by itself"),
    ("level-3", "391", 1, "physical punishment by itself"),
    ("level-4", "468", 1, "significant harm, and neglect, each by itself"),
    ("level-4", "475", 1, "high risk of sexual exploitation, and known sexual exploitation, each by itself"),
    ("level-4", "493", 1, "violent or serious crime, and crime against children, each by itself"),
    ("level-4", "499", 3, "FGM, other harmful practices, forced marriage, honour-based abuse: each by itself"),
    ("level-4", "517", 3, "four kinds of abuse or neglect, each by itself"),
    ("level-4", "540", 1, "a parent's mental health and substance misuse, each by itself"),
)
"""By level and line: how many more descriptors the packs have than bullets are printed, and why."""


def _by_line(lines: tuple[str, str, str, str]) -> dict[str, tuple[int, ...]]:
    """A row for each bullet: 1 in the column of its level."""
    return {
        str(line): tuple(int(place == column) for column in range(len(LEVELS)))
        for place, cited in enumerate(lines)
        if cited
        for line in cited_lines(cited)
    }


PRINTED = {domain: _by_line(lines) for domain, lines in BULLETS.items()}


def twin_table(pack: Pack) -> str:
    """Pairs of descriptors that hang on one condition, by the lower of the two."""
    rows = []
    for lower in pack.descriptors:
        if lower.twin is None:
            continue
        higher = pack.descriptors_by_id[lower.twin.id]
        if pack.level_order[lower.level] < pack.level_order[higher.level]:
            (condition,) = (one for one in pack.conditions if one.id == lower.twin.condition)
            levels = (lower, higher) if lower.twin.holds else (higher, lower)
            rows.append(
                (
                    condition.question,
                    lower.id,
                    higher.id,
                    *(f"{pack.level(one.level).number} (line {one.citation.lines})" for one in levels),
                )
            )
    return table(("condition", "lower", "higher", "if yes", "if no"), rows)


STOKE, STAFFORDSHIRE = (
    Counts(area=area, columns=LEVELS, printed=PRINTED, differences=DIFFERENCES, more={"pairs": twin_table})
    for area in ("stoke-on-trent", "staffordshire")
)

if __name__ == "__main__":
    STOKE.write()
    STAFFORDSHIRE.write()
