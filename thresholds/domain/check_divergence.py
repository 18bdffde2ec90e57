"""The practitioner's judgement beside what is indicated: a difference asks for a reason and never stops anything."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from thresholds.domain.check_result import Indicated, Reason, plain
from thresholds.domain.pack import Pack


class DivergenceKind(StrEnum):
    """How the judged level stands to the indicated one."""

    SAME = "same"
    JUDGED_LOWER = "judged_lower"
    JUDGED_HIGHER = "judged_higher"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Below:
    """Why the document's range goes on above what was judged, and what would make it the higher level."""

    listed: tuple[str, ...]
    """Wordings of what the document lists for several levels, the upper one among them."""
    significant_harm: bool
    """Whether significant harm is what tells the upper level from the judged one."""


@dataclass(frozen=True, slots=True)
class Divergence:
    """The difference, and what it asks for."""

    kind: DivergenceKind
    needs_reason: bool
    asks_dsl: bool
    """The designated safeguarding lead is asked, beside the sending and never before an urgent one."""
    text: str
    below: Below | None = None
    """Given where the judgement lies inside an indicated range, and below its upper end."""

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
LOWER_END = "Your judgement is the lower end of what is indicated."
BELOW_UPPER_END = "Your judgement lies inside what is indicated, below its upper end."
NOT_JUDGED = "You have not judged a level, so there is nothing to compare. That doesn't mean a low level."
NO_DESCRIPTORS = (
    "The document of this area prints no descriptors, so there is nothing to compare with. That doesn't confirm your "
    "level: look at the questions on this page."
)
NOTHING_POINTS = (
    "Nothing that is known points to a level, so there is nothing to compare. That doesn't mean a low level: your "
    "judgement stands."
)


def divergence(pack: Pack, judged: str | None, indicated: Indicated, reasons: tuple[Reason, ...] = ()) -> Divergence:
    """How the `judged` level (an id of the pack; None: not judged) stands to `indicated`, which `reasons` led to.

    A judgement inside an indicated range asks for no reason; one below its upper end is told what makes the difference.
    ValueError for a level that the pack doesn't have.
    """
    if judged is not None and judged not in pack.level_order:
        raise ValueError("the judged level is not one of this pack's levels")
    kind = _kind(pack, judged, indicated)
    below = _below(pack, judged, indicated, reasons) if kind is DivergenceKind.SAME else None
    return Divergence(
        kind,
        needs_reason=kind in {DivergenceKind.JUDGED_LOWER, DivergenceKind.JUDGED_HIGHER},
        asks_dsl=kind is DivergenceKind.JUDGED_LOWER,
        text=_below_words(judged, indicated) if below else TEXTS.get(kind) or _why_unknown(pack, judged),
        below=below,
    )


def _below_words(judged: str | None, indicated: Indicated) -> str:
    return LOWER_END if judged == indicated.lowest else BELOW_UPPER_END


def _below(pack: Pack, judged: str | None, indicated: Indicated, reasons: tuple[Reason, ...]) -> Below | None:
    if judged is None or indicated.highest is None or judged == indicated.highest:
        return None
    judged_level, upper = pack.level(judged), pack.level(indicated.highest)
    return Below(
        listed=tuple(one.wording for one in reasons if one.highest == upper.id and one.lowest != upper.id),
        significant_harm=upper.legal.reaches_s47 and not judged_level.legal.reaches_s47,
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
