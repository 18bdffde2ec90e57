"""Bad input: an error beside the field or a safe refusal, what was typed kept, nothing half-saved; and where harm is
possible, flagged and carried along."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from lxml import html

from accounts.domain.roles import Role
from audit.models import Entry
from consent.models import BasesChoice
from referrals.record.models import Referral, Submission
from referrals.record.selectors import content_of, saved_page
from tests.factories import AREA, person_with
from tests.journey.support import School, Writer, errors_of, fields_of, home, text_of


@pytest.fixture
def routine(school: School) -> Writer:
    """A teacher who has begun a referral in which harm isn't possible as far as anybody knows."""
    writer = Writer(school.teacher)
    writer.begin_calmly()
    writer.add_child()
    return writer.fill("harm", writer.child.pk, harm="no")


def saved(writer: Writer, page: str, *person: Any) -> dict[str, Any]:
    """The stored answers of a page."""
    return dict(saved_page(writer.referral, page, *person).answers)


@pytest.mark.parametrize(
    ("year", "words"), [("2041", "in the future"), ("1990", "more than 25 years ago"), ("soon", "not a date")]
)
class TestBirthDates:
    def test_are_put_right_first_where_nobody_may_be_harmed(self, routine: Writer, year: str, words: str):
        routine.open("child-about", routine.child.pk).send(born_year=year)
        assert [words in error for error in errors_of(routine.page)] == [True]
        assert fields_of(routine.page)["born_year"] == [year]
        assert routine.child.born == "2019"
        assert "<title>Error: " in routine.page

    def test_are_flagged_and_carried_along_where_somebody_may_be(self, writer: Writer, year: str, words: str):
        writer.add_child(born_year=year)
        assert [words in error for error in errors_of(writer.page)] == [True]
        assert "Saved." in text_of(writer.page)
        assert saved(writer, "child-about", writer.child.pk)["given_names"] == "Robin"
        writer.send()
        assert "Robin Vale: background" in text_of(writer.page)
        assert words in text_of(writer.get(reverse("journey:check", args=[writer.referral.pk])))
        assert "Referral sent" in text_of(writer.press_send())
        submission = Submission.objects.get()
        assert any(words in flag["message"] for flag in content_of(submission)["flags"])


def test_a_due_date_long_past_is_pointed_out_and_kept(routine: Writer):
    child = routine.child.pk
    routine.open("child-about", child).send(unborn="yes", expected_month="1", expected_year="2026", born_year="")
    assert any("long past" in error for error in errors_of(routine.page))
    assert routine.child.expected == "2026-01"
    routine.send()
    assert errors_of(routine.page) == []


def test_an_unknown_postcode_is_kept_and_the_area_asked(routine: Writer):
    routine.fill("child-home", routine.child.pk, **home(postcode="by the river"))
    assert any("choose the area" in error for error in errors_of(routine.page))
    assert saved(routine, "child-home", routine.child.pk)["postcode"] == "by the river"


def test_a_descriptor_that_is_not_in_the_pack_is_refused_and_what_was_written_kept(routine: Writer):
    child = routine.child.pk
    routine.fill("child-home", child, **home())
    routine.open("descriptors", child)
    routine.send(descriptors=["tw-acute-999"], **{"evidence-tw-acute-999": "What I saw"})
    assert any("not in this area" in error for error in errors_of(routine.page))
    assert "What I saw" in routine.page
    assert saved(routine, "descriptors", child) == {}


def test_a_descriptor_that_is_not_in_the_pack_is_carried_along_where_harm_is_possible(writer: Writer):
    writer.add_child()
    child = writer.child.pk
    writer.fill("child-home", child, **home())
    writer.open("descriptors", child)
    writer.send(descriptors=["tw-acute-999"], **{"evidence-tw-acute-999": "What I saw"})
    assert any("not in this area" in error for error in errors_of(writer.page))
    assert saved(writer, "descriptors", child)["descriptors"] == [{"id": "tw-acute-999", "evidence": "What I saw"}]


LONG = "It is cold. " * 17_000
"""204,000 characters."""


def test_200_000_pasted_characters_are_named_and_kept_on_the_page(routine: Writer):
    routine.open("concern").send(what=LONG)
    assert any("204,000 characters" in error for error in errors_of(routine.page))
    assert LONG.strip() in routine.page
    assert saved(routine, "concern") == {}


def test_200_000_pasted_characters_are_carried_along_where_harm_is_possible(writer: Writer):
    writer.open("concern").send(what=LONG)
    assert any("204,000 characters" in error for error in errors_of(writer.page))
    assert saved(writer, "concern")["what"] == LONG


