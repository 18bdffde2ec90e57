"""What is typed is kept before it is saved: it is no answer, it is one's own, and it overwrites nothing."""

import json
from typing import Any

import pytest
from django.urls import reverse

from accounts.domain.roles import Role
from accounts.models import Person
from referrals.record import actions
from referrals.record.domain.keeping import Before, NotKept, check_keep
from referrals.record.models import Keeping
from referrals.record.selectors import saved_page
from tests.casework.support import acting
from tests.factories import person_with
from tests.journey.support import School, Writer, errors_of, fields_of, forms_of, home, text_of
from tests.record.support import NOW

# what was kept before, what the window says (tab, number, version), the saved page (version, by them) → why not
CASES: dict[str, tuple[Before | None, tuple[str, int, int], tuple[int, bool], NotKept | None]] = {
    "nothing before": (None, ("a", 0, 0), (0, False), None),
    "the same window": (Before("a", 3), ("a", 3, 0), (0, False), None),
    "the same window, whose last answer was lost": (Before("a", 4), ("a", 3, 0), (0, False), None),
    "opened with what was kept": (Before("a", 3), ("b", 3, 0), (0, False), None),
    "another window of the same person": (Before("a", 3), ("b", 0, 0), (0, False), NotKept.OTHER_WINDOW),
    "saved in another window": (None, ("a", 0, 1), (2, True), NotKept.SAVED),
    "a colleague saved meanwhile": (None, ("a", 0, 1), (2, False), None),
}


@pytest.mark.parametrize("name", CASES)
def test_what_may_take_the_place_of_what(name):
    before, (tab, number, version), (saved, by_them), why = CASES[name]
    said = check_keep(before, tab=tab, number=number, version=version, saved_version=saved, saved_by_them=by_them)
    assert said is why


def keep(
    writer: Writer, page: str = "concern", *, tab: str = "a", number: int = 0, to: str = "", **typed: Any
) -> tuple[int, Any]:
    """Post what a window would, on top of the page as it is open."""
    fields = {**fields_of(writer.page), **{name: [value] for name, value in typed.items()}}
    body = {
        "fields": [
            [name, value] for name, values in fields.items() for value in values if name != "csrfmiddlewaretoken"
        ],
        "tab": tab,
        "number": number,
        "by": str(writer.person.pk),
    }
    answer = writer.client.post(
        to or reverse("journey:keep", args=[writer.referral.pk, page]),
        json.dumps(body),
        content_type="application/json",
    )
    return answer.status_code, answer.json()


def test_it_is_no_answer_and_stands_in_the_form_until_it_is_saved(writer: Writer):
    writer.open("concern")
    assert keep(writer, what="She hides her arm")[0] == 200
    assert saved_page(writer.referral, "concern").version == 0
    assert "She hides her arm" not in Keeping.objects.get().ciphertext
    writer.open("concern")
    assert "did not save it" in text_of(writer.page)
    assert fields_of(writer.page)["what"] == ["She hides her arm"]
    check = text_of(writer.get(reverse("journey:check", args=[writer.referral.pk])))
    assert "Something was typed and not saved" in check
    writer.open("concern").send()
    assert saved_page(writer.referral, "concern").answers == {"what": "She hides her arm"}
    assert not Keeping.objects.exists()


def test_it_is_let_go_of_by_a_button(writer: Writer):
    writer.open("concern")
    keep(writer, what="Wrong child")
    writer.open("concern")
    writer.post(writer.url, {**forms_of(writer.page)[0], "do": "discard-typed"})
    assert "Wrong child" not in writer.page
    assert not Keeping.objects.exists()


def test_two_windows_never_overwrite_each_other(writer: Writer):
    writer.open("concern")
    assert keep(writer, tab="a", what="One")[1]["number"] == 1
    status, said = keep(writer, tab="b", what="Two")
    assert status == 409
    assert "in another window" in said["why"]
    assert keep(writer, tab="a", number=1, what="One more")[0] == 200
    writer.open("concern")
    assert fields_of(writer.page)["what"] == ["One more"]


