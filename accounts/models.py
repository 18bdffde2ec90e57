"""People, agencies, front-door teams, and who does what where."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone

from accounts.domain import agencies, roles

# Areas and front doors are named as the threshold packs name them.
slug_of_pack = RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*$", "Use the slug of the area's pack.")

# Plain strings: migrations repeat them, and must not lean on code that moves on.
_ROLES = [role.value for role in roles.Role]
_FRONT_DOOR_ROLES = sorted(role.value for role in roles.FRONT_DOOR_ROLES)
# Coordinators of early help had no team before assessments were sent: such a membership stands, and opens no queue.
_NEED_TEAM = [role for role in _FRONT_DOOR_ROLES if role != roles.Role.EARLY_HELP_COORDINATOR.value]
_NO_TEAM = models.Value(uuid.UUID(int=0), output_field=models.UUIDField())


# PostgreSQL's daterange: the first day belongs to it, the last does not; a missing end is open.
_DAYS = models.Func("starts_on", "ends_on", function="DATERANGE", output_field=DateRangeField())


class PersonManager(BaseUserManager["Person"]):
    """Makes people; looks them up by e-mail in any case."""

    def create_user(self, *, email: str, full_name: str, password: str | None = None, **fields: Any) -> "Person":
        """Insert a person and return them. Without a password nobody can sign in as them until they set one."""
        person = self.model(email=email.strip().lower(), full_name=full_name, **fields)
        if password is None:
            person.set_unusable_password()
        else:
            person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person with this e-mail, whatever its case; raise Person.DoesNotExist."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who works with children, or with the system. What they may do hangs on memberships alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("work e-mail", max_length=254, unique=True)
    full_name = models.CharField(max_length=200)
    job_title = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = PersonManager()

    class Meta:
        ordering = ["full_name", "id"]
        constraints = [
            # One spelling a person: with the unique index this makes sign-in names unique in any case.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="person_email_in_lower_case"),
            models.CheckConstraint(condition=~models.Q(full_name=""), name="person_has_a_name"),
        ]

    def __str__(self) -> str:
        # Logs and tracebacks print this: no name, no address.
        return f"Person {self.pk}"

    def clean(self) -> None:
        """Write the e-mail the one way it is stored."""
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        """Return the name that pages print."""
        return self.full_name

    def get_short_name(self) -> str:
        """Return the name that pages print; there is no shorter one that everybody likes."""
        return self.full_name


class Agency(models.Model):
    """An organisation whose people refer, advise or decide."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=[(kind.value, name) for kind, name in agencies.NAMES.items()])
    areas = ArrayField(
        models.CharField(max_length=60, validators=[slug_of_pack]),
        help_text="Slugs of the areas it works in, its own first: that area's numbers stand on its people's pages.",
    )
    urn = models.CharField("unique reference number", max_length=10, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in agencies.AgencyKind]), name="agency_kind_is_known"
            ),
            models.CheckConstraint(condition=models.Q(areas__len__gte=1), name="agency_has_an_area"),
            models.UniqueConstraint(fields=["urn"], condition=~models.Q(urn=""), name="agency_urn_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def own_area(self) -> str:
        """The slug of the area that the agency belongs to."""
        return self.areas[0]


class FrontDoorTeam(models.Model):
    """The people behind one front door of one area's pack, employed by its local authority."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.CharField(max_length=60, validators=[slug_of_pack])
    front_door = models.CharField(max_length=60, validators=[slug_of_pack])
    name = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="front_door_teams")

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["area", "front_door"], name="one_team_a_front_door"),
            # What a membership's composite foreign key (team, agency) points at; see the first migration.
            models.UniqueConstraint(fields=["id", "agency"], name="team_with_its_agency"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One role of one person in one agency, from a day on and, if it has an end, to the day before `ends_on`.

    `ends_on` is the first day without the role, so that ending a role today takes effect at once.
    A membership is ended, never deleted: who could see what on a past day stays answerable.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(FrontDoorTeam, on_delete=models.PROTECT, related_name="memberships", null=True, blank=True)
    role = models.CharField(max_length=30, choices=[(role.value, name) for role, name in roles.NAMES.items()])
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=_ROLES), name="membership_role_is_known"),
            models.CheckConstraint(
                condition=(
                    models.Q(role__in=_FRONT_DOOR_ROLES, team__isnull=False)
                    | (~models.Q(role__in=_NEED_TEAM) & models.Q(team__isnull=True))
                ),
                name="membership_team_goes_with_front_door_role",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="membership_dates_in_order",
            ),
            # Also enforced, in the first migration: (team, agency) refers to a team of that very agency.
            ExclusionConstraint(
                name="membership_not_twice_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    (Coalesce("team", _NO_TEAM), RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (_DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"Membership {self.pk}"


class HeldForm(models.Model):
    """What somebody had typed when their session ended, encrypted, until they sign in again or it expires.

    Ordinary rows: they are deleted on use, on discard and on expiry (docs/adr/0008).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="held_forms")
    path = models.CharField(max_length=500)
    ciphertext = models.TextField()
    had_files = models.BooleanField(default=False)
    held_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-held_at", "id"]

    def __str__(self) -> str:
        return f"HeldForm {self.pk}"
