"""What people say and decide about a referral: rows that are only ever added.

State is read from them: an approval without an answer is asked, a message without an answer is open, and the
decision that counts for a child is the one that no other replaces.
"""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models import Agency, Person
from audit.models import AppendOnly
from referrals.casework.domain.approval import needs_reason
from referrals.casework.domain.drafts import Kind as DraftKind
from referrals.casework.domain.lifecycle import State
from referrals.casework.domain.outcomes import Outcome
from referrals.casework.domain.partners import Basis, Partner
from referrals.record.models import Child, Referral, Submission
from referrals.routing.models import Intake

# Plain strings: migrations repeat them, and must not lean on code that moves on.
_ANSWERS = [state.value for state in State if state is not State.ASKED]
_OUTCOMES = [outcome.value for outcome in Outcome]


class Statement(AppendOnly):
    """Base of what somebody said at a moment. `by` is None for the system."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True


class AgencyPolicy(Statement):
    """What an agency asks of its own people before a routine referral goes. The newest row counts.

    Without a row nothing is asked for. `answer_within_hours` counts hours that run on through nights and weekends:
    a desk that doesn't answer holds up nobody for longer than that.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="policies")
    approve_routine = models.BooleanField()
    answer_within_hours = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "agency policies"
        constraints = [
            models.CheckConstraint(condition=Q(answer_within_hours__range=(1, 72)), name="policy_answers_in_time"),
        ]

    def __str__(self) -> str:
        return f"AgencyPolicy {self.pk}"


class SubmitToken(AppendOnly):
    """The button that submitted: pressed twice, or posted again, it leads to the same submission."""

    token = models.UUIDField(unique=True)
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="token")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"SubmitToken {self.pk}"


class Approval(Statement):
    """The question to the agency's desk, or to its line managers, whether this submission should go.

    `beside`: the referral has gone, being urgent or because nothing asked it to wait; the desk looks at it afterwards.
    `due_at` is when a routine one goes without an answer; None where it must not, because the area's document asks for
    the approval. `judged_lower`: the practitioner judged a child lower than what is indicated, and the desk looks at
    that, whatever else it is asked for.
    """

    class Asked(models.TextChoices):
        DESK = "desk", "Safeguarding desk"
        MANAGER = "manager", "Line manager"

    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="approval")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="approvals")
    asked = models.CharField(max_length=10, choices=Asked.choices)
    because = models.CharField(max_length=60, help_text="Id of the area's consent rule, or agency-policy.")
    beside = models.BooleanField()
    judged_lower = models.BooleanField(default=False)
    due_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="approval_due")]

    def __str__(self) -> str:
        return f"Approval {self.pk}"

    @property
    def is_answered(self) -> bool:
        """Whether somebody, or the clock, has answered."""
        return hasattr(self, "answer")

    @property
    def needs_reason(self) -> bool:
        """Whether whoever lets it go has to say why: it waits, and more than the agency's policy asks."""
        return not self.beside and needs_reason(self.because)


class ApprovalAnswer(Statement):
    """The answer to an approval. One at most: of two who answer at once, the second is told what the first said."""

    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="answer")
    answer = models.CharField(max_length=10, choices=[(answer, answer) for answer in _ANSWERS])
    why = models.TextField(blank=True)
    weighed = models.BooleanField(
        default=False, help_text="Agreement was missing when it was answered, whatever it was asked for."
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(answer__in=_ANSWERS), name="approval_answer_is_known")]

    def __str__(self) -> str:
        return f"ApprovalAnswer {self.pk} {self.answer}"


class Advice(Statement):
    """Advice of the agency's desk to the author, on a draft or later."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="advice")
    text = models.TextField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return f"Advice {self.pk}"


class Message(Statement):
    """A question of the front door to the referrer. Its answer is a row of its own."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="messages")
    text = models.TextField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Message {self.pk}"


class MessageAnswer(Statement):
    """The referrer's answer. One at most; what is learned later is an addendum."""

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="answer")
    text = models.TextField()

    def __str__(self) -> str:
        return f"MessageAnswer {self.pk}"


class PartnerRequest(Statement):
    """What a front door asked another agency, outside this system, and by when it is to answer.

    The front door's own: neither the referrer nor another front door that is no heir of it reads it. `who` is whom they
    asked there, `why` the purpose, `basis` on what it was asked without more ado.
    """

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="partner_requests")
    partner = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Partner])
    who = models.CharField(max_length=200)
    asked = models.TextField()
    why = models.TextField()
    basis = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Basis])
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"PartnerRequest {self.pk}"


class PartnerReturn(Statement):
    """What came back, as somebody of the front door typed it in: given or not. One at most."""

    request = models.OneToOneField(PartnerRequest, on_delete=models.PROTECT, related_name="answer")
    given = models.BooleanField()
    text = models.TextField()

    def __str__(self) -> str:
        return f"PartnerReturn {self.pk}"


