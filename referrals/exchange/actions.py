"""What is done about other systems: noting events, keeping addresses and tokens, and what they say they have."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.models import FrontDoorTeam
from accounts.secrets import decrypt, encrypt
from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from audit.domain.wording import Detail
from dispatch.actions import promise
from dispatch.addresses import AddressRefused, target_of
from dispatch.domain.queues import Queue
from referrals.exchange.domain.permissions import check_keep
from referrals.exchange.domain.tokens import digest_of, token_of
from referrals.exchange.models import Event, Receipt, Token, Webhook
from referrals.exchange.selectors import manages
from referrals.routing.happenings import Happening
from referrals.routing.models import Intake

EXCHANGE = Actor.system("exchange")
LONGEST_NAME = 80
_ONE_MINUTE = timedelta(minutes=1)


def note_event(happening: Happening, intake: Intake, now: datetime) -> Event | None:
    """Note what happened for the front door's own system, and promise the message where it has a webhook; return the
    event, None where it is connected to nothing. In the caller's transaction."""
    webhook = Webhook.objects.filter(team_id=intake.team_id, is_active=True).first()
    if webhook is None and not Token.objects.filter(team_id=intake.team_id, revoked_at__isnull=True).exists():
        return None
    event = Event.objects.create(team_id=intake.team_id, intake=intake, kind=happening.value, at=now)
    if webhook is not None:
        # Behind deliveries and e-mail: a system that hangs holds up neither.
        promise(
            kind="webhook",
            key=f"webhook:{event.key}",
            references={"event": event.key, "gateway": gateway_of(intake.team_id)},
            by=EXCHANGE,
            queue=Queue.DOCUMENTS,
        )
    return event


@transaction.atomic
def set_webhook(*, team: FrontDoorTeam, address: str, by: Actor, now: datetime) -> Webhook:
    """Connect a front door to an address, or move it there; return the row. A new connection has a secret, which
    `show_secret` tells until `confirm_secret`.

    Raises Refusal for who doesn't manage it, and for an address that can't be used.
    """
    _check(team, by, now)
    try:
        target_of(address, plain_allowed=settings.DEMO)
    except AddressRefused as refused:
        raise _refusal(f"{refused.reason}.", team) from None
    # Two at once wait for each other here: the second moves what the first connected, and one secret is made.
    FrontDoorTeam.objects.select_for_update().get(pk=team.pk)
    webhook = Webhook.objects.select_for_update().filter(team=team).first()
    if webhook is None:
        webhook = Webhook(team=team, secret=encrypt(secrets.token_urlsafe(32)), secret_confirmed=False)
    webhook.address, webhook.is_active = address, True
    _save(webhook, by, now, "exchange.set_webhook")
    return webhook


@transaction.atomic
def renew_secret(*, team: FrontDoorTeam, by: Actor, now: datetime) -> Webhook:
    """Make a new secret; return the row. `show_secret` tells it until `confirm_secret`; messages are signed with both
    until `drop_earlier_secret`.

    While a secret waits to be confirmed no other is made, however often this is asked: one that nobody has seen is not
    lost. Raises Refusal for who doesn't manage the front door, or while an earlier secret is still in use.
    """
    _check(team, by, now)
    webhook = _webhook(team)
    if not webhook.secret_confirmed:
        return webhook
    if webhook.earlier_secret:
        raise _refusal("The last change isn't finished: end the earlier secret first.", team)
    webhook.earlier_secret, webhook.secret = webhook.secret, encrypt(secrets.token_urlsafe(32))
    webhook.secret_confirmed = False
    _save(webhook, by, now, "exchange.renew_secret")
    return webhook


@transaction.atomic
def show_secret(*, team: FrontDoorTeam, by: Actor, now: datetime) -> str:
    """Return the newest secret while nobody has confirmed that the other system has it, empty afterwards. That it was
    shown is recorded. Raises Refusal for who doesn't manage the front door, and where there is no address."""
    _check(team, by, now)
    webhook = _webhook(team)
    if webhook.secret_confirmed:
        return ""
    _note("exchange.show_secret", team, by, {})
    return decrypt(webhook.secret)


@transaction.atomic
def confirm_secret(*, team: FrontDoorTeam, by: Actor, now: datetime) -> Webhook:
    """Say that the other system has the newest secret, which is never shown again; return the row, unchanged the second
    time. Raises Refusal for who doesn't manage the front door, and where there is no address."""
    _check(team, by, now)
    webhook = _webhook(team)
    if not webhook.secret_confirmed:
        webhook.secret_confirmed = True
        _save(webhook, by, now, "exchange.confirm_secret")
    return webhook


