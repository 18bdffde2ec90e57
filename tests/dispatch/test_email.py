"""The e-mail gateway: to whom, with what, and when it gives up."""

import smtplib
import socket
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit.domain.actor import Actor
from dispatch import keeping
from dispatch.actions import send_email
from dispatch.domain.breaker import FAILURES
from dispatch.email import message_id, register_template
from dispatch.mail_files import EmailBackend as Files
from dispatch.models import Gateway, OutboxRow

BY = Actor.system("test")


class RefusingBackend(Memory):
    """A mail server that knows no such mailbox, or does not want it now."""

    code = 550

    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (self.code, b"no")})


class BusyBackend(RefusingBackend):
    code = 451


@pytest.fixture
def person(db):
    return get_user_model().objects.create_user(email="pat@school.example", full_name="Pat Practitioner")


def promised(person, template="waiting", **references):
    return send_email(
        template=template, person_id=person.pk, key=f"email:{uuid4()}", by=BY, references=references or None
    )


def kept(row):
    keeping.keep(row.pk)
    row.refresh_from_db()
    return row


def test_one_message_with_a_link_and_nothing_about_anybody(person, settings):
    row = kept(promised(person))
    assert (row.state, row.queue) == ("done", "mail")
    (message,) = mail.outbox
    assert message.to == ["pat@school.example"]
    written = message.message()
    assert written["Message-ID"] == message_id(row.pk)
    assert written["Auto-Submitted"] == "auto-generated"
    assert f"{settings.SITE_ADDRESS}{reverse('home')}" in message.body
    assert "Pat" not in f"{message.subject} {message.body}"
    assert "{" not in message.body


def test_the_address_is_that_of_the_moment_of_sending(person):
    row = promised(person)
    get_user_model().objects.filter(pk=person.pk).update(email="moved@school.example")
    kept(row)
    assert mail.outbox[0].to == ["moved@school.example"]


def test_the_row_holds_no_address(person):
    assert promised(person).references == {"template": "waiting", "person_id": str(person.pk)}


def test_a_link_takes_its_path_from_the_references(person, settings, monkeypatch):
    monkeypatch.setattr("dispatch.email._templates", {})
    register_template("waiting", subject="Waiting", url_name="dispatch:row", path_references=("row_id",))
    thing = uuid4()
    kept(promised(person, row_id=thing))
    assert settings.SITE_ADDRESS + reverse("dispatch:row", args=[thing]) in mail.outbox[0].body


@pytest.mark.parametrize(
    ("state_of", "error"),
    [("closed", "PersonInactive"), ("gone", "PersonGone"), ("unknown template", "UnknownTemplate")],
)
def test_what_cannot_be_sent_is_parked(person, state_of, error):
    row = promised(person, template="nobody_wrote_it" if state_of == "unknown template" else "waiting")
    if state_of == "closed":
        get_user_model().objects.filter(pk=person.pk).update(is_active=False)
    if state_of == "gone":
        OutboxRow.objects.filter(pk=row.pk).update(references={**row.references, "person_id": str(uuid4())})
    row = kept(row)
    assert (row.state, row.last_error) == ("parked", f"dispatch.email.{error}")
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("backend", "state", "error"),
    [
        ("RefusingBackend", "parked", "dispatch.email.AddressRefused"),
        ("BusyBackend", "due", "smtplib.SMTPRecipientsRefused"),
    ],
)
def test_a_refused_address_parks_and_a_busy_server_is_asked_again(person, settings, backend, state, error):
    settings.EMAIL_BACKEND = f"tests.dispatch.test_email.{backend}"
    row = kept(promised(person))
    assert (row.state, row.last_error) == (state, error)


