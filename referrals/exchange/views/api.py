"""The interface for a front door's own system: list what happened since a cursor, fetch one, acknowledge it.

JSON in and out, a token in the `Authorization` header, no session. docs/reference/exchange.md tells it to receivers.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from accounts import clock
from audit.actions import record
from audit.domain.actor import Actor
from consent.actions import hand_over
from consent.models import Shared
from referrals.exchange import actions, selectors
from referrals.exchange.domain.tokens import token_in
from referrals.exchange.models import Event, Receipt, Token
from referrals.exchange.sending import body_of, message_of
from referrals.record.domain.clean_values import clean_text

A_MINUTE = 120
"""Requests of one token in a minute; the next one is told to wait."""
LONGEST_BODY = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with its token. `by` is the front door's own system, as the audit names it."""

    token: Token
    by: Actor
    now: datetime


def for_token(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Give the view an `Asked`. Answers 401 without a token in use, 405 for another method, 429 for too many."""

    def around(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt  # no cookie is read: nobody's browser can be made to ask
        @login_not_required
        @cache_control(no_store=True)
        @wraps(view)
        def asked(request: HttpRequest, **more: Any) -> HttpResponse:
            words = token_in(request.headers.get("Authorization", ""))
            token = selectors.token_for(words) if words else None
            if token is None:
                answer = _error(401, "Send a token that is in use: Authorization: Bearer …")
                answer["WWW-Authenticate"] = "Bearer"
                return answer
            if request.method not in methods:
                answer = _error(405, f"Use {' or '.join(methods)}.")
                answer["Allow"] = ", ".join(methods)
                return answer
            now = clock.now()
            if _too_many(token, now):
                answer = _error(429, f"At most {A_MINUTE} requests a minute.")
                answer["Retry-After"] = "60"
                return answer
            actions.note_use(token, now=now)
            name = f"case system of {token.team.name}: {token.name}"
            by = Actor(person_id=None, name=name, agency_id=token.team.agency_id, roles=frozenset())
            return view(request, Asked(token, by, now), **more)

        return asked

    return around


@for_token("GET")
def events(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What happened at the front door after a cursor, first things first. It names no child."""
    try:
        after, most = int(request.GET.get("after", "0")), int(request.GET.get("limit", "50"))
    except ValueError:
        return _error(400, "`after` and `limit` are whole numbers.")
    if not 0 <= after < 2**63 or not 1 <= most <= selectors.MOST:
        return _error(400, f"`after` is a cursor, `limit` is from 1 to {selectors.MOST}.")
    waiting = request.GET.get("waiting") == "true"
    found = selectors.events_after(asked.token.team, after, most=most, unacknowledged=waiting)
    record(
        "exchange.list",
        by=asked.by,
        subject_type="team",
        subject_id=asked.token.team_id,
        detail={"events": [str(one.key) for one in found]},
    )
    return JsonResponse({"events": [_line(one) for one in found], "next": found[-1].pk if found else after})


@for_token("GET")
def event(request: HttpRequest, asked: Asked, key: UUID) -> HttpResponse:
    """One event with the referral as it stands, cut to what the front door was given. Reading it is recorded."""
    found = selectors.event_for(asked.token.team, key)
    if found is None:
        return _error(404, "There is no such event for this front door.")
    message, given = message_of(found, now=asked.now)
    if message.referral is not None:
        record(
            "referral.read",
            by=asked.by,
            subject_type="referral",
            subject_id=found.intake.referral_id,
            detail={"purpose": "interface", "state": found.intake.referral.state},
        )
        hand_over(
            disclosure=given,
            document=Shared.Document.SUBMISSION,
            title=f"Submission {given.submission.number}, to its case management system",
            sha256=given.submission.sha256,
            by=asked.by,
            now=asked.now,
        )
    return HttpResponse(body_of(message), content_type="application/json")


@for_token("POST")
def acknowledge(request: HttpRequest, asked: Asked, key: UUID) -> HttpResponse:
    """Keep that the other system has it; `receipt` in the body is what that calls it. A second time changes nothing."""
    found = selectors.event_for(asked.token.team, key)
    if found is None:
        return _error(404, "There is no such event for this front door.")
    receipt = _receipt(request)
    if receipt is None:
        return _error(400, 'The body is empty, or JSON such as {"receipt": "case 1042"}.')
    row = actions.acknowledge(event=found, way=Receipt.Way.FETCHED, receipt=receipt, by=asked.by, now=asked.now)
    return JsonResponse({"event": str(found.key), "acknowledged_at": row.at.isoformat(), "receipt": row.receipt})


def _line(one: Event) -> dict[str, Any]:
    return {
        "cursor": one.pk,
        "event": str(one.key),
        "kind": one.kind,
        "at": one.at.isoformat(),
        "urgent": one.intake.urgent,
        "reference": one.intake.referral.reference,
        "url": reverse("exchange:event", args=[one.key]),
    }


def _receipt(request: HttpRequest) -> str | None:
    """What the body says; None where it can't be read."""
    if len(request.body) > LONGEST_BODY:
        return None
    if not request.body:
        return ""
    try:
        given = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    receipt = given.get("receipt", "") if isinstance(given, dict) else None
    return clean_text(receipt) if isinstance(receipt, str) else None


def _too_many(token: Token, now: datetime) -> bool:
    """Count a request in its minute. Two at the same instant may count as one: it is a brake, not a lock."""
    key = f"exchange:{token.pk}:{int(now.timestamp()) // 60}"
    if cache.add(key, 1, timeout=120):
        return False
    try:
        return cache.incr(key) > A_MINUTE
    except ValueError:
        return False


def _error(status: int, words: str) -> JsonResponse:
    return JsonResponse({"error": words}, status=status)