def test_a_colleague_does_not_read_it_and_learns_that_it_is_there(school: School, writer: Writer):
    colleague = person_with(Role.PRACTITIONER, agency=school.agency)
    actions.share_draft(referral=writer.referral, person=colleague, by=acting(school.teacher), now=NOW)
    writer.open("concern")
    keep(writer, what="Only mine so far")
    other = Writer(colleague)
    page = other.get(writer.url_of("concern"))
    assert "Only mine so far" not in page
    check = text_of(other.get(reverse("journey:check", args=[writer.referral.pk])))
    assert f"{school.teacher.full_name} is typing, or has not finished" in check
    assert "Only mine so far" not in check


def test_what_a_colleague_saved_meanwhile_is_shown_when_it_is_saved(school: School, writer: Writer):
    colleague = person_with(Role.PRACTITIONER, agency=school.agency)
    actions.share_draft(referral=writer.referral, person=colleague, by=acting(school.teacher), now=NOW)
    writer.open("concern")
    keep(writer, what="Mine")
    actions.save_page(
        referral=writer.referral, page="concern", answers={"what": "Theirs"}, version=0, by=acting(colleague), now=NOW
    )
    writer.open("concern").send()
    assert "saved this page while you were writing" in text_of(writer.page)
    assert saved_page(writer.referral, "concern").answers == {"what": "Theirs"}


def test_nobody_keeps_for_somebody_else_or_what_is_no_form(school: School, writer: Writer):
    writer.open("concern")
    address = reverse("journey:keep", args=[writer.referral.pk, "concern"])
    said = {"fields": [["what", "x"]], "tab": "a", "number": 0, "by": str(school.dsl.pk)}
    answer = writer.client.post(address, json.dumps(said), content_type="application/json")
    assert answer.status_code == 409
    assert "Somebody else has signed in" in answer.json()["why"]
    for body in ("", "[]", "{}", '{"fields": 3}', '{"fields": [["a"]], "tab": "", "number": 0, "by": ""}'):
        assert writer.client.post(address, body, content_type="application/json").status_code == 400
    endless = json.dumps({**said, "by": str(writer.person.pk), "number": float("inf")})
    assert writer.client.post(address, endless, content_type="application/json").status_code == 400
    too_much = {**said, "by": str(writer.person.pk), "fields": [["what", "x" * 1_000_001]]}
    assert writer.client.post(address, json.dumps(too_much), content_type="application/json").status_code == 409
    assert not Keeping.objects.exists()


def test_half_an_emoji_keeps_the_words_around_it(writer: Writer):
    """A phone may cut one in half while it is typed; what can't be written down is left out, and nothing else."""
    writer.open("concern")
    assert keep(writer, tab="a\x00", what="He hit me \ud83d again\x00 \U0001f9d2")[0] == 200
    writer.open("concern")
    assert fields_of(writer.page)["what"] == ["He hit me  again \U0001f9d2"]


def test_typed_after_it_was_sent_it_is_shown_to_be_added(school: School, writer: Writer):
    writer.fill("desk", about_desk="no").add_child()
    writer.open("concern")
    keep(writer, what="One thing more that I saw")
    url = writer.url
    writer.press_send()
    answer = writer.client.get(url)
    assert answer.status_code == 409
    assert "One thing more that I saw" in answer.content.decode()


def handed_on(school: School, writer: Writer) -> Writer:
    """Somebody who has accepted the draft."""
    other = person_with(Role.PRACTITIONER, agency=school.agency, full_name="Imran Calloway", phone="01632 960555")
    by, now = acting(school.teacher), NOW
    offer = actions.offer_draft(referral=writer.referral, person=other, words="I am away.", by=by, now=now)
    actions.answer_offer(offer=offer, accept=True, by=acting(other), now=now)
    return Writer(other)


