"""The record of each decision to share, and of what people said beside it and afterwards. A correction is a new row;
nothing is written over."""

import uuid

from django.db import models

from accounts.models import FrontDoorTeam, Person
from audit.models import AppendOnly
from consent.domain.facts import Said
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


class AboutSharing(AppendOnly):
    """Base of what is recorded beside the decision: who said what, and when. A correction is a new row with a higher
    number; every row stays and is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True


class BasesChoice(AboutSharing):
    """The lawful bases that a person chose instead of those that the facts suggest, and why. The newest counts; one
    without any goes back to what is suggested."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="bases_choices")
    chosen = models.JSONField()
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "bases choices"
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="bases_choice_number_is_unique")]

    def __str__(self) -> str:
        return f"BasesChoice {self.pk}"


class AgreementChange(AboutSharing):
    """What somebody said about agreement after it was submitted: withdrew it, gave it, limited it.

    `about` is the id of the child or household member. Of several about one person the newest counts.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="agreement_changes")
    about = models.UUIDField()
    said = models.CharField(max_length=20, choices=[(said.value, said.value) for said in Said])
    said_on = models.DateField(null=True)
    said_to = models.CharField(max_length=200, blank=True)
    limits = models.TextField(blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="agreement_change_number_is_unique")]

    def __str__(self) -> str:
        return f"AgreementChange {self.pk}"


class Told(AboutSharing):
    """That somebody was told of the sharing. `about` is the id of a child or member as text, or how somebody who isn't
    on record stands to the child. Of several about one person the newest counts."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="told")
    about = models.CharField(max_length=40)
    told_on = models.DateField()
    told_by = models.CharField(max_length=200)
    words = models.TextField()

    class Meta:
        ordering = ["number"]
        verbose_name_plural = "told"
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="told_number_is_unique")]

    def __str__(self) -> str:
        return f"Told {self.pk}"


class TellingRuling(AboutSharing):
    """The word of a front door on whether the family may be told. The newest of each front door counts, and a no of one
    outweighs the yes of another."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="telling_rulings")
    team = models.ForeignKey(FrontDoorTeam, on_delete=models.PROTECT, related_name="+")
    may_tell = models.BooleanField()
    why = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="telling_ruling_number_is_unique")]

    def __str__(self) -> str:
        return f"TellingRuling {self.pk}"
