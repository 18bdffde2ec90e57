"""The record of each decision to share. A correction is a new row; nothing is written over."""

import uuid

from django.db import models

from accounts.models import Person
from audit.models import AppendOnly
from referrals.record.models import Referral


class SharingRecord(AppendOnly):
    """What was recorded about sharing at one moment, and what it came to, child by child.

    `facts` and `decision` hold plain JSON by id of the child (as text, empty where no child is recorded yet): what
    `consent.domain` read, and its decision with the golden rules answered. The highest number counts. `because` says
    what called for the row, and `note` why in somebody's words: of whoever weighed it, for instance.
    """

    class Because(models.TextChoices):
        SUBMITTED = "submitted", "Submitted"
        WEIGHED = "weighed", "Weighed at the agency"
        AGREEMENT_CHANGED = "agreement_changed", "What was said about agreement changed"
        CORRECTED = "corrected", "Corrected"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="sharing_records")
    number = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    decision = models.JSONField()
    because = models.CharField(max_length=20, choices=Because.choices, default=Because.SUBMITTED)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "number"], name="sharing_record_number_is_unique"),
        ]

    def __str__(self) -> str:
        return f"SharingRecord {self.pk}"