@transaction.atomic
def drop_earlier_secret(*, team: FrontDoorTeam, by: Actor, now: datetime) -> Webhook:
    """Sign with the newest secret alone from now on; return the row. Raises Refusal for who doesn't manage it, and
    while nobody has said that the other system has the newest."""
    _check(team, by, now)
    webhook = _webhook(team)
    if not webhook.secret_confirmed:
        raise _refusal("Put the new secret into the other system first, and say so on its page.", team)
    webhook.earlier_secret = ""
    _save(webhook, by, now, "exchange.drop_secret")
    return webhook


@transaction.atomic
def stop_webhook(*, team: FrontDoorTeam, by: Actor, now: datetime) -> Webhook:
    """Send nothing there from now on; return the row. What was promised before ends without being sent. Raises Refusal
    for who doesn't manage the front door."""
    _check(team, by, now)
    webhook = _webhook(team)
    webhook.is_active = False
    _save(webhook, by, now, "exchange.stop_webhook")
    return webhook


@transaction.atomic
def make_token(*, team: FrontDoorTeam, name: str, by: Actor, now: datetime) -> tuple[Token, str]:
    """Make a token for fetching; return the row and the token, which is shown once and kept nowhere.

    Raises Refusal for who doesn't manage the front door, without a name of at most LONGEST_NAME characters, and for the
    name of one that is in use: nobody could tell which to revoke, and a button pressed twice made two.
    """
    _check(team, by, now)
    called = name.replace("\x00", "").strip()
    if not called or len(called) > LONGEST_NAME:
        raise _refusal("Say which system uses it.", team)
    if Token.objects.filter(team=team, name=called, revoked_at__isnull=True).exists():
        raise Refusal(
            "A token of this name is in use. If you have not seen it, revoke it and make another one.",
            rule="exchange.token_name",
            subject_type="team",
            subject_id=team.pk,
        )
    words = token_of(secrets.token_urlsafe(32))
    assert by.person_id is not None  # only people manage a front door
    row = Token.objects.create(team=team, name=called, digest=digest_of(words), made_at=now, made_by_id=by.person_id)
    _note("exchange.make_token", team, by, {"token": row.pk})
    return row, words


@transaction.atomic
def revoke_token(*, team: FrontDoorTeam, token_id: UUID, by: Actor, now: datetime) -> bool:
    """End a token; return whether it was in use. Raises Refusal for who doesn't manage the front door."""
    _check(team, by, now)
    rows = Token.objects.filter(pk=token_id, team=team, revoked_at__isnull=True)
    revoked = bool(rows.update(revoked_at=now, revoked_by_id=by.person_id))
    if revoked:
        _note("exchange.revoke_token", team, by, {"token": token_id})
    return revoked


@transaction.atomic
def acknowledge(*, event: Event, way: Receipt.Way, receipt: str, by: Actor, now: datetime) -> Receipt:
    """Keep that the other system has an event; return the row, the same one the second time."""
    row, created = Receipt.objects.get_or_create(
        event=event, way=way.value, defaults={"receipt": receipt[:100], "at": now}
    )
    if created:
        record(
            "exchange.receipt",
            by=by,
            subject_type="intake",
            subject_id=event.intake_id,
            detail={"event": event.key, "way": way.value},
        )
    return row


def note_use(token: Token, *, now: datetime) -> None:
    """Note when a token was last used, once a minute at most: a row isn't written for every request."""
    Token.objects.filter(pk=token.pk).exclude(used_at__gt=now - _ONE_MINUTE).update(used_at=now)


def gateway_of(team_id: UUID) -> str:
    """Return the name under which dispatch knows a front door's own system."""
    return f"webhook-{team_id}"


def secrets_of(webhook: Webhook) -> tuple[str, ...]:
    """Return the secrets to sign with, the newest first."""
    return tuple(decrypt(one) for one in (webhook.secret, webhook.earlier_secret) if one)


def _check(team: FrontDoorTeam, by: Actor, now: datetime) -> None:
    check_keep(by, is_manager_there=manages(by, team, now=now))


def _webhook(team: FrontDoorTeam) -> Webhook:
    webhook = Webhook.objects.select_for_update().filter(team=team).first()
    if webhook is None:
        raise _refusal("There is no address yet.", team)
    return webhook


def _refusal(reason: str, team: FrontDoorTeam) -> Refusal:
    return Refusal(reason, rule="exchange.keep", subject_type="team", subject_id=team.pk)


def _save(webhook: Webhook, by: Actor, now: datetime, verb: str) -> None:
    assert by.person_id is not None  # only people manage a front door
    webhook.changed_at, webhook.changed_by_id = now, by.person_id
    webhook.save()
    _note(verb, webhook.team, by, {})


def _note(verb: str, team: FrontDoorTeam, by: Actor, detail: Detail) -> None:
    """The audit row: that it was changed, never an address or a secret."""
    record(verb, by=by, subject_type="team", subject_id=team.pk, detail=detail)
