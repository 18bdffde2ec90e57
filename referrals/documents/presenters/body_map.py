"""Where on the body something was seen, as frozen: numbered words, and a drawing with the same numbers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from referrals.documents.presenters.blocks import Block, Drawing, Figure, Mark, Point, Points, details
from referrals.record.domain.forms.body import REGIONS, SIDES, regions_of

_NAMES = {region.id: region.label for region in REGIONS}


def body_blocks(question: Mapping[str, Any]) -> Iterator[Block]:
    """Yield the words, place by place, then the drawing of each side on which something was seen.

    A place that this version doesn't know stands among the words by its id.
    """
    seen = question["answer"]
    yield Points(
        str(question["label"]),
        tuple(
            Point(f"{number}. {_NAMES.get(one['id'], one['id'])}", details(one["words"] or "Not described"))
            for number, one in enumerate(seen, start=1)
        ),
    )
    figures = tuple(figure for side, name in SIDES.items() if (figure := _figure(side, name, seen)).says)
    if figures:
        yield Drawing(figures)


def _figure(side: str, name: str, seen: Sequence[Mapping[str, Any]]) -> Figure:
    numbers = {one["id"]: number for number, one in enumerate(seen, start=1)}
    regions = regions_of(side)
    marked = sorted((numbers[region.id], region.label) for region in regions if region.id in numbers)
    says = "; ".join(f"{number}: {label}" for number, label in marked)
    return Figure(
        name=name,
        says=f"{name} of the body, marked at {says}" if marked else "",
        marks=tuple(Mark(region.shape, numbers.get(region.id, 0)) for region in regions),
    )
