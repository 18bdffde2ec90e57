"""What front doors receive, each change of it, what they hand on, the times that run, and the alarms."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import FrontDoorTeam, Person
from audit.models import AppendOnly
from referrals.record.models import Addendum, Referral, Submission
from referrals.routing.domain.clocks import Notice
from referrals.routing.domain.lifecycle import OPEN, State, Verb
from referrals.routing.domain.transfer import Answer, Reason

# Plain strings: migrations repeat them, and must not lean on code that moves on.
_STATES = [state.value for state in State]
_VERBS = [verb.value for verb in Verb]
# What is taken back before it has arrived was never received.
_ARRIVED = sorted(state.value for state in State if state not in {State.DUE, State.RETURNED})
_OPEN = sorted(state.value for state in OPEN)


class Rag(models.TextChoices):
    """The rating of a front door. What it means in time is the partnership's (`routing.domain.limits`); none of the six
    states it."""

    RED = "red", "Red"
    AMBER = "amber", "Amber"
    GREEN = "green", "Green"


class Intake(models.Model):
    """What one front door gets of one submission. `referrals.routing.actions` makes and changes it.

    It is made, due, in the transaction that sends the referral, and arrives when the outbox has delivered it:
    `sent_at` and `received_at` are both shown, each by the clock of its own machine. `children` are the ids of the
    children who go to this door, since siblings may go different ways; empty where no child was recorded yet.
    `kind` is the door's in its pack when it was sent, empty where that isn't known: what it is given hangs on it.
    `first_read_at` is when somebody of the team first opened it. `offer` is set where another front door wants to hand
    it over, or has: then the clocks count from the receipt there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="intakes")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="intakes")
    area = models.CharField(max_length=60)
    front_door = models.CharField(max_length=60)
    door_name = models.CharField(max_length=200)
    team = models.ForeignKey(FrontDoorTeam, on_delete=models.PROTECT, related_name="intakes")
    kind = models.CharField(max_length=20, blank=True, default="")
    offer = models.OneToOneField("Transfer", on_delete=models.PROTECT, related_name="offered", null=True)
    children = ArrayField(models.UUIDField(), default=list, blank=True)
    urgent = models.BooleanField()
    state = models.CharField(max_length=20, choices=[(state, state) for state in _STATES], default=State.DUE.value)
    state_since = models.DateTimeField()
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    first_read_at = models.DateTimeField(null=True)
    first_read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    rag = models.CharField(max_length=5, choices=Rag.choices, null=True)  # noqa: DJ001 (not rated is not a rating)
    claimed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-urgent", "sent_at", "id"]
        indexes = [
            models.Index(fields=["team", "state"], name="intake_by_team"),
            models.Index(fields=["state"], condition=Q(state__in=_OPEN), name="intake_open"),
            models.Index(
                fields=["sent_at"], condition=Q(first_read_at__isnull=True, state__in=_OPEN), name="intake_unread"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "area", "front_door"],
                condition=Q(offer__isnull=True),
                name="one_intake_a_front_door",
            ),
            models.CheckConstraint(condition=Q(state__in=_STATES), name="intake_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="due", received_at__isnull=True)
                | Q(state__in=_ARRIVED, received_at__isnull=False)
                | Q(state="returned", offer__isnull=False),
                name="intake_arrived_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by__isnull=True, claimed_at__isnull=True)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="intake_claimed_by_somebody_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(first_read_at__isnull=True, first_read_by__isnull=True)
                | Q(first_read_at__isnull=False, first_read_by__isnull=False),
                name="intake_read_by_somebody_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Intake {self.pk}"


class IntakeChange(AppendOnly):
    """One thing that happened to an intake: from where to where, by whom, when and why.

    `by` is None for the system. `rag` is what it was rated, for the verb `rate`.
    """

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="changes")
    verb = models.CharField(max_length=30, choices=[(verb, verb) for verb in _VERBS])
    source = models.CharField(max_length=20, choices=[(state, state) for state in _STATES])
    target = models.CharField(max_length=20, choices=[(state, state) for state in _STATES])
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)
    rag = models.CharField(max_length=5, choices=Rag.choices, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["intake", "id"], name="change_by_intake")]

    def __str__(self) -> str:
        return f"IntakeChange {self.pk} {self.verb}"


