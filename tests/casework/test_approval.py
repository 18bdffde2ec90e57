"""The desk's approval: asked before a routine referral, beside an urgent one, never of who wrote it."""

from datetime import timedelta

import pytest

from accounts.domain.roles import Role
from audit.domain.refusal import NotYours, Refusal
from audit.models import Entry
from consent.selectors import shared_of, sharing_records_of
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.casework.domain.lifecycle import State
from referrals.casework.models import AgencyPolicy, Approval, ApprovalAnswer
from referrals.casework.selectors import desk_of, latest_approval, policy_of, state_of, timeline
from referrals.record import actions as records
from referrals.record.selectors import content_of
from referrals.routing.models import Intake
from tests.casework.support import LATER, NOW, World, child_of, refused, routine, save, submit, urgent, verbs
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def waiting(world: World, **pages):
    """A routine referral that waits for the desk."""
    world.wants_approval()
    referral = routine(world, **pages)
    submit(world, referral)
    referral.refresh_from_db()
    return referral


def e_mails() -> set[str]:
    return set(OutboxRow.objects.filter(kind="email").values_list("references__template", flat=True))


def test_a_routine_one_waits_for_the_desk_and_the_lead_is_told(world: World):
    referral = waiting(world)
    approval = Approval.objects.get(referral=referral)
    assert referral.state == "submitted"
    assert (approval.asked, approval.because, approval.beside) == ("desk", "agency-policy", False)
    assert approval.due_at == NOW + timedelta(hours=24)
    assert not Intake.objects.exists()
    told = OutboxRow.objects.filter(kind="email").values_list("references__person_id", flat=True)
    assert list(told) == [str(world.dsl.pk)]
    assert "approval.ask" in verbs(referral.pk)


@pytest.mark.parametrize("who", ["dsl", "deputy"])
def test_the_desk_approves_and_it_goes(world: World, who):
    referral = waiting(world)
    actions.approve(referral=referral, by=world.by(who), now=LATER)
    referral.refresh_from_db()
    intake = Intake.objects.get(referral=referral)
    assert referral.state == "sent"
    assert intake.sent_at == LATER
    assert set(verbs(referral.pk)) >= {"approval.approve", "referral.send"}
    assert OutboxRow.objects.filter(kind="pdf_copy").count() == 1
    approval = latest_approval(referral)
    assert approval is not None
    assert state_of(approval) is State.APPROVED


@pytest.mark.parametrize(
    "who", ["teacher", "colleague", "manager", "stranger", "screener", "worker", "head", "elsewhere"]
)
@pytest.mark.parametrize("verb", ["approve", "return_for_changes", "decline"])
def test_nobody_else_answers(world: World, who, verb):
    referral = waiting(world)
    with pytest.raises(Refusal):
        getattr(actions, verb)(referral=referral, by=world.by(who), now=LATER, why="Because")
    referral.refresh_from_db()
    assert referral.state == "submitted"
    assert not ApprovalAnswer.objects.exists()


def test_a_lead_does_not_approve_their_own(world: World):
    world.wants_approval()
    referral = routine(world, author="dsl")
    submit(world, referral, author="dsl")
    with refused("You wrote this yourself"):
        actions.approve(referral=referral, by=world.by("dsl"), now=LATER)
    assert desk_of(world.by("dsl"), now=LATER).to_answer == ()
    actions.approve(referral=referral, by=world.by("deputy"), now=LATER)
    referral.refresh_from_db()
    assert referral.state == "sent"


def test_nor_one_whose_draft_they_worked_on(world: World):
    world.wants_approval()
    referral = routine(world)
    for person in (world.dsl,):
        records.share_draft(referral=referral, person=person, by=world.by("teacher"), now=NOW)
        records.stop_sharing(referral=referral, person=person, by=world.by("teacher"), now=NOW)
    submit(world, referral)
    with refused("You wrote this yourself"):
        actions.approve(referral=referral, by=world.by("dsl"), now=LATER)


def test_a_sole_practitioners_needs_none(world: World):
    world.wants_approval()
    for person in (world.deputy, world.teacher):
        person.is_active = False
        person.save()
    referral = routine(world, author="dsl")
    submit(world, referral, author="dsl")
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert not Approval.objects.exists()


