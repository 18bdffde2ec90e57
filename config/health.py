"""`/healthz`: this process answers. `/readyz`: it can also do its work. Neither tells a stranger more than names."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from accounts import clock
from audit import privileges
from config.celery import app
from dispatch import scanner, selectors
from dispatch.rounds import rounds
from thresholds.bank_holidays import known_holidays

SILENT_AFTER = timedelta(minutes=1)
"""Six rounds of the sweep missed: beat, the broker or the worker is away."""


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Return 200 while the process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Return 200 when database, schema and privileges are right, else 503 naming what is not.

    The broker is reported but does not make the process unready: a referral is kept by its outbox row without it. So is
    the virus scanner, without which files wait and referrals don't; "off" where a deployment has none. So are the
    workers: a page that takes a referral is of use while they are away, and the sweep finds what was promised.
    """
    parts: dict[str, Any] = {"database": _database(), "broker": _broker(), "virus_scanner": scanner.state().value}
    ready = parts["database"] == "ok"
    if ready:
        parts |= _background(timezone.now())
    return JsonResponse({"status": "ok" if ready else "not ready", **parts}, status=200 if ready else 503)


def _background(now: datetime) -> dict[str, Any]:
    """The workers by the sweep's last round, each other round by its own, each queue by its oldest promise, and whether
    the bank holidays are known: words, since anybody may ask."""
    last = selectors.last_sweep()
    quiet = last is None or now - last > SILENT_AFTER
    queues = {
        depth.queue.value: "late" if depth.late else "parked" if depth.parked else "ok"
        for depth in selectors.depth(now).queues
    }
    watched = {one.name: "silent" if one.silent(now) else "ok" for one in rounds()}
    holidays = known_holidays().standing(clock.day_of(now)).value
    return {"workers": "silent" if quiet else "ok", "rounds": watched, "queues": queues, "bank_holidays": holidays}


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations are missing"
        return "privileges are wrong" if privileges.problems(connection) else "ok"
    except DatabaseError:
        return "unreachable"


def _broker() -> str:
    try:
        with app.connection_for_write(transport_options={"socket_connect_timeout": 1}) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0)
    except (BrokerError, OSError):
        return "unreachable"
    return "ok"
