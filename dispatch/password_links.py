"""The e-mail with which somebody sets their password: promised when it is asked for, and the link made when it is sent.

The promise holds who it is for and nothing else: no row, no log and no task has a link that opens an account.
"""

from typing import Any
from uuid import UUID, uuid4

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string

from accounts.links import link_to_set_password
from accounts.models import Person
from audit.domain.actor import Actor
from dispatch import email
from dispatch.actions import promise
from dispatch.domain.promise import Promise

KIND = "password_link"


@transaction.atomic
def promise_link(*, person_id: UUID, request_id: str, **_: Any) -> None:
    """Promise a link to whoever asks for one. Each asking is a promise of its own: how many are asked for is limited
    before this. The sweep sends it: a broker that hangs would keep whoever names an account waiting, and nobody else.
    """
    by = Actor.nobody(request_id=request_id)
    promise(kind=KIND, key=f"password-link:{uuid4()}", references={"person_id": person_id}, by=by, wake=False)


def send(promise: Promise) -> None:
    """Make the link and send it. A handler: outside any transaction, repeatable; the last link that was sent works, and
    so do earlier ones until one is used. Parks where the person is gone or their account is closed."""
    person = Person.objects.filter(pk=str(promise.references["person_id"])).first()
    if person is None:
        raise email.PersonGone
    if not person.is_active:
        raise email.PersonInactive
    context = {"password_reset_url": link_to_set_password(person)}
    message = EmailMessage(
        subject=render_to_string("account/email/password_reset_key_subject.txt", context).strip(),
        body=render_to_string("account/email/password_reset_key_message.txt", context),
        to=[person.email],
        headers={"Message-ID": email.message_id(promise.id), "Auto-Submitted": "auto-generated"},
    )
    email.hand_over(message)
