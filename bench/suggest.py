"""Time of one suggestion on the largest pack, beside a plain keyword search over the same pack in the same run.

Run from the project's folder: .venv/bin/python -m bench.suggest

The text is a narrative of some 300 words. Each figure is the best of twenty runs after a first one, in milliseconds of
CPU; the last lines are the time to build the index, which happens once a process and pack, and the longest text read.
"""

from collections.abc import Callable
from time import process_time

import config  # noqa: F401  (one thread for numpy, as in the web process)

# isort: split
from bench.keyword_search import keyword_search
from bench.suggest_quality import indexes, narratives
from thresholds import files
from thresholds.domain.suggest import READ_AT_MOST, suggest


def main() -> None:
    """Print the figures."""
    area = max(indexes(), key=lambda slug: len(indexes()[slug].entries))
    index = indexes()[area]
    texts = [each.text for each in narratives() if each.area == area]
    text = ""
    while len(text.split()) < 300:
        text += texts.pop(0) + "\n\n"
    ours = _milliseconds(lambda: suggest(index, text))
    plain = _milliseconds(lambda: keyword_search(index, text))
    print(f"{area}: {len(index.entries)} entries, text of {len(text.split())} words")
    print(f"suggestion      {ours:8.1f} ms")
    print(f"keyword search  {plain:8.1f} ms, ratio {ours / plain:.1f}")
    pack = next(each for each in files.shipped_packs() if each.area.slug == area)
    print(f"index           {_milliseconds(lambda: files.shipped_index(pack), times=3):8.1f} ms")
    long = (text * (READ_AT_MOST // len(text) + 1))[:READ_AT_MOST]
    print(f"{READ_AT_MOST} characters {_milliseconds(lambda: suggest(index, long), times=1):8.1f} ms")


def _milliseconds(work: Callable[[], object], *, times: int = 20) -> float:
    work()
    best = float("inf")
    for _ in range(times):
        before = process_time()
        work()
        best = min(best, process_time() - before)
    return best * 1000


if __name__ == "__main__":
    main()
