"""Starting and stopping the times that run."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.clock import day_of
from audit.actions import record
from audit.domain.actor import Actor
from referrals.record.domain.forms import is_assessment
from referrals.record.models import Referral
from referrals.routing.actions.rows import check_aware, receipt_of
from referrals.routing.domain.clocks import Times, deadlines_from_receipt, times, until
from referrals.routing.domain.limits import SCREENING, stated
from referrals.routing.domain.plan import PlannedClock
from referrals.routing.models import Clock, Extension, Intake
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.doors import FrontDoor
from thresholds.domain.duties import Deadline, Event
from thresholds.domain.pack import Pack
from thresholds.selectors import NoPackError, current_pack


def start_clocks_of_receipt(intake: Intake, *, now: datetime) -> None:
    """Start the clocks that count from the receipt at this front door, in the caller's transaction; each once.

    For what was handed over by another front door `now` is the receipt there: a transfer moves no clock.
    By the pack of the door's own area that is in force on the day. A door that its pack doesn't know any more has none.
    """
    found = pack_and_door(intake, now=now)
    if found is None:
        return
    pack, door = found
    clocks = []
    for deadline in deadlines_from_receipt(pack, door, assessment=is_assessment(intake.referral.specification)):
        when = times(deadline, now, door, bank_holidays())
        if when is not None:
            clocks.append(clock_of(deadline, when, started_at=now, referral_id=intake.referral_id, intake=intake))
    Clock.objects.bulk_create(clocks, ignore_conflicts=True)


def pack_and_door(intake: Intake, *, now: datetime) -> tuple[Pack, FrontDoor] | None:
    """Return the pack of an intake's area that is in force, with its front door; None where neither is known any
    more."""
    try:
        pack = current_pack(intake.area, day_of(now)).pack
    except NoPackError:
        return None
    door = pack.doors_by_id.get(intake.front_door)
    return (pack, door) if door is not None else None


def clock_of(
    deadline: Deadline,
    when: Times,
    *,
    started_at: datetime,
    referral_id: UUID,
    intake: Intake | None = None,
    about: UUID | None = None,
) -> Clock:
    """Return a clock that isn't stored yet, for a deadline of a pack or of this system."""
    return Clock(
        referral_id=referral_id,
        intake=intake,
        deadline=deadline.id,
        about=about,
        name=deadline.name,
        who=deadline.who,
        statutory=deadline.statutory,
        outer_limit=deadline.outer_limit,
        citation=deadline.citation.model_dump(mode="json", exclude_none=True),
        started_at=min(started_at, when.warn_at),
        warn_at=when.warn_at,
        due_at=when.due_at,
    )


@transaction.atomic
def screen_by(*, intake: Intake, rating: str, by: Actor, now: datetime) -> Clock | None:
    """Let the time to screen be that of the rating, counted from the first receipt; return its clock, None where the
    partnership states none for it. For the action that rates.

    Rated anew it is the new rating's time, from the same receipt; where that has none, it stops. What was told of the
    earlier time stays told.
    """
    check_aware(now)
    found = pack_and_door(intake, now=now)
    deadline = stated(found[0], SCREENING[rating]) if found else None
    start = receipt_of(intake)
    when = times(deadline, start, found[1], bank_holidays()) if found and deadline else None
    running = intake.clocks.select_for_update().filter(deadline__in=SCREENING.values()).first()
    if deadline is None or when is None:
        if running is not None and running.stopped_at is None:
            running.stopped_at = now
            running.save(update_fields=["stopped_at"])
            _note("stop", intake.referral_id, by, running.deadline)
        return None
    clock = clock_of(deadline, when, started_at=start, referral_id=intake.referral_id, intake=intake)
    if running is not None:
        if running.deadline == clock.deadline and running.stopped_at is None:
            return running
        clock.pk, clock._state.adding = running.pk, False
    clock.save()
    _note("screen", intake.referral_id, by, clock.deadline)
    return clock


@transaction.atomic
def start_clock(
    *, deadline: Deadline, due_at: datetime, intake: Intake, about: UUID, by: Actor, now: datetime
) -> Clock | None:
    """Start a clock of an intake for a moment that is known, such as when a partner is to answer; return it, None where
    its front door has no pack any more. For casework, which knows what it is `about`."""
    check_aware(now)
    check_aware(due_at)
    found = pack_and_door(intake, now=now)
    if found is None:
        return None
    when = until(due_at, now, found[1], bank_holidays())
    clock = clock_of(deadline, when, started_at=now, referral_id=intake.referral_id, intake=intake, about=about)
    clock.save()
    _note("start", intake.referral_id, by, clock.deadline)
    return clock


@transaction.atomic
def start_after_here(*, intake: Intake, named: Deadline, due_at: datetime | None, by: Actor, now: datetime) -> None:
    """Start a clock of the writers that counts from what their front door did, once: due at a moment that is known,
    else by the deadline of the same id in its area's pack; none where neither is. For casework, which knows when."""
    check_aware(now)
    found = pack_and_door(intake, now=now)
    if found is None:
        return
    pack, door = found
    deadline = named if due_at is not None else stated(pack, named.id)
    when = None
    if due_at is not None:
        when = until(due_at, now, door, bank_holidays())
    elif deadline is not None:
        when = times(deadline, now, door, bank_holidays())
    if deadline is None or when is None:
        return
    of_writers = Clock.objects.filter(referral_id=intake.referral_id, intake=None, deadline=deadline.id)
    if not of_writers.exists():
        clock_of(deadline, when, started_at=now, referral_id=intake.referral_id).save()
        _note("start", intake.referral_id, by, deadline.id)


@transaction.atomic
def stop_clock(*, about: UUID, by: Actor, now: datetime) -> bool:
    """Stop what runs for something, because that is done; return whether anything did. It may run at several front
    doors, when siblings parted."""
    check_aware(now)
    clocks = Clock.objects.select_for_update().filter(about=about, stopped_at__isnull=True).order_by("pk")
    for clock in clocks:
        clock.stopped_at = now
        clock.save(update_fields=["stopped_at"])
        _note("stop", clock.referral_id, by, clock.deadline)
    return bool(clocks)


@transaction.atomic
def give_more(*, clock: Clock, due_at: datetime, why: str, by: Actor, now: datetime) -> Extension:
    """Let a clock of an intake be due later; return the row that keeps its earlier time and the reason. It warns anew.
    For casework, which has checked who may and why."""
    check_aware(due_at)
    assert clock.intake is not None  # the writers' own times are nobody's to extend
    found = pack_and_door(clock.intake, now=now)
    when = until(due_at, now, found[1], bank_holidays()) if found else Times(now + (due_at - now) * 3 / 4, due_at)
    extension = Extension.objects.create(
        clock=clock, before=clock.due_at, due_at=when.due_at, why=why, at=now, by_id=by.person_id, by_name=by.name[:200]
    )
    clock.warn_at, clock.due_at = when.warn_at, when.due_at
    clock.save(update_fields=["warn_at", "due_at"])
    _note("extend", clock.referral_id, by, clock.deadline)
    return extension


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