@pytest.mark.parametrize("about_desk", ["yes", "not_sure"])
def test_what_bypasses_the_desk_goes_without_it(world: World, about_desk):
    world.wants_approval()
    referral = routine(world, desk={"about_desk": about_desk})
    submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert not Approval.objects.exists()
    assert not e_mails()
    desk = desk_of(world.by("dsl"), now=LATER)
    assert not any((desk.to_answer, desk.waiting, desk.sent.items, desk.drafts))
    with pytest.raises(NotYours):
        actions.advise(referral=referral, text="Wait.", by=world.by("dsl"), now=LATER)


def test_who_it_is_about_is_not_asked(world: World):
    world.wants_approval()
    referral = routine(world)
    records.exclude_person(referral=referral, person=world.dsl, by=world.by("teacher"), now=NOW)
    submit(world, referral)
    with pytest.raises(NotYours):
        actions.approve(referral=referral, by=world.by("dsl"), now=LATER)
    assert OutboxRow.objects.get(kind="email").references["person_id"] == str(world.deputy.pk)


def test_an_urgent_one_has_gone_and_is_looked_at_beside(world: World):
    world.wants_approval()
    referral = urgent(world)
    submit(world, referral)
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert e_mails() == {"sent_urgent"}
    with refused("It has gone already"):
        actions.return_for_changes(referral=referral, why="More", by=world.by("dsl"), now=LATER)
    actions.approve(referral=referral, by=world.by("dsl"), now=LATER)
    assert Intake.objects.filter(referral=referral).count() == 1


def test_returned_with_a_reason_it_is_a_draft_and_is_asked_about_again(world: World):
    referral = waiting(world)
    with refused("Say why"):
        actions.return_for_changes(referral=referral, why=" ", by=world.by("dsl"), now=LATER)
    actions.return_for_changes(referral=referral, why="Say what he said.", by=world.by("dsl"), now=LATER)
    referral.refresh_from_db()
    assert referral.state == "draft"
    assert "approval_answered" in e_mails()
    submission = submit(world, referral, now=LATER)
    referral.refresh_from_db()
    assert (submission.number, referral.state) == (2, "submitted")
    actions.approve(referral=referral, by=world.by("deputy"), now=LATER)
    assert Intake.objects.get(referral=referral).submission == submission
    assert "return" in {item.kind for item in timeline(referral, front_door=False)}
    assert "Say what he said." not in {item.why for item in timeline(referral, front_door=True)}


def test_advised_against_the_author_may_still_send(world: World):
    referral = waiting(world)
    actions.decline(referral=referral, why="Early help has just begun.", by=world.by("dsl"), now=LATER)
    referral.refresh_from_db()
    assert referral.state == "draft"
    submission = submit(world, referral, now=LATER)
    referral.refresh_from_db()
    assert referral.state == "sent"
    child = content_of(submission)["sharing"]
    assert {one["verdict"] for one in child.values()} == {"may_share"}


def test_the_second_answer_reads_what_the_first_was(world: World):
    referral = waiting(world)
    actions.approve(referral=referral, by=world.by("dsl"), now=LATER)
    with refused("It has been approved"):
        actions.decline(referral=referral, why="No", by=world.by("deputy"), now=LATER)


def test_nothing_to_answer_where_nobody_was_asked(world: World):
    referral = routine(world)
    submit(world, referral)
    with refused("Nobody was asked"):
        actions.approve(referral=referral, by=world.by("dsl"), now=LATER)


def test_without_an_answer_it_goes_when_the_time_is_over(world: World):
    referral = waiting(world)
    assert actions.lapse_overdue(now=NOW + timedelta(hours=23)) == 0
    assert actions.lapse_overdue(now=NOW + timedelta(hours=24)) == 1
    assert actions.lapse_overdue(now=NOW + timedelta(hours=25)) == 0
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert Intake.objects.filter(referral=referral).count() == 1
    assert ApprovalAnswer.objects.get().by is None
    assert {"sent_without_answer", "approval_answered"} <= e_mails()


def test_deputies_are_told_at_half_the_time_once(world: World):
    referral = waiting(world)
    assert actions.chase(now=NOW + timedelta(hours=11)) == 0
    assert [actions.chase(now=NOW + timedelta(hours=12, minutes=minute)) for minute in (0, 1, 60)] == [2, 0, 0]
    told = OutboxRow.objects.filter(references__template="approval_waiting").values_list("references__person_id")
    assert sorted(told) == sorted([(str(world.dsl.pk),), (str(world.deputy.pk),)])
    reminded = shared_of(referral).filter(title="Approval waiting")
    assert [row.people for row in reminded] == [2], "recorded once, however often the watch comes round"


