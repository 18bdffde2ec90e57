"""How many, for the watch over the whole system: counts without an area, a front door or a person."""

from dataclasses import dataclass
from datetime import datetime

from referrals.routing.domain.lifecycle import OPEN, State
from referrals.routing.models import Alarm, Clock, Intake


@dataclass(frozen=True, slots=True)
class Gauges:
    """Intakes that aren't finished, those of which the unread alarm was raised and that nobody has opened since, those
    that are only offered, and running clocks: over the limit, and warning."""

    open: int
    unread_alarmed: int
    offered: int
    over_limit: int
    warning: int


def gauges(*, now: datetime) -> Gauges:
    """Return the counts at `now` (aware). Five queries."""
    open_ones = Intake.objects.filter(state__in=sorted(state.value for state in OPEN))
    running = Clock.objects.filter(stopped_at__isnull=True)
    return Gauges(
        open=open_ones.count(),
        unread_alarmed=open_ones.filter(first_read_at__isnull=True, alarms__kind=Alarm.Kind.UNREAD).count(),
        offered=open_ones.filter(state=State.OFFERED.value).count(),
        over_limit=running.filter(due_at__lt=now).count(),
        warning=running.filter(warn_at__lte=now, due_at__gte=now).count(),
    )
