"""After submitting: who was told, whether the family may be, and agreement that changes."""

from datetime import date, timedelta
from typing import Any

import pytest

from audit.domain.refusal import NotYours, Refusal
from consent.actions import Decided, Saying, record_sharing
from consent.domain.afterwards import DutyState
from consent.domain.decide import decide
from consent.domain.facts import Said
from consent.models import AgreementChange, TellingRuling, Told
from consent.selectors import agreement_changes_of, sharing_of, sharing_records_of, telling_of, told_of
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.models import Approval
from referrals.casework.selectors import goes_at, timeline
from referrals.record import actions as records
from referrals.routing.models import Intake
from tests.casework.support import (
    LATER,
    NOW,
    World,
    claimed,
    delivered,
    guarded,
    refused,
    routine,
    settled,
    submit,
    urgent,
    verbs,
)
from tests.consent.support import PACKS, parent, recorded
from thresholds.domain.parts import Flag, Harm

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 16)


def told(world: World, referral, about: str, *, who: str = "teacher", **more):
    said = {"told_on": DAY, "told_by": "The head", "words": "All of it; she cried.", **more}
    return actions.record_told(referral=referral, about=about, **said, by=world.by(who), now=LATER)


def say(world: World, referral, said: Said, *, who: str = "teacher", now=LATER, **more):
    mother = referral.household.get()
    saying = Saying(said=said, words=more.pop("words", "Not any more."), **more)
    return actions.say_agreement(referral=referral, person_id=mother.pk, saying=saying, by=world.by(who), now=now)


def states(referral) -> dict[str, DutyState]:
    return {duty.about: duty.state for duty in telling_of(referral).duties}


def mother_of(referral) -> str:
    return str(referral.household.get().pk)


def e_mails() -> set[str]:
    return set(OutboxRow.objects.filter(kind="email").values_list("references__template", flat=True))


@pytest.mark.parametrize("who", ["teacher", "dsl", "deputy", "screener", "worker"])
def test_that_somebody_was_told_is_recorded_and_the_duty_is_done(world: World, who):
    referral = settled(world)
    delivered(world, referral)
    mother = mother_of(referral)
    assert states(referral)[mother] is DutyState.OPEN
    told(world, referral, mother, who=who)
    assert states(referral)[mother] is DutyState.DONE
    assert "sharing.told" in verbs(referral.pk)
    assert "told" in {item.kind for item in timeline(referral, front_door=True)}


def test_a_correction_stands_beside_what_it_corrects(world: World):
    referral = routine(world)
    submit(world, referral)
    for by in ("The head", "The tutor"):
        told(world, referral, mother_of(referral), told_by=by)
    assert [(one.number, one.told_by) for one in told_of(referral)] == [(1, "The head"), (2, "The tutor")]