ODD = "שלום 👩‍👧 \u202eمرحبا\u202c <script>alert(1)</script> {{ 7|add:7 }} %s"


def test_every_script_and_emoji_is_kept_as_it_was_written(routine: Writer):
    routine.open("concern").send(what=ODD)
    assert saved(routine, "concern")["what"] == ODD
    assert "<script>alert" not in routine.page
    routine.open("concern")
    assert fields_of(routine.page)["what"] == [ODD]


def test_null_bytes_are_named_where_nobody_may_be_harmed(routine: Writer):
    routine.open("concern").send(what="co\x00ld")
    assert any("can't be stored" in error for error in errors_of(routine.page))
    assert saved(routine, "concern") == {}


def test_null_bytes_are_taken_out_and_the_words_kept_where_harm_is_possible(writer: Writer):
    writer.open("concern").send(what="co\x00ld")
    assert any("can't be stored" in error for error in errors_of(writer.page))
    assert saved(writer, "concern") == {"what": "cold"}


def test_a_repeated_post_changes_nothing(routine: Writer):
    routine.open("concern")
    posted = {**fields_of(routine.page), "what": "A bruise", "do": "continue"}
    url = routine.url
    routine.post(url, posted)
    before = saved_page(routine.referral, "concern")
    routine.post(url, posted)
    assert saved_page(routine.referral, "concern") == before
    assert errors_of(routine.page) == []


def test_a_stale_post_shows_both_texts_and_saves_neither_over_the_other(routine: Writer):
    routine.open("concern")
    stale = {**fields_of(routine.page), "what": "Mine", "do": "continue"}
    url = routine.url
    routine.open("concern").send(what="Theirs")
    routine.post(url, stale)
    words = text_of(routine.page)
    assert "saved this page while you were writing" in words
    assert "Theirs" in words
    assert fields_of(routine.page)["what"] == ["Mine"]
    assert saved(routine, "concern")["what"] == "Theirs"
    routine.url = url
    routine.send("rewrite")
    assert "Discard mine, and keep what was saved" in routine.page
    assert fields_of(routine.page)["what"] == ["Mine"]
    assert saved(routine, "concern")["what"] == "Theirs"
    routine.url = url
    routine.send(what="Theirs and mine")
    assert saved(routine, "concern")["what"] == "Theirs and mine"


def in_two_tabs(routine: Writer, theirs: dict[str, str], mine: dict[str, str]) -> None:
    """Save the page in one tab, then in another that was opened before: what differs stands open."""
    routine.open("concern")
    stale, url = fields_of(routine.page), routine.url
    routine.open("concern").send(**theirs)
    routine.post(url, {**stale, **mine, "do": "continue"})
    routine.url = url


def test_each_question_is_chosen_by_itself_and_nothing_is_saved_before(routine: Writer):
    in_two_tabs(routine, {"what": "Theirs", "where": "At home"}, {"what": "Mine", "where": "In school"})
    routine.send("choose", **{"take-what": "mine"})
    assert errors_of(routine.page) == ["Choose what stays for “Where did it happen?”"]
    assert 'value="mine" checked' in routine.page
    assert saved(routine, "concern")["what"] == "Theirs"
    routine.url = routine.url_of("concern")
    routine.send("choose", **{"take-what": "mine", "take-where": "theirs"})
    assert saved(routine, "concern") == {"what": "Mine", "where": "At home"}


def test_a_tick_goes_with_its_question(routine: Writer):
    in_two_tabs(routine, {"where_not_known": "on"}, {"where": "In school"})
    routine.send("choose", **{"take-where": "theirs"})
    assert saved(routine, "concern") == {"where_not_known": True}


def test_what_was_saved_while_somebody_chose_is_shown_anew(routine: Writer):
    in_two_tabs(routine, {"what": "Theirs"}, {"what": "Mine"})
    choosing, url = fields_of(routine.page), routine.url
    routine.open("concern").send(what="Theirs again")
    routine.post(url, {**choosing, "take-what": "mine", "do": "choose"})
    assert "Theirs again" in text_of(routine.page)
    assert saved(routine, "concern")["what"] == "Theirs again"
    routine.url = url
    routine.send("choose", **{"take-what": "mine"})
    assert saved(routine, "concern")["what"] == "Mine"


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999", "²"])
def test_a_version_that_was_made_up_overwrites_nothing(routine: Writer, version: str):
    routine.fill("concern", what="Theirs")
    routine.open("concern")
    routine.post(routine.url, {**fields_of(routine.page), "what": "Mine", "page-version": version})
    assert saved(routine, "concern")["what"] == "Theirs"


