"""Sent referrals in Telford & Wrekin with chosen descriptors, and its partnership manager."""

from typing import Any

from accounts.domain.roles import Role
from accounts.models import Person
from dispatch.domain.promise import Promise, frozen
from dispatch.models import OutboxRow
from dispatch.registry import Effect
from referrals.oversight.actions import KIND
from referrals.oversight.handlers import count_slice
from referrals.oversight.models import Backtest
from referrals.record.models import Referral
from tests.casework.support import NOW, World, area_pack, routine, save, submit
from tests.factories import person_with
from thresholds.domain.pack import Pack

LOW = "tw-complex-001"
"""A descriptor that is listed as Complex."""


def manager_of(world: World) -> Person:
    """The partnership manager, who works for the council."""
    return person_with(Role.PARTNERSHIP_MANAGER, agency=world.team.agency, full_name="Ruth Alder")


def sent(world: World, *descriptors: str, **pages: Any) -> Referral:
    """A routine referral that was sent, in which these descriptors were chosen for each child."""
    referral = routine(world, **pages)
    for child in referral.children.all():
        chosen = [{"id": one, "evidence": "Seen."} for one in descriptors]
        save(referral, "descriptors", world.by("teacher"), child.pk, descriptors=chosen)
    submit(world, referral)
    return referral


def with_level(level: str, descriptor: str = LOW) -> Pack:
    """The area's pack with one descriptor at another level."""
    pack = area_pack()
    moved = tuple(one.model_copy(update={"level": level}) if one.id == descriptor else one for one in pack.descriptors)
    return pack.model_copy(update={"descriptors": moved})


def without(descriptor: str = LOW) -> Pack:
    """The area's pack without one descriptor."""
    pack = area_pack()
    kept = tuple(one for one in pack.descriptors if one.id != descriptor)
    return pack.model_copy(update={"descriptors": kept})


def promise_of(backtest: Backtest, number: int) -> Promise:
    """An attempt at a slice, as its handler sees it."""
    row = OutboxRow.objects.get(kind=KIND, key=f"backtest:{backtest.pk}:{number}")
    return Promise(id=row.pk, key=row.key, kind=row.kind, references=frozen(row.references), attempt=1)


def effect_of(backtest: Backtest, number: int) -> Effect:
    """Count a slice, and return what adds it."""
    effect = count_slice(promise_of(backtest, number))
    assert effect is not None
    return effect


def run(backtest: Backtest) -> Backtest:
    """Let a worker count slice by slice until it ends."""
    for number in range(100):
        backtest.refresh_from_db()
        if not backtest.running:
            return backtest
        effect_of(backtest, number)()
    raise AssertionError("it doesn't end")


__all__ = ["NOW", "World", "area_pack", "effect_of", "manager_of", "promise_of", "run", "sent", "with_level", "without"]
