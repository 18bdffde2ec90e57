"""The pages about who must not see a referral, and about a front door that doesn't receive through this system."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import FrontDoorTeam
from referrals.record.models import AccessChange, ExcludedPerson, Submission
from tests.desks import signed_in
from tests.journey.support import School, Writer, errors_of, forms_of, text_of


@pytest.fixture
def sent(writer: Writer) -> Writer:
    """A teacher who has sent something urgent that the desk may see."""
    writer.add_child()
    writer.fill("desk", about_desk="no")
    writer.press_send()
    return writer


def at(name: str, writer: Writer) -> str:
    return reverse(name, args=[writer.referral.pk])


def test_the_author_closes_it_to_the_desk_with_a_reason(sent: Writer, school: School):
    record = at("referral", sent)
    lead = signed_in(school.dsl)
    assert lead.get(record).status_code == 200
    assert at("journey:close_desk", sent) in sent.get(record)
    page = text_of(sent.get(at("journey:close_desk", sent)))
    assert "Ted Marlow, first on" in page
    sent.post(at("journey:close_desk", sent), {"why": " "})
    assert errors_of(sent.page) == ["Write why the safeguarding desk must not see it"]
    assert lead.get(record).status_code == 200
    sent.post(at("journey:close_desk", sent), {"why": "It is about him."})
    assert "can't see it any more" in sent.page
    assert lead.get(record).status_code == 404
    page = text_of(sent.get(at("journey:close_desk", sent)))
    assert "It is about him." in page
    assert forms_of(sent.page) == []
    assert "It is about him." in text_of(sent.get(record))


def test_a_person_is_found_by_name_and_kept_out_and_let_in_again(sent: Writer, school: School):
    address = at("journey:keep_out", sent)
    assert address in sent.get(at("referral", sent))
    sent.get(address)
    sent.post(address, {"do": "find", "name": ""})
    assert errors_of(sent.page) == ["Write a name, or part of it"]
    sent.post(address, {"do": "find", "name": "Nobody at all"})
    assert "Nobody of that name" in text_of(sent.page)
    sent.post(address, {"do": "find", "name": "marlow"})
    chosen = forms_of(sent.page)[-1] | {"do": "keep-out"}
    sent.post(address, chosen)
    assert errors_of(sent.page) == ["Choose who must not see it", "Write why they must not see it"]
    sent.post(address, chosen | {"person": str(school.dsl.pk), "why": "His own niece."})
    assert "Ted Marlow can't see it any more." in text_of(sent.page)
    assert "His own niece." in text_of(sent.page)
    assert signed_in(school.dsl).get(at("referral", sent)).status_code == 404
    sent.post(address, {"do": "let-in", "person": str(school.dsl.pk)})
    assert "His own niece." in text_of(sent.page)
    sent.post(address, {"do": "readmit", "person": str(school.dsl.pk), "why": " "})
    assert errors_of(sent.page) == ["Write why they may see it again"]
    assert signed_in(school.dsl).get(at("referral", sent)).status_code == 404
    sent.post(address, {"do": "readmit", "person": str(school.dsl.pk), "why": "Another Ted Marlow."})
    assert signed_in(school.dsl).get(at("referral", sent)).status_code == 200
    assert AccessChange.objects.count() == 2
    assert "Another Ted Marlow." in text_of(sent.page)


@pytest.mark.parametrize("name", ["Ted\0Marlow", "x " * 100_000])
@pytest.mark.parametrize("page", ["journey:keep_out", "journey:share"])
def test_what_can_not_be_a_name_is_told_and_not_looked_for(writer: Writer, page: str, name: str):
    with CaptureQueriesContext(connection) as asked:
        writer.post(at(page, writer), {"do": "find", "name": name})
    assert len(errors_of(writer.page)) == 1
    assert "Nobody of that name" not in text_of(writer.page)
    assert not [one for one in asked if "full_name" in one["sql"] and "LIKE" in one["sql"]]
    answer = writer.client.post(at(page, writer), {"do": "keep-out", "name": name, "person": "x", "why": "Because."})
    assert answer.status_code == 200


@pytest.mark.parametrize("person", ["", "x", "author", "stranger"])
def test_somebody_who_was_not_found_can_not_be_posted(sent: Writer, school: School, person: str):
    who = {"author": str(school.teacher.pk), "stranger": "0b3e0c3c-8f5e-4a8e-9d39-0d6c6b4d2a10"}.get(person, person)
    address = at("journey:keep_out", sent)
    sent.post(address, {"do": "keep-out", "name": "marlow", "person": who, "why": "Because."})
    assert errors_of(sent.page) != []
    sent.post(address, {"do": "readmit", "person": who})
    assert not ExcludedPerson.objects.exists()


def test_the_last_who_decides_is_not_kept_out_and_the_page_says_whom_to_ring(sent: Writer, school: School):
    address = at("journey:keep_out", sent)
    name = school.decider.full_name
    answer = sent.client.post(
        address, {"do": "keep-out", "name": name, "person": str(school.decider.pk), "why": "Her aunt."}
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Ring Family Connect now and ask for somebody else" in page
    assert "Her aunt." in page
    assert not ExcludedPerson.objects.exists()


def test_a_draft_has_the_page_too(writer: Writer, school: School):
    assert at("journey:keep_out", writer) in writer.get(at("journey:tasks", writer))
    address = at("journey:keep_out", writer)
    person = {"name": "marlow", "person": str(school.dsl.pk), "why": "His own niece."}
    writer.post(address, {"do": "keep-out", **person})
    assert [one.person for one in ExcludedPerson.objects.all()] == [school.dsl]


class TestWhereNoFrontDoorReceives:
    @pytest.fixture
    def alone(self, writer: Writer) -> Writer:
        FrontDoorTeam.objects.update(front_door="not-family-connect")
        writer.add_child()
        writer.fill("desk", about_desk="no")
        return writer

    def test_the_page_says_so_with_numbers_and_keeps_what_was_written(self, alone: Writer):
        page = text_of(alone.get(at("journey:check", alone)))
        assert "This system can't send it" in page
        assert "01952 385385" in page
        assert "Send referral" not in page
        alone.post(at("journey:send", alone), forms_of(alone.page)[-1])
        page = text_of(alone.page)
        assert "Not sent. Ring them now" in page
        assert "01952 385385" in page
        assert "Referral sent" not in page
        assert Submission.objects.count() == 1

    def test_whom_they_reached_is_recorded(self, alone: Writer):
        alone.get(at("journey:check", alone))
        alone.post(at("journey:send", alone), forms_of(alone.page)[-1])
        page = text_of(alone.get(at("referral", alone)))
        assert "It has not been sent" in page
        assert "01952 385385" in page
        alone.post(at("journey:handed_over", alone), {"how": ""})
        assert errors_of(alone.page) == ["Write whom you reached, when and how"]
        alone.post(at("journey:handed_over", alone), {"how": "Rang Nell at 15:20."})
        page = text_of(alone.get(at("referral", alone)))
        assert "It was handed over outside this system." in page
        assert "Rang Nell at 15:20." in page

    def test_a_button_of_another_page_sends_nothing(self, alone: Writer):
        alone.get(at("journey:check", alone))
        posted = {**forms_of(alone.page)[-1], "reach": ""}
        answer = alone.client.post(at("journey:send", alone), posted)
        assert answer.status_code == 403
        assert not Submission.objects.exists()
