"""Time and memory of a PDF copy beside WeasyPrint alone: drawing the same page, and the same words as plain paragraphs.

Run from the project's folder, with the test services: eval "$(scripts/services env)" && .venv/bin/python -m bench.pdf

Each figure comes from a process of its own: seconds of CPU for one drawing after a first one has warmed up fonts and
templates, the best of three; and the peak of memory that the process held. Family is a copy for a family, of four
pages; urgent what is sent now about one child, of ten; small the full form about two with a line of worry; medium has a
worry of four pages; large that worry ten times. "Bare" is WeasyPrint given the copy's finished HTML and style, without
tags: what our own code adds is the copy's CPU over it.

`python -m bench.pdf steady 1000` draws the medium copy so many times in one process, as a worker does, and prints what
memory it holds after each tenth: whether it grows.
"""

import gc
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from time import process_time
from typing import Any

import django
from lxml.html import document_fromstring
from weasyprint import CSS, HTML

from config.garbage import look_less

SIZES = ("family", "urgent", "small", "medium", "large")
WAYS = ("copy", "bare", "plain")


def main() -> None:
    """Print a line for each size."""
    print(f"{'size':8}{'pages':>7}" + "".join(f"{way + ' s':>9}" for way in WAYS), end="")
    print("".join(f"{way + ' MB':>10}" for way in WAYS) + f"{'to bare':>9}{'to plain':>10}")
    for size in SIZES:
        found = {way: _measured(way, size) for way in WAYS}
        copy, bare, plain = (found[way]["seconds"] for way in WAYS)
        print(
            f"{size:8}{found['copy']['pages']:>7}" + "".join(f"{found[way]['seconds']:>9.2f}" for way in WAYS), end=""
        )
        print(
            "".join(f"{found[way]['megabytes']:>10.0f}" for way in WAYS) + f"{copy / bare:>9.2f}{copy / plain:>10.2f}"
        )


def _measured(way: str, size: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", "bench.pdf", way, size], check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@dataclass(frozen=True, slots=True)
class Paper:
    """What is drawn: by our own code from what was frozen on, as a worker does it; and its finished HTML and style."""

    drawn: Callable[[], bytes]
    page: str
    style: str


def paper(size: str) -> Paper:
    """Return the paper of a size."""
    # Only after the set-up can models be imported.
    from django.template.loader import render_to_string  # noqa: PLC0415

    from referrals.documents.domain.family import ForWhom, for_family  # noqa: PLC0415
    from referrals.documents.presenters.family import present_family  # noqa: PLC0415
    from referrals.documents.render import family_pdf_of, html_of, pdf_of, style_of  # noqa: PLC0415
    from tests.documents.support import LONG, copied, family, frozen  # noqa: PLC0415
    from tests.documents.test_family import ABOUT, CHILDREN, CONTENTS  # noqa: PLC0415

    style = style_of("documents/copy.css")
    if size == "family":
        assessed, words = CONTENTS["eha-1"]
        whom, kept_in = ForWhom(children=frozenset(CHILDREN), recipient="3"), set([*words.values()][:60])
        copy = present_family(for_family(assessed, whom, kept_in), ABOUT)
        page = render_to_string("documents/family_copy.html", {"copy": copy})
        return Paper(lambda: family_pdf_of(copy), page, style + style_of("documents/family.css"))
    if size == "urgent":
        draft = family()
        pages = {**draft.pages, "worry": {"worry": LONG[: len(LONG) // 2]}}
        content = frozen(replace(draft, pages=pages, children=draft.children[1:], members=()), form="send-now-1")
    else:
        content = frozen(family(worry="\n\n".join([LONG] * {"medium": 1, "large": 10}.get(size, 0)) or "A bruise."))
    return Paper(lambda: pdf_of(copied(content)), html_of(copied(content)), style)


def measure(way: str, size: str) -> dict[str, Any]:
    """Return pages, seconds of CPU and peak of memory of drawing one `size` in one `way`."""
    django.setup()
    # Only now can models be imported.
    from tests.documents.support import read  # noqa: PLC0415

    of = paper(size)
    text = "".join(f"<p>{escape(line)}</p>" for line in _words(of.page))
    simple = 'html { font: 9.5pt/1.45 "DejaVu Sans" } p { margin: 2mm 0 }'
    drawn_alone = {
        "bare": (of.page, of.style),
        "plain": (f"<html lang=en><title>Plain</title>{text}", simple),
    }

    def draw() -> bytes:
        if way == "copy":
            return of.drawn()
        shown, style = drawn_alone[way]
        html: Any = HTML(string=shown)  # type: ignore[no-untyped-call]
        sheet: Any = CSS(string=style)  # type: ignore[no-untyped-call]
        return bytes(html.write_pdf(stylesheets=[sheet]))

    drawn, seconds = draw(), []
    # As the processes do that draw for people.
    look_less()
    for _ in range(3):
        before = process_time()
        draw()
        seconds.append(process_time() - before)
    # Linux gives kilobytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages": len(read(drawn).pages), "seconds": min(seconds), "megabytes": peak}


def steady(copies: int) -> Iterator[tuple[int, float]]:
    """Draw the medium copy so many times in this process; yield how many were drawn and the megabytes held then, after
    the first and after each tenth."""
    django.setup()
    from referrals.documents.render import pdf_of  # noqa: PLC0415
    from tests.documents.support import LONG, copied, family, frozen  # noqa: PLC0415

    content = frozen(family(worry=LONG))
    for number in range(1, copies + 1):
        pdf_of(copied(content))
        if number == 1 or number % max(copies // 10, 1) == 0:
            gc.collect()
            yield number, _megabytes()


def _megabytes() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _words(html: str) -> list[str]:
    """Return the texts of the page, a line for each element that holds some."""
    body: Any = document_fromstring(html).find("body")  # type: ignore[no-untyped-call]
    return [text.strip() for text in body.itertext() if text.strip()]


if __name__ == "__main__":
    if sys.argv[1:2] == ["steady"]:
        print(f"{'copies':>7}{'MB held':>9}")
        for count, megabytes in steady(int(sys.argv[2])):
            print(f"{count:>7}{megabytes:>9.0f}", flush=True)
    elif len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], sys.argv[2])))
    else:
        main()
