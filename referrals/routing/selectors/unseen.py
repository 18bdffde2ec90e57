"""What was added to a referral and nobody at a front door has looked at yet."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest

from referrals.record.models import Addendum, Referral
from referrals.routing.domain.alarms import first_unseen
from referrals.routing.domain.lifecycle import IN_QUEUE
from referrals.routing.models import Alarm, Intake, Opening

_HERE = sorted(state.value for state in IN_QUEUE)


def still_to_read() -> QuerySet[Intake]:
    """Return the intakes that front doors have and that aren't finished, each with `seen_at`: when somebody there last
    looked, or an alarm was raised; None for neither. Of all front doors: for the watch, no page reads it."""
    opened = Opening.objects.filter(intake=OuterRef("pk")).order_by("-at").values("at")[:1]
    alarmed = Alarm.objects.filter(intake=OuterRef("pk")).order_by("-raised_at").values("raised_at")[:1]
    # PostgreSQL's GREATEST passes over what is NULL.
    seen = Greatest(F("first_read_at"), Subquery(opened), Subquery(alarmed))
    return Intake.objects.filter(state__in=_HERE, received_at__isnull=False).annotate(seen_at=seen)


def last_opened(intake: Intake) -> datetime | None:
    """Return when somebody of the front door last had it open; None for never."""
    last: datetime | None = intake.openings.aggregate(last=Max("at"))["last"]
    return max((one for one in (last, intake.first_read_at) if one is not None), default=None)


def last_alarmed(intake: Intake) -> datetime | None:
    """Return when an alarm was last raised about it; None for never."""
    last: datetime | None = intake.alarms.aggregate(last=Max("raised_at"))["last"]
    return last


def unseen_at(referral: Referral, addenda: Iterable[Addendum]) -> Mapping[UUID, tuple[str, ...]]:
    """Return, by the id of each addendum, the names of the front doors that have the referral and where nobody has
    looked at it since that was added. The queries grow with the front doors only.

    The caller has checked that the referral may be read, by somebody who sees which front doors have it.
    """
    intakes = Intake.objects.filter(referral=referral, state__in=_HERE, received_at__isnull=False).order_by("sent_at")
    opened = [(intake.door_name, last_opened(intake)) for intake in intakes]
    return {
        one.pk: tuple(door for door, at in opened if first_unseen([one.at], opened_at=at, alarmed_at=None) is not None)
        for one in addenda
    }
