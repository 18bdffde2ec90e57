"""Work that isn't every operator's to see: what it is about may be one of them. Each room registers its own in
`handlers.py`; for whom it is kept from, it isn't there."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from audit.domain.actor import Actor
from dispatch.domain.promise import References
from dispatch.models import OutboxRow
from dispatch.selectors import waiting

KeptFrom = Callable[[References, Actor, datetime], bool]

_rules: dict[str, KeptFrom] = {}


def register(kind: str, kept_from: KeptFrom) -> None:
    """Keep work of this kind from each operator of whom `kept_from` says so at a moment (aware). ValueError when the
    kind has a rule already."""
    if kind in _rules:
        raise ValueError(f"work of kind {kind} has a rule already")
    _rules[kind] = kept_from


def is_kept_from(row: OutboxRow, actor: Actor, *, now: datetime) -> bool:
    """Say whether this operator must not see the work at `now` (aware)."""
    rule = _rules.get(row.kind)
    return rule is not None and rule(row.references, actor, now)


def kept_from(actor: Actor, *, now: datetime) -> frozenset[UUID]:
    """Return the ids of what is undone or parked that this operator must not see at `now` (aware)."""
    ruled = waiting().filter(kind__in=sorted(_rules))
    return frozenset(row.pk for row in ruled if is_kept_from(row, actor, now=now))
