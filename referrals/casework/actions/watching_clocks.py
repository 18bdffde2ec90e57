"""The watch over times: who has to act is told before one is over, and again, with more people, when it is.

The referrer is told when they should have heard and haven't. Each once for a time; a time that was given more is told
of anew. Who is told of which stands in `routing.domain.limits`.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.domain.roles import Role
from accounts.models import Person
from audit.domain.actor import Actor
from dispatch.one_by_one import each_by_itself
from referrals.casework.actions.common import locked, note
from referrals.casework.notices import referrers_of, tell
from referrals.casework.people import deciders_of, desk_of_agency, holder_or_team, team_of
from referrals.casework.selectors.times import clocks_to_tell, heard_of, referrals_to_tell
from referrals.record.models import Referral
from referrals.routing.domain.clocks import Notice, notice_due, state_of
from referrals.routing.domain.limits import DISAGREEMENT, Side, told_of
from referrals.routing.models import Clock, ClockNotice

CLOCKS = Actor.system("clocks")
_MANAGERS = frozenset({Role.FRONT_DOOR_MANAGER})
_AGENCY = frozenset({Side.WRITERS, Side.DESK})


def watch_clocks(*, now: datetime) -> int:
    """Tell of every time that is close or over and of which nobody was told; return how many notices were given.

    Each referral in a transaction of its own; any number of these at once tell once. One that can't be told of stops no
    other: operators see it.
    """
    return each_by_itself(
        list(referrals_to_tell(now=now)),
        lambda referral_id: tell_of_times(referral_id=referral_id, now=now),
        kind="tell_of_times",
        reference="referral",
        by=CLOCKS,
    )


@transaction.atomic
def tell_of_times(*, referral_id: UUID, now: datetime) -> int:
    """Tell of the times of one referral that are close or over; return how many notices were given."""
    row, _facts = locked(Referral(pk=referral_id), CLOCKS, now)
    given = 0
    for clock in clocks_to_tell(row, now=now):
        state = state_of(warn_at=clock.warn_at, due_at=clock.due_at, stopped_at=clock.stopped_at, now=now)
        told = {Notice(one.kind) for one in clock.notices.all() if one.due_at == clock.due_at}
        notice = notice_due(state, told)
        if notice is not None:
            _tell(clock, notice, row, now)
            given += 1
    return given


def _tell(clock: Clock, notice: Notice, row: Referral, now: datetime) -> None:
    told = told_of(clock.deadline, at_front_door=clock.intake is not None)
    sides = told.before if notice is Notice.BEFORE else told.late
    people = {side: list(_people(side, clock, row, now)) for side in sides}
    here = _each_once(people[side] for side in people if side not in _AGENCY)
    agency = _each_once(people[side] for side in people if side in _AGENCY)
    if clock.intake is not None and clock.deadline != DISAGREEMENT and heard_of(clock.intake):
        # They know what was decided for every child: somebody else has dealt with it.
        agency = []
    record = ClockNotice.objects.create(
        clock=clock, kind=notice.value, due_at=clock.due_at, at=now, people=len(here) + len(agency)
    )
    tell(f"time_{notice.value}_here", here, about=record.pk, referral=row, by=CLOCKS)
    tell(_for_agency(clock, notice), agency, about=record.pk, referral=row, by=CLOCKS)
    note(f"time.{notice.value}", row, CLOCKS, {"deadline": clock.deadline, "people": record.people})


def _for_agency(clock: Clock, notice: Notice) -> str:
    if clock.intake is None:
        return f"time_{notice.value}_own"
    return "disagreement_late" if clock.deadline == DISAGREEMENT else "not_heard"


def _people(side: Side, clock: Clock, row: Referral, now: datetime) -> Iterable[Person]:
    if side is Side.WRITERS:
        return referrers_of(row)
    if side is Side.DESK:
        return desk_of_agency(row, now=now)
    assert clock.intake is not None  # the other sides are of a front door
    if side is Side.HOLDER:
        return holder_or_team(clock.intake, now=now)
    if side is Side.DECIDERS:
        return deciders_of(clock.intake, now=now)
    return team_of(clock.intake, now=now, roles=_MANAGERS)


def _each_once(lists: Iterable[Iterable[Person]]) -> list[Person]:
    return list({person.pk: person for people in lists for person in people}.values())
