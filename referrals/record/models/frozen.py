"""What is never changed: submissions, addenda, and each change of state."""

import uuid

from django.db import models

from accounts.models import Person
from audit.models import AppendOnly
from referrals.record.domain.lifecycle import State, Verb
from referrals.record.models.referral import Referral

_VERBS = [verb.value for verb in Verb]
_STATES = [state.value for state in State]
_SHA256 = r"^[0-9a-f]{64}$"


class Submission(AppendOnly):
    """What was submitted: one canonical JSON text under its SHA-256 (docs/adr/0010).

    Text, not jsonb: the bytes under the digest are the bytes that are stored. A referral that was returned and
    submitted again has several; the highest number counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="submission_number_is_unique"),
            models.CheckConstraint(condition=models.Q(sha256__regex=_SHA256), name="submission_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"Submission {self.pk}"


class Addendum(AppendOnly):
    """Later facts, frozen like the submission that they belong to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "addenda"
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="addendum_number_is_unique"),
            models.CheckConstraint(condition=models.Q(sha256__regex=_SHA256), name="addendum_has_a_digest"),
        ]

    def __str__(self) -> str:
        return f"Addendum {self.pk}"


class ReferralChange(AppendOnly):
    """One change of a referral's state: from where to where, by whom, when and why. `by` is None for the system."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="changes")
    verb = models.CharField(max_length=30, choices=[(verb, verb) for verb in _VERBS])
    source = models.CharField(max_length=10, choices=[(state, state) for state in _STATES])
    target = models.CharField(max_length=10, choices=[(state, state) for state in _STATES])
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["referral", "id"], name="change_by_referral")]

    def __str__(self) -> str:
        return f"ReferralChange {self.pk} {self.verb}"
