"""`/metrics` for Prometheus, in its text format: counts and ages, of no person and no referral.

Everything stands in the database, so every web process answers the same, and nothing has to be shared between them
(docs/adr/0028). Only who shows METRICS_TOKEN is answered; for everybody else there is no such page.
"""

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import clock
from dispatch import selectors
from dispatch.domain.breaker import State
from dispatch.rounds import rounds
from referrals.routing.selectors.gauges import gauges
from thresholds.bank_holidays import known_holidays

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_STATES = {State.CLOSED.value: 0, State.HALF_OPEN.value: 1, State.OPEN.value: 2}


@dataclass(frozen=True, slots=True)
class Metric:
    """A gauge with its values; each has labels, empty for none."""

    name: str
    help: str
    values: tuple[tuple[Mapping[str, str], float], ...]


@login_not_required
@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the metrics to who shows the token; 404 to everybody else, and where none is set."""
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    token = settings.METRICS_TOKEN.encode()
    if not token or not hmac.compare_digest(shown, token):
        raise Http404
    return HttpResponse(exposition(measured()), content_type=CONTENT_TYPE)


def measured() -> tuple[Metric, ...]:
    """Return every gauge as it stands now."""
    now = timezone.now()
    depths = selectors.depth(now).queues
    counts = gauges(now=now)
    last = selectors.last_sweep()
    asked = rounds()

    def of_queues(name: str, help_: str, attribute: str) -> Metric:
        values = (({"queue": depth.queue.value}, float(getattr(depth, attribute))) for depth in depths)
        return Metric(f"referrals_outbox_{name}", help_, tuple(values))

    def alone(name: str, help_: str, value: float) -> Metric:
        return Metric(f"referrals_{name}", help_, (({}, value),))

    oldest = tuple(
        ({"queue": depth.queue.value}, depth.oldest_due.total_seconds() if depth.oldest_due else 0.0)
        for depth in depths
    )
    gateways = tuple(
        ({"gateway": one.gateway.name}, float(_STATES[one.gateway.state])) for one in selectors.gateways(now)
    )
    return (
        of_queues("due", "Promises that are due and in nobody's hands", "due"),
        of_queues("failing", "Due promises that have failed before", "failing"),
        of_queues("in_work", "Promises that a worker is at", "leased"),
        of_queues("late", "Promises undone for longer than their queue allows", "late"),
        of_queues("parked", "Promises that wait for an operator", "parked"),
        Metric("referrals_outbox_oldest_due_seconds", "Age of the oldest due promise", oldest),
        Metric("referrals_gateway_state", "Other systems: 0 working, 1 being tried again, 2 resting", gateways),
        alone(
            "watch_age_seconds",
            "Since the sweep last did its round; -1 before the first",
            (now - last).total_seconds() if last else -1.0,
        ),
        Metric(
            "referrals_round_silent",
            "1 for a round that fails, or hasn't come, six times in a row",
            tuple(({"round": one.name}, float(one.silent(now))) for one in asked),
        ),
        Metric(
            "referrals_round_age_seconds",
            "Since the round was last through; -1 before the first",
            tuple(({"round": one.name}, (now - one.at).total_seconds() if one.at else -1.0) for one in asked),
        ),
        alone(
            "bank_holidays_known_days",
            "Days until the list of bank holidays ends; below zero since it has",
            float(known_holidays().left(clock.day_of(now))),
        ),
        alone("intakes_open", "Intakes that aren't finished", counts.open),
        alone("intakes_unread_alarmed", "Open intakes that nobody has opened in time", counts.unread_alarmed),
        alone("intakes_offered", "Offers between front doors without an answer", counts.offered),
        alone("clocks_over_limit", "Running clocks that are over their limit", counts.over_limit),
        alone("clocks_warning", "Running clocks that are close to it", counts.warning),
    )


def exposition(measures: Iterable[Metric]) -> str:
    """Return gauges in Prometheus' text format, version 0.0.4."""
    lines = []
    for metric in measures:
        lines += [f"# HELP {metric.name} {metric.help}", f"# TYPE {metric.name} gauge"]
        for labels, value in metric.values:
            named = ",".join(f'{key}="{_escaped(words)}"' for key, words in labels.items())
            lines.append(f"{metric.name}{f'{{{named}}}' if named else ''} {value:.15g}")
    return "\n".join(lines) + "\n"


def _escaped(words: str) -> str:
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
