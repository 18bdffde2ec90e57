"""The queues of the outbox, and how long one attempt may take in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Queue(StrEnum):
    """Celery's queues by what waits in them. A worker takes from them in this order.

    Deliveries and whatever else only needs the database are urgent or routine. E-mail and documents can take long, so
    each has a worker of its own (WORKERS): they hold up no delivery, and a long copy holds up no e-mail.
    """

    URGENT = "urgent"
    ROUTINE = "routine"
    MAIL = "mail"
    DOCUMENTS = "documents"


WATCH = "watch"
"""What beat asks for waits here, before everything else: a sweep in line behind a backlog would expire there, and what
the broker lost would never be woken."""

WORKERS: Mapping[str, tuple[str, ...]] = {
    "worker": (WATCH, Queue.URGENT.value, Queue.ROUTINE.value),
    "mail-worker": (Queue.MAIL.value,),
    "document-worker": (Queue.DOCUMENTS.value,),
}
"""Which worker takes from which queues: one that is always quick, one whose work may hang on a mail server, and one
that draws: by far the most of what a referral costs."""

YIELDS: Mapping[str, int] = {"document-worker": 5}
"""By how much a worker's processes yield the processor to the others on the same machine (`nice`): while copies are
drawn, pages and deliveries get three times as much of it. A copy comes a little later, a child's referral doesn't."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`soft` breaks an attempt off as a failure, `hard` kills its process, and the `lease` outlasts both, so that no
    second worker starts while a first one may still be at it. `late` is when an undone promise worries an operator.
    """

    soft: timedelta
    hard: timedelta
    lease: timedelta
    late: timedelta


LIMITS: Mapping[Queue, Limits] = {
    Queue.URGENT: Limits(
        soft=timedelta(seconds=30),
        hard=timedelta(seconds=40),
        lease=timedelta(seconds=60),
        late=timedelta(minutes=2),
    ),
    Queue.ROUTINE: Limits(
        soft=timedelta(seconds=50),
        hard=timedelta(seconds=60),
        lease=timedelta(seconds=90),
        late=timedelta(minutes=15),
    ),
    Queue.MAIL: Limits(
        soft=timedelta(seconds=50),
        hard=timedelta(seconds=60),
        lease=timedelta(seconds=90),
        late=timedelta(minutes=5),
    ),
    Queue.DOCUMENTS: Limits(
        soft=timedelta(seconds=100),
        hard=timedelta(seconds=120),
        lease=timedelta(seconds=150),
        late=timedelta(minutes=15),
    ),
}