@pytest.mark.parametrize("who", ["colleague", "manager", "stranger", "elsewhere"])
def test_it_is_nobody_elses_to_record(world: World, who):
    referral = routine(world)
    delivered(world, referral)
    for act in (
        lambda: told(world, referral, mother_of(referral), who=who),
        lambda: say(world, referral, Said.WITHDRAWN, who=who),
    ):
        with pytest.raises(NotYours):
            act()
    assert not Told.objects.exists()
    assert not AgreementChange.objects.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"told_on": DAY + timedelta(days=1)}, "today or in the past"),
        ({"told_by": " "}, "who told them"),
        ({"words": "\x00"}, "what was said"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(world: World, more, words):
    referral = routine(world)
    submit(world, referral)
    with refused(words):
        told(world, referral, mother_of(referral), **more)
    with pytest.raises(NotYours):
        told(world, referral, "neighbour")
    assert not Told.objects.exists()


def test_a_draft_has_nothing_to_tell(world: World):
    referral = routine(world)
    with refused("It is a draft"):
        told(world, referral, mother_of(referral))
    with refused("It is a draft"):
        say(world, referral, Said.WITHDRAWN)


def test_whoever_knows_and_should_not_is_an_alarm_for_the_front_door(world: World):
    referral = guarded(world)
    delivered(world, referral)
    mother = mother_of(referral)
    assert states(referral)[mother] is DutyState.DO_NOT_TELL
    told(world, referral, mother)
    assert states(referral)[mother] is DutyState.TOLD_ALTHOUGH
    assert {"told_although", "told_although_door"} <= e_mails()


@pytest.mark.parametrize("who", ["worker", "head"])
def test_only_a_decider_of_the_front_door_lifts_the_guard(world: World, who):
    referral = guarded(world)
    intake = claimed(world, referral)
    given: dict[str, Any] = {"may_tell": True, "why": "The police have spoken to him."}
    for other in ("teacher", "dsl", "screener", "stranger", "elsewhere"):
        with pytest.raises(Refusal):
            actions.rule_on_telling(intake=intake, **given, by=world.by(other), now=LATER)
    assert not TellingRuling.objects.exists()
    actions.rule_on_telling(intake=intake, **given, by=world.by(who), now=LATER)
    assert states(referral)[mother_of(referral)] is DutyState.OPEN
    prepared = actions.prepare(referral=referral, now=LATER)
    assert not any(child.sharing.decision.guard.holds for child in prepared.children)
    assert "telling_ruled" in e_mails()
    actions.rule_on_telling(intake=intake, may_tell=False, why="He is out again.", by=world.by(who), now=LATER)
    assert states(referral)[mother_of(referral)] is DutyState.DO_NOT_TELL


def test_nobody_lifts_what_burys_document_forbids_without_exception(world: World):
    referral = guarded(world)
    intake = claimed(world, referral)
    facts = recorded(parent(), harm=Harm.SUSPECTED, flags=frozenset({Flag.SEXUAL_ABUSE}))
    burys = {str(referral.children.get().pk): Decided(facts, decide(PACKS["bury"], facts), ())}
    record_sharing(referral=referral, decided=burys, by=world.by("teacher"), now=NOW)
    with refused("never told"):
        actions.rule_on_telling(intake=intake, may_tell=True, why="He knows.", by=world.by("head"), now=LATER)
    actions.rule_on_telling(intake=intake, may_tell=False, why="Not yet.", by=world.by("head"), now=LATER)
    assert telling_of(referral).absolute


def test_a_front_door_may_forbid_what_nothing_recorded_forbids(world: World):
    referral = settled(world)
    intake = claimed(world, referral)
    assert not telling_of(referral).guarded
    actions.rule_on_telling(intake=intake, may_tell=False, why="A search is planned.", by=world.by("worker"), now=LATER)
    assert telling_of(referral).guarded


def test_without_a_reason_nothing_is_lifted(world: World):
    intake = claimed(world, guarded(world))
    with refused("Write why"):
        actions.rule_on_telling(intake=intake, may_tell=True, why=" ", by=world.by("worker"), now=LATER)


@pytest.mark.parametrize("make", [routine, urgent])
def test_agreement_taken_back_after_sending_changes_the_decision_and_not_what_was_sent(world: World, make):
    referral = make(world)
    delivered(world, referral)
    say(world, referral, Said.WITHDRAWN, said_on=DAY)
    referral.refresh_from_db()
    submitted, changed = sharing_records_of(referral)
    assert referral.state == "sent"
    assert Intake.objects.filter(referral=referral).count() == 1
    assert changed.because == "agreement_changed"
    (first,), (second,) = submitted.decision.values(), changed.decision.values()
    assert (first["agreement"], second["agreement"]) == ("given", "withdrawn")
    assert second["verdict"] == ("to_weigh" if make is routine else "may_share")
    assert {"agreement_changed", "agreement_changed_door"} <= e_mails()
    item = next(one for one in timeline(referral, front_door=True) if one.kind == "agreement_changed")
    assert item.text == "About agreement: took the agreement back"


def test_what_is_said_again_counts_and_both_are_kept(world: World):
    referral = routine(world)
    submit(world, referral)
    say(world, referral, Said.WITHDRAWN)
    say(world, referral, Said.LIMITED, words="Only school.", limits="Only school.")
    assert [one.said for one in agreement_changes_of(referral)] == ["withdrawn", "limited"]
    kept = sharing_of(referral)
    assert kept is not None
    (last,) = kept.decision.values()
    assert (last["agreement"], last["scope"]) == ("limited", "agreed_parts")


def test_taken_back_while_it_waits_nothing_goes_by_the_clock_and_the_desk_says_why(world: World):
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    say(world, referral, Said.WITHDRAWN)
    assert actions.lapse_overdue(now=NOW + timedelta(days=3)) == 0
    referral.refresh_from_db()
    assert referral.state == "submitted"
    assert Approval.objects.get(referral=referral).because == "agency-policy"
    with refused("Say why"):
        actions.approve(referral=referral, by=world.by("dsl"), now=LATER)
    actions.approve(referral=referral, by=world.by("dsl"), now=LATER, why="The child asked for it.")
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert [one.because for one in sharing_records_of(referral)] == ["submitted", "agreement_changed", "weighed"]


def test_taken_back_while_it_waits_it_is_chased_every_day_and_no_page_says_that_it_goes(world: World):
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    assert actions.chase(now=NOW + timedelta(hours=12)) == 2
    say(world, referral, Said.WITHDRAWN)
    approval = Approval.objects.get(referral=referral)
    assert goes_at(approval, now=LATER) is None
    chased = [actions.chase(now=NOW + timedelta(hours=one)) for one in (13, 24, 48, 72)]
    assert chased == [0, 2, 3, 3]
    told = OutboxRow.objects.filter(references__template="approval_waiting").values_list("references__person_id")
    assert sorted(told) == sorted(
        [(str(world.dsl.pk),)] * 4 + [(str(world.deputy.pk),)] * 4 + [(str(world.teacher.pk),)] * 2
    )


def test_written_on_again_after_it_was_returned_the_form_counts(world: World):
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    say(world, referral, Said.WITHDRAWN)
    actions.return_for_changes(referral=referral, why="Ask again.", by=world.by("dsl"), now=LATER)
    (still,) = (child.sharing.decision for child in actions.prepare(referral=referral, now=LATER).children)
    assert still.agreement.value == "withdrawn"
    answers = {"said": "given", "said_on": "2026-11-16", "said_to": "The tutor", "words": "Yes after all."}
    records.save_page(
        referral=referral,
        page="member-sharing",
        answers=answers,
        version=1,
        by=world.by("teacher"),
        now=LATER + timedelta(hours=1),
        person_id=referral.household.get().pk,
    )
    (now,) = (child.sharing.decision for child in actions.prepare(referral=referral, now=LATER).children)
    assert now.agreement.value == "given"
