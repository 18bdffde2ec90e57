"""One referral on the desk: approve, return, advise, contest, by each role, and stale or double posts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from audit.models import Entry
from consent.actions import Saying
from consent.domain.facts import Said
from consent.models import SaidSince
from referrals.casework import actions as casework
from referrals.casework.models import Advice, ApprovalAnswer, Disagreement
from referrals.casework.selectors import latest_approval
from referrals.record.models import Referral
from referrals.routing.models import Intake
from tests.casework.support import LATER, NOW, World, claimed, decided, delivered, routine, submit, urgent
from tests.casework.test_partners_and_stages import contested
from tests.desks import text_of

pytestmark = pytest.mark.django_db

OTHERS = ["teacher", "colleague", "manager", "stranger", "screener", "head"]


def at(name: str, referral: Referral, *more: object) -> str:
    return reverse(f"review:{name}", args=[referral.pk, *more])


def shown(referral: Referral, **more: str) -> dict[str, str]:
    """What a page that was opened just now posts: which approval it shows, and what was typed."""
    approval = latest_approval(referral)
    return {"approval": str(approval.pk) if approval else "", **more}


def waiting(world: World) -> Referral:
    """A routine referral that waits for the desk."""
    world.wants_approval()
    referral = routine(world)
    submit(world, referral)
    referral.refresh_from_db()
    return referral


def test_reading_it_is_recorded_and_it_shows_what_was_submitted(world: World, browse):
    referral = waiting(world)
    page = text_of(browse("dsl").get(at("referral", referral)))
    for words in ("Robin 0 Vale", "It waits for an approval", "Without an answer it is sent on 17 November, 10:00."):
        assert words in page
    read = Entry.objects.get(verb="referral.read", subject_id=str(referral.pk))
    assert (read.actor_id, read.detail["purpose"]) == (world.dsl.pk, "desk")


def test_from_its_own_page_everybody_comes_back_to_where_they_work(world: World, browse):
    referral = urgent(world)
    delivered(world, referral)
    ways = {
        "teacher": reverse("journey:referrals"),
        "dsl": reverse("review:desk"),
        "screener": reverse("triage:of_referral", args=[referral.pk]),
    }
    for who, back in ways.items():
        page = text_of(browse(who).get(reverse("referral", args=[referral.pk])))
        assert f'href="{back}" class="govuk-back-link"' in page, who


def test_once_agreement_is_taken_back_no_page_says_that_it_goes_without_an_answer(world: World, browse):
    referral = waiting(world)
    casework.say_agreement(
        referral=referral,
        person_id=referral.household.get().pk,
        saying=Saying(said=Said.WITHDRAWN, words="Not any more."),
        by=world.by("teacher"),
        now=LATER,
    )
    desk = text_of(browse("dsl").get(at("referral", referral)))
    assert "Without an answer it is sent" not in desk
    assert "Somebody's agreement is missing" in desk
    assert "Nothing is sent without an answer." in desk
    own = text_of(browse("teacher").get(reverse("referral", args=[referral.pk])))
    assert "Without an answer it goes" not in own
    sent = text_of(browse("teacher").get(reverse("journey:sent", args=[referral.pk])))
    assert "It is not sent until somebody answers." in sent


@pytest.mark.parametrize("who", ["dsl", "deputy"])
def test_approving_sends_it(who, world: World, browse):
    referral = waiting(world)
    assert browse(who).post(at("approve", referral), shown(referral)).url == at("referral", referral)
    referral.refresh_from_db()
    assert referral.state == "sent"
    assert Intake.objects.filter(referral=referral).exists()


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("name", ["approve", "return", "decline", "advise"])
def test_nobody_else_does_it(who, name, world: World, browse):
    referral = waiting(world)
    answer = browse(who).post(at(name, referral), {"why": "No.", "text": "No."})
    assert answer.status_code in {403, 404}
    referral.refresh_from_db()
    assert referral.state == "submitted"
    assert not ApprovalAnswer.objects.exists()
    assert not Advice.objects.exists()


def test_the_front_door_sees_nothing_of_the_agencys_own_pages(world: World, browse):
    intake = delivered(world, urgent(world))
    casework.advise(referral=intake.referral, text="Ring the mother.", by=world.by("dsl"), now=NOW)
    answer = browse("worker").get(at("referral", intake.referral))
    assert answer.status_code == 403
    assert "Ring the mother." not in answer.content.decode()


def test_nobody_approves_what_they_wrote(world: World, browse):
    world.wants_approval()
    referral = routine(world, author="dsl")
    submit(world, referral, author="dsl")
    browser = browse("dsl")
    page = text_of(browser.get(at("referral", referral)))
    assert "You wrote this yourself: somebody else looks at it." in page
    assert "Approve and send" not in page
    assert browser.post(at("approve", referral), shown(referral)).status_code == 403
    assert browse("deputy").post(at("approve", referral), shown(referral)).status_code == 302


@pytest.mark.parametrize("name", ["return", "decline"])
def test_it_goes_back_with_a_reason_that_the_author_reads(name, world: World, browse):
    referral = waiting(world)
    browser = browse("deputy")
    bare = browser.post(at(name, referral), {"why": "  "})
    assert bare.status_code == 200
    assert "<title>Error: " in bare.content.decode()
    assert browser.post(at(name, referral), shown(referral, why="Who saw the bruise?")).url == reverse("review:desk")
    referral.refresh_from_db()
    assert referral.state == "draft"
    assert ApprovalAnswer.objects.get().why == "Who saw the bruise?"
    assert "Who saw the bruise?" in text_of(browser.get(at("referral", referral)))


@pytest.mark.parametrize("first", ["approve", "return", "decline"])
@pytest.mark.parametrize("second", ["return", "decline"])
def test_whoever_answers_second_reads_what_happened_and_keeps_what_they_typed(first, second, world: World, browse):
    referral = waiting(world)
    browse("dsl").post(at(first, referral), shown(referral, why="Because."))
    answer = browse("deputy").post(at(second, referral), shown(referral, why="Who saw the bruise?"))
    page = text_of(answer)
    assert answer.status_code == 403
    assert "now." in page
    assert "Who saw the bruise?" in page
    assert ApprovalAnswer.objects.count() == 1
    assert Entry.objects.filter(outcome="refused", verb=f"approval.{second}").count() == 1


def test_approving_twice_sends_once(world: World, browse):
    referral = waiting(world)
    browser = browse("dsl")
    browser.post(at("approve", referral), shown(referral))
    again = browser.post(at("approve", referral), shown(referral))
    assert again.status_code == 403
    assert "It has been approved. You cannot approve now." in text_of(again)
    assert Intake.objects.filter(referral=referral).count() == 1


@pytest.mark.parametrize("name", ["approve", "return", "decline"])
def test_an_answer_to_what_was_read_is_none_to_what_was_sent_since(name, world: World, browse):
    """Returned, changed and submitted anew while the lead's page stood open: the button on it sends nothing."""
    referral = waiting(world)
    lead = browse("dsl")
    page = at("referral", referral) if name == "approve" else at(name, referral)
    old = shown(referral, why="Because.")
    assert f'value="{old["approval"]}"' in lead.get(page).content.decode()
    casework.return_for_changes(referral=referral, why="Who saw it?", by=world.by("deputy"), now=NOW)
    submit(world, referral)
    for stale in (old, {"why": "Because."}, {"why": "Because.", "approval": "none"}):
        answer = lead.post(at(name, referral), stale)
        assert answer.status_code == 403
        assert "It has changed since you opened it." in text_of(answer)
    referral.refresh_from_db()
    assert referral.state == "submitted"
    assert ApprovalAnswer.objects.get().answer == "returned"
    assert lead.post(at(name, referral), shown(referral, why="Because.")).status_code == 302


