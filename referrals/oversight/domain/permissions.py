"""Who may try a pack on past referrals, and see what comes of it: the partnership manager of that area, nobody else."""

from collections.abc import Callable
from uuid import UUID

from accounts.domain.roles import Role
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal


def check_backtest(actor: Actor) -> None:
    """Raise Refusal unless the actor is a partnership manager of the agency they act for."""
    if not actor.has_role(Role.PARTNERSHIP_MANAGER) or actor.agency_id is None:
        raise Refusal(
            "Only the partnership manager tries a threshold document on past referrals.",
            rule="backtest.list",
            subject_type="agency",
            subject_id=actor.agency_id,
        )


def can_backtest(actor: Actor) -> bool:
    """Bool twin of `check_backtest`."""
    return _passes(lambda: check_backtest(actor))


def check_see_backtest(actor: Actor, *, own_area: str | None, area: str, backtest_id: UUID) -> None:
    """Raise what `check_backtest` does, and NotYours for a backtest of another area."""
    check_backtest(actor)
    if own_area != area:
        raise NotYours(rule="backtest.read", subject_type="backtest", subject_id=backtest_id)


def check_start(actor: Actor, *, own_area: str | None, area: str, running: bool) -> None:
    """Raise Refusal unless the actor may start one: for their own area's document, and one at a time."""
    check_backtest(actor)
    if own_area != area:
        raise Refusal(
            "That document is another area's.", rule="backtest.start", subject_type="agency", subject_id=actor.agency_id
        )
    if running:
        raise Refusal(
            "Another one is still running for your area. Wait for it, or stop it first.",
            rule="backtest.start",
            subject_type="agency",
            subject_id=actor.agency_id,
        )


def check_cancel(actor: Actor, *, own_area: str | None, area: str, backtest_id: UUID, running: bool) -> None:
    """Raise what `check_see_backtest` does, and Refusal for one that has ended."""
    check_see_backtest(actor, own_area=own_area, area=area, backtest_id=backtest_id)
    if not running:
        raise Refusal("It has ended already.", rule="backtest.cancel", subject_type="backtest", subject_id=backtest_id)


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refusal:
        return False
    return True
