"""How a front door's own system gets what came in: its address and secrets, its tokens, and what it was told of."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import FrontDoorTeam, Person
from audit.models import AppendOnly
from referrals.routing.happenings import Happening
from referrals.routing.models import Intake

# Plain strings: migrations repeat them, and must not lean on code that moves on.
_KINDS = [kind.value for kind in Happening]


class Webhook(models.Model):
    """Where a front door's own system takes messages, one a front door. `referrals.exchange.actions` changes it.

    Secrets are encrypted (`accounts.secrets`). While a secret is being replaced there are two, and each message is
    signed with both. The newest is shown until somebody has said that the other system has it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.OneToOneField(FrontDoorTeam, on_delete=models.PROTECT, related_name="webhook")
    address = models.CharField(max_length=500)
    secret = models.TextField()
    earlier_secret = models.TextField(blank=True)
    secret_confirmed = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Webhook {self.pk}"


class Token(models.Model):
    """What a front door's own system shows to fetch. Only its digest is kept; a revoked one stays on record."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(FrontDoorTeam, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revoked_by_somebody_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Token {self.pk}"


class Mailbox(models.Model):
    """Where a partnership insists that PDF copies go by e-mail, encrypted, beside the queue; one a front door.
    `referrals.exchange.mailing` changes it. `insisted` says who at the partnership decided it.

    Passwords are encrypted (`accounts.secrets`). `next_password` is shown until somebody has said that those who read
    the mailbox have it, and takes the other's place then; nothing is sent before there is one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.OneToOneField(FrontDoorTeam, on_delete=models.PROTECT, related_name="mailbox")
    address = models.EmailField(max_length=254)
    insisted = models.CharField(max_length=200)
    password = models.TextField(blank=True)
    next_password = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"Mailbox {self.pk}"


class Event(AppendOnly):
    """Something that a front door's own system may have to know. `id` orders them and is the cursor.

    `transaction` is PostgreSQL's number of the transaction that wrote it: rows of transactions that are still open when
    somebody lists are kept back, so that a cursor never passes a row that commits later.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    team = models.ForeignKey(FrontDoorTeam, on_delete=models.PROTECT, related_name="events")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in _KINDS])
    at = models.DateTimeField()
    transaction = models.BigIntegerField(
        db_default=models.Func(template="pg_current_xact_id()::text::bigint", output_field=models.BigIntegerField())
    )

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["team", "id"], name="event_by_team")]

    def __str__(self) -> str:
        return f"Event {self.pk} {self.kind}"


class Receipt(AppendOnly):
    """That a front door's own system has an event: by the webhook, or because it said so. `receipt` is what it calls
    it, in its own words."""

    class Way(models.TextChoices):
        WEBHOOK = "webhook", "Taken by webhook"
        FETCHED = "fetched", "Acknowledged after fetching"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="receipts")
    way = models.CharField(max_length=10, choices=Way.choices)
    receipt = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "way"], name="receipt_once_a_way")]

    def __str__(self) -> str:
        return f"Receipt {self.pk} {self.way}"
