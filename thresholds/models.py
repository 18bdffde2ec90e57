"""Published versions of threshold packs, and drafts of the next. A version is never changed: a referral is always shown
against its own. A draft applies to nobody."""

import json
import uuid

from django.db import models

from accounts.clock import day_of
from accounts.models import Person
from audit.models import AppendOnly
from thresholds.domain.pack import Pack


class PackVersion(AppendOnly):
    """One published pack. `revision` tells versions of one area and date apart, the highest is the one in force."""

    area = models.SlugField(max_length=60)
    effective_from = models.DateField()
    revision = models.PositiveSmallIntegerField(default=1)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    body = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area", "effective_from", "revision"], name="thresholds_one_revision"),
            models.CheckConstraint(condition=models.Q(revision__gte=1), name="thresholds_revision_from_one"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="thresholds_sha256_is_hexadecimal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} {self.effective_from:%Y-%m-%d} revision {self.revision}"

    def pack(self) -> Pack:
        """The pack as it was published. Raises ValueError when the stored body doesn't have the stored digest."""
        pack = Pack.model_validate_json(json.dumps(self.body))
        if pack.sha256() != self.sha256:
            raise ValueError(f"the body of {self} does not have its digest")
        return pack


class PackDraft(models.Model):
    """A pack that somebody uploaded, until it is published or discarded. It changes nothing for any referral.

    Only what parses whole is kept. Its date is a proposal: the date from which it applies is chosen at publishing.
    """

    class State(models.TextChoices):
        """Open until one of two ends."""

        OPEN = "open", "Draft"
        PUBLISHED = "published", "Published"
        DISCARDED = "discarded", "Discarded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.SlugField(max_length=60)
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    body = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    made_by_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)
    version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-made_at", "id"]
        indexes = [models.Index(fields=["area", "state"], name="thresholds_draft_of_area")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", ended_at__isnull=True)
                | models.Q(state__in=["published", "discarded"], ended_at__isnull=False),
                name="thresholds_draft_ends_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="published", version__isnull=False)
                | (~models.Q(state="published") & models.Q(version__isnull=True)),
                name="thresholds_draft_becomes_a_version",
            ),
            models.CheckConstraint(
                condition=models.Q(sha256__regex="^[0-9a-f]{64}$"), name="thresholds_draft_sha256_is_hexadecimal"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of {self.area}"

    @property
    def name(self) -> str:
        """What people choose it by: its day in England, and its note."""
        made = f"Draft of {day_of(self.made_at):%-d %B %Y}"
        return f"{made}: {self.note}" if self.note else made

    def pack(self) -> Pack:
        """The pack as it was uploaded. Raises ValueError when the stored body doesn't have the stored digest."""
        pack = Pack.model_validate_json(json.dumps(self.body))
        if pack.sha256() != self.sha256:
            raise ValueError(f"the body of {self} does not have its digest")
        return pack
