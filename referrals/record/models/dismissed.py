"""What the system suggested from the practitioner's own words, and they said doesn't fit."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Person
from referrals.record.domain.dismissed import SuggestedKind
from referrals.record.models.draft import Child
from referrals.record.models.referral import Referral

_KINDS = [kind.value for kind in SuggestedKind]


class Dismissal(models.Model):
    """A suggestion that was dismissed for one child, with the words that had caused it.

    Taken back, the row stays and doesn't count any more. Like the draft's other rows it goes with a child who is taken
    off the draft; what counts once the referral is submitted is the Submission.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="dismissals")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="dismissals")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in _KINDS])
    item = models.CharField(max_length=60, help_text="Id of the override, descriptor or sign in the pack.")
    wording = models.TextField()
    quote = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "item"], condition=Q(taken_back_at__isnull=True), name="dismissed_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=_KINDS), name="dismissed_kind_is_known"),
            models.CheckConstraint(condition=~Q(kind="override") | ~Q(reason=""), name="dismissed_override_has_reason"),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="dismissed_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Dismissal {self.pk}"
