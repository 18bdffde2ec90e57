"""A limited agreement in words, from plain data: also of a decision as it is frozen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from referrals.record.domain.forms.agreed import AGREED_PARTS, AGREED_WITH, EVERYBODY

NAMES: dict[str, str] = {one.value: one.label for one in (*AGREED_PARTS, *AGREED_WITH)}
"""Parts and recipients as the form names them."""
_Parts = Sequence[str] | None


def frozen_limits(decision: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what was agreed to by a decision as it is frozen; empty where no limit stands."""
    return lines_of((one["recipients"], one["parts"], one["own"]) for one in decision.get("agreed") or ())


def lines_of(found: Iterable[tuple[str, _Parts, _Parts]]) -> tuple[str, ...]:
    """Return a line for each kind of recipient, one line where it is the same for all of them: of the kind, the parts
    beyond what always goes, and those of the child's own pages; None where it wasn't agreed to at all."""
    lines = [(to, _line(parts, own)) for to, parts, own in found]
    if lines and len({line for _, line in lines}) == 1:
        return (f"{EVERYBODY.label}: {lines[0][1]}",)
    return tuple(f"{NAMES[to]}: {line}" for to, line in lines)


def _line(parts: _Parts, own: _Parts) -> str:
    return _goes(parts) + ("" if own == parts else f". About the child: {_goes(own)}")


def _goes(parts: _Parts) -> str:
    if parts is None:
        return "not agreed to"
    if len(parts) == len(AGREED_PARTS):
        return "all of it"
    more = ", ".join(_small(NAMES[part]) for part in parts) or "nothing more"
    return f"who, where, the worry and safety; then {more}"


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]
