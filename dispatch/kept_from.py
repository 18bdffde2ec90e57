"""Work that isn't every operator's to see: what it is about may be one of them. Each room registers its own in
`handlers.py`; for whom it is kept from, it isn't there."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from audit.domain.actor import Actor
from dispatch.domain.promise import References
from dispatch.models import OutboxRow
from dispatch.selectors import waiting

SeenBy = Callable[[Sequence[References], datetime], Sequence[frozenset[UUID] | None]]


@dataclass(frozen=True, slots=True)
class _Rule:
    seen_by: SeenBy
    among: Q


_rules: dict[str, _Rule] = {}


def register(kind: str, seen_by: SeenBy, *, among: Q | None = None) -> None:
    """Keep work of this kind from every operator but those whose ids `seen_by` returns for a moment (aware), for each
    piece of work in turn; None where any may see it. `among` is the condition for the rows that it may be kept at all,
    where that isn't the whole kind. ValueError when the kind has a rule already."""
    if kind in _rules:
        raise ValueError(f"work of kind {kind} has a rule already")
    _rules[kind] = _Rule(seen_by, Q() if among is None else among)


def seen_by(rows: Iterable[OutboxRow], *, now: datetime) -> dict[UUID, frozenset[UUID]]:
    """Return who may see which of these rows at `now` (aware), by the row's id; without those that any operator may."""
    by_kind: dict[str, list[OutboxRow]] = {}
    for row in rows:
        if row.kind in _rules:
            by_kind.setdefault(row.kind, []).append(row)
    return {
        row.pk: allowed
        for kind, found in by_kind.items()
        for row, allowed in zip(found, _rules[kind].seen_by([row.references for row in found], now), strict=True)
        if allowed is not None
    }


def is_kept_from(row: OutboxRow, actor: Actor, *, now: datetime) -> bool:
    """Say whether this operator must not see the work at `now` (aware)."""
    return row.pk in _kept_from([row], actor, now)


def kept_from(actor: Actor, *, now: datetime) -> frozenset[UUID]:
    """Return the ids of what is undone or parked that this operator must not see at `now` (aware)."""
    if not _rules:
        return frozenset()
    ruled = waiting().filter(reduce(or_, (Q(rule.among, kind=kind) for kind, rule in _rules.items())))
    return _kept_from(ruled, actor, now)


def _kept_from(rows: Iterable[OutboxRow], actor: Actor, now: datetime) -> frozenset[UUID]:
    """Whoever has a shell sees all: there is no person to ask of."""
    if actor.person_id is None:
        return frozenset()
    return frozenset(row_id for row_id, allowed in seen_by(rows, now=now).items() if actor.person_id not in allowed)
