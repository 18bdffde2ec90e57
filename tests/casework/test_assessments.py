"""An early help assessment from draft to outcome: never without agreement, never in place of a referral."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import given

from accounts import clock
from accounts.domain.roles import Role
from consent.actions import Saying
from consent.domain.decide import decide
from consent.domain.facts import Form, Said
from consent.domain.people import agrees_for_child, child_agrees
from referrals.casework import actions
from referrals.casework.domain.assessments import HARM_OPEN, NEEDS_AGREEMENT, REFER, check_agreed
from referrals.casework.domain.outcomes import OF_ASSESSMENT, OF_REFERRAL, Outcome, form_after, outcomes_for
from referrals.casework.preparing import prepare
from referrals.casework.selectors import latest_approval
from referrals.record import actions as records
from referrals.record.models import Addendum, Referral
from referrals.record.selectors import content_of, latest_submission
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from referrals.routing.selectors import doors_shut
from tests.casework.handing import mails
from tests.casework.support import AREA, LATER, NOW, acting, assessment, opened, refused, routine
from tests.consent.support import PACKS
from tests.consent.test_properties import cases
from tests.desks import signed_in
from tests.factories import FrontDoorTeamFactory, person_with
from thresholds.domain.urgency import UrgentBecause

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(world):
    """The early help team of Telford & Wrekin."""
    return FrontDoorTeamFactory.create(area=AREA, front_door="strengthening-families", agency=world.team.agency)


@pytest.fixture
def coordinator(team):
    """Its coordinator."""
    return person_with(Role.EARLY_HELP_COORDINATOR, team=team, full_name="Laura Quill")


def submit(world, referral, now=NOW):
    return actions.submit(referral=referral, by=world.by("teacher"), now=now, token=uuid4())


@given(cases())
def test_it_may_go_only_where_somebody_who_can_has_agreed(case):
    area, facts = case
    found = decide(PACKS[area], replace(facts, form=Form.EHA))
    if not check_agreed([found]):
        assert any(agrees_for_child(person, facts) for person in facts.people) or child_agrees(facts)


def test_it_goes_to_early_help_with_its_own_name_and_what_was_agreed(world, team):
    submission = submit(world, assessment(world))
    (intake,) = Intake.objects.all()
    assert (intake.front_door, intake.team, intake.urgent) == ("strengthening-families", team, False)
    content = content_of(submission)
    assert content["form"]["name"] == "Early Help Assessment"
    assert content["kind"] == "eha"
    lead = next(page for page in content["pages"] if page["key"] == "lead")
    assert "Imran Calloway" in [question["reads"] for question in lead["questions"]]


@pytest.mark.parametrize(
    "said",
    [
        {"said": "refused", "words": "No."},
        {"said": "not_sought"},
        {"said": "withdrawn"},
        {},
        {"said": "not_known"},
    ],
)
def test_without_agreement_it_stays(world, team, said):
    referral = assessment(world, agreement=said)
    assert NEEDS_AGREEMENT in prepare(referral=referral, now=NOW).stops
    with refused("agreement"):
        submit(world, referral)
    assert latest_submission(referral) is None


@pytest.mark.parametrize("harm", ["yes", "suspected", "not_sure"])
def test_possible_harm_makes_it_a_referral_by_one_step_which_goes_at_once(world, team, harm):
    referral = assessment(world, harm={"harm": harm}, agreement={"said": "refused", "words": "No."})
    prepared = prepare(referral=referral, now=NOW)
    assert prepared.refer_instead
    assert prepared.stops == (REFER,)
    by = world.by("teacher")
    begun = records.begin_from(source=referral, kind="marf", by=by, now=NOW)
    submit(world, begun)
    begun.refresh_from_db()
    assert begun.state == "sent"
    assert {intake.front_door for intake in Intake.objects.all()} == {"family-connect"}


def test_a_question_about_harm_that_is_open_is_asked_and_is_no_alarm(world, team):
    referral = assessment(world, harm={})
    prepared = prepare(referral=referral, now=NOW)
    assert prepared.because == (UrgentBecause.HARM_NOT_ANSWERED.value,)
    assert not prepared.refer_instead
    assert prepared.stops == (HARM_OPEN,)


def test_a_level_that_may_mean_child_protection_needs_a_referral(world, team):
    assert prepare(referral=assessment(world, judged={"judged_level": "acute"}), now=NOW).refer_instead


def test_agreement_that_is_taken_back_while_it_waits_holds_it_whatever_the_lead_says(world, team):
    world.wants_approval()
    referral = assessment(world)
    submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "submitted"
    member = referral.household.get()
    saying = Saying(said=Said.WITHDRAWN, words="Not any more.")
    actions.say_agreement(referral=referral, person_id=member.pk, saying=saying, by=world.by("teacher"), now=LATER)
    with refused("agreement"):
        actions.approve(referral=referral, why="They need it.", by=world.by("dsl"), now=LATER)
    assert not Intake.objects.exists()


def test_the_page_of_checking_names_the_button_that_an_assessment_has(world, team, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    world.wants_approval()
    check = reverse("journey:check", args=[assessment(world).pk])
    page = signed_in(world.teacher).get(check).content.decode()
    assert "Then open it here and press “Make it a referral”." in page
    assert "It can't wait: send it now" not in page.replace("&#x27;", "'")


@pytest.fixture
def waiting(world, team):
    """An assessment that waits for the desk."""
    world.wants_approval()
    referral = assessment(world)
    submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "submitted"
    return referral


def test_what_waits_is_never_sent_as_urgent_and_leads_to_a_referral(world, waiting, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)
    with refused("Make it a referral"):
        actions.send_without_waiting(referral=waiting, by=world.by("teacher"), now=LATER)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.urgent) == ("submitted", False)
    approval = latest_approval(waiting)
    assert approval is not None
    assert not approval.is_answered
    browser = signed_in(world.teacher)
    page = browser.get(reverse("referral", args=[waiting.pk])).content.decode()
    assert reverse("journey:send_now", args=[waiting.pk]) not in page
    assert "If you have learned something that may mean harm" in page
    add = reverse("journey:addendum", args=[waiting.pk])
    page = browser.get(add).content.decode()
    assert 'name="send_now"' not in page
    assert "Make it a referral" in page
    # A page that was open before: what was written is kept.
    browser.post(add, {"words": "Her arm is broken.", "send_now": "on"})
    assert "Her arm is broken." in Addendum.objects.get().content
    assert not Intake.objects.exists()
    answer = browser.post(reverse("journey:begin_another", args=[waiting.pk, "marf"]))
    assert waiting.begun.get().kind == "marf"
    assert answer.status_code == 302


def test_what_needs_a_referral_by_the_time_it_would_go_is_not_sent(world, waiting):
    Referral.objects.filter(pk=waiting.pk).update(urgent=True, urgent_because=[UrgentBecause.HARM.value])
    with refused("Make it a referral"):
        actions.approve(referral=waiting, by=world.by("dsl"), now=LATER)
    assert not Intake.objects.exists()


def arrived(world, referral):
    """The intake, read and claimed by nobody yet."""
    submit(world, referral)
    intake = Intake.objects.get()
    routing.arrive(intake_id=intake.pk, now=NOW)
    intake.refresh_from_db()
    return intake


def test_the_coordinator_registers_it_and_the_author_reads_why(world, team, coordinator):
    referral = assessment(world)
    intake = arrived(world, referral)
    by = acting(coordinator)
    actions.read(intake=intake, by=by, now=NOW)
    routing.claim(intake=opened(intake, by), by=by, now=NOW)
    decision = actions.decide(
        intake=intake,
        child=referral.children.get(),
        outcome=Outcome.REGISTERED.value,
        rationale="The plan meets what is needed.",
        next_step="Imran Calloway calls the first meeting.",
        by=by,
        now=LATER,
    )
    assert decision.outcome == "registered"
    actions.close(intake=intake, by=by, now=LATER)
    referral.refresh_from_db()
    assert referral.state == "closed"


def test_a_coordinator_decides_on_no_referral(world, team, coordinator):
    referral = routine(world, judged={"judged_level": "vulnerable", "judged_because": "A little help."})
    intake = arrived(world, referral)
    by = acting(coordinator)
    routing.claim(intake=intake, by=by, now=NOW)
    with refused("registered social worker"):
        actions.decide(
            intake=intake,
            child=referral.children.get(),
            outcome="early_help",
            rationale="As it reads.",
            next_step="A worker rings.",
            by=by,
            now=LATER,
        )


@pytest.mark.parametrize(
    ("assessment", "outcomes", "kind"),
    [
        (True, ["stepped_up"], "marf"),
        (True, ["registered"], ""),
        (False, ["early_help"], "eha"),
        (False, ["no_further_action", "targeted_help"], "eha"),
        (False, ["assessment"], ""),
        (False, [], ""),
    ],
)
def test_which_form_comes_next_by_what_was_decided(assessment, outcomes, kind):
    assert form_after(map(Outcome, outcomes), assessment=assessment) == kind


def test_each_form_has_its_own_outcomes(world, team, coordinator):
    assert Outcome.STRATEGY_DISCUSSION not in OF_ASSESSMENT
    assert not {Outcome.REGISTERED, Outcome.STEPPED_UP} & set(OF_REFERRAL)
    assert set(outcomes_for(assessment=True)) | set(outcomes_for(assessment=False)) == set(Outcome)
    referral = assessment(world)
    intake = arrived(world, referral)
    routing.claim(intake=opened(intake, coordinator), by=acting(coordinator), now=NOW)
    with refused("one of the outcomes"):
        actions.decide(
            intake=intake,
            child=referral.children.get(),
            outcome="assessment",
            rationale="As it reads.",
            next_step="Somebody rings.",
            by=acting(coordinator),
            now=LATER,
        )


def test_the_only_coordinator_is_not_shut_out_and_hears_of_a_disagreement(world, team, coordinator):
    """At an early help team they are who decides on it."""
    submit(world, assessment(world))
    intake = Intake.objects.get()
    routing.arrive(intake_id=intake.pk, now=LATER)
    with refused("Nobody else at"):
        actions.shut_out(
            referral=intake.referral, person=coordinator, why="Her nephew.", by=world.by("teacher"), now=LATER
        )
    intake.refresh_from_db()
    intake = routing.claim(intake=opened(intake, coordinator), by=acting(coordinator), now=LATER)
    given = {"outcome": "registered", "rationale": "Needs are met here.", "next_step": "A worker rings."}
    actions.decide(intake=intake, child=intake.referral.children.get(), by=acting(coordinator), now=LATER, **given)
    actions.disagree(intake=intake, grounds="More is needed.", by=world.by("dsl"), now=LATER)
    assert mails("disagreement_raised") == {str(coordinator.pk)}


def test_a_team_with_a_coordinator_left_is_not_shut(world, team, coordinator):
    worker = person_with(Role.SOCIAL_WORKER, team=team)
    referral = assessment(world)
    actions.shut_out(referral=referral, person=worker, why="Her nephew.", by=world.by("teacher"), now=NOW)
    assert doors_shut(referral.pk, now=NOW) == frozenset()
    actions.shut_out(referral=referral, person=coordinator, why="His aunt.", by=world.by("teacher"), now=NOW)
    assert doors_shut(referral.pk, now=NOW) == {(AREA, "strengthening-families")}
