"""Number of queries and time to first byte of the main pages, with little and with much in them, beside a bare page.

    python -m bench.pages

It starts a web process as `./run` does, on a PostgreSQL of its own, and has bench.page_sizes write invented referrals:
one child, three descriptors, one colleague and one addendum, and `--much` times that; lists with one of each state of a
referral, and with `--rows` times that; the packs with the fewest and with the most descriptors. Queries are counted in
a process of the same settings and role. Time is from asking on an open connection to the first byte, by one person at a
time. The bare page is that of the numbers to ring, asked for before each page in the same run; "of bare" is over it,
and "grows" is how much more of bare the large size takes than the little one.
"""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from bench.measuring import machine, share, table
from bench.system import System, own_system
from tests.databases import migrated

HEAD = ("page", "size", "queries", "kB", "first byte, ms", "of bare", "grows")


def measure(system: System, *, much: int, rows: int, times: int) -> list[dict[str, Any]]:
    """Return what bench.page_sizes found, on a system that is empty but for the packs."""
    migrated(system.name, url=system.services["DATABASE_URL"], variables=system.variables("owner"))
    system.manage("load_packs")
    system.manage("collectstatic", "--no-input", "--verbosity=0")
    system.start_web(workers=2)
    given = {"address": system.address, "much": much, "rows": rows, "times": times}
    found: list[dict[str, Any]] = system.run("web", "bench.page_sizes", given=given)
    return found


def report(found: list[dict[str, Any]]) -> str:
    """Return the table, in Markdown, a line for each size of each page."""
    rows = []
    for name in dict.fromkeys(page["name"] for page in found):
        little, large = (page for page in found if page["name"] == name)
        grows = _of_bare(large) / _of_bare(little)
        rows += [[name, *_row(little), ""], ["", *_row(large), f"{grows:.2f}"]]
    bare = [took for page in found for took in page["bare"]]
    return table(HEAD, rows) + f"\n\nThe bare page: {_told(bare)} ms. p50 / p95 of {len(found[0]['took'])} each."


def _row(page: dict[str, Any]) -> list[str]:
    size, kilobytes = str(page["size"]), f"{page['kilobytes']:.0f}"
    return [size, str(page["queries"]), kilobytes, _told(page["took"]), f"{_of_bare(page):.1f}"]


def _of_bare(page: dict[str, Any]) -> float:
    return share(page["took"], 50) / share(page["bare"], 50)


def _told(milliseconds: list[float]) -> str:
    return " / ".join(f"{share(milliseconds, percent):.0f}" for percent in (50, 95))


def growing(found: list[dict[str, Any]]) -> list[str]:
    """Return the names of pages that take more queries for more of what they show."""
    few: dict[str, int] = {}
    return [page["name"] for page in found if page["queries"] > few.setdefault(page["name"], page["queries"])]


def main() -> int:
    """Run it from the command line. Ends with 1 when a page takes more queries for more."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "--much", type=int, default=8, help="children, members, colleagues, addenda of a large referral"
    )
    parser.add_argument("--rows", type=int, default=20, help="how many times as much the large lists list")
    parser.add_argument("--times", type=int, default=20, help="how often each page is asked for")
    chosen = parser.parse_args()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine()}", flush=True)
    with own_system("pages", durable=True) as system:
        found = measure(system, much=chosen.much, rows=chosen.rows, times=chosen.times)
    print(report(found))
    more = growing(found)
    print(f"\nMore queries for more: {', '.join(more) or 'no page'}.")
    print(f"Afterwards: {machine()}")
    return 1 if more else 0


if __name__ == "__main__":
    sys.exit(main())
