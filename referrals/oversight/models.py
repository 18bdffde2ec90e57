"""A backtest: one pack tried on an area's past referrals, with how far it has come and what was counted."""

import json
import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Person
from thresholds.domain.pack import Pack


class Backtest(models.Model):
    """Started and moved on by `referrals.oversight.actions`, slice by slice. It holds counts, and
    nobody but who asked.

    The pack is kept whole: a draft may change, or go, while it is being tried. `until` bounds the submissions that are
    read, `cursor` is the last one that was, `slices` how many slices are counted; a slice is added only while it is the
    next one, so that none counts twice.
    """

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Finished"
        CANCELLED = "cancelled", "Stopped"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.SlugField(max_length=60)
    name = models.CharField(max_length=200, help_text="What was tried, as its asker chose it.")
    pack_sha256 = models.CharField(max_length=64)
    pack_body = models.JSONField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    until = models.DateTimeField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    slices = models.PositiveIntegerField(default=0)
    cursor = models.UUIDField(null=True)
    tally = models.JSONField(default=dict)
    progressed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "id"]
        indexes = [models.Index(fields=["area", "-asked_at"], name="backtest_by_area")]
        constraints = [
            models.UniqueConstraint(fields=["area"], condition=Q(state="running"), name="backtest_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True) | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="backtest_ended_at_when_ended",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="backtest_done_within_total"),
            models.CheckConstraint(
                condition=Q(state__in=["running", "done", "cancelled"]), name="backtest_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Backtest {self.pk}"

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.state == self.State.RUNNING

    def pack(self) -> Pack:
        """The pack that is tried. Raises ValueError when the stored body doesn't have the stored digest."""
        pack = Pack.model_validate_json(json.dumps(self.pack_body))
        if pack.sha256() != self.pack_sha256:
            raise ValueError(f"the pack of {self} does not have its digest")
        return pack
