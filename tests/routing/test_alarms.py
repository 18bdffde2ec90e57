"""Nobody opens it: the alarm, once, to the right people, and without a word about anybody."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path
from django.utils import timezone

from dispatch import email
from dispatch.domain.promise import Promise
from dispatch.models import OutboxRow
from referrals.record import actions as record
from referrals.routing import actions, selectors, tasks
from referrals.routing.domain.alarms import first_unseen
from referrals.routing.models import Alarm, Intake
from tests.routing.world import NOW, acting

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def an_hour(settings):
    """What the deployment sets is not this test's to know."""
    settings.UNREAD_ALARM = HOUR


def told() -> set[str]:
    """Ids of the people to whom the alarm's e-mail is promised."""
    rows = OutboxRow.objects.filter(kind="email", references__template__startswith="intake_unread")
    return {str(row.references["person_id"]) for row in rows}


def ids(*people) -> set[str]:
    return {str(person.pk) for person in people}


@pytest.mark.parametrize(
    ("added", "opened", "alarmed", "first"),
    [
        ([], None, None, None),
        ([2, 1], None, None, 1),
        ([1, 2], 1, None, 2),
        ([1, 2], 2, None, None),
        ([1, 2, 3], 1, 2, 3),
        ([1, 2, 3], 2, 1, 3),
        ([1], None, 1, None),
    ],
)
def test_of_what_was_added_the_first_counts_that_nobody_has_seen_or_heard_of(added, opened, alarmed, first):
    def at(hour: int | None):
        return None if hour is None else NOW + hour * HOUR

    found = first_unseen([NOW + hour * HOUR for hour in added], opened_at=at(opened), alarmed_at=at(alarmed))
    assert found == at(first)


def test_after_an_hour_author_desk_and_manager_are_told_once(world):
    intake = world.arrived()
    assert actions.raise_alarms(now=NOW + HOUR - timedelta(seconds=1)) == 0
    assert actions.raise_alarms(now=NOW + HOUR) == 1
    assert actions.raise_alarms(now=NOW + 2 * HOUR) == 0
    assert told() == ids(world.teacher, world.dsl, world.manager)
    alarm = Alarm.objects.get()
    assert (alarm.intake, alarm.kind, alarm.raised_at) == (intake, "unread", NOW + HOUR)
    (receipt,) = selectors.receipts_of(intake.referral)
    assert receipt.alarm_at == NOW + HOUR
    assert [item.alarmed for item in selectors.queue_of(acting(world.screener), now=NOW).unassigned] == [True]


def test_what_was_opened_raises_none(world):
    intake = world.arrived()
    actions.mark_read(intake=intake, by=acting(world.screener), now=NOW)
    assert actions.raise_alarms(now=NOW + 5 * HOUR) == 0


def test_what_was_never_delivered_is_as_unread(world):
    world.sent()
    assert actions.raise_alarms(now=NOW + HOUR) == 1


@pytest.mark.parametrize("about_desk", ["yes", "not_sure"])
def test_a_referral_that_bypasses_the_desk_is_not_told_to_it(world, about_desk):
    world.arrived(about_desk=about_desk)
    actions.raise_alarms(now=NOW + HOUR)
    assert told() == ids(world.teacher, world.manager)


def test_whom_it_is_about_is_not_told(world):
    referral = world.drafted()
    record.exclude_person(referral=referral, person=world.dsl, by=acting(world.teacher), now=NOW)
    world.send(referral, world.plan(referral))
    actions.raise_alarms(now=NOW + HOUR)
    assert told() == ids(world.teacher, world.manager)


def test_what_isnt_urgent_waits_for_the_office(world):
    world.now = NOW + 6 * HOUR + HOUR / 2  # 16:30 on Tuesday; the office closes at 17:00
    world.arrived(harm="no", judged="complex")
    assert actions.raise_alarms(now=NOW + 20 * HOUR) == 0
    assert actions.raise_alarms(now=NOW + 23 * HOUR + HOUR / 2) == 1


def test_at_night_the_duty_teams_reading_leaves_the_rest_to_the_morning(world):
    """Family Connect has it too, and is closed: its alarm waits for its office."""
    world.now = NOW + 12 * HOUR  # 22:00 on Tuesday
    office = world.family_connects()
    duty_team = Intake.objects.get(submission=office.submission, front_door="emergency-duty-team")
    for intake in (office, duty_team):
        actions.arrive(intake_id=intake.pk, now=world.now)
    actions.mark_read(intake=duty_team, by=acting(world.elsewhere), now=world.now)
    assert actions.raise_alarms(now=world.now + 2 * HOUR) == 0
    assert actions.raise_alarms(now=NOW + 24 * HOUR) == 1  # 10:00 on Wednesday, an hour after opening
    assert Alarm.objects.get().intake == office


def test_the_deployment_may_set_another_time_and_it_is_shown_as_the_systems(world, settings):
    assert selectors.unread_alarm().after == HOUR
    settings.UNREAD_ALARM = timedelta(minutes=20)
    setting = selectors.unread_alarm()
    assert (setting.after, setting.set_by) == (timedelta(minutes=20), "this system; the partnership states no time")
    world.arrived()
    assert actions.raise_alarms(now=NOW + timedelta(minutes=20)) == 1


def test_beats_task_raises_it(world):
    world.now = timezone.now() - timedelta(days=5)
    world.family_connects()
    tasks.raise_alarms()
    assert Alarm.objects.filter(intake__front_door="family-connect").count() == 1


def test_each_is_led_to_the_page_of_their_own_side(world):
    world.arrived()
    actions.raise_alarms(now=NOW + HOUR)
    rows = OutboxRow.objects.filter(kind="email", references__template__startswith="intake_unread")
    sides = {row.references["person_id"]: row.references["template"] for row in rows}
    assert sides[str(world.manager.pk)] == "intake_unread_here"
    assert sides[str(world.teacher.pk)] == sides[str(world.dsl.pk)] == "intake_unread"


def page(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Where the link of an e-mail leads."""
    return HttpResponse()


urlpatterns = [
    path("r/<uuid:referral_id>", page, name="referral"),
    path("queue/", include(([path("of/<uuid:referral_id>/", page, name="of_referral")], "triage"))),
]


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize(
    ("template", "leads"),
    [("intake_arrived", "/queue/of/"), ("intake_unread", "/r/"), ("intake_unread_here", "/queue/of/")],
)
def test_the_emails_say_nothing_about_anybody(world, template, leads):
    intake = world.arrived()
    actions.raise_alarms(now=NOW + HOUR)
    row = OutboxRow.objects.filter(kind="email", references__template=template).first()
    assert row is not None
    email.send(Promise(row.pk, row.key, row.kind, row.references, 1))
    (message,) = mail.outbox
    text = f"{message.subject}\n{message.body}"
    assert f"{leads}{intake.referral_id}" in text
    for secret in ("Robin", "Vale", "Mill Lane", "TF1", "Asha", intake.referral.reference, "Family Connect", "harm"):
        assert secret not in text
