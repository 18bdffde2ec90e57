"""Starting and stopping the times that run."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from accounts.clock import day_of
from audit.actions import record
from audit.domain.actor import Actor
from referrals.record.models import Referral
from referrals.routing.actions.rows import check_aware
from referrals.routing.domain.clocks import deadlines_from_receipt, times
from referrals.routing.domain.plan import PlannedClock
from referrals.routing.models import Clock, Intake
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.duties import Event
from thresholds.selectors import NoPackError, current_pack


def start_clocks_of_receipt(intake: Intake, *, now: datetime) -> None:
    """Start the clocks that count from the receipt at this front door, in the caller's transaction; each once.

    For what was handed over by another front door `now` is the receipt there: a transfer moves no clock.
    By the pack of the door's own area that is in force on the day. A door that its pack doesn't know any more has none.
    """
    try:
        pack = current_pack(intake.area, day_of(now)).pack
    except NoPackError:
        return
    door = pack.doors_by_id.get(intake.front_door)
    if door is None:
        return
    for deadline in deadlines_from_receipt(pack, door):
        when = times(deadline, now, door, bank_holidays())
        if when is not None:
            Clock.objects.get_or_create(
                referral_id=intake.referral_id,
                intake=intake,
                deadline=deadline.id,
                defaults={
                    "name": deadline.name,
                    "who": deadline.who,
                    "statutory": deadline.statutory,
                    "outer_limit": deadline.outer_limit,
                    "citation": deadline.citation.model_dump(mode="json", exclude_none=True),
                    "started_at": now,
                    "warn_at": when.warn_at,
                    "due_at": when.due_at,
                },
            )


@transaction.atomic
def start_clocks(*, referral: Referral, clocks: Iterable[PlannedClock], by: Actor, now: datetime) -> None:
    """Start the practitioner's own clocks of a plan, such as that of the written form after the call; each once.

    Those of receipt start with the arrival at the front door, and are left out here, like those without a time.
    """
    check_aware(now)
    for clock in clocks:
        if clock.after is Event.REFERRAL or clock.due_at is None or clock.warn_at is None:
            continue
        _, created = Clock.objects.get_or_create(
            referral=referral,
            intake=None,
            deadline=clock.deadline,
            defaults={
                "name": clock.name,
                "who": clock.who,
                "statutory": clock.statutory,
                "outer_limit": clock.outer_limit,
                "citation": clock.citation.model_dump(mode="json", exclude_none=True),
                "started_at": clock.starts_at,
                "warn_at": clock.warn_at,
                "due_at": clock.due_at,
            },
        )
        if created:
            _note("start", referral.pk, by, clock.deadline)


@transaction.atomic
def stop_clocks(
    *, referral: Referral, deadlines: Collection[str], by: Actor, now: datetime, intake: Intake | None = None
) -> int:
    """Stop running clocks by their deadlines' ids, because what they count for is done; return how many.

    Those of `intake`, or without one the referral's own. A stopped clock stays as it is. For casework, which knows
    when something is done and has checked who does it.
    """
    check_aware(now)
    running = Clock.objects.filter(
        referral=referral, intake=intake, deadline__in=deadlines, stopped_at__isnull=True
    ).order_by("pk")
    stopped = 0
    for clock in running:
        if Clock.objects.filter(pk=clock.pk, stopped_at__isnull=True).update(stopped_at=now):
            _note("stop", referral.pk, by, clock.deadline)
            stopped += 1
    return stopped


@transaction.atomic
def resume_clocks(*, intake: Intake, deadlines: Collection[str], by: Actor, now: datetime) -> int:
    """Let stopped clocks of an intake run again, because what stopped them has been changed; return how many.

    They run from their first start, as if they had never stopped: statutory times don't pause. For casework, which has
    checked who changes it.
    """
    check_aware(now)
    resumed = 0
    for clock in intake.clocks.filter(deadline__in=deadlines, stopped_at__isnull=False).order_by("pk"):
        if Clock.objects.filter(pk=clock.pk, stopped_at__isnull=False).update(stopped_at=None):
            _note("resume", intake.referral_id, by, clock.deadline)
            resumed += 1
    return resumed


@transaction.atomic
def count_from_call(*, referral: Referral, called_at: datetime, by: Actor, now: datetime) -> int:
    """Let the writer's clocks that count from the call run from when it was made; return how many.

    They ran from the sending until then, because nobody had recorded a call. Times are those of the pack of the
    referral's home area that is in force today; one that is stopped, or that no pack knows, stays as it is. For
    casework, which has checked who says so.
    """
    check_aware(now)
    check_aware(called_at)
    try:
        pack = current_pack(referral.home_area, day_of(now)).pack
    except NoPackError:
        return 0
    main, moved = pack.doors_by_id[pack.main_door], 0
    for deadline in pack.deadlines:
        when = times(deadline, called_at, main, bank_holidays()) if deadline.after is Event.CALL else None
        if when is None:
            continue
        running = Clock.objects.filter(
            referral=referral, intake=None, deadline=deadline.id, stopped_at__isnull=True
        ).exclude(started_at=called_at)
        if running.update(started_at=called_at, warn_at=when.warn_at, due_at=when.due_at):
            _note("count_from_call", referral.pk, by, deadline.id)
            moved += 1
    return moved


def _note(verb: str, referral_id: object, by: Actor, deadline: str) -> None:
    record(f"clock.{verb}", by=by, subject_type="referral", subject_id=str(referral_id), detail={"deadline": deadline})
