"""The e-mail gateway: one message to one person, with a link and the system's name, and nothing about anybody.

A crash between sending and finishing repeats a message. It then carries the same Message-ID, by which mail systems
recognise it.

A mail server that hangs is left alone for a while: each e-mail would wait for it as long as a connection may, and PDF
copies would wait behind them. One that fails again and again rests for all workers, as other systems do
(`dispatch.gates`): what waits for it then costs no attempt, so that an hour without mail parks nothing.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from dispatch import gates
from dispatch.domain.promise import PermanentFailure, Promise, checked_name

SYSTEM_NAME = "Safeguarding referrals"


class UnknownTemplate(PermanentFailure):
    """No such e-mail is registered."""

    words = "This version of the system does not know this e-mail"


class PersonGone(PermanentFailure):
    """The person has no account any more."""

    words = "The person it is for has no account any more"


class PersonInactive(PermanentFailure):
    """The person's account is closed."""

    words = "The account of the person it is for is closed"


class AddressRefused(PermanentFailure):
    """The mail server says for good that there is no such mailbox."""

    words = "The mail server refuses the person's address"


class MailServerHangs(Exception):
    """The mail server kept an e-mail waiting a moment ago. This one was not tried, and is due again."""


GATEWAY = "mail"
"""The mail server's name among the gateways."""
# A failure after so long means that the server hangs; then nothing is tried in this process for so long.
SLOW_SECONDS = 5.0
QUIET_SECONDS = 60.0
_quiet_until = 0.0


@dataclass(frozen=True, slots=True)
class Template:
    """An e-mail: templates/email/<name>.txt, and the page it links to with the references that its path takes."""

    name: str
    subject: str
    url_name: str
    path_references: tuple[str, ...]

    def link(self, references: Mapping[str, str | int]) -> str:
        """Return the address of the page."""
        path = reverse(self.url_name, args=[references[name] for name in self.path_references])
        return f"{settings.SITE_ADDRESS}{path}"


_templates: dict[str, Template] = {}


def register_template(name: str, *, subject: str, url_name: str, path_references: tuple[str, ...] = ()) -> None:
    """Allow an e-mail. Rooms call it in their `handlers.py`.

    The text stands in templates/email/<name>.txt and is given `link` and `system_name`, so that it cannot name anybody;
    the subject is fixed for the same reason. ValueError when the name is taken.
    """
    checked_name(name)
    if name in _templates:
        raise ValueError(f"there is an e-mail {name} already")
    _templates[name] = Template(name, subject, url_name, path_references)


def message_id(row_id: UUID) -> str:
    """Return the Message-ID of a promise's e-mail: the same for every attempt."""
    return f"<{row_id}@{urlsplit(settings.SITE_ADDRESS).hostname}>"


def send(promise: Promise) -> None:
    """Send the e-mail that is promised. A handler: outside any transaction, repeatable.

    Parks when the template is unknown, the person is gone or inactive, or the mail server refuses the address for good.
    Raises MailServerHangs or GatewayRests without trying, while the server is left alone.
    """
    template = _templates.get(str(promise.references["template"]))
    if template is None:
        raise UnknownTemplate
    person = get_user_model().objects.filter(pk=str(promise.references["person_id"])).first()
    if person is None:
        raise PersonGone
    if not person.is_active:
        raise PersonInactive
    context = {"link": template.link(promise.references), "system_name": SYSTEM_NAME}
    message = EmailMessage(
        subject=template.subject,
        body=render_to_string(f"email/{template.name}.txt", context),
        to=[person.email],
        headers={"Message-ID": message_id(promise.id), "Auto-Submitted": "auto-generated"},
    )
    hand_over(message)


def hand_over(message: EmailMessage) -> None:
    """Give an e-mail to the mail server, by its gateway. For a handler, whose message has a Message-ID of its own.

    Raises AddressRefused, which parks, when the server refuses the address for good; MailServerHangs or GatewayRests
    without trying, while the server is left alone.
    """
    if time.monotonic() < _quiet_until:
        raise MailServerHangs
    refused: SMTPRecipientsRefused | None = None
    with gates.through(GATEWAY, label="Mail server", counts=(OSError,)):
        try:
            _hand_over(message)
        except SMTPRecipientsRefused as answer:
            # It answered, so it works: this says something of one mailbox.
            refused = answer
    if refused is not None:
        # 4xx asks to come again later, 5xx says never.
        if all(code >= 500 for code, _ in refused.recipients.values()):
            raise AddressRefused
        raise refused


def _hand_over(message: EmailMessage) -> None:
    global _quiet_until  # noqa: PLW0603 (one flag for the process, which sends one e-mail at a time)
    began = time.monotonic()
    try:
        message.send()
    except OSError:
        # smtplib's own errors are among these.
        now = time.monotonic()
        if now - began >= SLOW_SECONDS:
            _quiet_until = now + QUIET_SECONDS
        raise
