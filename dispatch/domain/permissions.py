"""Who may see the work behind the pages, and mend it: operators. Rows hold kinds and ids, never people's matters."""

from collections.abc import Callable
from uuid import UUID

from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from dispatch.domain.lifecycle import State, Verb, allows

OPERATOR = "operator"
LONGEST_REASON = 200


def check_read_outbox(actor: Actor) -> None:
    """Raise Refusal unless the actor is an operator."""
    if not actor.has_role(OPERATOR):
        raise Refusal("Only operators see the work in the background.", rule="outbox.read", subject_type="outbox")


def check_retry(actor: Actor, state: State, *, row_id: UUID | None = None) -> None:
    """Raise Refusal unless the actor is an operator and work in `state` can be tried again."""
    if not actor.has_role(OPERATOR):
        raise _refusal("Only operators may try work again.", "outbox.retry", row_id)
    if not allows(state, Verb.RETRY):
        raise _refusal(f"{_found(state)} There is nothing to try again.", "outbox.retry", row_id)


def check_set_aside(actor: Actor, state: State, reason: str, *, row_id: UUID | None = None) -> None:
    """Raise Refusal unless the actor is an operator, work in `state` can be set aside, and a reason is given.

    The reason is at most LONGEST_REASON characters. Work set aside is not done, so somebody must be able to read why.
    """
    if not actor.has_role(OPERATOR):
        raise _refusal("Only operators may set work aside.", "outbox.set_aside", row_id)
    if not allows(state, Verb.SET_ASIDE):
        raise _refusal(f"{_found(state)} It cannot be set aside.", "outbox.set_aside", row_id)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise _refusal(
            f"Setting work aside needs a reason of at most {LONGEST_REASON} characters.", "outbox.set_aside", row_id
        )


def check_send_another_way(actor: Actor, state: State, *, row_id: UUID | None = None) -> None:
    """Raise Refusal unless the actor is an operator, and work in `state` hasn't been done and isn't in work."""
    if not actor.has_role(OPERATOR):
        raise _refusal("Only operators may send work another way.", "outbox.another_way", row_id)
    if not allows(state, Verb.SET_ASIDE):
        raise _refusal(f"{_found(state)} It need not go another way.", "outbox.another_way", row_id)


def can_send_another_way(actor: Actor, state: State) -> bool:
    """Bool twin of `check_send_another_way`."""
    return _passes(lambda: check_send_another_way(actor, state))


def can_read_outbox(actor: Actor) -> bool:
    """Bool twin of `check_read_outbox`."""
    return _passes(lambda: check_read_outbox(actor))


def can_retry(actor: Actor, state: State) -> bool:
    """Bool twin of `check_retry`."""
    return _passes(lambda: check_retry(actor, state))


def can_set_aside(actor: Actor, state: State, reason: str = "asked for next") -> bool:
    """Bool twin of `check_set_aside`; without a reason it says whether asking for one makes sense."""
    return _passes(lambda: check_set_aside(actor, state, reason))


def _found(state: State) -> str:
    return {
        State.LEASED: "A worker is at it now.",
        State.DONE: "It is done.",
        State.SET_ASIDE: "It is set aside already.",
    }.get(state, f"It is {state}.")


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except Refusal:
        return False
    return True


def _refusal(reason: str, rule: str, row_id: UUID | None) -> Refusal:
    return Refusal(reason, rule=rule, subject_type="outbox_row", subject_id=row_id)
