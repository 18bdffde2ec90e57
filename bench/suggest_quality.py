"""How well suggestion finds what the team would pick in invented narratives, beside a plain keyword search.

Run from the project's folder: .venv/bin/python -m bench.suggest_quality [--write]

`--write` makes docs/reference/suggestion.md. `--tuning` prints what was missed in the tuning half; the half kept apart
is never printed narrative by narrative.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from bench.keyword_search import keyword_search
from thresholds import files
from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Index, index_of
from thresholds.domain.suggest import suggest

ROOT = Path(__file__).resolve().parents[1]
NARRATIVES = ROOT / "tests" / "thresholds" / "narratives"
SECOND_READER = NARRATIVES / "second-reader" / "seventh.yaml"
PAGE = ROOT / "docs" / "reference" / "suggestion.md"


@dataclass(frozen=True, slots=True)
class Narrative:
    """What somebody wrote, and what the team would pick."""

    id: str
    area: str
    writer: str
    age: ChildAge
    text: str
    expects: frozenset[str]
    overrides: frozenset[str]
    held_out: bool
    written: str = "first"
    """Which set it is of: `first` has the two halves, the others were written later in other voices."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was suggested for one narrative: ids, best first."""

    narrative: Narrative
    listed: tuple[str, ...]
    overrides: tuple[str, ...]

    @property
    def hits(self) -> frozenset[str]:
        """Expected descriptors that are among the ten."""
        return self.narrative.expects.intersection(self.listed)


@cache
def narratives() -> tuple[Narrative, ...]:
    """Those of the two halves, by file."""
    return tuple(_narrative(raw) for path in sorted(NARRATIVES.glob("*.yaml")) for raw in _raw(path))


@cache
def third_set() -> tuple[Narrative, ...]:
    """Those of the third set."""
    return _later("third")


@cache
def fourth_set() -> tuple[Narrative, ...]:
    """Those of the fourth set: an open half, and a half kept apart in a file of its own."""
    return _later("fourth")


@cache
def fifth_set() -> tuple[Narrative, ...]:
    """Those of the fifth set, all of it kept apart."""
    return _later("fifth")


@cache
def sixth_set() -> tuple[Narrative, ...]:
    """Those of the sixth set, all of it kept apart."""
    return _later("sixth")


@cache
def seventh_set() -> tuple[Narrative, ...]:
    """Those of the seventh set, all of it kept apart."""
    return _later("seventh")


@cache
def eighth_set() -> tuple[Narrative, ...]:
    """Those of the eighth set, all of it kept apart."""
    return _later("eighth")


@cache
def picks_of_second_reader() -> dict[str, tuple[str, ...]]:
    """Ten ids, best first, by narrative of the seventh set, of somebody who saw neither labels nor suggestions."""
    raw = yaml.safe_load(SECOND_READER.read_text(encoding="utf-8"))["picks"]
    return {narrative: tuple(ids) for narrative, ids in raw.items()}


def _later(written: str) -> tuple[Narrative, ...]:
    paths = sorted((NARRATIVES / written).glob("*.yaml"))
    return tuple(replace(_narrative(raw), written=written) for path in paths for raw in _raw(path))


def _raw(path: Path) -> list[dict[str, object]]:
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["narratives"])


def _narrative(raw: dict[str, object]) -> Narrative:
    years = raw.get("age")
    age = (
        ChildAge(unborn=True)
        if raw.get("unborn")
        else ChildAge.exactly(years)
        if isinstance(years, int)
        else ChildAge()
    )
    return Narrative(
        id=str(raw["id"]),
        area=str(raw["area"]),
        writer=str(raw["writer"]),
        age=age,
        text=str(raw["text"]).strip(),
        expects=_ids(raw["expects"]),
        overrides=_ids(raw["overrides"]),
        held_out=raw.get("held_out") is True,
    )


def _ids(raw: object) -> frozenset[str]:
    assert isinstance(raw, list)
    return frozenset(str(each) for each in raw)


@cache
def indexes() -> dict[str, Index]:
    """The index of each shipped pack, by area."""
    return {pack.area.slug: index_of(pack, files.shipped_lexicon()) for pack in files.shipped_packs()}


def suggested(narrative: Narrative) -> Result:
    """What the system suggests."""
    found = suggest(indexes()[narrative.area], narrative.text, age=narrative.age)
    return Result(narrative, tuple(e.id for e in found.descriptors), tuple(e.id for e in found.overrides))


def searched(narrative: Narrative) -> Result:
    """What a plain keyword search gives."""
    return Result(narrative, keyword_search(indexes()[narrative.area], narrative.text), ())


def read_again(narrative: Narrative) -> Result:
    """What the second reader picked."""
    return Result(narrative, picks_of_second_reader()[narrative.id], ())


def recall(results: Iterable[Result]) -> float:
    """Share of the expected descriptors that are among the ten: the mean over narratives that expect any."""
    return _mean(len(each.hits) / len(each.narrative.expects) for each in results if each.narrative.expects)


