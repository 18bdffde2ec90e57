"""Passages of a draft that its writers keep from any copy for the family."""

from django.db import models

from accounts.models import Person
from referrals.record.models.draft import Child, HouseholdMember
from referrals.record.models.referral import Referral


class KeptFromFamily(models.Model):
    """An answer that no copy for the family may hold, whatever else makes it fit; of one child or member where it is
    asked for each. Like the draft's other rows it goes with a person who is taken off; what counts is frozen with the
    submission."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="kept_from_family")
    page = models.CharField(max_length=40)
    question = models.CharField(max_length=60)
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+", null=True)
    member = models.ForeignKey(HouseholdMember, on_delete=models.CASCADE, related_name="+", null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["page", "question", "id"]
        verbose_name_plural = "kept from family"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "child", "member", "page", "question"],
                nulls_distinct=False,
                name="kept_from_family_once",
            ),
        ]

    def __str__(self) -> str:
        return f"KeptFromFamily {self.pk}"
