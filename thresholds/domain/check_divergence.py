"""The practitioner's judgement beside what is indicated: a difference asks for a reason and never stops anything."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from thresholds.domain.check_result import Indicated, plain
from thresholds.domain.pack import Pack


class DivergenceKind(StrEnum):
    """How the judged level stands to the indicated one."""

    SAME = "same"
    JUDGED_LOWER = "judged_lower"
    JUDGED_HIGHER = "judged_higher"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Divergence:
    """The difference, and what it asks for."""

    kind: DivergenceKind
    needs_reason: bool
    asks_dsl: bool
    """The designated safeguarding lead is asked, beside the sending and never before an urgent one."""
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON for freezing."""
        body: dict[str, Any] = plain(self)
        return body


TEXTS = {
    DivergenceKind.SAME: "Your judgement and what is indicated agree.",
    DivergenceKind.JUDGED_LOWER: "You judged lower than what is indicated. Your judgement counts; say why.",
    DivergenceKind.JUDGED_HIGHER: (
        "You judged higher than what is indicated. Your judgement counts; say what it rests on."
    ),
}
NOT_JUDGED = "You have not judged a level, so there is nothing to compare. That doesn't mean a low level."
NO_DESCRIPTORS = (
    "The document of this area prints no descriptors, so there is nothing to compare with. Your judgement stands."
)
NOTHING_POINTS = (
    "Nothing that is known points to a level, so there is nothing to compare. That doesn't mean a low level: your "
    "judgement stands."
)


def divergence(pack: Pack, judged: str | None, indicated: Indicated) -> Divergence:
    """How the `judged` level (an id of the pack; None: not judged) stands to `indicated`.

    A judgement inside an indicated range agrees with it. ValueError for a level that the pack doesn't have.
    """
    if judged is not None and judged not in pack.level_order:
        raise ValueError("the judged level is not one of this pack's levels")
    kind = _kind(pack, judged, indicated)
    return Divergence(
        kind,
        needs_reason=kind in {DivergenceKind.JUDGED_LOWER, DivergenceKind.JUDGED_HIGHER},
        asks_dsl=kind is DivergenceKind.JUDGED_LOWER,
        text=TEXTS.get(kind) or _why_unknown(pack, judged),
    )


def _why_unknown(pack: Pack, judged: str | None) -> str:
    if judged is None:
        return NOT_JUDGED
    return NOTHING_POINTS if pack.descriptors else NO_DESCRIPTORS


def _kind(pack: Pack, judged: str | None, indicated: Indicated) -> DivergenceKind:
    if judged is None or indicated.lowest is None or indicated.highest is None:
        return DivergenceKind.UNKNOWN
    order = pack.level_order
    if order[judged] < order[indicated.lowest]:
        return DivergenceKind.JUDGED_LOWER
    if order[judged] > order[indicated.highest]:
        return DivergenceKind.JUDGED_HIGHER
    return DivergenceKind.SAME
