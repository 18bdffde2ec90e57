"""A pack tried on as many synthetic referrals as England had in a year, beside what reading them costs at all.

Run from the project's folder: eval "$(scripts/services env)" && .venv/bin/python -m bench.backtest [--share 0.02]

621,880 referrals is England's count for the year to 31 March 2024. Each is a frozen submission as the journey stores
it, with its check, decision and plan, in Telford & Wrekin, whose pack is the largest; one in four is about two
children. Each text is verified against its digest and read, and each child is weighed by two packs: the referral's
own, and one in which a tenth of the descriptors stand at another level and a tenth are gone. That is what a worker does
with a slice (`referrals.oversight.handlers`), but for fetching the text from PostgreSQL.

The texts are made once from a seed, a few thousand of them, and taken in turn. Limits are measured in the same run on
the same texts: verifying and reading alone, which nothing that looks at a frozen referral can go below, and the two
weighings alone.
"""

import argparse
import multiprocessing
import os
import random
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import django

ENGLAND = 621_880
TEXTS = 2000
SEED = 20240331
ON = date(2026, 11, 3)

texts: list[tuple[str, str]] = []
"""Frozen texts with their digests; made in the parent, read by the forked processes."""


def main() -> None:
    """Make the texts, run the whole and the limits, print a line for each."""
    arguments = _arguments()
    django.setup()
    texts.extend(_made(random.Random(SEED)))
    size = sum(len(text.encode()) for text, _digest in texts) / len(texts) / 1000
    print(f"{len(texts):,} texts of {size:.0f} kB on average; {arguments.processes} processes; {os.cpu_count()} cores")
    print(f"load average before: {os.getloadavg()[0]:.1f}")
    print(f"{'what':34}{'referrals':>11}{'wall s':>9}{'CPU µs each':>13}{'wall s for England':>20}")
    whole = round(ENGLAND * arguments.share)
    part = min(whole, max(2000, whole // 20))
    for name, act, many in (
        ("verified, read, weighed twice", _recheck, whole),
        ("limit: verified and read alone", _read, part),
        ("limit: the two weighings alone", _check_alone, part),
    ):
        wall, used, said = _timed(act, many, arguments.processes)
        england = wall / many * ENGLAND
        print(f"{name:34}{many:>11,}{wall:>9.1f}{used / many * 1e6:>13.0f}{england:>20.0f}")
        if said:
            print(f"    {said}")
    print(f"load average after: {os.getloadavg()[0]:.1f}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--share", type=float, default=1.0, help="part of England's count, for example 0.02")
    parser.add_argument("--processes", type=int, default=2)
    return parser.parse_args()


Act = Callable[[int], dict[str, Any]]


def _timed(act: Act, many: int, processes: int) -> tuple[float, float, str]:
    """Wall seconds, seconds of CPU of all processes, and what was counted."""
    from referrals.oversight.domain.recheck import Direction  # noqa: PLC0415 (only now can rooms be imported)
    from referrals.oversight.domain.tally import Tally  # noqa: PLC0415

    shares = [many // processes + (number < many % processes) for number in range(processes)]
    started = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        done = pool.map(_Measured(act), shares, chunksize=1)
    wall = time.perf_counter() - started
    tally = Tally()
    for one, _cpu in done:
        tally.add(Tally.of_data(one))
    said = ", ".join(f"{way.value} {tally.direction(way):,}" for way in Direction) if tally.children else ""
    return wall, sum(cpu for _one, cpu in done), f"{tally.children:,} children: {said}" if said else ""


class _Measured:
    """An act with the CPU that it took in its own process."""

    def __init__(self, act: Act) -> None:
        self.act = act

    def __call__(self, many: int) -> tuple[dict[str, Any], float]:
        before = time.process_time()
        counted = self.act(many)
        return counted, time.process_time() - before


def _recheck(many: int) -> dict[str, Any]:
    from referrals.oversight.domain.slices import Trial, count_submission  # noqa: PLC0415
    from referrals.oversight.domain.tally import Tally  # noqa: PLC0415
    from referrals.record.domain.freeze import thaw  # noqa: PLC0415
    from tests.documents.support import AREA, PACK  # noqa: PLC0415
    from thresholds.domain.parts import AgencyKind  # noqa: PLC0415

    trial, tally = Trial(AREA, _other(), lambda named: PACK if named["version"] == 1 else None), Tally()
    for number in range(many):
        content = thaw(*texts[number % len(texts)])
        agency = str(number % 900)
        count_submission(trial, content, agency=agency, kind=AgencyKind.SCHOOL, on=ON, tally=tally)
    return tally.as_data()


def _read(many: int) -> dict[str, Any]:
    from referrals.record.domain.freeze import thaw  # noqa: PLC0415

    for number in range(many):
        thaw(*texts[number % len(texts)])
    return {}


def _check_alone(many: int) -> dict[str, Any]:
    from referrals.casework.domain.facts import child_facts  # noqa: PLC0415
    from referrals.record.domain.freeze import thaw  # noqa: PLC0415
    from referrals.record.domain.thaw import thawed_answers  # noqa: PLC0415
    from tests.documents.support import PACK  # noqa: PLC0415
    from thresholds.domain.check import weigh  # noqa: PLC0415

    drafts = [thawed_answers(thaw(*text)) for text in texts[:500]]
    facts = [[child_facts(draft, child, agency=None, on=ON) for child in draft.children] for draft in drafts]
    other = _other()
    for number in range(many):
        for one in facts[number % len(facts)]:
            weigh(PACK, one)
            weigh(other, one)
    return {}


def _other() -> Any:
    """The pack with a tenth of its descriptors moved by one level, and a tenth gone."""
    from tests.documents.support import PACK  # noqa: PLC0415

    kept = []
    for place, one in enumerate(PACK.descriptors):
        if place % 10 == 1:
            continue
        if place % 10 == 5 and one.up_to is None:
            order = PACK.level_order[one.level]
            level = PACK.levels[order + 1 if order + 1 < len(PACK.levels) else order - 1]
            kept.append(one.model_copy(update={"level": level.id}))
        else:
            kept.append(one)
    return PACK.model_copy(update={"descriptors": tuple(kept)})


def _made(rng: random.Random) -> list[tuple[str, str]]:
    from dataclasses import replace  # noqa: PLC0415

    from tests.documents.support import LONG, family, frozen  # noqa: PLC0415

    both = family(worry=LONG[:1500])
    bases = [frozen(replace(both, children=both.children[:1])), frozen(both)]
    return [_varied(rng, bases[rng.random() < 0.25]) for _ in range(TEXTS)]


def _varied(rng: random.Random, base: dict[str, Any]) -> tuple[str, str]:
    """The base with other answers about each child, and the check that they come to."""
    import copy  # noqa: PLC0415

    from referrals.casework.domain.facts import child_facts  # noqa: PLC0415
    from referrals.record.domain.freeze import canonical_json, digest  # noqa: PLC0415
    from referrals.record.domain.thaw import thawed_answers  # noqa: PLC0415
    from tests.documents.support import AREA, PACK  # noqa: PLC0415
    from thresholds.domain.check import check  # noqa: PLC0415
    from thresholds.domain.parts import Flag  # noqa: PLC0415

    content = copy.deepcopy(base)
    # Danger, or a child's own words, outrank every descriptor: in one referral of ten, not in all.
    for question in _questions(content["pages"]):
        if question["key"] == "danger":
            question["answer"] = rng.choice(("now", *("no",) * 9))
        if question["key"] == "source":
            question["answer"] = rng.choice((["child"], *(["saw"],) * 9))
    for child in content["children"]:
        chosen = rng.sample(PACK.descriptors, rng.choice((0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 12)))
        signs = rng.sample(sorted(PACK.signs_by_id), rng.choice((0, 0, 0, 0, 0, 1, 2, 4)))
        factors = rng.sample(sorted(PACK.harm_factors_by_id), rng.choice((0, 0, 1, 2)))
        flags = rng.sample([flag.value for flag in Flag], rng.choice((0, 0, 0, 1, 1, 2)))
        given = {
            "descriptors": [{"id": one.id, "evidence": "Seen on two days this term."} for one in chosen],
            "signs": signs,
            "harm_factors": factors,
            "circumstances": flags,
            "harm": rng.choice(("yes", "suspected", "not_sure", "no", "no")),
            "home_area": AREA,
            "safe_tonight": "yes",
            "born": f"{rng.randrange(2009, 2026)}-0{rng.randrange(1, 10)}-14",
        }
        for question in _questions(child["pages"]):
            if question["key"] in given:
                question["answer"] = given.pop(question["key"])
        for key, answer in given.items():
            child["pages"][-1]["questions"].append({"key": key, "not_known": False, "answer": answer, "reads": ""})
    draft = thawed_answers(content)
    for child_read in draft.children:
        facts = child_facts(draft, child_read, agency=None, on=ON)
        content["check"][str(child_read.id)] = check(PACK, facts).to_dict()
    text = canonical_json(content)
    return text, digest(text)


def _questions(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [question for page in pages for question in page["questions"]]


if __name__ == "__main__":
    main()
