"""One intake: reading it is recorded, what was sent stands there, and each act by each role."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Entry
from dispatch.domain.promise import Promise
from dispatch.email import send
from dispatch.models import OutboxRow
from referrals.casework import actions as casework
from referrals.casework.models import Decision, Message
from referrals.documents.models import PdfCopy
from referrals.record import actions as records
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from tests.casework.support import LATER, NOW, World, child_of, claimed, decide, decided, delivered, routine, urgent
from tests.desks import forms_in, text_of

pytestmark = pytest.mark.django_db

DECISION = {"outcome": "assessment", "rationale": "Neglect that goes on.", "next_step": "A social worker visits."}


def at(name: str, intake: Intake, *more: object) -> str:
    return reverse(f"triage:{name}", args=[intake.pk, *more])


def test_opening_it_is_recorded_and_the_first_opening_is_the_receipt(world: World, browse):
    intake = delivered(world, routine(world))
    browse("screener").get(at("intake", intake))
    browse("worker").get(at("intake", intake))
    intake.refresh_from_db()
    assert intake.first_read_by == world.screener
    assert intake.first_read_at == LATER
    read = Entry.objects.filter(verb="referral.read", subject_id=str(intake.referral_id)).order_by("pk")
    assert list(read.values_list("actor_id", flat=True)) == [world.screener.pk, world.worker.pk]


@pytest.mark.parametrize("template", ["intake_arrived", "information_given", "disagreement_raised", "withdrawal_asked"])
def test_what_a_front_door_is_mailed_leads_to_the_page_whose_opening_is_the_receipt(template, world: World, browse):
    intake = delivered(world, routine(world))
    row = OutboxRow.objects.filter(kind="email", references__template="intake_arrived").first()
    assert row is not None
    send(Promise(row.pk, row.key, row.kind, {**row.references, "template": template}, 1))
    path = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert path is not None
    answer = browse("worker").get(path.group(1), follow=True)
    assert answer.redirect_chain[-1][0] == at("intake", intake)
    intake.refresh_from_db()
    assert intake.first_read_by == world.worker


def test_taking_the_copy_is_the_receipt_too_and_gives_the_stored_bytes(world: World, browse):
    intake = delivered(world, routine(world))
    browser, address = browse("worker"), reverse("documents:copy", args=[intake.referral_id])
    assert browser.get(address, follow=True).status_code == 404
    assert not Intake.objects.filter(first_read_at__isnull=False).exists()
    stored = b"%PDF stands for a copy"
    PdfCopy.objects.create(
        submission=intake.submission, content=stored, sha256=sha256(stored).hexdigest(), made_at=NOW, renderer="test"
    )
    answer = browser.get(address, follow=True)
    assert answer.content == stored
    assert answer["Cache-Control"] == "no-store"
    assert answer.redirect_chain[-1][0] == reverse("triage:copy", args=[intake.referral_id])
    intake.refresh_from_db()
    assert (intake.first_read_by, intake.first_read_at) == (world.worker, LATER)
    assert Entry.objects.filter(verb="referral.copy", actor_id=world.worker.pk).count() == 1
    assert browse("teacher").get(address).content == stored
    assert browse("elsewhere").get(reverse("triage:copy", args=[intake.referral_id])).status_code == 404


def test_reading_it_on_its_own_page_is_the_receipt_too(world: World, browse):
    intake = delivered(world, routine(world))
    address = reverse("referral", args=[intake.referral_id])
    for who in ("teacher", "dsl"):
        browse(who).get(address)
    intake.refresh_from_db()
    assert intake.first_read_at is None, "its own agency's reading is no receipt"
    browse("screener").get(address)
    browse("worker").get(address)
    intake.refresh_from_db()
    assert intake.first_read_by == world.screener
    assert intake.first_read_at == LATER
    assert routing.raise_alarms(now=LATER + timedelta(days=2)) == 0


def test_it_shows_what_was_sent_and_nothing_of_the_agencys_own(world: World, browse):
    referral = urgent(world)
    casework.advise(referral=referral, text="Ring the mother first.", by=world.by("dsl"), now=NOW)
    intake = delivered(world, referral)
    records.add_addendum(referral=referral, text="A second bruise was seen.", by=world.by("teacher"), now=NOW)
    page = text_of(browse("screener").get(at("intake", intake)))
    for words in (
        "Robin 0 Vale",
        "A bruise.",
        "Kim Vale",
        "A second bruise was seen.",
        "Urgent",
        world.teacher.full_name,
    ):
        assert words in page
    assert "Ring the mother first." not in page


@pytest.mark.parametrize("who", ["screener", "worker", "head"])
def test_everybody_of_the_front_door_rates(who, world: World, browse):
    intake = delivered(world, routine(world))
    assert browse(who).post(at("rate", intake), {"rating": "amber"}).url == at("intake", intake)
    intake.refresh_from_db()
    assert intake.rag == "amber"


def test_the_referrer_can_be_rung_back_and_written_to(world: World, browse):
    intake = delivered(world, routine(world))
    page = text_of(browse("screener").get(at("intake", intake)))
    assert "No phone number is kept for them." in page
    assert f'href="mailto:{world.teacher.email}"' in page
    world.teacher.phone = "01632 960117"
    world.teacher.save(update_fields=["phone"])
    page = text_of(browse("screener").get(at("intake", intake)))
    assert 'href="tel:01632960117"' in page
    assert "No phone number" not in page


def test_the_rating_is_saved_by_the_form_that_the_page_shows(world: World, browse):
    intake = delivered(world, routine(world))
    browser = browse("screener")
    form = next(one for one in forms_in(browser.get(at("intake", intake)).content.decode()) if "rating" in one.names)
    answer = browser.post(form.action or at("intake", intake), {"rating": "red"})
    assert answer.status_code == 302
    intake.refresh_from_db()
    assert intake.rag == "red"


def test_a_form_sent_where_none_is_taken_gets_a_page_with_the_numbers(world: World, browse):
    intake = delivered(world, routine(world))
    browser = browse("screener")
    for answer in (browser.post(at("intake", intake), {"rating": "red"}), browser.get(at("rate", intake))):
        assert answer.status_code == 405
        assert answer["Allow"]
        page = text_of(answer)
        assert "That cannot be done at this address" in page
        assert "999" in page
        assert "Nothing was saved from it." in page


@pytest.mark.parametrize("rating", ["", "purple"])
def test_another_rating_is_an_error_beside_the_field(rating, world: World, browse):
    intake = delivered(world, routine(world))
    answer = browse("screener").post(at("rate", intake), {"rating": rating})
    assert answer.status_code == 200
    assert "<title>Error: " in answer.content.decode()
    intake.refresh_from_db()
    assert intake.rag is None


def test_nothing_is_chosen_beforehand(world: World, browse):
    intake = claimed(world, routine(world))
    child = child_of(intake.referral).pk
    for name in ("recommend_child", "decide_child"):
        assert " checked" not in browse("worker").get(at(name, intake, child)).content.decode()
    assert " checked" not in browse("worker").get(at("intake", intake)).content.decode()


def test_a_screener_sees_why_they_do_not_decide(world: World, browse):
    intake = claimed(world, routine(world))
    browser = browse("screener")
    page = text_of(browser.get(at("intake", intake)))
    reason = "Only a registered social worker or the manager of the front door can do this."
    assert f'Decide for Robin 0 Vale<br><span class="govuk-hint govuk-!-margin-bottom-0">{reason}' in page
    address = at("decide_child", intake, child_of(intake.referral).pk)
    answer = browser.get(address)
    assert answer.status_code == 403
    assert reason in answer.content.decode()
    assert browser.post(address, DECISION).status_code == 403
    assert not Decision.objects.filter(intake=intake).exists()


@pytest.mark.parametrize("who", ["worker", "head"])
def test_a_decider_decides_for_each_child(who, world: World, browse):
    intake = claimed(world, routine(world, children=2))
    browser = browse(who)
    for position in (1, 2):
        child = child_of(intake.referral, position)
        assert browser.post(at("decide_child", intake, child.pk), DECISION).url == at("intake", intake)
        intake.refresh_from_db()
        assert intake.state == ("in_triage" if position == 1 else "decided")
    decisions = Decision.objects.filter(intake=intake).values_list("by_id", "outcome", "rationale", "next_step")
    assert set(decisions) == {(getattr(world, who).pk, *DECISION.values())}
    page = text_of(browser.get(at("intake", intake)))
    assert "Decided for Robin 0 Vale: Assessment by children's social care (section 17)" in page


def test_the_referrer_has_been_told_when_the_last_child_is_decided(world: World, browse):
    intake = claimed(world, routine(world, children=2))
    browser = browse("worker")
    said = ("The referrer is told once every child is decided.", "The decision is kept. The referrer has been told.")
    for position, words in enumerate(said, start=1):
        answer = browser.post(at("decide_child", intake, child_of(intake.referral, position).pk), DECISION, follow=True)
        assert words in text_of(answer)


@pytest.mark.parametrize(
    ("outcome", "time"),
    [
        ("no_further_action", ("Finish the assessment</dt>", "Not needed")),
        ("assessment", ("Finish the assessment</dt>", "left")),
    ],
)
def test_the_time_of_an_assessment_says_whether_one_follows(outcome, time, world: World, browse):
    intake = claimed(world, routine(world))
    browser = browse("worker")
    assert "Finish the assessment, if an assessment follows</dt>" in text_of(browser.get(at("intake", intake)))
    of_writer = text_of(browse("teacher").get(reverse("referral", args=[intake.referral_id])))
    assert "Finish the assessment, if an assessment follows, by the local authority" in of_writer
    assert "Finish the assessment, if" not in text_of(browser.get(reverse("triage:queue"))), "the next one due is shown"
    decide(world, intake, outcome=outcome)
    name, state = time
    row = text_of(browser.get(at("intake", intake))).partition(name)[2].partition("</dd>")[0]
    assert state in row
    assert "Done in time" not in row


@pytest.mark.parametrize("left_out", list(DECISION))
def test_a_decision_needs_outcome_reasons_and_next_step(left_out, world: World, browse):
    intake = claimed(world, routine(world))
    given = {**DECISION, left_out: " "}
    answer = browse("worker").post(at("decide_child", intake, child_of(intake.referral).pk), given)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "There is a problem" in page
    assert all(value in page for name, value in given.items() if name not in {left_out, "outcome"})
    assert not Decision.objects.filter(intake=intake).exists()


def test_a_second_decision_comes_back_with_the_reason_and_what_was_typed(world: World, browse):
    intake = claimed(world, routine(world, children=2))
    decide(world, intake, by="head")
    answer = browse("worker").post(at("decide_child", intake, child_of(intake.referral).pk), DECISION)
    page = text_of(answer)
    assert answer.status_code == 403
    assert f"{world.head.full_name} has decided for this child." in page
    assert DECISION["rationale"] in page
    assert Decision.objects.filter(intake=intake).count() == 1
    assert Entry.objects.filter(verb="decision.decide", outcome="refused").count() == 1


def test_nobody_decides_for_a_child_who_did_not_come_here(world: World, browse):
    intake = claimed(world, routine(world))
    other = delivered(world, routine(world))
    child = child_of(other.referral).pk
    assert browse("worker").post(at("decide_child", intake, child), DECISION).status_code == 404
    assert browse("worker").post(at("decide", intake), DECISION).status_code == 404


def test_a_recommendation_stands_beside_the_decision(world: World, browse):
    intake = claimed(world, routine(world))
    child = child_of(intake.referral).pk
    given = {"outcome": "early_help", "rationale": "The mother asks for help."}
    assert browse("screener").post(at("recommend_child", intake, child), given).url == at("intake", intake)
    page = text_of(browse("worker").get(at("decide_child", intake, child)))
    assert "Recommended: Early help" in page
    assert "The mother asks for help." in page


def test_the_question_goes_to_the_referrer_once(world: World, browse):
    intake = claimed(world, routine(world))
    browser = browse("screener")
    assert browser.post(at("ask", intake), {"text": "Who collects Robin?"}).url == at("intake", intake)
    again = browser.post(at("ask", intake), {"text": "Who collects Robin?"})
    assert again.status_code == 403
    assert "It waits for information." in text_of(again)
    assert [message.text for message in Message.objects.filter(intake=intake)] == ["Who collects Robin?"]
    assert "Who collects Robin?" in text_of(browser.get(at("intake", intake)))


def test_only_who_holds_it_or_decides_asks(world: World, browse):
    intake = delivered(world, routine(world))
    answer = browse("screener").post(at("ask", intake), {"text": "Who collects Robin?"})
    assert answer.status_code == 403
    assert "Nobody has claimed it yet." in text_of(answer)


def test_text_of_any_sort_is_kept_or_refused_beside_the_field(world: World, browse):
    intake = claimed(world, routine(world))
    browser = browse("screener")
    for text, words in (
        ("x" * 200_000, "1000 characters or fewer"),
        ("a\x00b", "hidden character"),
        ("  ", "Write what"),
    ):
        answer = browser.post(at("ask", intake), {"text": text})
        assert answer.status_code == 200
        assert words in text_of(answer)
    assert not Message.objects.filter(intake=intake).exists()
    browser.post(at("ask", intake), {"text": "מי אוסף 🧒?"})
    assert Message.objects.get(intake=intake).text == "מי אוסף 🧒?"


def contested(world: World):
    """An intake whose decision the school's lead contests."""
    intake = decided(world, routine(world))
    raised = casework.disagree(intake=intake, grounds="Nobody spoke to Robin.", by=world.by("dsl"), now=LATER)
    return intake, raised


