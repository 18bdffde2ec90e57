"""Westmorland & Furness prints criteria of levels and no descriptors: what each level of the pack holds.

`python -m tests.thresholds.packs.westmorland_counts` writes the tables of the reviewer's page.
"""

from tests.thresholds.packs.counting import Counts, service_table, table
from thresholds.domain.pack import Pack


def level_table(pack: Pack) -> str:
    """What each level means, with its place in the law and its lines."""
    rows = [
        (
            f"{level.number}. {level.name}",
            " ".join(filter(None, (level.meaning, level.note if level.legal.reaches_s47 else None))),
            level.legal,
            level.citation.lines,
        )
        for level in pack.levels
    ]
    return table(("level", "criteria, in the pack's words", "law", "lines"), rows)


COUNTS = Counts(
    area="westmorland-and-furness", columns=(), printed={}, more={"levels": level_table, "services": service_table}
)

if __name__ == "__main__":
    COUNTS.write()