def test_withdrawn_before_it_went_the_question_lapses(world: World):
    referral = waiting(world)
    actions.withdraw(referral=referral, why="The family moved.", by=world.by("teacher"), now=LATER)
    referral.refresh_from_db()
    assert referral.state == "withdrawn"
    assert ApprovalAnswer.objects.get().answer == "lapsed"
    assert actions.lapse_overdue(now=NOW + timedelta(days=2)) == 0


@pytest.mark.parametrize("who", ["dsl", "deputy", "stranger", "screener"])
def test_only_its_writers_withdraw_it(world: World, who):
    referral = waiting(world)
    with pytest.raises(Refusal):
        actions.withdraw(referral=referral, why="No", by=world.by(who), now=LATER)
    assert not ApprovalAnswer.objects.exists()


def test_the_document_asks_the_desk_where_parents_differ(world: World):
    referral = routine(world)
    by = world.by("teacher")
    member = records.add_member(referral=referral, by=by, now=NOW)
    father = {"full_name": "Lee Vale", "relationship": "father", "parental_responsibility": "yes"}
    records.save_page(
        referral=referral, page="member-about", answers=father, version=0, by=by, now=NOW, person_id=member.pk
    )
    said = {"said": "refused", "said_on": "2026-11-13", "words": "No."}
    records.save_page(
        referral=referral, page="member-sharing", answers=said, version=0, by=by, now=NOW, person_id=member.pk
    )
    submit(world, referral)
    referral.refresh_from_db()
    approval = Approval.objects.get(referral=referral)
    assert referral.state == "submitted"
    assert (approval.because, approval.due_at) == ("sharing-advice", None)
    assert actions.lapse_overdue(now=NOW + timedelta(days=30)) == 0
    assert actions.chase(now=NOW + timedelta(days=1)) == 2
    actions.approve(referral=referral, by=world.by("dsl"), now=LATER, why="She may agree alone; his reasons are shown.")
    referral.refresh_from_db()
    assert referral.state == "sent"


@pytest.mark.parametrize(
    "agreement",
    [
        {"said": "refused", "said_on": "2026-11-13", "words": "We manage."},
        {"said": "withdrawn", "said_on": "2026-11-13", "words": "Not any more."},
        {"said": "not_sought"},
        {"said": "not_known"},
    ],
)
def test_without_agreement_somebody_weighs_it_and_says_why_it_goes(world: World, agreement):
    referral = routine(world, agreement=agreement)
    submit(world, referral)
    referral.refresh_from_db()
    approval = Approval.objects.get(referral=referral)
    assert (referral.state, approval.because, approval.asked, approval.due_at) == (
        "submitted",
        "sharing-weigh",
        "desk",
        None,
    )
    assert actions.lapse_overdue(now=NOW + timedelta(days=30)) == 0
    with refused("Say why"):
        actions.approve(referral=referral, by=world.by("dsl"), now=LATER, why=" ")
    actions.approve(referral=referral, by=world.by("dsl"), now=LATER, why="A small referral helps more than it costs.")
    referral.refresh_from_db()
    assert referral.state == "sent"
    submitted, weighed = sharing_records_of(referral)
    assert {one["verdict"] for one in submitted.decision.values()} == {"to_weigh"}
    assert {one["verdict"] for one in weighed.decision.values()} == {"may_share"}
    assert (weighed.because, weighed.note, weighed.by) == (
        "weighed",
        "A small referral helps more than it costs.",
        world.dsl,
    )


def test_it_may_be_returned_and_a_no_of_the_desk_stands(world: World):
    referral = routine(world, agreement={"said": "not_sought"})
    submit(world, referral)
    actions.return_for_changes(referral=referral, why="Ask her first.", by=world.by("deputy"), now=LATER)
    submit(world, referral, now=LATER)
    referral.refresh_from_db()
    assert referral.state == "submitted"
    actions.decline(referral=referral, why="Early help first.", by=world.by("dsl"), now=LATER)
    referral.refresh_from_db()
    assert referral.state == "draft"
    assert [one.because for one in sharing_records_of(referral)] == ["submitted", "submitted", "weighed"]
    with refused("said not to share"):
        submit(world, referral, now=LATER)
    child = child_of(referral)
    by = world.by("teacher")
    told = {"harm": "suspected", "harm_what": "He flinched."}
    records.save_page(referral=referral, page="harm", answers=told, version=1, by=by, now=LATER, person_id=child.pk)
    submit(world, referral, now=LATER)
    referral.refresh_from_db()
    assert (referral.state, referral.urgent) == ("sent", True)


