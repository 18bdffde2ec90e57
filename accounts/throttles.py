"""What django-axes counts failed sign-ins by. Its rows hold neither an e-mail address nor anything that was typed."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def typed_login(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Return the e-mail that somebody is signing in with, in lower case; empty if there is none."""
    typed = (credentials or {}).get("email") or request.POST.get("login") or ""
    return str(typed).strip().lower()


def fingerprint_of_login(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str:
    """Return what stands for the e-mail in the counter's rows: people type passwords into the wrong field."""
    return salted_hmac("accounts.throttles", typed_login(request, credentials), algorithm="sha256").hexdigest()[:40]


def client_address(request: HttpRequest) -> str | None:
    """Return the caller's network address as allauth's limits see it, through trusted proxies only, or None."""
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:
        return None
