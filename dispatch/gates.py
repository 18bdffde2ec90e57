"""The breakers of gateways as rows: asked before an attempt, told how it went. Rules: `dispatch.domain.breaker`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils import timezone

from dispatch.domain import breaker
from dispatch.domain.breaker import Breaker
from dispatch.domain.promise import NotTried, checked_key
from dispatch.models import Gateway

log = structlog.get_logger(__name__)


class GatewayRests(NotTried):
    """The gateway failed again and again, and is left alone for a while. This attempt was not made."""


@contextmanager
def through(
    name: str, *, label: str, counts: tuple[type[Exception], ...], answers: tuple[type[Exception], ...] = ()
) -> Iterator[None]:
    """Make one attempt at a gateway inside this block, outside any transaction.

    `name` is a key such as "webhook-<id>", `label` what operators read. Of what the block raises, `counts` are the
    gateway's own failures, as is the time limit of the attempt, and `answers` are refusals: it answered, so it works.
    Whatever else is no sign of its health. Raises GatewayRests without running the block while
    the gateway is left alone.
    """
    failures: tuple[type[Exception], ...] = (*counts, SoftTimeLimitExceeded)
    _ask(checked_key(name), label)
    try:
        yield
    except failures as error:
        _failed(name, type(error).__qualname__)
        raise
    except answers:
        _succeeded(name)
        raise
    _succeeded(name)


def _ask(name: str, label: str) -> None:
    now = timezone.now()
    standing = Gateway.objects.filter(name=name).first()
    if standing is None:
        Gateway.objects.bulk_create([Gateway(name=name, label=label[:200], changed_at=now)], ignore_conflicts=True)
        return
    if standing.label != label[:200]:
        Gateway.objects.filter(name=name).update(label=label[:200])
    if standing.state == breaker.State.CLOSED.value:
        return
    with transaction.atomic():
        row = Gateway.objects.select_for_update().get(name=name)
        answer = breaker.ask(_of(row), now)
        if answer.after != _of(row):
            _keep(row, answer.after)
    if not answer.allowed:
        # A second more, so that the time is up when it comes back.
        raise GatewayRests(answer.wait + timedelta(seconds=1))


def _failed(name: str, error: str) -> None:
    with transaction.atomic():
        row = Gateway.objects.select_for_update().get(name=name)
        before = _of(row)
        after = breaker.failed(before, timezone.now())
        row.last_error = error[:200]
        _keep(row, after)
    if after.state is breaker.State.OPEN and before.state is not breaker.State.OPEN:
        log.warning("gateway_rests", gateway=name, failures=after.failures, error=error)


def _succeeded(name: str) -> None:
    """One query where nothing had failed before."""
    changed = Gateway.objects.filter(name=name).exclude(state=breaker.State.CLOSED.value, failures=0)
    done = breaker.CLOSED
    if changed.update(
        state=done.state.value, failures=done.failures, rests=done.rests, until=None, changed_at=timezone.now()
    ):
        log.info("gateway_works", gateway=name)


def _of(row: Gateway) -> Breaker:
    return Breaker(breaker.State(row.state), row.failures, row.rests, row.until)


def _keep(row: Gateway, after: Breaker) -> None:
    row.state, row.failures, row.rests, row.until = after.state.value, after.failures, after.rests, after.until
    row.changed_at = timezone.now()
    row.save()
