"""Giving a time of a front door more, with the reason. Never one of the law (`routing.domain.extending`)."""

from datetime import datetime

from django.db import transaction

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from referrals.casework.actions.common import locked, note, words
from referrals.casework.notices import agency_of, tell
from referrals.routing.actions import give_more
from referrals.routing.domain.extending import RULE, Running, check_extendable, check_longer
from referrals.routing.domain.lifecycle import WITH_ANOTHER, Standing, State
from referrals.routing.domain.limits import PARTNER_RETURN
from referrals.routing.domain.permissions import check_open, standing
from referrals.routing.models import Clock, Extension, Intake
from referrals.routing.selectors import facts_for


@transaction.atomic
def extend_time(*, intake: Intake, clock: Clock, due_at: datetime, why: str, by: Actor, now: datetime) -> Extension:
    """Give a time of an intake more; return the row that keeps its earlier time and the reason. The referrer is told,
    unless it is a partner's time to answer, of which they know nothing.

    Raises NotYours or Refusal unless `by` decides at the front door that has it; for a statutory time, the latest
    allowed and one that doesn't run; for a moment that isn't later, or has passed; and without a reason.
    """
    row, _facts = locked(intake.referral, by, now)
    current = Intake.objects.select_for_update(of=("self",)).select_related("referral", "team").get(pk=intake.pk)
    check_open(by, facts_for(current, by, now=now))
    running = Clock.objects.select_for_update(of=("self",)).filter(pk=clock.pk, intake=current).first()
    if running is None:
        raise NotYours(rule=RULE, subject_type="intake", subject_id=current.pk)
    running.intake = current
    facts = running_facts(running, by, now=now)
    check_extendable(facts)
    check_longer(facts, due_at, now=now)
    of_referrer = running.deadline != PARTNER_RETURN
    reader = "Say why: the referrer reads it." if of_referrer else "Say why."
    extension = give_more(
        clock=running, due_at=due_at, why=words(why, rule=RULE, referral=row, what=reader), by=by, now=now
    )
    note("time.extend", row, by, {"intake": current.pk, "deadline": running.deadline, "due_at": extension.due_at})
    if of_referrer:
        tell("time_extended", agency_of(row, now=now), about=extension.pk, referral=row, by=by)
    return extension


def running_facts(clock: Clock, by: Actor, *, now: datetime) -> Running:
    """Return a clock of an intake as the rule sees it, for pages that show whether it can be given more."""
    assert clock.intake is not None  # the writers' own times are nobody's to extend
    return Running(
        due_at=clock.due_at,
        statutory=clock.statutory,
        outer_limit=clock.outer_limit,
        stopped=clock.stopped_at is not None,
        decides=Standing.DECIDER in standing(by, facts_for(clock.intake, by, now=now)),
        here=State(clock.intake.state) not in WITH_ANOTHER,
    )
