"""Work that waits for an operator is told to one, long before any statutory time runs out; and so is a watch that has
gone silent, by whoever still lives: a worker for the others' rounds, the web process for all of them."""

import threading
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import connections, transaction
from django.utils import timezone

from accounts.clock import day_of
from accounts.models import Membership
from accounts.selectors import in_force
from audit.domain.actor import Actor
from dispatch import password_links, selectors
from dispatch.actions import send_emails
from dispatch.domain.permissions import OPERATOR
from dispatch.domain.queues import Queue
from dispatch.keeping import keep_each
from dispatch.kept_from import seen_by
from dispatch.notices import notices
from dispatch.rounds import rounds

log = structlog.get_logger(__name__)

OUTBOX = Actor.system("outbox")
_AN_HOUR = 3600
_A_WEEK = 7 * 24 * _AN_HOUR
E_MAILS = frozenset({"email", password_links.KIND})
# Longer than a worker takes that is told to end and started again (dispatch/domain/queues.py): that is no alarm.
SILENT_FOR = timedelta(minutes=3)


@transaction.atomic
def tell_operators(*, now: datetime) -> int:
    """Promise every operator an e-mail while something is parked or late, once an hour each; return to how many.

    Late is what `dispatch.domain.queues` says of each queue: two minutes for an urgent delivery. E-mails themselves
    don't count, since an e-mail about them would wait beside them: the page and the metrics show those.
    """
    rows = [row for row in (*selectors.parked(), *selectors.late_or_failing(now)) if row.kind not in E_MAILS]
    if not rows:
        return 0
    log.warning("work_waits", rows=len(rows), kinds=sorted({row.kind for row in rows}))
    # Whoever must not see the only thing that waits isn't told that there is one.
    kept = seen_by(rows, now=now)
    everybody = frozenset(_operators(now))
    seeing = frozenset[UUID]().union(*(kept.get(row.pk, everybody) for row in rows))
    return len(_tell_each("work_waits", "work-waits", now, but=everybody - seeing))


@transaction.atomic
def tell_of_silence(*, now: datetime, since: datetime) -> list[UUID]:
    """Promise every operator an e-mail while a round of beat's has been silent for SILENT_FOR, once an hour each.
    Return the promises.

    `since` is when the caller's process began: nothing is said of a round that has had no time to come.
    """
    silent = [one.name for one in rounds() if one.silent(now, since=since, at_least=SILENT_FOR)]
    if not silent:
        return []
    log.error("rounds_silent", rounds=silent)
    return _tell_each("watch_silent", "watch-silent", now)


@transaction.atomic
def tell_of_mail(*, now: datetime, since: datetime) -> list[UUID]:
    """Promise every operator an e-mail while e-mail is late that nobody has got round to: the worker that sends it is
    away, and an e-mail by it would say so to nobody. Once an hour each, with that of `tell_operators`. Return the
    promises. Nothing is said for SILENT_FOR after `since`, when the caller's process began: what waited while all stood
    still is being worked off."""
    if now - since <= SILENT_FOR or not selectors.late(now).filter(queue=Queue.MAIL).exists():
        return []
    log.error("mail_waits")
    return _tell_each("work_waits", "work-waits", now)


@transaction.atomic
def tell_of_notices(*, now: datetime) -> int:
    """Promise every operator an e-mail while there is something to do that waits for weeks (`dispatch.notices`), once a
    week each; return to how many."""
    found = notices(now)
    if not found:
        return 0
    log.warning("notices_wait", notices=len(found))
    return len(_tell_each("something_to_do", "something-to-do", now, every=_A_WEEK))


def tell_of_everything(*, now: datetime, since: datetime) -> None:
    """Tell operators of work that waits, of what they have to do, and of silent rounds.

    One that fails keeps none of the others from being told. The first failure is raised when all were tried, so that
    the round counts as failed and its silence is told elsewhere.
    """
    failed: Exception | None = None
    for tell in (
        lambda: tell_operators(now=now),
        lambda: tell_of_notices(now=now),
        lambda: tell_of_silence(now=now, since=since),
    ):
        try:
            tell()
        except Exception as error:
            log.error("telling_failed", exc_info=error)
            failed = failed or error
    if failed is not None:
        raise failed


def look(*, now: datetime, since: datetime) -> None:
    """Tell of silent rounds and of e-mail that nobody sends, and send those e-mails from this process.

    For a process that depends on neither beat, broker nor worker. Whoever comes second, here or in a worker that lives
    after all, finds the promise held or done.
    """
    keep_each([*tell_of_silence(now=now, since=since), *tell_of_mail(now=now, since=since)])


def keep_looking(*, every: float = 60.0, until: threading.Event | None = None) -> threading.Thread:
    """Look every so many seconds in a thread of its own, from the web process; return the thread. It ends with the
    process, or `until` is set. Whatever goes wrong is logged, and the next look is as if it hadn't."""
    stop = until or threading.Event()
    since = timezone.now()

    def looks() -> None:
        while not stop.wait(every):
            try:
                look(now=timezone.now(), since=since)
            except Exception as error:
                log.warning("look_failed", exc_info=error)
            finally:
                # This thread's own; a request's connection is another.
                connections.close_all()

    thread = threading.Thread(target=looks, name="watch of the watches", daemon=True)
    thread.start()
    return thread


def _operators(now: datetime) -> list[UUID]:
    posts = Membership.objects.filter(in_force(day_of(now)), role=OPERATOR, person__is_active=True)
    return sorted(set(posts.values_list("person_id", flat=True)))


def _tell_each(
    template: str, key: str, now: datetime, *, every: int = _AN_HOUR, but: frozenset[UUID] = frozenset()
) -> list[UUID]:
    """Promise each operator this e-mail, once in so many seconds; return the promises, made now or before."""
    operators = [person_id for person_id in _operators(now) if person_id not in but]
    turn = int(now.timestamp()) // every
    keys = {person_id: f"{key}:h{turn}:{person_id}" for person_id in operators}
    rows = send_emails(template=template, keys=keys, by=OUTBOX)
    return [row.pk for row in rows.values()]
