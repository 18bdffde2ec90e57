"""Time and memory of a PDF copy beside WeasyPrint alone drawing the same words as plain paragraphs.

Run from the project's folder, with the test services: eval "$(scripts/services env)" && .venv/bin/python -m bench.pdf

Each figure comes from a process of its own: seconds of CPU for one drawing after a first one has warmed up fonts and
templates, the best of three; and the peak of memory that the process held. Medium is a family of two with a worry of
four pages; large has that worry ten times. The last column is the copy's CPU over that of the plain drawing.

`python -m bench.pdf steady 1000` draws the medium copy so many times in one process, as a worker does, and prints what
memory it holds after each tenth: whether it grows.
"""

import gc
import json
import os
import resource
import subprocess
import sys
from html import escape
from pathlib import Path
from time import process_time
from typing import Any

import django
from lxml.html import document_fromstring
from weasyprint import CSS, HTML

SIZES = {"small": 0, "medium": 1, "large": 10}
WAYS = ("copy", "plain")


def main() -> None:
    """Print a line for each size."""
    print(f"{'size':8}{'pages':>7}{'copy s':>9}{'plain s':>9}{'copy MB':>9}{'plain MB':>10}{'ratio':>8}")
    for size in SIZES:
        copy, plain = (_measured(way, size) for way in WAYS)
        ratio = copy["seconds"] / plain["seconds"]
        print(
            f"{size:8}{copy['pages']:>7}{copy['seconds']:>9.2f}{plain['seconds']:>9.2f}"
            f"{copy['megabytes']:>9.0f}{plain['megabytes']:>10.0f}{ratio:>8.2f}"
        )


def _measured(way: str, size: str) -> dict[str, Any]:
    done = subprocess.run([sys.executable, "-m", "bench.pdf", way, size], check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measure(way: str, size: str) -> dict[str, Any]:
    """Return pages, seconds of CPU and peak of memory of drawing one `size` in one `way`."""
    django.setup()
    # Only now can models be imported.
    from referrals.documents.render import html_of, pdf_of  # noqa: PLC0415
    from tests.documents.support import LONG, copied, family, frozen, read  # noqa: PLC0415

    content = frozen(family(worry="\n\n".join([LONG] * SIZES[size]) or "A bruise."))
    copy = copied(content)
    words = _words(html_of(copy))
    style: Any = CSS(string='html { font: 9.5pt/1.45 "DejaVu Sans" } p { margin: 2mm 0 }')  # type: ignore[no-untyped-call]

    def draw() -> bytes:
        if way == "copy":
            # From the frozen content on, as the worker does it.
            return pdf_of(copied(content))
        text = "".join(f"<p>{escape(line)}</p>" for line in words)
        html: Any = HTML(string=f"<html lang=en><title>Plain</title>{text}")  # type: ignore[no-untyped-call]
        return bytes(html.write_pdf(stylesheets=[style]))

    drawn, seconds = draw(), []
    for _ in range(3):
        before = process_time()
        draw()
        seconds.append(process_time() - before)
    # Linux gives kilobytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"pages": len(read(drawn).pages), "seconds": min(seconds), "megabytes": peak}


def steady(copies: int) -> list[tuple[int, float]]:
    """Draw the medium copy so many times in this process; return how many were drawn and the megabytes held then, after
    the first and after each tenth."""
    django.setup()
    from referrals.documents.render import pdf_of  # noqa: PLC0415
    from tests.documents.support import LONG, copied, family, frozen  # noqa: PLC0415

    content = frozen(family(worry=LONG))
    held = []
    for number in range(1, copies + 1):
        pdf_of(copied(content))
        if number == 1 or number % max(copies // 10, 1) == 0:
            gc.collect()
            held.append((number, _megabytes()))
    return held


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
            print(f"{count:>7}{megabytes:>9.0f}")
    elif len(sys.argv) == 3:
        print(json.dumps(measure(sys.argv[1], sys.argv[2])))
    else:
        main()
