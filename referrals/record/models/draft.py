"""What changes while a referral is a draft: its people, and the answers page by page.

Each row carries a version. A save names the version that it started from, and a stale one is refused, so nobody's
words are silently overwritten. The rows stay as they were at the last submission; what counts then is the Submission.
"""

import uuid
from typing import Any

from django.db import models

from accounts.models import Person
from referrals.record.models.referral import Referral

# A date as people know it: "2019", "2019-03" or "2019-03-05"; empty when not given.
_PARTIAL_DATE = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"


class Saved(models.Model):
    """Base of a row that a page is saved into. Version 0 was never saved.

    `set_aside` holds answers whose question is no longer asked: they aren't sent, and come back when it is asked again.
    """

    version = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    saved_at = models.DateTimeField(null=True)
    set_aside = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


class PersonOnReferral(Saved):
    """Base of a child and a household member.

    The columns hold cleaned answers of the page about the person, under the same names. `other_answers` holds those
    of its answers that have no column: "not known" ticks, and dates that can't be read as one, as they were typed.
    Names have no limit here: where harm is possible, one that is too long is flagged and kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField()
    born = models.CharField(max_length=10, blank=True)
    about_age = models.TextField(blank=True)
    other_answers = models.JSONField(default=dict, blank=True)

    # Keys of the questions whose answers are columns.
    ANSWER_COLUMNS: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def answers(self) -> dict[str, Any]:
        """Return the answers of the page about this person, as `clean_answers` made them."""
        columns = {name: getattr(self, name) for name in self.ANSWER_COLUMNS}
        return {**{name: value for name, value in columns.items() if value}, **self.other_answers}

    def set_answers(self, answers: dict[str, Any]) -> None:
        """Put cleaned answers into the columns, and what has no column into `other_answers`."""
        other = dict(answers)
        for name in self.ANSWER_COLUMNS:
            value = other.get(name, "")
            if isinstance(value, str):
                setattr(self, name, value)
                other.pop(name, None)
            else:
                setattr(self, name, "")
        self.other_answers = other


class Child(PersonOnReferral):
    """A child whom the referral is about, born or not. `begun_from` is the same child on the form it began from."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="children")
    begun_from = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="begun", null=True, editable=False)
    unborn = models.CharField(max_length=20, blank=True)
    given_names = models.TextField(blank=True)
    family_name = models.TextField(blank=True)
    known_as = models.TextField(blank=True)
    expected = models.CharField(max_length=10, blank=True)
    sex = models.CharField(max_length=20, blank=True)

    ANSWER_COLUMNS = (
        "unborn",
        "given_names",
        "family_name",
        "known_as",
        "born",
        "about_age",
        "expected",
        "sex",
    )

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "children"
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="child_position_is_unique"),
            models.CheckConstraint(condition=models.Q(born__regex=_PARTIAL_DATE), name="child_born_reads_as_date"),
            models.CheckConstraint(
                condition=models.Q(expected__regex=_PARTIAL_DATE), name="child_expected_reads_as_date"
            ),
        ]

    def __str__(self) -> str:
        # Logs and tracebacks print this: no name.
        return f"Child {self.pk}"


class HouseholdMember(PersonOnReferral):
    """Somebody who lives with a child, or belongs to the family elsewhere."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="household")
    full_name = models.TextField(blank=True)
    relationship = models.TextField(blank=True)
    parental_responsibility = models.CharField(max_length=20, blank=True)
    in_home = models.CharField(max_length=20, blank=True)
    contact = models.TextField(blank=True)

    ANSWER_COLUMNS = (
        "full_name",
        "relationship",
        "parental_responsibility",
        "in_home",
        "born",
        "about_age",
        "contact",
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "position"], name="member_position_is_unique"),
            models.CheckConstraint(condition=models.Q(born__regex=_PARTIAL_DATE), name="member_born_reads_as_date"),
        ]

    def __str__(self) -> str:
        return f"HouseholdMember {self.pk}"


class PageAnswers(Saved):
    """The cleaned answers of one page; for one child or one member where the page is asked for each."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="pages")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="pages", null=True)
    member = models.ForeignKey(HouseholdMember, on_delete=models.CASCADE, related_name="pages", null=True)
    page = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "page answers"
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "child", "member", "page"], nulls_distinct=False, name="page_saved_once"
            ),
            models.CheckConstraint(
                condition=models.Q(child__isnull=True) | models.Q(member__isnull=True), name="page_about_one_person"
            ),
        ]

    def __str__(self) -> str:
        return f"PageAnswers {self.pk} {self.page}"


class Keeping(models.Model):
    """What somebody has typed on a page and not saved yet, as the page's fields, encrypted (docs/adr/0027).

    It is no answer: no rule reads it, and no page counts as begun by it. One a person and page; `tab` and `number` tell
    two windows of one person apart, so that neither overwrites the other. It goes when the page is saved.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="keepings")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+", null=True)
    member = models.ForeignKey(HouseholdMember, on_delete=models.CASCADE, related_name="+", null=True)
    page = models.CharField(max_length=40)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    version = models.IntegerField(help_text="The version of the page that was open.")
    tab = models.CharField(max_length=36)
    number = models.PositiveIntegerField()
    ciphertext = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "child", "member", "page", "by"], nulls_distinct=False, name="kept_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"Keeping {self.pk} {self.page}"
