"""Reading what was recommended, decided, contested and answered. The caller has checked who reads."""

from datetime import datetime

from django.db.models import Q, QuerySet

from referrals.casework.models import Decision, Disagreement, Recommendation
from referrals.record.models import Child, Referral
from referrals.routing.models import Intake


def children_of(intake: Intake) -> tuple[Child, ...]:
    """Return the children who went to this front door, in the order of the referral."""
    return tuple(Child.objects.filter(referral_id=intake.referral_id, pk__in=intake.children).order_by("position"))


def decisions_of(intake: Intake) -> QuerySet[Decision]:
    """Return the decisions that count, those that no other replaces, in the order of the children."""
    standing = Decision.objects.filter(intake=intake, replaced_by__isnull=True)
    return standing.select_related("child").order_by("child__position", "at")


def undecided(intake: Intake) -> tuple[Child | None, ...]:
    """Return the children without a decision; (None,) where no child was recorded and nothing is decided yet."""
    decided = set(decisions_of(intake).values_list("child_id", flat=True))
    children: tuple[Child | None, ...] = children_of(intake) or (None,)
    return tuple(child for child in children if (child.pk if child else None) not in decided)


def decisions_about(referral: Referral, *, until: datetime | None = None) -> QuerySet[Decision]:
    """Return every decision on a referral that counts, or counted at `until`, with child and front door, in the order
    of the children."""
    counts = Q(replaced_by__isnull=True)
    if until is not None:
        counts = (counts | Q(replaced_by__at__gt=until)) & Q(at__lte=until)
    return (
        Decision.objects.filter(counts, intake__referral=referral)
        .select_related("child", "intake")
        .order_by("child__position", "at")
    )


def recommendations_of(intake: Intake) -> dict[str, Recommendation]:
    """Return the last recommendation for each child, by id as text, empty where no child was recorded."""
    rows = Recommendation.objects.filter(intake=intake).select_related("child").order_by("at", "id")
    return {str(row.child_id or ""): row for row in rows}


def disagreements_about(referral: Referral) -> QuerySet[Disagreement]:
    """Return the disagreements of a referral with their answers, first things first."""
    return (
        Disagreement.objects.filter(referral=referral)
        .select_related("intake", "answer", "taken_up")
        .order_by("at", "id")
    )


def open_disagreement(intake: Intake) -> Disagreement | None:
    """Return the disagreement that waits for an answer; None when none does."""
    return disagreements_waiting().filter(intake=intake).first()


def disagreements_waiting() -> QuerySet[Disagreement]:
    """Return the disagreements that wait for an answer: not answered, and not taken up to the next stage without one.
    The caller scopes them."""
    return Disagreement.objects.filter(answer__isnull=True, taken_up__isnull=True)
