"""The referral itself."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Agency, Person
from referrals.record.domain.forms import noun_of
from referrals.record.domain.lifecycle import State
from thresholds.models import PackVersion

# Plain strings: migrations repeat them, and must not lean on code that moves on.
_STATES = [state.value for state in State]


class Referral(models.Model):
    """One referral, from the first page that is saved on. `referrals.record.actions` makes and changes it.

    `home_area`, `urgent` and `urgent_because` are worked out from the answers whenever a page is saved, so that
    lists need not read the answers. `urgent_since` is when it became so, on the draft. `urgent_because` holds the
    codes of `domain.urgency`, after submission also those of the threshold check. `bypasses_desk` is None
    until the author has answered; until then the desk sees nothing.
    `begun_from` is an earlier form whose answers it began with. `pack_version` is that of the home area, kept from
    when the area was chosen. Times are set by actions, from `now`.
    """

    class Kind(models.TextChoices):
        MARF = "marf", "Multi-agency referral"
        SEND_NOW = "send_now", "Urgent referral, sent with the first facts"
        EHA = "eha", "Early help assessment"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    specification = models.CharField(max_length=30, help_text="Version of the form, such as marf-1.")
    state = models.CharField(max_length=10, choices=[(state, state) for state in _STATES], default=State.DRAFT.value)
    state_since = models.DateTimeField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    home_area = models.CharField(max_length=60, blank=True, help_text="Slug of the first child's home area, if known.")
    urgent = models.BooleanField(default=False)
    urgent_since = models.DateTimeField(null=True)
    urgent_because = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    bypasses_desk = models.BooleanField(null=True)
    begun_from = models.ForeignKey("self", on_delete=models.PROTECT, related_name="begun", null=True, editable=False)
    begun_by = models.UUIDField(null=True, editable=False, help_text="Token of the button that began it.")
    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at", "id"]
        indexes = [
            models.Index(fields=["author", "-updated_at"], name="referral_by_author"),
            models.Index(fields=["agency", "-updated_at"], name="referral_by_agency"),
            models.Index(fields=["agency", "state", "-updated_at"], name="referral_on_desk"),
            # What the watches look at, every minute or five: few among all that there ever were.
            models.Index(
                fields=["state", "updated_at"],
                condition=models.Q(state__in=[State.DRAFT.value, State.SUBMITTED.value]),
                name="referral_unsent",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=_STATES), name="referral_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(urgent=False) | models.Q(urgent_because__len__gte=1), name="referral_urgent_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def noun(self) -> str:
        """What it is called in a sentence, the same on every page that both kinds share: "referral", "assessment"."""
        return noun_of(self.specification)
