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
from bench.suggest_quality_words import INTRODUCTION
from thresholds import files
from thresholds.domain.at_once import AT_ONCE, MOST_READ, at_once, cannot_wait
from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Index
from thresholds.domain.suggest import SuggestedKind, suggest

ROOT = Path(__file__).resolve().parents[1]
NARRATIVES = ROOT / "tests" / "thresholds" / "narratives"
NO_OVERRIDES = {"tenth set, kept apart", "eleventh set, kept apart", "twelfth set, kept apart", "all"}
"""Rows of the first table that have none in that of overrides: they aren't labelled, or not all of them."""
SECOND_READERS = NARRATIVES / "second-reader"
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
    """What was suggested for one narrative: ids, best first, ten of them, and what else stands on the page of
    descriptors, or on that of signs of exploitation."""

    narrative: Narrative
    listed: tuple[str, ...]
    overrides: tuple[str, ...]
    besides: tuple[str, ...] = ()

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
def ninth_set() -> tuple[Narrative, ...]:
    """Those of the ninth set, labelled with overrides only: most of it open, a file of it kept apart."""
    return _later("ninth")


@cache
def tenth_set() -> tuple[Narrative, ...]:
    """Those of the tenth set, labelled with descriptors only, all of it kept apart."""
    return _later("tenth")


@cache
def eleventh_set() -> tuple[Narrative, ...]:
    """Those of the eleventh set, labelled with descriptors only, all of it kept apart."""
    return _later("eleventh")


@cache
def twelfth_set() -> tuple[Narrative, ...]:
    """Those of the twelfth set, labelled with descriptors only, all of it kept apart."""
    return _later("twelfth")


@cache
def read_twice() -> tuple[Narrative, ...]:
    """Those of the sets that a second reader read."""
    return (*seventh_set(), *eleventh_set(), *twelfth_set())


@cache
def picks_of_second_reader() -> dict[str, tuple[str, ...]]:
    """Ten ids, best first, by narrative of `read_twice`, each of somebody who saw neither labels nor suggestions."""
    files = sorted(SECOND_READERS.glob("*.yaml"))
    raw = [yaml.safe_load(path.read_text(encoding="utf-8"))["picks"] for path in files]
    return {narrative: tuple(ids) for each in raw for narrative, ids in each.items()}


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
    return {pack.area.slug: files.shipped_index(pack) for pack in files.shipped_packs()}


@cache
def suggested(narrative: Narrative) -> Result:
    """What the system suggests."""
    found = suggest(indexes()[narrative.area], narrative.text, age=narrative.age, limit=MOST_READ)
    ten = tuple(each.id for each in found.descriptors[:AT_ONCE])
    # Descriptors and signs of exploitation have a page each.
    pages = [[each for each in found.descriptors if each.kind is kind] for kind in SuggestedKind]
    shown = [each.id for page in pages for each in at_once(page, cannot_wait)]
    return Result(
        narrative, ten, tuple(e.id for e in found.overrides), tuple(each for each in shown if each not in ten)
    )


def searched(narrative: Narrative) -> Result:
    """What a plain keyword search gives."""
    return Result(narrative, keyword_search(indexes()[narrative.area], narrative.text), ())


def read_again(narrative: Narrative) -> Result:
    """What a second reader picked."""
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
    """Expected descriptors of the highest level: how many are among the ten, and how many there are."""
    top = [(each, top_of(each)) for each in results]
    return sum(len(ids & each.hits) for each, ids in top), sum(len(ids) for _, ids in top)


def top_level_on_the_page(results: Iterable[Result]) -> int:
    """How many expected descriptors of the highest level stand on the page of descriptors, or on that of signs."""
    return sum(len(top_of(each).intersection((*each.listed, *each.besides))) for each in results)


def top_of(result: Result) -> frozenset[str]:
    """Expected descriptors of the highest level."""
    entries = indexes()[result.narrative.area].entries
    return result.narrative.expects.intersection(entry.id for entry in entries if entry.height == 1)