def test_a_server_that_hangs_is_left_alone_for_a_while(person, settings, monkeypatch):
    """It takes the connection and says nothing: the next e-mail must not wait for it too."""
    monkeypatch.setattr("dispatch.email.SLOW_SECONDS", 0.1)
    monkeypatch.setattr("dispatch.email._quiet_until", 0.0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        first, second = kept(promised(person)), kept(promised(person))
        assert (first.state, first.last_error) == ("due", "smtplib.SMTPServerDisconnected")
        assert (second.state, second.last_error) == ("due", "dispatch.email.MailServerHangs")
        silent.accept()[0].close()
        silent.setblocking(False)
        with pytest.raises(BlockingIOError):
            silent.accept()


def test_a_server_that_only_refuses_is_tried_again(person, settings, monkeypatch):
    monkeypatch.setattr("dispatch.email._quiet_until", 0.0)
    settings.EMAIL_BACKEND = "tests.dispatch.test_email.BusyBackend"
    assert kept(promised(person)).last_error == kept(promised(person)).last_error == "smtplib.SMTPRecipientsRefused"


class DownBackend(Memory):
    """No mail server at all."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_a_server_that_is_down_rests_for_everybody_and_what_waits_costs_no_attempt(person, settings, monkeypatch):
    settings.EMAIL_BACKEND = "tests.dispatch.test_email.DownBackend"
    rows = [kept(promised(person)) for _ in range(FAILURES + 1)]
    assert {row.last_error for row in rows[:FAILURES]} == {"builtins.ConnectionRefusedError"}
    assert (rows[-1].state, rows[-1].last_error, rows[-1].attempts) == ("due", "dispatch.gates.GatewayRests", 0)
    gateway = Gateway.objects.get(name="mail")
    assert (gateway.state, gateway.label) == ("open", "Mail server")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Gateway.objects.filter(name="mail").update(until=timezone.now())
    OutboxRow.objects.filter(pk=rows[-1].pk).update(next_try_at=timezone.now())
    assert kept(rows[-1]).state == "done"
    assert Gateway.objects.get(name="mail").state == "closed"


def test_a_mailbox_that_is_refused_says_nothing_of_the_server(person, settings):
    settings.EMAIL_BACKEND = "tests.dispatch.test_email.RefusingBackend"
    for _ in range(FAILURES + 1):
        assert kept(promised(person)).last_error == "dispatch.email.AddressRefused"
    assert Gateway.objects.get(name="mail").state == "closed"


def test_templates_are_named_once():
    with pytest.raises(ValueError, match="already"):
        register_template("waiting", subject="Again", url_name="home")


class TestFiles:
    @pytest.fixture
    def folder(self, settings, tmp_path):
        settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
        settings.EMAIL_BACKEND = "dispatch.mail_files.EmailBackend"
        return tmp_path / "mail"

    def test_one_file_a_message_named_after_it(self, person, folder):
        row = kept(promised(person))
        (written,) = folder.iterdir()
        assert written.name == f"{message_id(row.pk).strip('<>')}.eml"
        text = written.read_text()
        assert "To: pat@school.example" in text
        assert folder.stat().st_mode & 0o777 == 0o700

    def test_a_repeat_shows(self, person, folder):
        """A crash between sending and finishing sends again, under the same Message-ID."""
        row = kept(promised(person))
        OutboxRow.objects.filter(pk=row.pk).update(state="due", done_at=None)
        kept(row)
        first, second = sorted(folder.iterdir(), key=lambda path: len(path.name))
        assert second.name == first.name.replace(".eml", ".2.eml")
        assert message_id(row.pk) in second.read_text()

    def test_a_message_id_cannot_leave_the_folder(self, folder):
        message = mail.EmailMessage("s", "b", to=["a@b.example"], headers={"Message-ID": "<../../etc/x>"})
        assert Files().send_messages([message]) == 1
        assert [path.name for path in folder.iterdir()] == ["etcx.eml"]

    def test_a_folder_that_cannot_be_written_fails_the_attempt(self, person, folder):
        folder.write_text("a file stands where the folder should")
        row = kept(promised(person))
        assert (row.state, row.last_error) == ("due", "builtins.FileExistsError")


@pytest.mark.django_db
def test_convenience_is_a_promise_in_the_transaction(person):
    with transaction.atomic():
        row = promised(person)
        transaction.set_rollback(True)
    assert not OutboxRow.objects.filter(pk=row.pk).exists()
