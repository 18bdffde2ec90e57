"""What this room keeps in a session: its times by the server's clock, the agency acted for, a word for sign-in, and
whose pages may still stand open from before.

Times are whole seconds since 1970: sessions are JSON, and no client ever sees or sends them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import structlog
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from accounts.domain.sessions import Limits, Times

SIGNED_IN = "accounts.signed_in_at"
LAST_SEEN = "accounts.last_seen_at"
AGENCY = "accounts.agency"
NOTICE = "accounts.notice"
EARLIER = "accounts.earlier"

# A page within this of the last one doesn't write the session again.
STEP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Earlier:
    """Whose session this browser had last, and the token (CSRF) that the forms on its pages carry."""

    person_id: str
    token: str


def limits() -> Limits:
    """Return the limits of this deployment."""
    return Limits(idle=settings.IDLE_LIMIT, whole=settings.SESSION_LIMIT)


def is_signed_in(request: HttpRequest) -> bool:
    """Whether the session belongs to somebody, without asking the database who."""
    return SESSION_KEY in request.session


def start(request: HttpRequest, now: datetime) -> None:
    """Note when somebody signed in."""
    request.session[SIGNED_IN] = request.session[LAST_SEEN] = int(now.timestamp())


def times(request: HttpRequest) -> Times:
    """Return the session's times, None for what is missing or unreadable."""
    return Times(_moment(request.session.get(SIGNED_IN)), _moment(request.session.get(LAST_SEEN)))


def touch(request: HttpRequest, now: datetime) -> None:
    """Note that a page was asked for."""
    seconds = int(now.timestamp())
    if seconds - int(request.session.get(LAST_SEEN, 0)) >= STEP_SECONDS:
        request.session[LAST_SEEN] = seconds


def chosen_agency(request: HttpRequest) -> UUID | None:
    """Return the agency that the person last chose to act for, None if they never chose."""
    chosen = request.session.get(AGENCY)
    return UUID(chosen) if isinstance(chosen, str) else None


def choose_agency(request: HttpRequest, agency_id: UUID) -> None:
    """Act for this agency from the next page on."""
    request.session[AGENCY] = str(agency_id)


def leave_notice(request: HttpRequest, notice: str) -> None:
    """Leave a word for the next sign-in page in this browser."""
    request.session[NOTICE] = notice


def take_notice(request: HttpRequest) -> str:
    """Return that word once; empty if there is none."""
    return str(request.session.pop(NOTICE, ""))


def token(request: HttpRequest) -> str:
    """Return what the tokens of this browser's forms are made from, as its cookie has it; empty if there is none."""
    return request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")


def leave_earlier(request: HttpRequest, person_id: UUID) -> None:
    """Keep whose session this browser had, after it is over: pages of theirs may still stand open."""
    if token(request):
        request.session[EARLIER] = {"person": str(person_id), "token": token(request)}


def earlier(request: HttpRequest) -> Earlier | None:
    """Return whose session this browser had before, None if it isn't known."""
    kept: Any = request.session.get(EARLIER)
    return Earlier(kept["person"], kept["token"]) if kept else None


def forget_earlier_of_others(request: HttpRequest, person_id: UUID) -> None:
    """Once somebody signs in, another person's open pages are nobody's any more."""
    kept = earlier(request)
    if kept is not None and kept.person_id != str(person_id):
        del request.session[EARLIER]


def request_id(request: HttpRequest | None) -> str:
    """Return the identifier that ties this request's log lines and audit rows; empty outside a request."""
    if request is None:
        return ""
    return cast("str", structlog.contextvars.get_contextvars().get("request_id", ""))


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) else None
