"""The outbox: one row for each promise, one append-only row for each change of its state."""

import uuid

from django.db import models
from django.db.models import Q

from audit.models import AppendOnly
from dispatch.domain import breaker
from dispatch.domain.lifecycle import State
from dispatch.domain.promise import LONGEST_KEY
from dispatch.domain.queues import Queue


class OutboxRow(models.Model):
    """A promise: work that will be done once, after the change that called for it has committed.

    Written by `dispatch.actions.promise`, moved on by `dispatch.leases` and the operators' actions, never elsewhere.
    `next_try_at` is when the next attempt is due; `woken_at` is when a worker was last told of it. `is_new` means
    something only on the row that `promise` returns: that call made it, and it didn't stand there before.
    """

    is_new: bool = False

    class States(models.TextChoices):
        DUE = State.DUE.value, State.DUE.words
        LEASED = State.LEASED.value, State.LEASED.words
        DONE = State.DONE.value, State.DONE.words
        PARKED = State.PARKED.value, State.PARKED.words
        SET_ASIDE = State.SET_ASIDE.value, State.SET_ASIDE.words

    class Queues(models.TextChoices):
        URGENT = Queue.URGENT.value
        ROUTINE = Queue.ROUTINE.value
        MAIL = Queue.MAIL.value
        DOCUMENTS = Queue.DOCUMENTS.value

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=LONGEST_KEY, unique=True)
    kind = models.CharField(max_length=40)
    queue = models.CharField(max_length=9, choices=Queues.choices)
    references = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=States.choices, default=States.DUE)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    woken_at = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    leased_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    request_id = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            # Done rows pile up for years; what the sweep and the operators' page look for stays small.
            models.Index(fields=["queue", "next_try_at"], condition=Q(state="due"), name="dispatch_due"),
            models.Index(fields=["leased_until"], condition=Q(state="leased"), name="dispatch_leased"),
            models.Index(fields=["parked_at"], condition=Q(state="parked"), name="dispatch_parked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="leased", lease_token__isnull=False, leased_until__isnull=False)
                | (~Q(state="leased") & Q(lease_token__isnull=True, leased_until__isnull=True)),
                name="dispatch_lease_while_leased",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | (~Q(state="done") & Q(done_at__isnull=True)),
                name="dispatch_done_at_when_done",
            ),
            models.CheckConstraint(
                condition=Q(state="parked", parked_at__isnull=False) | (~Q(state="parked") & Q(parked_at__isnull=True)),
                name="dispatch_parked_at_when_parked",
            ),
            models.CheckConstraint(condition=Q(state__in=[str(state) for state in State]), name="dispatch_state_known"),
            models.CheckConstraint(condition=Q(queue__in=[str(queue) for queue in Queue]), name="dispatch_queue_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Gateway(models.Model):
    """How another system stands that messages go to, as the breaker sees it. `dispatch.gates` keeps it.

    `label` is what operators read: a front door's name, never a person's.
    """

    class States(models.TextChoices):
        CLOSED = breaker.State.CLOSED.value, breaker.State.CLOSED.words
        OPEN = breaker.State.OPEN.value, breaker.State.OPEN.words
        HALF_OPEN = breaker.State.HALF_OPEN.value, breaker.State.HALF_OPEN.words

    name = models.CharField(max_length=60, primary_key=True)
    label = models.CharField(max_length=200)
    state = models.CharField(max_length=9, choices=States.choices, default=States.CLOSED)
    failures = models.PositiveIntegerField(default=0)
    rests = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["label", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", until__isnull=True) | (~Q(state="closed") & Q(until__isnull=False)),
                name="gateway_until_while_not_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"Gateway {self.name}"


class Pulse(models.Model):
    """When a watch last did its round: a sign that beat, broker and worker live. One row a watch."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Pulse {self.name}"


class SentAnotherWay(AppendOnly):
    """That a piece of work that failed reached whoever it is for another way: which, whom somebody spoke to, when and
    by whom. `to_whom` is empty for another gateway; it names nobody of a family."""

    row = models.ForeignKey(OutboxRow, on_delete=models.PROTECT, related_name="other_ways")
    way = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    to_whom = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(way="by_hand") | ~Q(to_whom=""), name="by_hand_to_somebody"),
        ]

    def __str__(self) -> str:
        return f"SentAnotherWay {self.pk} {self.way}"


class OutboxChange(AppendOnly):
    """A step in the life of a promise: from, to, when, by whom, why. `before` is empty for the promise itself."""

    row = models.ForeignKey(OutboxRow, on_delete=models.PROTECT, related_name="changes")
    before = models.CharField(max_length=9, blank=True)
    after = models.CharField(max_length=9)
    at = models.DateTimeField()
    by_id = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before or 'new'} → {self.after}"
