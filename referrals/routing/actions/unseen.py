"""The alarm when nobody opens an intake again after something was added to it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from dispatch.actions import send_email
from dispatch.one_by_one import each_by_itself
from referrals.record.models import Addendum
from referrals.routing.actions.alarms import hours_of
from referrals.routing.actions.rows import ROUTING, check_aware, note
from referrals.routing.domain.alarms import alarm_at, first_unseen
from referrals.routing.models import Alarm, Intake, Opening
from referrals.routing.selectors.alarms import unread_alarm
from referrals.routing.selectors.people import told_of_silence
from referrals.routing.selectors.unseen import last_alarmed, last_opened, still_to_read
from thresholds.bank_holidays import bank_holidays


def raise_unseen_alarms(*, now: datetime) -> int:
    """Raise the alarm for every intake to which something was added that nobody there has looked at for too long;
    return how many were raised.

    The same times and people as for what is urgent and nobody opens at all. What comes after an alarm raises another.
    What nobody has opened yet is `raise_alarms`' first. Any number of these at once raise each once, and one that can't
    be raised stops no other: operators see it.
    """
    check_aware(now)
    late = Addendum.objects.filter(
        referral_id=OuterRef("referral_id"), at__lte=now - unread_alarm().after, at__gt=OuterRef("seen_at")
    )
    waiting = still_to_read().filter(Exists(late))
    return each_by_itself(
        list(waiting.order_by("sent_at").values_list("pk", flat=True)),
        lambda intake_id: raise_unseen_alarm(intake_id=intake_id, now=now),
        kind="raise_unseen_alarm",
        reference="intake",
        by=ROUTING,
    )


@transaction.atomic
def raise_unseen_alarm(*, intake_id: UUID, now: datetime) -> bool:
    """Raise one such alarm with its e-mails; False before its time, and where somebody has looked or was told."""
    check_aware(now)
    intake = (
        Intake.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("referral")
        .filter(pk__in=still_to_read().values("pk"), pk=intake_id)
        .first()
    )
    if intake is None:
        return False
    added = {one.at: one for one in Addendum.objects.filter(referral_id=intake.referral_id).order_by("-number")}
    since = first_unseen(added, opened_at=last_opened(intake), alarmed_at=last_alarmed(intake))
    if since is None:
        return False
    elsewhere = Opening.objects.filter(intake__submission_id=intake.submission_id, at__gte=since)
    due = alarm_at(
        since,
        # By day and night also where the referral was routine: until somebody reads it, what was added may be danger.
        urgent=not elsewhere.exists(),
        after=unread_alarm().after,
        hours=hours_of(intake, now),
        holidays=bank_holidays(),
    )
    if due > now:
        return False
    addendum = added[since]
    Alarm.objects.create(intake=intake, kind=Alarm.Kind.ADDED, addendum=addendum, raised_at=now)
    note("alarm_added", intake, ROUTING, {"urgent": intake.urgent, "number": addendum.number})
    told = told_of_silence(intake, now=now)
    for template, people in (("addition_unread", told.agency), ("addition_unread_here", told.front_door)):
        for person_id in people:
            send_email(
                template=template,
                person_id=person_id,
                key=f"addition-unread:{intake.pk}:{addendum.pk}:{person_id}",
                references={"referral": intake.referral_id},
                by=ROUTING,
            )
    return True