def test_a_disagreement_waits_in_the_queue_and_is_answered_by_somebody_else(world: World, browse):
    intake, raised = contested(world)
    address = at("disagreement", intake, raised.pk)
    queue = browse("head").get(reverse("triage:queue"))
    assert "A decision is contested" in text_of(queue).partition("Show</legend>")[0]
    assert address in browse("head").get(at("intake", intake)).content.decode()
    assert address not in browse("screener").get(at("intake", intake)).content.decode()
    answer = {"changes": "no", "reasons": "A worker saw Robin on Tuesday."}
    assert browse("screener").get(address).status_code == 403
    assert browse("screener").post(address, answer).status_code == 403
    refused = browse("worker").post(address, answer)
    assert refused.status_code == 403
    assert "You took this decision" in text_of(refused)
    assert browse("head").post(address, answer).url == at("intake", intake)
    raised.refresh_from_db()
    assert raised.answer.changes is False
    again = browse("head").post(address, answer)
    assert again.status_code == 403
    assert "This disagreement has been answered." in text_of(again)


def test_a_decision_changes_through_its_answer(world: World, browse):
    intake, raised = contested(world)
    answer = {
        "changes": "yes",
        "reasons": "Robin was not asked.",
        "outcome_0": "assessment",
        "next_step_0": "A social worker visits Robin.",
    }
    assert browse("head").post(at("disagreement", intake, raised.pk), answer).url == at("intake", intake)
    current = Decision.objects.get(intake=intake, replaced_by__isnull=True)
    assert (current.outcome, current.next_step) == ("assessment", "A social worker visits Robin.")
    assert current.rationale == "Robin was not asked."


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Choose the new outcome, or say that the decision stands"),
        ({"outcome_0": "assessment"}, "Write what happens next"),
        ({"outcome_0": "anything"}, "Choose one of the answers shown"),
    ],
)
def test_a_change_says_what_is_decided_instead(given, words, world: World, browse):
    intake, raised = contested(world)
    answer = browse("head").post(at("disagreement", intake, raised.pk), {"changes": "yes", "reasons": "Why.", **given})
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert not hasattr(type(raised).objects.get(pk=raised.pk), "answer")