def precision(results: Iterable[Result]) -> float:
    """Share of the ten that are expected: the mean over narratives that expect any."""
    return _mean(len(each.hits) / (len(each.listed) or 1) for each in results if each.narrative.expects)


def reachable_precision(results: Iterable[Result]) -> float:
    """The best precision that could be had, as fewer than ten are expected."""
    return _mean(
        min(1, len(each.narrative.expects) / (len(each.listed) or 1)) for each in results if each.narrative.expects
    )


def top_level(results: Iterable[Result]) -> tuple[int, int]:
    """Expected descriptors of the highest level: how many were found, and how many there are."""
    found = expected = 0
    for each in results:
        entries = indexes()[each.narrative.area].entries
        top = {entry.id for entry in entries if entry.height == 1} & each.narrative.expects
        expected += len(top)
        found += len(top & each.hits)
    return found, expected


def overrides(results: Iterable[Result]) -> tuple[int, int, int]:
    """Expected overrides found, expected, and suggested without being expected."""
    found = expected = more = 0
    for each in results:
        found += len(each.narrative.overrides.intersection(each.overrides))
        expected += len(each.narrative.overrides)
        more += len(set(each.overrides) - each.narrative.overrides)
    return found, expected, more


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0


def every() -> tuple[Narrative, ...]:
    """All sets."""
    later = (third_set(), fourth_set(), fifth_set(), sixth_set(), seventh_set(), eighth_set())
    return (*narratives(), *(each for one in later for each in one))


def page() -> str:
    """The page of the documentation."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield _INTRODUCTION
    yield "## Results\n"
    both = {
        "suggestion": [suggested(each) for each in every()],
        "keyword search": [searched(each) for each in every()],
    }
    sets = [
        ("tuning half", _half("first", False)),
        ("half kept apart", _half("first", True)),
        ("third set", _half("third", False)),
        ("fourth set, open half", _half("fourth", False)),
        ("fourth set, half kept apart", _half("fourth", True)),
        ("fifth set, kept apart", _half("fifth", True)),
        ("sixth set, kept apart", _half("sixth", True)),
        ("seventh set, kept apart", _half("seventh", True)),
        ("eighth set, kept apart", _half("eighth", True)),
        ("all", _any),
    ]
    yield from _table(both, "narratives", sets)
    yield ""
    again = {"second reader": [read_again(each) for each in seventh_set()]}
    yield "A second reader, ten picks for each narrative, against the same labels:\n"
    yield from _table(again, "narratives", [("seventh set", _any)])
    yield ""
    areas = sorted({each.area for each in narratives()})
    yield "By area, all sets:\n"
    yield from _table(both, "area", [(area, _of(area)) for area in areas])
    yield ""
    ours = both["suggestion"]
    yield "National overrides:\n"
    yield "| narratives | expected | found | suggested beyond the labels |"
    yield "|---|---|---|---|"
    for name, keep in sets[:-1]:
        found, expected, more = overrides(filter(keep, ours))
        yield f"| {name} | {expected} | {found} | {more} |"


def _half(written: str, apart: bool) -> Callable[[Result], bool]:
    return lambda result: result.narrative.held_out is apart and result.narrative.written == written


def _of(area: str) -> Callable[[Result], bool]:
    return lambda result: result.narrative.area == area


def _any(result: Result) -> bool:
    return True


def _table(
    both: dict[str, list[Result]], heading: str, rows: list[tuple[str, Callable[[Result], bool]]]
) -> Iterator[str]:
    yield f"| {heading} | number | by | recall@10 | precision@10 | best precision possible | top level found |"
    yield "|---|---|---|---|---|---|---|"
    for name, keep in rows:
        for way, results in both.items():
            kept = [each for each in results if keep(each)]
            if not any(each.narrative.expects for each in kept):
                yield f"| {name} | {len(kept)} | {way} | no descriptors | | | |"
                continue
            found, expected = top_level(kept)
            yield (
                f"| {name} | {len(kept)} | {way} | {recall(kept):.2f} | {precision(kept):.2f} | "
                f"{reachable_precision(kept):.2f} | {found} of {expected} |"
            )


_INTRODUCTION = """# How good suggestion is

Generated by `python -m bench.suggest_quality --write`; a test fails when it is stale.

Suggestion reads what somebody writes and proposes descriptors of the area's pack, with the words that caused each one
([ADR 18](../adr/0018-suggestion.md)). It ticks nothing. No suggestion says nothing about safety.

## How it is measured

The narratives in `tests/thresholds/narratives/` are invented, from teachers, health visitors, police, housing and
others. Each bears the ids that **the team** thinks an experienced designated safeguarding lead would pick: the labels
are not a lead's, and nobody of the six partnerships has seen them. The first six sets were
written by the hand that wrote the lexicon; the seventh and the eighth by readers who had seen neither it nor the other
sets.

Eight sets were written. What each gave **on the day it was written**, before anything was done for it, is the honest
figure for text from strangers:

