"""Times that people are to be told of, and those by which the referrer should have heard. The caller has checked who
reads."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from referrals.casework.models import Decision
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.models import Referral
from referrals.routing.domain.clocks import Notice
from referrals.routing.domain.lifecycle import OWNED, State
from referrals.routing.domain.limits import DISAGREEMENT, HEARD, PARTNER_RETURN
from referrals.routing.models import Clock, ClockNotice, Extension, Intake


def referrals_to_tell(*, now: datetime) -> QuerySet[Referral, UUID]:
    """Return the ids of the referrals with a time that is close or over and of which nobody was told; no two alike."""
    told = ClockNotice.objects.filter(clock=OuterRef("pk"), due_at=OuterRef("due_at"))
    late = Q(due_at__lt=now) & ~Exists(told.filter(kind=Notice.LATE.value))
    close = Q(due_at__gte=now) & ~Exists(told.filter(kind=Notice.BEFORE.value))
    found = _told_about(Clock.objects.filter(stopped_at__isnull=True, warn_at__lte=now)).filter(late | close)
    return Referral.objects.filter(pk__in=found.values("referral_id")).order_by("pk").values_list("pk", flat=True)


def clocks_to_tell(referral: Referral, *, now: datetime) -> QuerySet[Clock]:
    """Return the running clocks of a referral that are close or over, each with what was told of it."""
    running = Clock.objects.filter(referral=referral, stopped_at__isnull=True, warn_at__lte=now)
    return _told_about(running).select_related("intake", "intake__referral").prefetch_related("notices").order_by("pk")


def _told_about(clocks: QuerySet[Clock]) -> QuerySet[Clock]:
    """What a front door has closed goes on in its own system; what it has let go of, at another one's. The writers' own
    times end with the referral, but for those of the law: a report in person is still to be made."""
    here = Q(intake__state__in=sorted(state.value for state in OWNED))
    own = Q(intake__isnull=True) & (
        Q(referral__state__in=[ReferralState.SENT.value, ReferralState.SUBMITTED.value]) | Q(statutory=True)
    )
    return clocks.filter(here | own | Q(deadline=DISAGREEMENT))


@dataclass(frozen=True, slots=True)
class Unheard:
    """A front door from which the referrer should hear by a time: `late` when it is over."""

    intake: Intake
    due_at: datetime
    late: bool


def unheard_of(referral: Referral, *, now: datetime) -> tuple[Unheard, ...]:
    """Return the front doors that haven't said what they decide, each with the first time by which the referrer should
    hear, or should have heard; none that has let go of it, or all of whose children others decided
    on."""
    clocks = Clock.objects.filter(
        referral=referral,
        deadline__in=sorted(HEARD),
        stopped_at__isnull=True,
        intake__state__in=sorted(state.value for state in OWNED - {State.DUE}),
    )
    first: dict[UUID, tuple[Intake, Clock]] = {}
    for clock in clocks.select_related("intake").order_by("due_at"):
        assert clock.intake is not None  # the filter asks for one
        first.setdefault(clock.intake.pk, (clock.intake, clock))
    return tuple(
        Unheard(intake, clock.due_at, late=clock.due_at < now)
        for intake, clock in first.values()
        if not heard_of(intake)
    )


def heard_of(intake: Intake) -> bool:
    """Whether it is known for every child of an intake what was decided, there or at another front door."""
    standing = Decision.objects.filter(intake__referral_id=intake.referral_id, replaced_by__isnull=True)
    decided = set(standing.values_list("child_id", flat=True))
    return bool(intake.children) and decided.issuperset(intake.children)


def extensions_of(referral: Referral) -> QuerySet[Extension]:
    """Return the times of front doors that were given more, first things first, without those of partners."""
    rows = Extension.objects.filter(clock__referral=referral).exclude(clock__deadline=PARTNER_RETURN)
    return rows.select_related("clock", "clock__intake").order_by("at", "id")