def token_on(page: str) -> str:
    """What the button of the page of checking posts."""
    return page.partition('name="token" value="')[2].partition('"')[0]


# Whom the desk advised against it may send all the same.
@pytest.mark.parametrize(("answer", "then"), [(casework.return_for_changes, "submitted"), (casework.decline, "sent")])
def test_the_button_of_a_page_from_before_it_came_back_says_that_nothing_was_sent(answer, then, world: World, browse):
    """Its author's page of checking still stands open: pressed again it sends nothing, and no page says that it did."""
    world.wants_approval()
    referral, writer = routine(world), browse("teacher")
    check, send = (reverse(f"journey:{name}", args=[referral.pk]) for name in ("check", "send"))
    old = {"token": token_on(writer.get(check).content.decode())}
    assert "It has not been sent yet" in text_of(writer.post(send, old, follow=True))
    answer(referral=referral, why="Who saw it?", by=world.by("dsl"), now=NOW)
    again = writer.post(send, old, follow=True)
    assert again.redirect_chain[-1][0] == check
    assert "Nothing was sent. It came back to you after that page was opened" in text_of(again)
    sent = writer.get(reverse("journey:sent", args=[referral.pk]), follow=True)
    assert sent.redirect_chain[-1][0] == reverse("journey:tasks", args=[referral.pk])
    referral.refresh_from_db()
    assert referral.state == "draft"
    writer.post(send, {"token": token_on(again.content.decode())})
    referral.refresh_from_db()
    assert (referral.state, referral.submissions.count()) == (then, 2)