| set | what it is | recall@10 when new | overrides when new |
|---|---|---|---|
| first, two halves | written before anything was tuned | not kept | not kept |
| third | another voice | 0.58 | 8 of 15 |
| fourth, 27 open and 24 kept apart | many voices, abbreviations, misspellings | 0.60 and 0.64 | 5 of 12 and 14 of 17 |
| fifth, 26 | told indirectly, on purpose | 0.45 | 5 of 15 |
| sixth, 21 | plain words, written after the families of words | 0.62 | 9 of 11 |
| seventh, 44 | another hand; written before a pack was read, mild worries too | 0.47 | 13 of 17 |
| eighth, 50 | another hand again; written before a pack was read | 0.51 | 15 of 22 |

So **from a text that nobody foresaw, about half to six in ten of what the team would pick is among the ten
suggested**, and fewer where it is told indirectly. A second reader, who saw only the texts and the packs of the seventh
set, had nine in ten of the labels among ten picks: the rest is there to be found, by understanding that words in common
don't give. The figures below are higher for sets on which the lexicon was widened since.

Single failures of the halves and sets kept apart were never looked at, only totals. The half kept apart of the first
set, of the fourth, and the fifth were measured five times while the work went on; and whoever widened the lexicon had
written them, so that words of the fourth and the fifth set may have found their way into it. The sixth set's figure
when new stands above; afterwards phrases that call overrides were added and too wide ones taken out, and it was
measured three times more. One narrative of the first set's half kept apart (`by-2`) was seen by accident. After the
seventh set's figures were kept, its overrides, and nothing else of it, were looked at: 29 had been called beyond the
labels, by phrases that were too wide ("took it off him" was read as sexual activity). Fourteen of those are gone, three
more of its overrides are found, and forty everyday worries that call none are a test now
(`tests/thresholds/everyday_notes.yaml`). Later every miss of the seventh set was read, to learn why: of its 229 labels
106 were among the ten; of the 123 missed 80 were reached by a phrase and outranked, 38 reached by nothing, five by
likeness alone. Nothing that was tried after that was kept, so the set stands as it was. After the eighth set's figures
were kept, its overrides, and nothing else of it, were looked at in the same way: three more are found, and a word that
"hanged" and "hang about" share calls no suicide attempt any more.

The overrides were tried on plain sentences besides (`tests/thresholds/override_words.yaml`), each part before anything
was done for it: 104 of 121 called their override, then 60 of 86, then 21 of 31. All but one
do now, and a test holds it.

Recall@10 is the share of the labelled descriptors that are among the ten suggested; precision@10 the share of those
suggested that are labelled. Fewer than ten are labelled in each, so the best precision that can be had is below 1.
Near-duplicates that a document lists at several levels count as wrong unless labelled. The baseline ranks by word
stems in common, rarer ones counting more.

What was tried to come nearer to the second reader, and gave too little to be kept: 7,947 sentences, eight for each
descriptor of five packs, as people would write them, by readers who had seen nothing of this page. Ranking by their
likeness to what was written found 0.03 more in the mean of the sets kept apart, whether by word stems and circumstances
(nearest mean) or with learned weights (ridge regression); four times as many sentences gave 0.01 more. With the ten
nearest sentences beside the phrases, and lower levels favoured where they say that a text is mild, the seventh set
reached 0.51 and the eighth, which nobody had tuned on, 0.525 instead of 0.513, with three top-level descriptors fewer.
Some 320 more phrases, for descriptors that few phrases reach, gave nothing on text that they weren't written for.
A small sentence transformer (all-MiniLM-L6-v2) with the same sentences found 0.2 to 0.5 of each set by itself and
nothing more beside the phrases. Knowing how grave each text is, exactly, would give 0.07; with every circumstance taken
away that no label needs, the seventh set would reach 0.63, and with those added that are missing as well 0.80: telling
the real ones from chance is what is missing most. (27 November 2026; [ADR 18](../adr/0018-suggestion.md).)

**The aims were recall@10 of 0.85 in the half kept apart and no labelled top-level descriptor missed. Where a figure
below is lower, that aim is not met.** The grid and the search stay beside the suggestions for that reason, and the page
gives further suggestions, up to forty, as those shown are picked or dismissed.
"""


def _print_tuning() -> None:
    for narrative in every():
        if narrative.held_out:
            continue
        result = suggested(narrative)
        missed = sorted(narrative.expects - result.hits)
        lost = sorted(narrative.overrides - set(result.overrides))
        more = sorted(set(result.overrides) - narrative.overrides)
        print(f"{narrative.id}: {len(result.hits)}/{len(narrative.expects)} missed {missed} lost {lost} more {more}")
        print("    listed", " ".join(("*" if each in result.hits else "") + each for each in result.listed))


def main() -> None:
    """Print the page, write it, or print the tuning half."""
    if "--tuning" in sys.argv:
        _print_tuning()
    elif "--write" in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
        print(f"written: {PAGE.name}")
    else:
        print(page())


if __name__ == "__main__":
    main()