def test_pressing_send_twice_sends_once(writer: Writer):
    writer.add_child()
    writer.get(reverse("journey:check", args=[writer.referral.pk]))
    posted, url = fields_of(writer.page), reverse("journey:send", args=[writer.referral.pk])
    first, second = text_of(writer.post(url, posted)), text_of(writer.post(url, posted))
    assert "Referral sent" in first
    assert first == second
    assert Submission.objects.count() == 1


def test_what_was_typed_after_the_sending_is_given_back(writer: Writer):
    writer.add_child()
    writer.open("concern")
    url, posted = writer.url, {**fields_of(writer.page), "what": "He was cold again"}
    writer.press_send()
    writer.post(url, posted, status=409)
    assert "He was cold again" in text_of(writer.page)
    assert reverse("journey:addendum", args=[writer.referral.pk]) in writer.page


@pytest.mark.parametrize("token", ["", "nonsense", "1"])
def test_a_token_that_is_none_leads_back_to_checking(writer: Writer, token: str):
    writer.post(reverse("journey:send", args=[writer.referral.pk]), {"token": token})
    assert "Check your answers" in text_of(writer.page)
    assert Submission.objects.count() == 0


def test_a_field_that_names_somebody_else_as_author_does_nothing(routine: Writer, school: School):
    routine.fill("concern", what="A bruise", author=str(school.dsl.pk), author_id=str(school.dsl.pk), state="sent")
    assert routine.referral.author == school.teacher
    assert routine.referral.state == "draft"
    assert set(saved(routine, "concern")) == {"what"}


def test_anothers_referral_is_as_if_it_were_not_there(routine: Writer):
    stranger = Writer(person_with(Role.PRACTITIONER))
    for name in ("referral", "journey:tasks", "journey:check", "journey:sent", "journey:addendum"):
        for pk in (routine.referral.pk, uuid4()):
            assert stranger.client.get(reverse(name, args=[pk])).status_code == 404
    answer = stranger.client.post(reverse("journey:send", args=[routine.referral.pk]), {"token": str(uuid4())})
    assert answer.status_code == 404
    assert Entry.objects.filter(outcome=Entry.Outcome.REFUSED, actor_name=stranger.person.full_name).exists()


def test_a_page_or_person_that_is_none_is_as_if_it_were_not_there(routine: Writer):
    for url in (
        routine.url_of("nothing"),
        routine.url_of("child-about"),
        routine.url_of("child-about", uuid4()),
        routine.url_of("concern", routine.child.pk),
        reverse("journey:remove", args=[routine.referral.pk, uuid4()]),
    ):
        assert routine.client.get(url).status_code == 404


def test_an_area_that_is_none_is_refused(routine: Writer):
    routine.fill("child-home", routine.child.pk, **home(home_area="atlantis"))
    assert errors_of(routine.page) == ["Choose one of the answers."]
    routine.fill("child-home", routine.child.pk, **home(home_area=AREA))
    assert Referral.objects.get().home_area == AREA


def test_a_lawful_basis_is_chosen_for_each_question_of_law_or_the_page_says_so(routine: Writer):
    """With everything unticked the suggested ones came back, and the page said that the choice was saved."""
    url = reverse("journey:bases", args=[routine.referral.pk])
    routine.get(url)
    suggested = {key: values for key, values in fields_of(routine.page).items() if key != "csrfmiddlewaretoken"}
    routine.post(url, {"why": "They do not hold"})
    assert any("Why may your agency use this information at all?" in error for error in errors_of(routine.page))
    assert "They do not hold" in routine.page
    assert not BasesChoice.objects.exists()
    routine.post(url, suggested)
    assert "The lawful basis is saved" in text_of(routine.page)


def test_asking_to_withdraw_says_so_on_its_button(writer: Writer):
    writer.add_child()
    page = writer.get(reverse("journey:withdraw", args=[writer.referral.pk]))
    assert "Withdraw it" in text_of(page)
    assert "Ask to withdraw" not in text_of(page)
    writer.press_send()
    url = reverse("journey:withdraw", args=[writer.referral.pk])
    assert "Ask to withdraw it" in html.fromstring(writer.get(url)).xpath("//main//form//button")[0].text_content()
    assert errors_of(writer.post(url, {"why": ""})) == ["Write why it should be withdrawn"]
