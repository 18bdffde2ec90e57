"""Stoke-on-Trent and Staffordshire: what their one document prints stands in both packs, bullet by bullet."""

import pytest

from tests.thresholds.packs.counting import Counts, cited_lines
from tests.thresholds.packs.stoke_counts import BULLETS, LEVELS, STAFFORDSHIRE, STOKE
from thresholds.domain.pack import Pack

BOTH = pytest.mark.parametrize("counts", [STOKE, STAFFORDSHIRE], ids=lambda counts: counts.area)


@BOTH
def test_every_bullet_stands_at_its_level_and_in_its_domain(counts: Counts):
    assert counts.counted() == counts.expected()


@BOTH
def test_every_domain_and_no_other_is_counted(counts: Counts):
    assert set(BULLETS) == {domain.id for domain in counts.pack.domains}
    assert [level.id for level in counts.pack.levels] == list(LEVELS)


def test_no_bullet_is_counted_twice():
    lines = [line for levels in BULLETS.values() for cited in levels if cited for line in cited_lines(cited)]
    assert len(lines) == len(set(lines)) == 278


def test_bullets_by_level_are_the_documents():
    printed = [sum(len(list(cited_lines(levels[at]))) for levels in BULLETS.values() if levels[at]) for at in range(4)]
    assert printed == [50, 89, 61, 78]


def shared(pack: Pack) -> dict[str, object]:
    """All that both areas have from their one document alone."""
    return {
        "levels": pack.levels,
        "domains": pack.domains,
        "conditions": pack.conditions,
        "descriptors": pack.descriptors,
        "harm_factors": pack.harm_factors,
        "notes": [note for note in pack.notes if note.id.startswith("ss-")],
        "cumulative": pack.cumulative,
        "standing": pack.standing,
    }


def test_both_packs_hold_the_same_of_what_is_shared():
    """Staffordshire's files are links to Stoke-on-Trent's; where they are copies, they must not drift."""
    assert shared(STAFFORDSHIRE.pack) == shared(STOKE.pack)
    assert shared(STOKE.pack)["notes"]


@BOTH
def test_the_reviewers_page_is_fresh(counts: Counts):
    """`python -m tests.thresholds.packs.stoke_counts` makes it."""
    text = counts.page.read_text(encoding="utf-8")
    assert "<!-- descriptors -->" in text
    assert counts.rendered(text) == text


def test_the_long_page_shows_differences_pairs_and_what_raises_nothing():
    text = STOKE.page.read_text(encoding="utf-8")
    assert all(f"<!-- {table} -->" in text for table in ("differences", "pairs", "silent"))
