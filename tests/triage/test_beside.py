"""One child at two front doors: each sees what the other does, and the referrer what each has done."""

import pytest
from django.urls import reverse

from referrals.casework import actions as casework
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from tests.casework.support import EVENING, LATER, World, child_of, opened, submit, urgent
from tests.desks import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def doors(world: World) -> dict[str, Intake]:
    """An urgent referral out of hours, delivered by day to Family Connect and to the Emergency Duty Team."""
    referral = urgent(world)
    submit(world, referral, now=EVENING)
    for intake in Intake.objects.filter(referral=referral):
        routing.arrive(intake_id=intake.pk, now=EVENING)
    return {one.front_door: one for one in Intake.objects.filter(referral=referral)}


def decided_at_night(world: World, intake: Intake) -> None:
    by = world.by("elsewhere")
    casework.read(intake=intake, by=by, now=LATER)
    routing.claim(intake=intake, by=by, now=LATER)
    casework.decide(
        intake=opened(intake, by, at=LATER),
        child=child_of(intake.referral),
        outcome="strategy_discussion",
        rationale="A bruise that nobody explains.",
        next_step="The police are rung tonight.",
        by=by,
        now=LATER,
    )


def test_queue_and_page_show_what_the_other_front_door_does(world: World, browse, doors):
    day, night = doors["family-connect"], doors["emergency-duty-team"]
    page = reverse("triage:intake", args=[day.pk])
    before = f"{night.door_name}: received, with nobody yet. Nobody there has opened it."
    assert before in text_of(browse("screener").get(reverse("triage:queue")))
    assert before in text_of(browse("screener").get(page))
    decided_at_night(world, night)
    after = f"{night.door_name}: decided, with {world.elsewhere.full_name}. Opened by {world.elsewhere.full_name}, "
    queue, shown = text_of(browse("screener").get(reverse("triage:queue"))), text_of(browse("screener").get(page))
    assert after in queue
    assert "Decided: Strategy discussion (section 47)." in queue
    assert "Robin" not in queue
    assert after in shown
    assert "Decided for Robin 0 Vale: Strategy discussion (section 47)." in shown


def test_what_is_still_on_its_way_elsewhere_is_shown_too(world: World, browse, doors):
    Intake.objects.filter(pk=doors["family-connect"].pk).update(state="due", received_at=None)
    page = text_of(browse("elsewhere").get(reverse("triage:intake", args=[doors["emergency-duty-team"].pk])))
    assert f"{doors['family-connect'].door_name}: on its way, with nobody yet." in page


def test_the_referrer_reads_what_each_front_door_has_done(world: World, browse, doors):
    day, night = doors["family-connect"], doors["emergency-duty-team"]
    writer, address = browse("teacher"), reverse("referral", args=[day.referral_id])
    decided_at_night(world, night)
    assert f"{night.door_name} has decided. {day.door_name} has not opened it yet." in text_of(writer.get(address))
    casework.read(intake=day, by=world.by("worker"), now=LATER)
    assert f"{day.door_name} has opened it and has not decided yet." in text_of(writer.get(address))


def test_author_and_desk_read_one_history(browse, doors):
    referral = doors["family-connect"].referral
    for who in ("teacher", "dsl"):
        page = text_of(browse(who).get(reverse("referral", args=[referral.pk])))
        assert '<h3 class="moj-timeline__title">Submitted</h3>' in page
        assert '<h3 class="moj-timeline__title">Sent</h3>' in page
    page = text_of(browse("dsl").get(reverse("review:referral", args=[referral.pk])))
    assert "Submitted" in page
    assert ">Submit<" not in page
    assert ">Send<" not in page
