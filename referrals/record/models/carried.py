"""What a draft began with: answers that were carried over from an earlier form, until somebody confirms them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Person
from referrals.record.models.draft import Child, HouseholdMember
from referrals.record.models.referral import Referral


class Carried(models.Model):
    """The answers of one page that came from an earlier form; of one child or member where it is asked for each.

    `written_at` is when they were written there. Saving the page confirms them: whoever saves it has them before their
    eyes. Like the draft's other rows it goes with a person who is taken off; what counts is frozen with the submission.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="carried")
    source = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="carried_on")
    page = models.CharField(max_length=40)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+", null=True)
    member = models.ForeignKey(HouseholdMember, on_delete=models.CASCADE, related_name="+", null=True)
    questions = ArrayField(models.CharField(max_length=60))
    written_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["page", "id"]
        verbose_name_plural = "carried answers"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "child", "member", "page"], nulls_distinct=False, name="page_carried_once"
            ),
            models.CheckConstraint(condition=~Q(referral=models.F("source")), name="carried_from_another_form"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="carried_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Carried {self.pk}"