class PartnerPaper(Statement):
    """The paper that a front door made for a partner which it asks, as a PDF: drawn once, and served as these very
    bytes. `people` are ids of those whom it is about; `where`: it says where they live."""

    request = models.ForeignKey(PartnerRequest, on_delete=models.PROTECT, related_name="papers")
    people = models.JSONField()
    where = models.BooleanField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    renderer = models.CharField(max_length=100)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"PartnerPaper {self.pk}"


class AboutChild(Statement):
    """Base of what is said about one child of an intake; `child` is None only where no child was recorded yet."""

    child = models.ForeignKey(Child, on_delete=models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=30, choices=[(outcome, outcome) for outcome in _OUTCOMES])
    rationale = models.TextField()

    class Meta:
        abstract = True


class Recommendation(AboutChild):
    """What somebody of the front door recommends for one child to whoever decides. The referrer doesn't see it."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="recommendations")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=_OUTCOMES), name="recommended_outcome_is_known"),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.pk} {self.outcome}"


class Decision(AboutChild):
    """The decision for one child, with its reasons and the next step, as the referrer reads them.

    `replaces` is the decision that this one changes, after a disagreement. The one that nothing replaces counts.
    """

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="decisions")
    next_step = models.TextField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="replaced_by", null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=_OUTCOMES), name="decided_outcome_is_known"),
            models.UniqueConstraint(
                fields=["intake", "child"],
                condition=Q(replaces__isnull=True),
                nulls_distinct=False,
                name="decided_once_a_child",
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.pk} {self.outcome}"


class Disagreement(Statement):
    """The agency contests what a front door decided, on grounds. `stage` and its time are the partnership's.

    `due_at` is None, and `stage_name` empty, where the partnership's document states none. `takes_up` is the one that
    had no answer yet and goes on here, a stage higher.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="disagreements")
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="disagreements")
    number = models.PositiveSmallIntegerField()
    grounds = models.TextField()
    policy = models.CharField(max_length=200, blank=True)
    stage_name = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(null=True)
    takes_up = models.OneToOneField("self", on_delete=models.PROTECT, related_name="taken_up", null=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["intake", "number"], name="disagreement_number_is_unique")]

    def __str__(self) -> str:
        return f"Disagreement {self.pk}"


class DisagreementAnswer(Statement):
    """What the front door answered: the decision stands, or it changes, with reasons."""

    disagreement = models.OneToOneField(Disagreement, on_delete=models.PROTECT, related_name="answer")
    changes = models.BooleanField()
    reasons = models.TextField()

    def __str__(self) -> str:
        return f"DisagreementAnswer {self.pk}"


class NotReferred(Statement):
    """The decision not to refer what was begun: the golden rule is to record decisions, share or not.

    `harm_possible` is what the answers said at that moment, `desk_told` whether the agency's safeguarding desk heard.
    """

    referral = models.OneToOneField(Referral, on_delete=models.PROTECT, related_name="not_referred")
    reasons = models.TextField()
    advised_by = models.TextField()
    done_instead = models.TextField()
    would_change = models.TextField()
    harm_possible = models.BooleanField()
    desk_told = models.BooleanField()

    class Meta:
        verbose_name_plural = "not referred"

    def __str__(self) -> str:
        return f"NotReferred {self.pk}"


class WithdrawalRequest(Statement):
    """The referrer asks to take back what was sent. The front door decides: the worry is known now."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="withdrawal_requests")
    number = models.PositiveSmallIntegerField()
    why = models.TextField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="withdrawal_number_is_unique")]

    def __str__(self) -> str:
        return f"WithdrawalRequest {self.pk}"


class WithdrawalAnswer(Statement):
    """What the front door answered, with reasons."""

    request = models.OneToOneField(WithdrawalRequest, on_delete=models.PROTECT, related_name="answer")
    accepted = models.BooleanField()
    reasons = models.TextField()

    def __str__(self) -> str:
        return f"WithdrawalAnswer {self.pk}"


class DraftNotice(AppendOnly):
    """Something that was sent about a draft: which of its kind, since when it counts. Each is sent once."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="draft_notices")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in DraftKind])
    since = models.DateTimeField()
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    people = models.PositiveIntegerField(help_text="To how many an e-mail without content went.")
    desk_told = models.BooleanField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "kind", "since", "number"], name="draft_notice_is_sent_once"),
        ]

    def __str__(self) -> str:
        return f"DraftNotice {self.pk} {self.kind}"


class DraftWatch(models.Model):
    """When a draft was looked at by the watch, and when it is to be looked at again if it doesn't change. It only saves
    work: without the row the draft is looked at."""

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="draft_watch")
    looked_at = models.DateTimeField()
    next_at = models.DateTimeField()
    left = models.BooleanField(default=False, help_text="None of its writers was there any more.")

    class Meta:
        verbose_name_plural = "draft watches"

    def __str__(self) -> str:
        return f"DraftWatch {self.pk}"
