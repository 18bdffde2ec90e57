"""The record of each decision to share, of what people said beside it and afterwards, of what each front door is
given, and of every document that went anywhere. A correction is a new row; nothing is written over."""

import uuid

from django.db import models

from accounts.models import FrontDoorTeam, Person
from audit.models import AppendOnly
from consent.domain.facts import Said
from referrals.record.models import Referral, Submission


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

    `about` is the id of the child or household member. Of several about one person the newest counts. `agreed_parts`
    and `agreed_with` hold what a limited agreement lets go and to whom; None where it isn't limited, or isn't known.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="agreement_changes")
    about = models.UUIDField()
    said = models.CharField(max_length=20, choices=[(said.value, said.value) for said in Said])
    said_on = models.DateField(null=True)
    said_to = models.CharField(max_length=200, blank=True)
    limits = models.TextField(blank=True)
    agreed_parts = models.JSONField(null=True)
    agreed_with = models.JSONField(null=True)
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
    outweighs the yes of another.

    `lifts`: a yes of this front door was enough then, as it is the one that protects the child. `let_go`: nobody said
    this row; it keeps that the front door handed the referral over, and what its word was.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="telling_rulings")
    team = models.ForeignKey(FrontDoorTeam, on_delete=models.PROTECT, related_name="+")
    may_tell = models.BooleanField()
    lifts = models.BooleanField(default=True)
    let_go = models.BooleanField(default=False)
    why = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="telling_ruling_number_is_unique")]

    def __str__(self) -> str:
        return f"TellingRuling {self.pk}"


class SaidSince(AppendOnly):
    """That something was said about a referral after it was submitted which may make telling the family dangerous. What
    was said stands with whoever keeps it; the newest row counts. `by` is None for the system."""

    class Where(models.TextChoices):
        ANSWER = "answer", "An answer to the front door"
        ADVICE = "advice", "Advice of the agency's desk"
        PARTNER = "partner", "What a partner agency was asked or gave"
        DISAGREEMENT = "disagreement", "Grounds of a disagreement"
        WITHDRAWAL = "withdrawal", "Why it is to be withdrawn"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="said_since")
    where = models.CharField(max_length=20, choices=Where.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "said since"

    def __str__(self) -> str:
        return f"SaidSince {self.pk}"


class Disclosure(AppendOnly):
    """What one front door is given of a submission, and for what purpose, as it was worked out when it went there.

    `need` holds plain JSON of `consent.domain.recipients.Needed`: every page that it gets, and what was left out, with
    the reason. Pages and copies of that front door are made from it. The highest number counts: a later one gives more.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="disclosures")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="disclosures")
    team = models.ForeignKey(FrontDoorTeam, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=60)
    area_name = models.CharField(max_length=200)
    front_door = models.CharField(max_length=60)
    door_name = models.CharField(max_length=200)
    purpose = models.CharField(max_length=20)
    whole = models.BooleanField()
    need = models.JSONField()
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["team", "submission"], name="disclosure_by_team")]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "area", "front_door", "number"], name="disclosure_number_is_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"Disclosure {self.pk}"

    @property
    def recipient(self) -> str:
        """The front door's name with its area's: two areas may call theirs the same."""
        return f"{self.door_name}, {self.area_name}" if self.area_name else self.door_name


class Shared(AppendOnly):
    """One document that somebody outside the agency got, or was told of: written by whatever hands it over, never by
    hand. `what` and `left_out` name its parts; `people` counts those to whom an e-mail without content went."""

    class Document(models.TextChoices):
        SUBMISSION = "submission", "The referral"
        COPY = "copy", "PDF copy"
        ADDENDUM = "addendum", "Addendum"
        ANSWER = "answer", "Answer to a question"
        MORE = "more", "The rest of the referral"
        FILE = "file", "File"
        FAMILY = "family", "Copy for the family"
        OUTSIDE = "outside", "Copy to hand over"
        PARTNER = "partner", "Request on paper"
        EMAIL = "email", "E-mail without content"

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="shared")
    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="shared", null=True)
    document = models.CharField(max_length=12, choices=Document.choices)
    title = models.CharField(max_length=200)
    recipient = models.CharField(max_length=300)
    purpose = models.CharField(max_length=300)
    what = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    people = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "shared"
        indexes = [models.Index(fields=["referral", "id"], name="shared_by_referral")]

    def __str__(self) -> str:
        return f"Shared {self.pk}"