def test_a_kept_confirmation_says_of_nothing_that_was_taken_back_that_it_was_sent(world: World, browse):
    referral = waiting(world)
    casework.withdraw(referral=referral, why="It was another child.", by=world.by("teacher"), now=LATER)
    page = text_of(browse("teacher").get(reverse("journey:sent", args=[referral.pk]), follow=True))
    assert "Referral sent" not in page
    assert "It was another child." in page


@pytest.mark.parametrize("who", ["dsl", "deputy"])
def test_an_answer_stands_with_who_gave_it_and_when(who, world: World, browse):
    referral = waiting(world)
    browse("dsl").post(at("approve", referral), shown(referral))
    assert f"By {world.dsl.full_name}, {date_format(localtime(LATER), 'j F Y, H:i')}." in text_of(
        browse(who).get(at("referral", referral))
    )


def test_what_was_urgent_has_gone_and_cannot_be_returned(world: World, browse):
    world.wants_approval()
    referral = urgent(world)
    submit(world, referral)
    browser = browse("dsl")
    page = text_of(browser.get(at("referral", referral)))
    assert "It has gone: look at it" in page
    assert at("return", referral) not in page
    assert browser.get(at("return", referral)).status_code == 403
    assert browser.post(at("approve", referral), shown(referral)).status_code == 302
    assert ApprovalAnswer.objects.get().answer == "approved"


def test_a_change_is_never_made_by_looking(world: World, browse):
    assert browse("dsl").get(at("approve", waiting(world))).status_code == 405


def test_advice_goes_to_the_author_of_a_draft_too(world: World, browse):
    referral = routine(world)
    browser = browse("dsl")
    page = text_of(browser.get(at("referral", referral)))
    assert "Nothing was submitted yet." in page
    assert "unsafe to tell the family" not in text_of(browser.get(at("advise", referral)))
    assert browser.post(at("advise", referral), {"text": "Ask what Robin says."}).url == at("referral", referral)
    assert Advice.objects.get().text == "Ask what Robin says."
    assert "Ask what Robin says." in text_of(browser.get(at("referral", referral)))


@pytest.mark.parametrize(("telling", "holds"), [("no", False), ("yes", True), ("not_sure", True)])
def test_whoever_advises_on_what_was_submitted_says_whether_telling_may_be_unsafe(telling, holds, world: World, browse):
    referral = waiting(world)
    browser, address = browse("dsl"), at("advise", referral)
    assert "Could what you write make it unsafe to tell the family?" in text_of(browser.get(address))
    bare = browser.post(address, {"text": "Ask the nurse."})
    assert "Choose whether it could make it unsafe to tell the family" in text_of(bare)
    assert not Advice.objects.exists()
    assert browser.post(address, {"text": "Ask the nurse.", "telling": telling}).status_code == 302
    assert SaidSince.objects.filter(referral=referral).exists() is holds


def test_a_decision_is_contested_once_with_grounds(world: World, browse):
    intake = decided(world, routine(world))
    address = at("disagree", intake.referral, intake.pk)
    browser = browse("dsl")
    page = text_of(browser.get(address))
    assert "Needs met below statutory." in page
    assert browser.post(address, {"grounds": " "}).status_code == 200
    answer = browser.post(address, {"grounds": "Nobody spoke to Robin."}, follow=True)
    assert "has been asked to answer (the partnership states no time)" in text_of(answer)
    again = browser.post(address, {"grounds": "Nobody spoke to Robin."})
    assert again.status_code == 403
    assert "This decision is contested already" in text_of(again)
    assert Disagreement.objects.get().grounds == "Nobody spoke to Robin."


@pytest.mark.parametrize(
    ("who", "status"), [("teacher", 403), ("manager", 404), ("stranger", 404), ("screener", 403), ("worker", 403)]
)
def test_only_the_desk_contests(who, status, world: World, browse):
    intake = decided(world, routine(world))
    address = at("disagree", intake.referral, intake.pk)
    assert browse(who).get(address).status_code == status
    assert browse(who).post(address, {"grounds": "No."}).status_code == status
    assert not Disagreement.objects.exists()