def test_without_a_desk_the_line_manager_weighs_it(world: World):
    for person in (world.dsl, world.deputy):
        person.is_active = False
        person.save()
    referral = routine(world, agreement={"said": "not_sought"})
    submit(world, referral)
    assert Approval.objects.get(referral=referral).asked == "manager"
    actions.approve(referral=referral, by=world.by("manager"), now=LATER, why="It helps him.")
    referral.refresh_from_db()
    assert referral.state == "sent"


def test_answers_that_do_not_fit_are_looked_at_first_and_nothing_urgent_waits_for_that(world: World):
    young = {"competent": "yes", "competence_reasoning": "He nodded."}
    for make, state in ((routine, "submitted"), (urgent, "sent")):
        referral = make(world, about={"unborn": "no", "given_names": "Robin", "born": "2024-03-05"})
        save(referral, "child-understands", world.by("teacher"), child_of(referral).pk, **young)
        save(referral, "child-sharing", world.by("teacher"), child_of(referral).pk, said="given")
        submit(world, referral)
        referral.refresh_from_db()
        assert referral.state == state
    assert Approval.objects.get(beside=False).because == "sharing-answers"


def test_what_never_lapses_is_chased_every_day_and_its_author_from_the_second(world: World):
    submit(world, routine(world, agreement={"said": "not_sought"}))
    days = [actions.chase(now=NOW + timedelta(hours=24 * day)) for day in (0, 1, 2, 3)]
    assert days == [0, 2, 3, 3]
    actions.chase(now=NOW + timedelta(hours=80))
    told = OutboxRow.objects.filter(references__template="approval_waiting").values_list("references__person_id")
    assert sorted(told) == sorted(
        [(str(world.dsl.pk),)] * 3 + [(str(world.deputy.pk),)] * 3 + [(str(world.teacher.pk),)] * 2
    )


@pytest.mark.parametrize("who", ["teacher", "deputy", "manager", "stranger", "head"])
def test_the_policy_is_the_leads_to_set(world: World, who):
    with pytest.raises(Refusal):
        actions.set_policy(agency=world.school, approve_routine=True, answer_within_hours=24, by=world.by(who), now=NOW)
    assert not policy_of(world.school).approve_routine


@pytest.mark.parametrize("hours", [0, 73])
def test_a_worry_waits_three_days_at_most(world: World, hours):
    with refused("from 1 to 72"):
        world.wants_approval(hours)
    assert not AgencyPolicy.objects.exists()


def test_the_newest_policy_counts(world: World):
    world.wants_approval()
    by = world.by("dsl")
    actions.set_policy(agency=world.school, approve_routine=False, answer_within_hours=8, by=by, now=LATER)
    assert not policy_of(world.school).approve_routine
    assert Entry.objects.filter(verb="policy.set").count() == 2


def test_advice_on_a_draft_reaches_the_author(world: World):
    referral = routine(world)
    actions.advise(referral=referral, text="Ask the school nurse.", by=world.by("deputy"), now=LATER)
    assert e_mails() == {"advice_given"}
    assert "advice.give" in verbs(referral.pk)
    with refused("Write your advice"):
        actions.advise(referral=referral, text="\x00 ", by=world.by("dsl"), now=LATER)


@pytest.mark.parametrize("who", ["teacher", "colleague", "manager", "stranger", "screener"])
def test_advice_is_the_desks(world: World, who):
    referral = routine(world)
    with pytest.raises(Refusal):
        actions.advise(referral=referral, text="Wait.", by=world.by(who), now=LATER)


def test_the_desk_sees_what_waits_and_drafts_of_colleagues(world: World):
    referral, draft = waiting(world), routine(world)
    desk = desk_of(world.by("deputy"), now=LATER)
    assert [item.referral for item in desk.to_answer] == [referral]
    assert [item.referral for item in desk.drafts] == [draft]
    assert desk_of(world.by("teacher"), now=LATER).to_answer == ()
    assert desk_of(world.by("stranger"), now=LATER).drafts == ()


def test_another_lead_sees_nothing(world: World):
    waiting(world)
    MembershipFactory.create(person=world.stranger, agency=world.stranger.memberships.get().agency, role=Role.DSL.value)
    assert desk_of(world.by("stranger"), now=LATER).to_answer == ()