class Transfer(AppendOnly):
    """That a front door wants to hand over what it received, to another front door and with the reason.

    `children` are the ids of those who go; empty where none was recorded. `team` is None for a front door that doesn't
    receive through this system: it was told by phone, by `spoke_to`. `receipt_at` is when the first front door received
    it: the clocks count from that. Until there is an answer, and after a no, it stays with `intake`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="transfers")
    area = models.CharField(max_length=60, blank=True)
    front_door = models.CharField(max_length=60, blank=True)
    door_name = models.CharField(max_length=200)
    team = models.ForeignKey(FrontDoorTeam, on_delete=models.PROTECT, related_name="+", null=True)
    children = ArrayField(models.UUIDField(), default=list, blank=True)
    reason = models.CharField(max_length=20, choices=[(reason.value, reason.value) for reason in Reason])
    why = models.TextField()
    spoke_to = models.CharField(max_length=200, blank=True)
    receipt_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["intake", "at"], name="transfer_by_intake")]
        constraints = [
            models.CheckConstraint(
                condition=Q(team__isnull=False, spoke_to="") | (Q(team__isnull=True) & ~Q(spoke_to="")),
                name="transfer_here_or_by_phone",
            ),
        ]

    def __str__(self) -> str:
        return f"Transfer {self.pk}"


class TransferAnswer(AppendOnly):
    """What became of it: accepted, refused with the reason, or taken back by the front door that wanted it."""

    transfer = models.OneToOneField(Transfer, on_delete=models.PROTECT, related_name="answer")
    answer = models.CharField(max_length=10, choices=[(answer.value, answer.value) for answer in Answer])
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(answer="refused") | ~Q(why=""), name="transfer_refused_with_reason"),
        ]

    def __str__(self) -> str:
        return f"TransferAnswer {self.pk} {self.answer}"


class Opening(models.Model):
    """When somebody of the front door last had the page of an intake open, so that it can mark what is new to them.

    Not a receipt, and no audit: those are rows of their own. `at` is the last time, `seen_until` the last time of the
    visit before: reloading the page, or claiming from it, doesn't take the marks away at once.
    """

    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="openings")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    seen_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "id"]
        constraints = [models.UniqueConstraint(fields=["intake", "person"], name="opening_once_a_person")]

    def __str__(self) -> str:
        return f"Opening {self.pk}"


class Clock(models.Model):
    """A time that runs for a referral, or for one intake of it. Statutory ones never pause, so none can be paused.

    `deadline` is the id in the pack that it comes from, `citation` where that was read. `about` is the row that it runs
    for where an intake can have several at once, such as a question to a partner agency.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="clocks")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="clocks", null=True)
    deadline = models.CharField(max_length=60)
    about = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    who = models.CharField(max_length=200)
    statutory = models.BooleanField()
    outer_limit = models.BooleanField()
    citation = models.JSONField()
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(stopped_at__isnull=True), name="clock_running"),
            models.Index(fields=["warn_at"], condition=Q(stopped_at__isnull=True), name="clock_to_tell"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "intake", "deadline", "about"], nulls_distinct=False, name="clock_started_once"
            ),
            models.CheckConstraint(
                condition=Q(started_at__lte=F("warn_at")) & Q(warn_at__lte=F("due_at")), name="clock_times_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"Clock {self.pk} {self.deadline}"


class ClockNotice(AppendOnly):
    """That people were told of a clock: before it was due at `due_at`, or that it was over. Once each for that time: a
    clock that was given more is told of again. `people`: to how many an e-mail without content went."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Notice])
    due_at = models.DateTimeField()
    at = models.DateTimeField()
    people = models.PositiveIntegerField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["clock", "kind", "due_at"], name="clock_told_once")]

    def __str__(self) -> str:
        return f"ClockNotice {self.pk} {self.kind}"


class Extension(AppendOnly):
    """That a clock was given more time, by whom and why. Its first time stands here for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clock = models.ForeignKey(Clock, on_delete=models.PROTECT, related_name="extensions")
    before = models.DateTimeField()
    due_at = models.DateTimeField()
    why = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(due_at__gt=F("before")), name="extension_is_longer"),
            models.CheckConstraint(condition=~Q(why=""), name="extension_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Extension {self.pk}"


class Alarm(AppendOnly):
    """Raised once when nobody of the front door has opened an intake in time; or has opened it since something was
    added, `addendum`: the first of what nobody has seen."""

    class Kind(models.TextChoices):
        UNREAD = "unread", "Nobody has opened it"
        ADDED = "added", "Nobody has opened it since something was added"

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="alarms")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    addendum = models.ForeignKey(Addendum, on_delete=models.PROTECT, related_name="+", null=True)
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "kind", "addendum"], nulls_distinct=False, name="alarm_raised_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="unread", addendum__isnull=True) | Q(kind="added", addendum__isnull=False),
                name="alarm_says_what_was_added",
            ),
        ]

    def __str__(self) -> str:
        return f"Alarm {self.pk} {self.kind}"