def test_a_disagreement_of_another_intake_is_not_there(world: World, browse):
    _, raised = contested(world)
    other = delivered(world, routine(world))
    assert browse("head").get(at("disagreement", other, raised.pk)).status_code == 404


@pytest.mark.parametrize(("accepted", "state"), [("yes", "withdrawn"), ("no", "sent")])
def test_a_request_to_withdraw_is_decided(accepted, state, world: World, browse):
    intake = claimed(world, routine(world))
    asked = casework.withdraw_request(referral=intake.referral, why="Sent twice.", by=world.by("teacher"), now=LATER)
    address = at("withdrawal", intake, asked.pk)
    assert "A withdrawal is asked for" in text_of(browse("worker").get(reverse("triage:queue")))
    assert address in browse("worker").get(at("intake", intake)).content.decode()
    given = {"accepted": accepted, "reasons": "The other one is being worked on."}
    assert browse("screener").post(address, given).status_code == 403
    assert browse("worker").post(address, given).url == at("intake", intake)
    intake.referral.refresh_from_db()
    assert intake.referral.state == state
    assert browse("worker").post(address, given).status_code == 403
    assert browse("worker").get(at("intake", intake)).status_code == 200


def test_the_page_takes_as_many_queries_for_three_children_as_for_one(world: World, browse):
    browser = browse("worker")
    counts = []
    for children in (1, 3):
        intake = claimed(world, routine(world, children=children))
        browser.get(at("intake", intake))
        with CaptureQueriesContext(connection) as queries:
            browser.get(at("intake", intake))
        counts.append(len(queries))
    assert counts[0] == counts[1]
