"""Which code keeps which kind of promise. Each room registers its own in `handlers.py`, found at start."""

from collections.abc import Callable
from dataclasses import dataclass

from dispatch.domain.promise import Promise, UnknownKind, checked_name
from dispatch.domain.queues import Queue

Effect = Callable[[], None]
Handler = Callable[[Promise], Effect | None]


@dataclass(frozen=True, slots=True)
class Registered:
    """A handler and the queue its work goes to unless the promise names another."""

    kind: str
    queue: Queue
    call: Handler


_handlers: dict[str, Registered] = {}


def handler(kind: str, *, queue: Queue = Queue.ROUTINE) -> Callable[[Handler], Handler]:
    """Register the decorated function for promises of this kind.

    It is called outside any transaction and may be called again after a crash, so it does nothing that cannot be
    repeated. It may return an effect: a function without arguments that writes to the database. The effect runs in
    the very transaction that marks the promise done, or not at all. Raise PermanentFailure when trying again is no use.
    ValueError when the kind has a handler already.
    """
    checked_name(kind)

    def register(call: Handler) -> Handler:
        if kind in _handlers:
            raise ValueError(f"promises of kind {kind} have a handler already")
        _handlers[kind] = Registered(kind, queue, call)
        return call

    return register


def registered(kind: str) -> Registered:
    """Return what is registered for a kind; UnknownKind, a permanent failure, when nothing is."""
    try:
        return _handlers[kind]
    except KeyError:
        raise UnknownKind from None
