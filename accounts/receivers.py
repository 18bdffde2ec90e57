"""Writes sign-ins, failed sign-ins, sign-outs and changes of the second factor to the audit record.

allauth and axes announce these by signal. Who failed to sign in is recorded by identifier where the e-mail belongs to
somebody, and never by what was typed.
"""

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as mfa_signals
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import clock, selectors, session
from accounts.models import Person
from accounts.throttles import typed_login
from audit.actions import record, record_refusal
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal


def _actor(request: HttpRequest | None, person: Person) -> Actor:
    return selectors.actor_for(person, clock.now(), session.request_id(request))


@receiver(user_logged_in)
def on_signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    """Start the session's clock and record the sign-in."""
    session.start(request, clock.now())
    session.forget_earlier_of_others(request, user.pk)
    record("sign_in", by=_actor(request, user), subject_type="person", subject_id=user.pk)


@receiver(user_logged_out)
def on_signed_out(request: HttpRequest, user: Person | None, **_: Any) -> None:
    """Record the sign-out of somebody who was signed in. Their session goes after this: `SessionLimits` notes them."""
    if user is not None:
        request.signed_out = user.pk  # type: ignore[attr-defined]
        record("sign_out", by=_actor(request, user), subject_type="person", subject_id=user.pk)


@receiver(user_login_failed)
def on_failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Record that a password was wrong, a person unknown or closed, or the pair locked out."""
    if request is not None:
        _refused("sign_in.failed", request, typed_login(request, credentials))


@receiver(user_locked_out)
def on_locked_out(request: HttpRequest, **_: Any) -> None:
    """Record that an e-mail is locked out from an address."""
    _refused("sign_in.locked_out", request, typed_login(request, getattr(request, "axes_credentials", None)))


def _refused(rule: str, request: HttpRequest, typed: str) -> None:
    person = selectors.person_by_email(typed)
    refusal = Refusal("Sign-in refused.", rule=rule, subject_type="person", subject_id=person.pk if person else None)
    record_refusal(refusal, by=Actor.nobody(request_id=session.request_id(request)))


@receiver(mfa_signals.authentication_failed)
def on_wrong_code(request: HttpRequest, user: Person, **_: Any) -> None:
    """Record a wrong second-factor code."""
    refusal = Refusal("Wrong code.", rule="second_factor.failed", subject_type="person", subject_id=user.pk)
    record_refusal(refusal, by=_actor(request, user))


@receiver(mfa_signals.authenticator_used)
def on_code_used(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Record that a code was right, and whether it came from the app or from the recovery codes."""
    _second_factor("second_factor.use", request, user, authenticator)


@receiver(mfa_signals.authenticator_added)
def on_added(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Record that an app or recovery codes were set up."""
    _second_factor("second_factor.add", request, user, authenticator)


@receiver(mfa_signals.authenticator_removed)
def on_removed(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Record that an app or recovery codes were removed."""
    _second_factor("second_factor.remove", request, user, authenticator)


@receiver(mfa_signals.authenticator_reset)
def on_reset(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    """Record that new recovery codes replaced the old."""
    _second_factor("second_factor.new_codes", request, user, authenticator)


def _second_factor(verb: str, request: HttpRequest, person: Person, authenticator: Authenticator) -> None:
    kind = {"kind": str(authenticator.type)}
    record(verb, by=_actor(request, person), subject_type="person", subject_id=person.pk, detail=kind)


@receiver(account_signals.password_changed)
def on_password_changed(request: HttpRequest, user: Person, **_: Any) -> None:
    """Record that somebody changed their password."""
    record("password.change", by=_actor(request, user), subject_type="person", subject_id=user.pk)


@receiver(account_signals.password_reset)
def on_password_reset(request: HttpRequest, user: Person, **_: Any) -> None:
    """Record that somebody set a password by the link sent to them."""
    record("password.reset", by=_actor(request, user), subject_type="person", subject_id=user.pk)
