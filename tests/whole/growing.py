"""Referrals with little and with much in them, and lists of few and of many rows: what pages must not grow with."""

from datetime import timedelta

from accounts.domain.roles import Role
from dispatch.models import OutboxRow
from referrals.casework import actions as casework
from referrals.record import actions as records
from referrals.record.models import Referral
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from tests.casework.support import NOW, World, acting, area_pack, claimed, decided, routine, urgent
from tests.factories import person_with
from thresholds.actions import publish


def draft(world: World, times: int) -> Referral:
    """A draft with so many children, members, descriptors and colleagues."""
    referral = routine(world, children=times)
    by = world.by("teacher")
    chosen = [{"id": one.id, "evidence": "Seen."} for one in area_pack().descriptors[: 3 * times]]
    for child in referral.children.all():
        records.save_page(
            referral=referral,
            page="descriptors",
            answers={"descriptors": chosen},
            version=0,
            by=by,
            now=NOW,
            person_id=child.pk,
        )
    for _ in range(times):
        records.add_member(referral=referral, by=by, now=NOW)
        colleague = person_with(Role.PRACTITIONER, agency=world.school)
        records.share_draft(referral=referral, person=colleague, by=by, now=NOW)
    return referral


def story(world: World, times: int) -> Referral:
    """A referral at work in the front door, with so much of everything that came of it."""
    intake = claimed(world, draft(world, times))
    referral = intake.referral
    for number in range(times):
        casework.add_addendum(referral=referral, text=f"Later {number}", by=world.by("teacher"), now=NOW)
        casework.advise(referral=referral, text=f"Advice {number}", by=world.by("dsl"), now=NOW)
        asked = casework.request_information(intake=intake, text=f"Who {number}?", by=world.by("screener"), now=NOW)
        casework.answer_information(message=asked, text="Kim.", by=world.by("teacher"), now=NOW)
    return referral


def work(world: World) -> None:
    """One more of each state in which a referral stands in the lists of people's work; one was opened."""
    draft(world, 1)
    opened = Intake.objects.get(referral=story(world, 1), front_door="family-connect")
    routing.note_opening(intake=opened, by=world.by("screener"), now=NOW)
    decided(world, urgent(world))
    claimed(world, routine(world))


def more(world: World, times: int) -> None:
    """So many more rows for each list."""
    for number in range(times):
        work(world)
        person_with(Role.SCREENER, team=world.team)
        later = area_pack().model_copy(update={"effective_from": NOW.date() + timedelta(days=times + number)})
        publish(pack=later, by=acting(world.teacher), now=NOW)
    # What fails is listed for operators, row by row.
    OutboxRow.objects.filter(state="due", attempts=0).update(attempts=2, last_error="builtins.OSError")
