"""The link with which somebody sets their password: how it is made, and that one is wanted.

Sending it is a promise of a room above, which listens: in the request a mail server that is down would answer who has
an account with an error, and who hasn't with none.
"""

from uuid import UUID

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.dispatch import Signal
from django.urls import reverse

from accounts.models import Person

_wanted = Signal()


def listen(receiver: object) -> object:
    """Have `receiver(sender, person_id, request_id, **_)` called for each link that somebody asks for."""
    _wanted.connect(receiver, weak=False)  # type: ignore[arg-type]
    return receiver


def want(person_id: UUID, *, request_id: str) -> None:
    """Say that this person is to be sent a link."""
    _wanted.send(sender=Person, person_id=person_id, request_id=request_id)


def link_to_set_password(person: Person) -> str:
    """Return a new link for this person: it works once, for as long as PASSWORD_RESET_TIMEOUT says."""
    token = PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(person), token])
    return f"{settings.SITE_ADDRESS}{path}"
