"""How django-allauth is to behave here."""

from datetime import timedelta
from typing import Any, cast

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from accounts import clock, links, secrets, selectors, session
from accounts.models import Person

RECENTLY = timedelta(seconds=account_settings.REAUTHENTICATION_TIMEOUT)


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, our words, and back to what was held when a session had ended."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right"),
        "too_many_login_attempts": _("There were too many attempts. Wait 15 minutes, then try again"),
        "rate_limited": _("There were too many attempts. Wait 15 minutes, then try again"),
        "incorrect_password": _("The password is not right"),
        "enter_current_password": _("The current password is not right"),
        "incorrect_code": _("The code is not right. Use the newest one from your app"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are added by an administrator."""
        return False

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Check a password again. allauth would look for a confirmed address in a table that we don't keep."""
        found = self.authenticate(self.request, email=user.get_username(), password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before something that matters, but not within five minutes of signing in."""
        signed_in_at = session.times(context.request).signed_in_at
        if signed_in_at is not None and clock.now() - signed_in_at < RECENTLY:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's account."""
        return reverse("account")

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Want a link for this person: the worker makes it and sends it. `context` holds one that nobody gets."""
        links.want(cast(Person, user).pk, request_id=session.request_id(self.request))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse: no e-mail is sent in a request. One that allauth should send has to be promised, as the link is."""
        raise NotImplementedError("no e-mail is sent in a request")

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        """Go on to what was asked for, or first to what was typed when the last session ended."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        held = selectors.held_forms_of(cast(Person, user), now=clock.now()).first()
        if held is not None:
            return HttpResponseRedirect(reverse("accounts:held", args=[held.pk]))
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets encrypted at rest; nobody whose role needs a second factor can remove it."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Use the newest one from your app"),
        "cannot_delete_authenticator": _("Your role needs a second factor, so you cannot remove it"),
    }

    def encrypt(self, text: str) -> str:
        """Return what is stored for a secret."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret again."""
        return secrets.decrypt(encrypted_text)

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the square to scan, to stand within the page: our security policy allows no data: images."""
        svg: str = super().build_totp_svg(url)
        return mark_safe(svg[svg.index("<svg") :])  # noqa: S308  # drawn by the library

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether the person may go on without it."""
        return not selectors.must_have_second_factor(authenticator.user, clock.now())
