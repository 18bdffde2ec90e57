"""Who, beside its author and the agency's desk, may see a referral; and who never may."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import FrontDoorTeam, Person
from audit.models import AppendOnly
from referrals.record.models.referral import Referral


class Involvement(models.Model):
    """Somebody of the agency who was brought in: a colleague on the draft, or a line manager who was asked; or who held
    it before it was handed to somebody else, and goes on seeing what becomes of it.

    It is ended, never deleted: who could see what on a past day stays answerable.
    """

    class Part(models.TextChoices):
        COLLEAGUE = "colleague", "Colleague"
        APPROVER = "approver", "Approver"
        FORMER = "former", "Held it before"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="involvements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person"], condition=Q(until__isnull=True), name="involvement_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "person", "part"], condition=Q(until__isnull=True), name="involved_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Involvement {self.pk}"


class DraftOffer(models.Model):
    """A draft that is offered to somebody of the agency, who then holds it or doesn't. `note` is for them alone.

    Until they accept, nothing changes, and they see the note and no answer. Ended, never deleted.
    """

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        TAKEN_BACK = "taken_back", "Taken back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="offers")
    holder = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    note = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["referral"], condition=Q(answer=""), name="offered_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="draft_offer_answered_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"DraftOffer {self.pk}"


class ExcludedPerson(models.Model):
    """Somebody with an account whom the referral is about, as its author or a front door says: they never see it.

    Why, and who said so, stands in `AccessChange`.
    """

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="excluded")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "excluded people"
        constraints = [models.UniqueConstraint(fields=["referral", "person"], name="excluded_once")]

    def __str__(self) -> str:
        return f"ExcludedPerson {self.pk}"


class AccessChange(AppendOnly):
    """One thing that was said about who must not see a referral, with the reason. Nobody unsays it in silence.

    `person` is None where it is the agency's whole desk; `of_front_door` where a front door said it, not the agency.
    """

    class Kind(models.TextChoices):
        DESK = "desk", "The agency's desk must not see it"
        SHUT_OUT = "shut_out", "This person must not see it"
        READMITTED = "readmitted", "This person may see it again"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="access_changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    of_front_door = models.BooleanField()
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="desk", person__isnull=True)
                | Q(kind__in=["shut_out", "readmitted"], person__isnull=False),
                name="access_change_names_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"AccessChange {self.pk} {self.kind}"


class TeamAccess(AppendOnly):
    """A front-door team that received the referral, from then on. `actions.open_to_team` writes it with the intake.

    Routing keeps the intakes; this row is what the record, which lies below, needs to know of them.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="teams")
    team = models.ForeignKey(FrontDoorTeam, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "team access"
        constraints = [models.UniqueConstraint(fields=["team", "referral"], name="team_access_once")]

    def __str__(self) -> str:
        return f"TeamAccess {self.pk}"
