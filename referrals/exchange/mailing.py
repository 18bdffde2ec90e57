"""Copies by e-mail, for a partnership that insists: where they go, their password, and the promise of each.

The queue stays the delivery. What is sent beside it is the front door's own copy, encrypted, with nothing about anybody
in the e-mail itself (docs/adr/0037).
"""

import secrets
from datetime import datetime
from uuid import uuid5

from django.db import transaction

from accounts.models import FrontDoorTeam
from accounts.secrets import decrypt, encrypt
from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from dispatch.actions import promise
from dispatch.domain.queues import Queue
from dispatch.models import OutboxRow
from referrals.exchange.domain.permissions import check_keep
from referrals.exchange.models import Mailbox
from referrals.exchange.selectors import manages
from referrals.routing.happenings import Happening
from referrals.routing.models import Intake

MAILING = Actor.system("mailing")
KIND = "pdf_mail"
NEWS = "pdf_mail_news"
LONGEST_INSISTED = 200
# To be said by phone and typed: no letters or figures that look or sound alike. Twenty of them are 98 bits.
_LETTERS = "abcdefghkmnpqrstuvwxyz23456789"
_GROUPS, _IN_A_GROUP = 5, 4


def note_mail(happening: Happening, intake: Intake, now: datetime) -> OutboxRow | None:
    """Promise the e-mail with the copy of what came in, where the front door has a mailbox for it; or, once a copy was
    promised, the one that says that it no longer tells everything. Return the promise. In the caller's transaction."""
    if not Mailbox.objects.filter(team_id=intake.team_id, is_active=True).exclude(password="").exists():
        return None
    if happening is not Happening.RECEIVED:
        if not OutboxRow.objects.filter(key=key_of(intake)).exists():
            return None
        key = f"pdf-mail-news:{uuid5(intake.pk, f'{happening.value} {now.isoformat()}')}"
        return promise(kind=NEWS, key=key, references={"intake": intake.pk}, by=MAILING, queue=Queue.MAIL)
    # Behind deliveries and other e-mail, where the copies themselves are drawn.
    return promise(kind=KIND, key=key_of(intake), references={"intake": intake.pk}, by=MAILING, queue=Queue.DOCUMENTS)


def key_of(intake: Intake) -> str:
    """Return the key of an intake's e-mail: one each."""
    return f"pdf-mail:{intake.pk}"


@transaction.atomic
def set_mailbox(*, team: FrontDoorTeam, address: str, insisted: str, by: Actor, now: datetime) -> Mailbox:
    """Have copies go to a mailbox, or to another one; return the row. A new one has a password, which `show_password`
    tells, and nothing is sent before `confirm_password`.

    Raises Refusal for who doesn't manage the front door, and without who at the partnership decided it.
    """
    _check(team, by, now)
    decided = insisted.replace("\x00", "").strip()
    if not decided or len(decided) > LONGEST_INSISTED:
        raise _refusal("Say who at the partnership decided it.", team, about="insisted")
    # Two at once wait for each other here, and make one password.
    FrontDoorTeam.objects.select_for_update().get(pk=team.pk)
    mailbox = Mailbox.objects.select_for_update().filter(team=team).first()
    if mailbox is None:
        mailbox = Mailbox(team=team, next_password=encrypt(_new_password()))
    mailbox.address, mailbox.insisted, mailbox.is_active = address, decided, True
    _save(mailbox, by, now, "exchange.set_mailbox")
    return mailbox


@transaction.atomic
def renew_password(*, team: FrontDoorTeam, by: Actor, now: datetime) -> Mailbox:
    """Make a new password; return the row. The earlier one is used until `confirm_password`. While one waits no other
    is made, however often this is asked. Raises Refusal for who doesn't manage the front door."""
    _check(team, by, now)
    mailbox = _mailbox(team)
    if not mailbox.next_password:
        mailbox.next_password = encrypt(_new_password())
        _save(mailbox, by, now, "exchange.renew_password")
    return mailbox


@transaction.atomic
def show_password(*, team: FrontDoorTeam, by: Actor, now: datetime) -> str:
    """Return the password that waits to be passed on, empty where none does. That it was shown is recorded. Raises
    Refusal for who doesn't manage the front door."""
    _check(team, by, now)
    mailbox = _mailbox(team)
    if not mailbox.next_password:
        return ""
    _note("exchange.show_password", team, by)
    return decrypt(mailbox.next_password)


@transaction.atomic
def confirm_password(*, team: FrontDoorTeam, by: Actor, now: datetime) -> Mailbox:
    """Say that those who read the mailbox have the new password: it is used from now on, and never shown again. Return
    the row, unchanged the second time. Raises Refusal for who doesn't manage the front door."""
    _check(team, by, now)
    mailbox = _mailbox(team)
    if mailbox.next_password:
        mailbox.password, mailbox.next_password = mailbox.next_password, ""
        _save(mailbox, by, now, "exchange.confirm_password")
    return mailbox


@transaction.atomic
def stop_mailbox(*, team: FrontDoorTeam, by: Actor, now: datetime) -> Mailbox:
    """Send no copies from now on; return the row. What was promised before ends without being sent. Raises Refusal for
    who doesn't manage the front door."""
    _check(team, by, now)
    mailbox = _mailbox(team)
    mailbox.is_active = False
    _save(mailbox, by, now, "exchange.stop_mailbox")
    return mailbox


def password_of(mailbox: Mailbox) -> str:
    """Return the password that copies are encrypted with."""
    return decrypt(mailbox.password)


def _new_password() -> str:
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))


def _check(team: FrontDoorTeam, by: Actor, now: datetime) -> None:
    check_keep(by, is_manager_there=manages(by, team, now=now))


def _mailbox(team: FrontDoorTeam) -> Mailbox:
    mailbox = Mailbox.objects.select_for_update().filter(team=team).first()
    if mailbox is None:
        raise _refusal("There is no mailbox yet.", team)
    return mailbox


def _refusal(reason: str, team: FrontDoorTeam, *, about: str = "") -> Refusal:
    return Refusal(reason, rule="exchange.keep", subject_type="team", subject_id=team.pk, about=about)


def _save(mailbox: Mailbox, by: Actor, now: datetime, verb: str) -> None:
    assert by.person_id is not None  # only people manage a front door
    mailbox.changed_at, mailbox.changed_by_id = now, by.person_id
    mailbox.save()
    _note(verb, mailbox.team, by)


def _note(verb: str, team: FrontDoorTeam, by: Actor) -> None:
    """The audit row: that it was changed, never an address or a password."""
    record(verb, by=by, subject_type="team", subject_id=team.pk, detail={})