def overrides(results: Iterable[Result]) -> tuple[int, int, int]:
    """Expected overrides found, expected, and suggested without being expected."""
    found = expected = more = 0
    for each in results:
        found += len(each.narrative.overrides.intersection(each.overrides))
        expected += len(each.narrative.overrides)
        more += len(set(each.overrides) - each.narrative.overrides)
    return found, expected, more


def called_for_none(results: Iterable[Result]) -> tuple[int, int]:
    """Narratives for which no override is expected, and for how many of them one was suggested all the same."""
    none = [each for each in results if not each.narrative.overrides]
    return len(none), sum(bool(each.overrides) for each in none)


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0


def every() -> tuple[Narrative, ...]:
    """All sets that are labelled with descriptors."""
    later = (third_set, fourth_set, fifth_set, sixth_set, seventh_set, eighth_set, tenth_set, eleventh_set, twelfth_set)
    return (*narratives(), *(each for one in later for each in one()))


def page() -> str:
    """The page of the documentation."""
    return "\n".join(_page()) + "\n"


def _page() -> Iterator[str]:
    yield INTRODUCTION
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
        ("tenth set, kept apart", _half("tenth", True)),
        ("eleventh set, kept apart", _half("eleventh", True)),
        ("twelfth set, kept apart", _half("twelfth", True)),
        ("all", _any),
    ]
    yield from _table(both, "narratives", sets)
    yield ""
    again = {"second reader": [read_again(each) for each in read_twice()]}
    yield "Second readers, one for each set, ten picks for each narrative, against the same labels:\n"
    read = [(f"{name} set", _half(name, True)) for name in ("seventh", "eleventh", "twelfth")]
    yield from _table(again, "narratives", read)
    yield ""
    areas = sorted({each.area for each in narratives()})
    yield "By area, all sets:\n"
    yield from _table(both, "area", [(area, _of(area)) for area in areas])
    yield ""
    ours = both["suggestion"]
    yield "National overrides:\n"
    yield "| narratives | expected | found | suggested beyond the labels | call none | of those, some were called |"
    yield "|---|---|---|---|---|---|"
    ninth = [suggested(each) for each in ninth_set()]
    named = [(name, filter(keep, ours)) for name, keep in sets if name not in NO_OVERRIDES]
    named.append(("ninth set, tuned on", filter(_half("ninth", False), ninth)))
    named.append(("ninth set, kept apart", filter(_half("ninth", True), ninth)))
    for name, kept in named:
        results = list(kept)
        found, expected, more = overrides(results)
        none, some = called_for_none(results)
        yield f"| {name} | {expected} | {found} | {more} | {none} | {some} |"


def _half(written: str, apart: bool) -> Callable[[Result], bool]:
    return lambda result: result.narrative.held_out is apart and result.narrative.written == written


def _of(area: str) -> Callable[[Result], bool]:
    return lambda result: result.narrative.area == area


def _any(result: Result) -> bool:
    return True


def _table(
    both: dict[str, list[Result]], heading: str, rows: list[tuple[str, Callable[[Result], bool]]]
) -> Iterator[str]:
    told = ("number", "by", "recall@10", "precision@10", "best precision possible", "top level found", "on the page")
    yield f"| {heading} | {' | '.join(told)} |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, keep in rows:
        for way, results in both.items():
            kept = [each for each in results if keep(each)]
            if not any(each.narrative.expects for each in kept):
                yield f"| {name} | {len(kept)} | {way} | no descriptors | | | | |"
                continue
            found, expected = top_level(kept)
            yield (
                f"| {name} | {len(kept)} | {way} | {recall(kept):.2f} | {precision(kept):.2f} | "
                f"{reachable_precision(kept):.2f} | {found} of {expected} | {top_level_on_the_page(kept)} |"
            )


def _print_tuning() -> None:
    for narrative in (*every(), *ninth_set()):
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
