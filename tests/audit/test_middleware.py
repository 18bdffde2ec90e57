"""Refusals become a page and a row, after what they broke off has rolled back."""

import pytest

from audit.models import Entry
from tests.audit.support import CHILD, actor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_refusal_is_a_page_with_its_reason_and_the_numbers(visit):
    response = visit(actor("practitioner")).get("/refuse/")
    assert response.status_code == 403
    assert "Only &lt;your&gt; designated lead can do this." in response.text
    assert "999" in response.text


def test_a_refusal_is_recorded_and_what_it_broke_off_is_not(visit):
    who = actor("practitioner")
    visit(who).post("/refuse/")
    (entry,) = Entry.objects.all()
    assert (entry.actor_id, entry.verb, entry.outcome, entry.rule) == (
        who.person_id,
        "people.change",
        "refused",
        "people.change",
    )
    assert (entry.subject_type, entry.subject_id) == ("person", str(CHILD))
    assert entry.detail == {"method": "POST", "view": "refuse"}


def test_what_is_not_yours_looks_like_what_does_not_exist_and_is_recorded(visit):
    client = visit(actor("practitioner"))
    not_yours, missing = client.get("/not-yours/"), client.get("/missing/")
    assert not_yours.status_code == missing.status_code == 404
    assert not_yours.content.replace(b"/not-yours/", b"") == missing.content.replace(b"/missing/", b"")
    assert not_yours.headers == missing.headers
    (entry,) = Entry.objects.all()
    assert (entry.outcome, entry.rule, entry.subject_id) == ("refused", "people.view", str(CHILD))


def test_djangos_own_refusal_is_recorded_without_its_words(visit):
    response = visit(actor()).get("/denied/")
    assert response.status_code == 403
    assert "stay inside" not in response.text
    assert Entry.objects.get().rule == "permission_denied"


def test_other_mistakes_are_left_alone(visit):
    assert visit(actor()).get("/broken/").status_code == 500
    assert not Entry.objects.exists()


def test_nobody_is_recorded_as_nobody(visit):
    visit(None).get("/denied/")
    assert Entry.objects.get().actor_name == "not signed in"
