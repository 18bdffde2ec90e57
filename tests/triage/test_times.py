"""Pages of times: what a rating means, more time, partner agencies; and what the referrer reads of it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from accounts import clock as time_now
from accounts.clock import day_of
from referrals.casework import actions
from referrals.casework.models import PartnerRequest, PartnerReturn
from referrals.routing.domain.limits import PARTNER_RETURN
from referrals.routing.models import Extension, Intake
from tests.casework.support import LATER, World, area_pack, claimed, decided, delivered, routine
from tests.desks import forms_in, text_of
from tests.routing.test_limits import AMBER, RED, limit
from thresholds.actions import publish
from thresholds.domain.bank_holidays import Known
from thresholds.domain.duties import Event, Unit

pytestmark = pytest.mark.django_db

RECKONED = "Bank holidays after {} are not published here yet. Days after it are counted by the law."

ASKED = {
    "partner": "police",
    "who": "The safeguarding unit, by phone",
    "asked": "Any callouts to the home.",
    "why": "To know who lives there.",
    "basis": "harm",
    "on_day": "17",
    "on_month": "11",
    "on_year": "2026",
    "at": "14:30",
}
MORE = {"on_day": "20", "on_month": "11", "on_year": "2026", "at": "16.00", "why": "The school is on strike."}


def at(name: str, intake: Intake, *more: object) -> str:
    return reverse(f"triage:{name}", args=[intake.pk, *more])


def test_the_question_about_the_rating_says_what_it_means_or_that_nobody_states_it(world: World, browse):
    intake = delivered(world, routine(world))
    page = text_of(browse("screener").get(at("intake", intake)))
    assert "the partnership states no time for a rating" in page
    pack = area_pack()
    changed = pack.model_copy(update={"deadlines": (*pack.deadlines, RED, AMBER)})
    publish(pack=changed, by=world.by("worker"), now=LATER, revise=True)
    browser = browse("screener")
    page = text_of(browser.get(at("intake", intake)))
    for words in ("Red: 4 hours, and runs on after hours.", "Amber: 24 working hours.", "Green: no time is stated."):
        assert words in page
    browser.post(at("rate", intake), {"rating": "red"})
    assert "A time</dt>" in text_of(browser.get(at("intake", intake)))
    browser.post(at("rate", intake), {"rating": "green"})
    assert "A time</dt>" not in text_of(browser.get(at("intake", intake)))


def test_a_partner_is_asked_and_their_answer_recorded_by_the_forms_that_pages_show(world: World, browse):
    intake = claimed(world, routine(world))
    browser = browse("screener")
    assert "Record what you asked a partner agency" in text_of(browser.get(at("intake", intake)))
    page = text_of(browser.get(at("ask_partner", intake)))
    assert "Nothing is sent from here: ask them yourself." in page
    (form,) = [
        one for one in forms_in(browser.get(at("ask_partner", intake)).content.decode()) if "partner" in one.names
    ]
    assert set(ASKED) <= form.names
    assert browser.post(at("ask_partner", intake), ASKED).url == at("intake", intake)
    request = PartnerRequest.objects.get()
    assert (request.partner, request.due_at.isoformat()) == ("police", "2026-11-17T14:30:00+00:00")
    page = text_of(browser.get(at("intake", intake)))
    for words in ("Police was asked", "Any callouts to the home.", "Police to answer", "Record what police answered"):
        assert words in page
    address = at("partner", intake, request.pk)
    assert "Any callouts" in text_of(browser.get(address))
    assert browser.post(address, {"given": "no", "text": "They can't say."}).url == at("intake", intake)
    assert not PartnerReturn.objects.get().given
    page = text_of(browser.get(at("intake", intake)))
    assert "They gave nothing" in page
    assert "Record what police" not in page
    for who, home in (("teacher", "referral"), ("dsl", "referral"), ("screener", "referral")):
        assert "callouts" not in text_of(browse(who).get(reverse(home, args=[intake.referral_id])))


def test_the_partnerships_own_time_for_an_answer_is_offered(world: World, browse):
    intake = claimed(world, routine(world))
    browser = browse("screener")
    assert "The partnership states no time: agree one with them." in text_of(browser.get(at("ask_partner", intake)))
    own = limit(PARTNER_RETURN, 2, Unit.WORKING_DAYS, Event.PARTNER_ASKED)
    pack = area_pack()
    changed = pack.model_copy(update={"deadlines": (*pack.deadlines, own)})
    publish(pack=changed, by=world.by("worker"), now=LATER, revise=True)
    page = text_of(browser.get(at("ask_partner", intake)))
    assert "By the partnership's own time." in page
    for value in ('value="18"', 'value="11"', 'value="2026"', 'value="12:00"'):
        assert value in page


@pytest.mark.parametrize("left_out", ["partner", "who", "asked", "why", "basis", "on_day", "at"])
def test_a_question_to_a_partner_says_what_is_missing(left_out, world: World, browse):
    intake = claimed(world, routine(world))
    answer = browse("screener").post(at("ask_partner", intake), {**ASKED, left_out: ""})
    assert answer.status_code == 200
    assert "<title>Error: " in answer.content.decode()
    assert not PartnerRequest.objects.exists()


def test_a_question_to_a_partner_that_is_sent_twice_is_asked_once(world: World, browse):
    intake = claimed(world, routine(world))
    browser = browse("screener")
    for _ in range(2):
        assert browser.post(at("ask_partner", intake), ASKED).url == at("intake", intake)
    assert PartnerRequest.objects.count() == 1
    browser.post(at("ask_partner", intake), {**ASKED, "asked": "Any call to the school."})
    assert PartnerRequest.objects.count() == 2


@pytest.mark.parametrize("year", ["2062", "2200"])
def test_a_slip_of_the_year_is_refused_with_what_was_typed(year, world: World, browse):
    intake = claimed(world, routine(world))
    outcome = intake.clocks.get(deadline="outcome")
    for address, given in ((at("ask_partner", intake), ASKED), (at("extend", intake, outcome.pk), MORE)):
        answer = browse("head").post(address, {**given, "on_year": year})
        assert answer.status_code == 403
        page = text_of(answer)
        assert "must be within a year. Check the year." in page
        assert given["why"] in page
        assert answer.context["form"].errors.keys() == {"on"}
        assert 'href="#id_on-day"' in page
    assert not PartnerRequest.objects.exists()
    assert not Extension.objects.exists()


def test_what_the_family_must_not_know_of_is_refused_with_the_reason_and_what_was_typed(world: World, browse):
    intake = claimed(world, routine(world))
    answer = browse("screener").post(at("ask_partner", intake), {**ASKED, "basis": "untold"})
    assert answer.status_code == 403
    page = text_of(answer)
    assert "asks what the family must not know of" in page
    assert 'href="#id_basis' in page
    assert "Any callouts to the home." in page


def test_more_time_is_offered_to_who_may_and_read_by_the_referrer(world: World, browse):
    intake = claimed(world, routine(world))
    outcome = intake.clocks.get(deadline="outcome")
    address = at("extend", intake, outcome.pk)
    assert address not in text_of(browse("screener").get(at("intake", intake)))
    browser = browse("head")
    page = text_of(browser.get(at("intake", intake)))
    assert address in page
    assert at("extend", intake, intake.clocks.get(deadline="nat-acknowledge").pk) not in page
    assert browser.post(address, MORE).url == at("intake", intake)
    assert Extension.objects.get().due_at.isoformat() == "2026-11-20T16:00:00+00:00"
    assert "Until 19 November 2026, 10:00 at first" in text_of(browser.get(at("intake", intake)))
    page = text_of(browse("teacher").get(reverse("referral", args=[intake.referral_id])))
    assert "The school is on strike." in page
    refused = browse("head").post(at("extend", intake, outcome.pk), {**MORE, "on_day": "18"})
    assert refused.status_code == 403
    assert "later than the present" in text_of(refused)
    assert 'href="#id_on-day"' in text_of(refused)


def test_the_referrer_reads_when_they_hear_and_when_nothing_came_whom_to_ring(world: World, browse, monkeypatch):
    intake = claimed(world, routine(world))
    address = reverse("referral", args=[intake.referral_id])
    soon = text_of(browse("teacher").get(address))
    assert "Family Connect should tell you by Tuesday 17 November, 10:00" in soon
    assert "Nothing heard" not in soon
    monkeypatch.setattr(time_now, "now", lambda: LATER + timedelta(days=2))
    late = text_of(browse("teacher").get(address))
    assert "Family Connect should have told you by Tuesday 17 November, 10:00" in late
    assert "01952 385385" in late.partition("Nothing heard")[2].partition("What was decided")[0]
    assert "Otherwise ask Family Connect who has it and what happens next." in late
    assert "Nothing heard" not in text_of(browse("screener").get(address))
    done = decided(world, routine(world))
    assert (
        "should"
        not in text_of(browse("teacher").get(reverse("referral", args=[done.referral_id])))
        .partition("Delivered and read")[0]
        .partition("Family Connect")[2]
        .partition("Contest")[0]
    )


def test_a_disagreement_without_an_answer_is_taken_up_from_its_page(world: World, browse):
    intake = decided(world, routine(world))
    raised = actions.disagree(intake=intake, grounds="Not read.", by=world.by("dsl"), now=LATER)
    address = reverse("review:take_up", args=[intake.referral_id, raised.pk])
    browser = browse("dsl")
    assert address in text_of(browser.get(reverse("referral", args=[intake.referral_id])))
    assert address in text_of(browser.get(reverse("review:referral", args=[intake.referral_id])))
    assert address not in text_of(browse("teacher").get(reverse("referral", args=[intake.referral_id])))
    assert "Why do you take it up now?" in text_of(browser.get(address))
    assert browser.post(address, {"grounds": "She can't wait."}).status_code == 302
    page = text_of(browser.get(reverse("referral", args=[intake.referral_id])))
    assert "Taken up without an answer" in page
    assert "takes it up, as there was no answer" in text_of(browse("worker").get(at("intake", intake)))
    assert browser.get(address).status_code == 403


def test_a_time_past_the_list_of_bank_holidays_says_so_once(world: World, browse, monkeypatch: pytest.MonkeyPatch):
    intake = delivered(world, routine(world))
    moments = sorted(intake.clocks.values_list("due_at", flat=True))
    assert len(moments) > 1
    first, last = day_of(moments[0]), day_of(moments[-1])
    for until, times in ((last, 0), (last - timedelta(days=1), 1), (first - timedelta(days=1), 1)):
        known = Known(frozenset(), until)
        monkeypatch.setattr("thresholds.templatetags.day_tags.known_holidays", lambda known=known: known)
        page = text_of(browse("screener").get(at("intake", intake)))
        assert page.count(RECKONED.format(date_format(until, "j F Y"))) == times