def test_accepted_by_somebody_else_while_it_is_typed_nothing_is_lost(school: School, writer: Writer):
    writer.open("concern")
    assert keep(writer, what="She hides her arm")[0] == 200
    referral, to = writer.referral, reverse("journey:keep", args=[writer.referral.pk, "concern"])
    receiver = handed_on(school, writer)
    status, said = keep(writer, number=1, to=to, what="She hides her arm from us")
    assert status == 409
    assert "Imran Calloway holds this draft now" in said["why"]
    posted = {**fields_of(writer.page), "what": ["She hides her arm from everybody"]}
    answer = writer.client.post(writer.url, posted)
    assert answer.status_code == 409
    shown = text_of(answer.content.decode())
    for words in ("She hides her arm from everybody", "Imran Calloway", "01632 960555"):
        assert words in shown
    assert saved_page(referral, "concern").version == 0
    # Theirs to read from then on, and nobody else's.
    own = reverse("referral", args=[referral.pk])
    assert "She hides her arm" in text_of(writer.client.get(own).content.decode())
    check = text_of(receiver.get(reverse("journey:check", args=[referral.pk])))
    assert f"{school.teacher.full_name} typed there before handing it on" in check
    assert "She hides her arm" not in check


def test_with_nothing_typed_whoever_handed_it_on_is_refused(school: School, writer: Writer):
    url = writer.url_of("concern")
    handed_on(school, writer)
    assert writer.client.post(url, {}).status_code == 403


def shared_with(school: School, writer: Writer) -> Person:
    colleague = person_with(Role.PRACTITIONER, agency=school.agency)
    actions.share_draft(referral=writer.referral, person=colleague, by=acting(school.teacher), now=NOW)
    return colleague


def test_a_save_that_is_refused_starts_from_the_version_that_was_opened(school: School):
    writer = Writer(school.teacher)
    writer.begin_calmly()
    colleague = shared_with(school, writer)
    writer.add_child().fill("harm", writer.child.pk, harm="no")
    writer.open("child-about", writer.child.pk)
    opened = fields_of(writer.page)["page-version"]
    theirs = {"unborn": "no", "given_names": "Robyn", "family_name": "Vale", "born": "2019"}
    save: dict[str, Any] = {
        "page": "child-about",
        "answers": theirs,
        "version": int(opened[0]),
        "person_id": writer.child.pk,
    }
    actions.save_page(referral=writer.referral, by=acting(colleague), now=NOW, **save)
    writer.send(born_year="2041")
    assert errors_of(writer.page)
    assert fields_of(writer.page)["page-version"] == opened
    writer.send(born_year="2018")
    assert "saved this page while you were writing" in text_of(writer.page)
    assert writer.child.given_names == "Robyn"


def test_a_search_starts_from_the_version_that_was_opened(school: School, writer: Writer):
    colleague = shared_with(school, writer)
    writer.add_child()
    writer.fill("child-home", writer.child.pk, **home())
    writer.open("descriptors", writer.child.pk)
    theirs = {"id": "tw-complex-053", "evidence": "Out of school since May."}
    save: dict[str, Any] = {
        "page": "descriptors",
        "answers": {"descriptors": [theirs]},
        "version": 0,
        "person_id": writer.child.pk,
    }
    actions.save_page(referral=writer.referral, by=acting(colleague), now=NOW, **save)
    for _ in range(2):
        writer.send("search", **{"page-search": "hungry"})
        assert fields_of(writer.page)["page-version"] == ["0"]
    writer.send(descriptors=["tw-complex-053"], **{"evidence-tw-complex-053": "Mine."})
    assert "saved this page while you were writing" in text_of(writer.page)
    assert saved_page(writer.referral, "descriptors", writer.child.pk).answers == {"descriptors": [theirs]}