def test_the_author_contests_where_the_desk_may_not_see_it(world: World, browse):
    intake = decided(world, urgent(world, desk={"about_desk": "yes"}))
    address = at("disagree", intake.referral, intake.pk)
    teacher, page = browse("teacher"), reverse("referral", args=[intake.referral_id])
    assert address in teacher.get(page).content.decode()
    answer = teacher.post(address, {"grounds": "Nobody spoke to Robin."})
    assert answer.url == page
    assert address not in teacher.get(page).content.decode()
    assert browse("dsl").get(address).status_code == 404


def test_the_author_contests_where_the_agency_has_no_desk(world: World, browse):
    for person in (world.dsl, world.deputy):
        person.is_active = False
        person.save()
    intake = decided(world, routine(world))
    address, teacher = at("disagree", intake.referral, intake.pk), browse("teacher")
    assert address in teacher.get(reverse("referral", args=[intake.referral_id])).content.decode()
    answer = teacher.post(address, {"grounds": "Nobody spoke to Robin."})
    assert answer.status_code == 302
    assert Disagreement.objects.get().grounds == "Nobody spoke to Robin."


def test_where_the_desk_speaks_the_author_has_no_link_to_contest(world: World, browse):
    intake = decided(world, routine(world))
    page = browse("teacher").get(reverse("referral", args=[intake.referral_id])).content.decode()
    assert at("disagree", intake.referral, intake.pk) not in page


def test_whoever_takes_it_up_reads_the_stage_it_goes_to_and_what_was_said_so_far(world: World, browse):
    raised = contested(world)
    address = at("take_up", raised.referral, raised.pk)
    page = text_of(browse("dsl").get(address))
    assert "It goes to this stage of the area's document: Managers. An answer is due by " in page
    assert "Practitioners" in page
    assert "The history was not read." in page


def test_past_the_last_stage_the_page_says_that_none_is_stated(world: World, browse):
    intake = decided(world, routine(world))
    raised = casework.disagree(intake=intake, grounds="Not read.", by=world.by("dsl"), now=LATER)
    page = text_of(browse("dsl").get(at("take_up", raised.referral, raised.pk)))
    assert "The area's document states no further stage." in page


def test_nothing_is_contested_before_it_is_decided(world: World, browse):
    intake = claimed(world, routine(world))
    answer = browse("dsl").get(at("disagree", intake.referral, intake.pk))
    assert answer.status_code == 403
    assert "Nothing has been decided yet" in text_of(answer)


def test_an_intake_of_another_referral_is_not_there(world: World, browse):
    here, other = decided(world, routine(world)), decided(world, routine(world))
    assert browse("dsl").get(at("disagree", here.referral, other.pk)).status_code == 404


def test_a_question_of_the_front_door_leads_to_its_answer(world: World, browse):
    intake = claimed(world, routine(world))
    message = casework.request_information(intake=intake, text="Who collects?", by=world.by("screener"), now=NOW)
    address = reverse("journey:answer", args=[intake.referral_id, message.pk])
    browser = browse("dsl")
    assert address in browser.get(at("referral", intake.referral)).content.decode()
    casework.answer_information(message=message, text="Kim does.", by=world.by("teacher"), now=NOW)
    page = text_of(browser.get(at("referral", intake.referral)))
    assert address not in page
    assert "Kim does." in page


def test_text_of_any_sort_is_kept_or_refused_beside_the_field(world: World, browse):
    referral = routine(world)
    browser = browse("dsl")
    bad = (("x" * 200_000, "3000 characters or fewer"), ("a\x00b", "hidden character"), ("", "Write your advice"))
    for text, words in bad:
        answer = browser.post(at("advise", referral), {"text": text})
        assert answer.status_code == 200
        assert words in text_of(answer)
    browser.post(at("advise", referral), {"text": "שלום 🧒"})
    assert Advice.objects.get().text == "שלום 🧒"


def test_the_page_takes_as_many_queries_for_a_long_story_as_for_a_short_one(world: World, browse):
    browser = browse("dsl")
    counts = []
    for children in (1, 3):
        intake = decided(world, routine(world, children=children))
        for number in range(children):
            casework.advise(referral=intake.referral, text=f"Advice {number}", by=world.by("dsl"), now=NOW)
        browser.get(at("referral", intake.referral))
        with CaptureQueriesContext(connection) as queries:
            browser.get(at("referral", intake.referral))
        counts.append(len(queries))
    assert counts[0] == counts[1]
