"""What became of the sending: delivered, read by whom and when. Delivered is not read; both are shown."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from referrals.record.models import Referral
from referrals.routing.domain.lifecycle import State
from referrals.routing.models import Alarm, Intake, IntakeChange


@dataclass(frozen=True, slots=True)
class Receipt:
    """How one front door stands to what was sent to it. Times are aware; None: it has not happened.

    `read_by` is the name of whoever opened it first, `alarm_at` when the alarm was raised that nobody had.
    """

    intake_id: UUID
    submission_number: int
    area: str
    door_name: str
    urgent: bool
    state: State
    sent_at: datetime
    delivered_at: datetime | None
    read_at: datetime | None
    read_by: str
    alarm_at: datetime | None


def receipts_of(referral: Referral, *, until: datetime | None = None) -> tuple[Receipt, ...]:
    """Return a receipt for each front door that something was sent to, in order of sending; as they stood at `until`,
    for a front door that let go of it then. Two queries.

    The caller has checked that the referral may be read.
    """

    def by_then(moment: datetime | None) -> datetime | None:
        return None if moment is None or (until is not None and moment > until) else moment

    intakes = intakes_of(referral).prefetch_related("alarms")
    return tuple(
        Receipt(
            intake_id=intake.pk,
            submission_number=intake.submission.number,
            area=intake.area,
            door_name=intake.door_name,
            urgent=intake.urgent,
            state=State(intake.state),
            sent_at=intake.sent_at,
            delivered_at=by_then(intake.received_at),
            read_at=by_then(intake.first_read_at),
            read_by=intake.first_read_by.full_name if intake.first_read_by and by_then(intake.first_read_at) else "",
            alarm_at=next(
                (
                    one.raised_at
                    for one in intake.alarms.all()
                    if one.kind == Alarm.Kind.UNREAD and by_then(one.raised_at)
                ),
                None,
            ),
        )
        for intake in intakes
        if by_then(intake.sent_at)
    )


def intakes_of(referral: Referral) -> QuerySet[Intake]:
    """Return the intakes of a referral in order of sending, urgent ones first. The caller has checked who reads."""
    return (
        Intake.objects.filter(referral=referral)
        .select_related("submission", "team", "claimed_by", "first_read_by")
        .order_by("sent_at", "-urgent", "door_name", "pk")
    )


def changes_of(referral: Referral) -> QuerySet[IntakeChange]:
    """Return what happened to the intakes of a referral, first things first, for its time line."""
    return IntakeChange.objects.filter(intake__referral=referral).select_related("intake").order_by("at", "pk")
