"""The alarm when nobody opens what was sent."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.clock import day_of
from dispatch.actions import send_emails
from dispatch.one_by_one import each_by_itself
from referrals.routing.actions.rows import ROUTING, check_aware, note
from referrals.routing.domain.alarms import alarm_at
from referrals.routing.domain.clocks import stated_hours
from referrals.routing.domain.lifecycle import OPEN
from referrals.routing.models import Alarm, Intake
from referrals.routing.selectors.alarms import unread_alarm
from referrals.routing.selectors.people import told_of_silence
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.doors import Hours
from thresholds.selectors import NoPackError, current_pack


def raise_alarms(*, now: datetime) -> int:
    """Raise the alarm for every intake that has lain unread for too long, once each; return how many were raised.

    Undelivered ones too: they are as unread. An urgent one that another front door has opened, such as the duty team at
    night, waits for this one's office. Its author, the agency's safeguarding leads unless it bypasses them, and
    the front door's managers get an e-mail that names nobody. Any number of these at once raise each alarm once. One
    that can't be raised stops no other: operators see it.
    """
    check_aware(now)
    waiting = Intake.objects.filter(
        first_read_at__isnull=True,
        state__in=sorted(state.value for state in OPEN),
        sent_at__lte=now - unread_alarm().after,
    ).exclude(alarms__kind=Alarm.Kind.UNREAD)
    return each_by_itself(
        list(waiting.order_by("sent_at").values_list("pk", flat=True)),
        lambda intake_id: raise_alarm(intake_id=intake_id, now=now),
        kind="raise_alarm",
        reference="intake",
        by=ROUTING,
    )


@transaction.atomic
def raise_alarm(*, intake_id: UUID, now: datetime) -> bool:
    """Raise one alarm with its e-mails; False before its time, when somebody opens the intake at this moment, or when
    it is raised."""
    check_aware(now)
    intake = (
        Intake.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("referral")
        .annotate(opened_elsewhere=Exists(_opened_of(OuterRef("submission_id"))))
        .filter(pk=intake_id, first_read_at__isnull=True, state__in=sorted(state.value for state in OPEN))
        .first()
    )
    if intake is None:
        return False
    due = alarm_at(
        intake.sent_at,
        urgent=intake.urgent and not intake.opened_elsewhere,
        after=unread_alarm().after,
        hours=hours_of(intake, now),
        holidays=bank_holidays(),
    )
    if due > now:
        return False
    _, created = Alarm.objects.get_or_create(intake=intake, kind=Alarm.Kind.UNREAD, defaults={"raised_at": now})
    if not created:
        return False
    note("alarm_unread", intake, ROUTING, {"urgent": intake.urgent})
    told = told_of_silence(intake, now=now)
    for template, people in (("intake_unread", told.agency), ("intake_unread_here", told.front_door)):
        send_emails(
            template=template,
            keys={person_id: f"intake-unread:{intake.pk}:{person_id}" for person_id in people},
            references={"referral": intake.referral_id},
            by=ROUTING,
        )
    return True


def _opened_of(submission: OuterRef) -> QuerySet[Intake]:
    return Intake.objects.filter(submission_id=submission, first_read_at__isnull=False)


def hours_of(intake: Intake, now: datetime) -> Hours | None:
    """Return the hours of an intake's front door as its area's pack states them at `now`; None where it doesn't."""
    try:
        door = current_pack(intake.area, day_of(now)).pack.doors_by_id.get(intake.front_door)
    except NoPackError:
        return None
    return stated_hours(door) if door else None
