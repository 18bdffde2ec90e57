"""A process that draws papers all day holds no more after the hundredth than after the first few."""

import ctypes
import gc
from typing import ClassVar

import pytest

from referrals.documents.render import drawn

KILOBYTE = 1024


class Allocated(ctypes.Structure):
    """What glibc's mallinfo2 tells, in bytes."""

    _fields_: ClassVar = [
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    ]  # fmt: skip


def _allocated() -> int:
    """The bytes that are in use outside Python's own objects: Pango's, fontconfig's and HarfBuzz's."""
    gc.collect()
    mallinfo2 = ctypes.CDLL(None).mallinfo2
    mallinfo2.restype = Allocated
    told = mallinfo2()
    return int(told.uordblks + told.hblkhd)


@pytest.mark.parametrize("styles", [("copy.css",), ("copy.css", "family.css"), ("blank.css",)])
def test_drawing_once_more_keeps_nothing(styles: tuple[str, ...]) -> None:
    """Before each thread had its fonts and lists their plain markers, a page like this left 280 kB behind."""
    page = f"<html lang=en><title>A page</title><h1>Worries</h1><ul>{'<li>A bruise.' * 100}</ul><p>None of them old."

    def draw() -> None:
        drawn(page, *(f"documents/{name}" for name in styles))

    draw()
    before, drawings = _allocated(), 5
    for _ in range(drawings):
        draw()
    assert (_allocated() - before) / drawings < 20 * KILOBYTE
