"""The page of numbers and the reference pages."""

import datetime as dt
import re
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.domain.actor import Actor
from tests.factories import MembershipFactory
from tests.packs import shipped
from thresholds import files, selectors
from thresholds.actions import publish

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    assert main is not None
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[0])).split())


@pytest.fixture
def signed_in(client):
    client.force_login(MembershipFactory().person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def loaded():
    call_command("load_packs", stdout=StringIO())


def test_anybody_reads_the_numbers(client):
    response = client.get(reverse("numbers"))
    assert response.status_code == 200
    text = text_of(response)
    for pack in files.shipped_packs():
        assert pack.area.name in text
        for door in pack.front_doors:
            for line in door.numbers:
                numbers = [line.number, *(other.number for other in line.alternatives)]
                assert all(number in text for number in numbers if number)


def test_unconfirmed_numbers_show_both_values_and_silence_shows_as_silence(client):
    text = text_of(client.get(reverse("numbers")))
    assert re.search(r"0800 1313126 Not confirmed", text)
    assert re.search(r"0300 111 8007 Not confirmed", text)
    assert not re.search(r"01952 385385 Not confirmed", text)
    assert "Multi-Agency Safeguarding Hub (MASH) MASH Not stated by the partnership" in text


def test_the_numbers_stand_without_the_database(client, monkeypatch):
    def away(*args):
        raise DatabaseError

    monkeypatch.setattr(selectors, "packs_on", away)
    assert "01952 676500" in text_of(client.get(reverse("numbers")))


@pytest.mark.parametrize("name", ["thresholds:packs", "thresholds:pack"])
def test_the_packs_ask_for_a_sign_in(client, loaded, name):
    arguments = ["bury"] if name.endswith("pack") else []
    response = client.get(reverse(name, args=arguments))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_areas_are_listed(signed_in, loaded):
    text = text_of(signed_in.get(reverse("thresholds:packs")))
    assert all(pack.area.name in text for pack in files.shipped_packs())


@pytest.mark.parametrize("area", [pack.area.slug for pack in files.shipped_packs()])
def test_a_pack_reads_as_a_document(signed_in, loaded, area):
    response = signed_in.get(reverse("thresholds:pack", args=[area]))
    assert response.status_code == 200
    text = text_of(response)
    pack = shipped(area)
    said = [pack.documents_by_id["threshold"].title, pack.sha256(), *(level.meaning for level in pack.levels)]
    said += [descriptor.wording for descriptor in pack.descriptors]
    said += [route.name for route in pack.routes] + [rule.text for rule in pack.consent_rules]
    said += [deadline.name for deadline in pack.deadlines] + [note.text for note in pack.notes]
    said += [door.name for door in pack.front_doors] + [override.name for override in pack.overrides]
    assert [words for words in said if " ".join(words.split()) not in text] == []


def test_what_a_document_leaves_out_is_shown_as_such(signed_in, loaded):
    text = text_of(signed_in.get(reverse("thresholds:pack", args=["westmorland-and-furness"])))
    assert "Not stated by the partnership. They stand in a separate document" in text
    assert "Stages and times: not stated by the partnership" in text
    text = text_of(signed_in.get(reverse("thresholds:pack", args=["bury"])))
    assert "Policy: not stated by the partnership" in text


def test_an_area_without_a_pack_is_not_found(signed_in, loaded):
    assert signed_in.get(reverse("thresholds:pack", args=["atlantis"])).status_code == 404


def test_an_older_version_keeps_its_page_and_says_so(signed_in, loaded):
    older = selectors.current_pack("bury", timezone.localdate())
    changed = older.pack.model_copy(update={"effective_from": timezone.localdate()})
    published = publish(pack=changed, by=Actor.system("test"), now=timezone.now())
    address = reverse("thresholds:version", args=["bury", older.version_id])
    text = text_of(signed_in.get(address))
    assert "This version is not in force any more." in text
    assert older.sha256 in text
    newer = text_of(signed_in.get(reverse("thresholds:pack", args=["bury"])))
    assert published.version.sha256 in newer
    assert "not in force any more" not in newer
    assert f'href="{address}"' in signed_in.get(reverse("thresholds:pack", args=["bury"])).content.decode()
    assert signed_in.get(reverse("thresholds:version", args=["wakefield", older.version_id])).status_code == 404


def test_versions_stand_newest_first_and_each_says_where_it_stands(loaded):
    today = timezone.localdate()
    pack = selectors.current_pack("bury", today).pack
    for days, revise in ((0, False), (0, True), (30, False)):
        begins = today + dt.timedelta(days=days)
        edited = pack.model_copy(update={"effective_from": begins, "notes": () if revise else pack.notes})
        publish(pack=edited, by=Actor.system("test"), now=timezone.now(), revise=revise)
    assert [(one.standing.value, one.revision) for one in selectors.versions_of("bury", today)] == [
        ("to_come", 1),
        ("in_force", 2),
        ("revised", 1),
        ("past", 1),
    ]
    assert selectors.versions_of("bury", today)[-1].until == today - dt.timedelta(days=1)


def test_a_search_is_posted_and_kept_nowhere(signed_in, loaded):
    address = reverse("thresholds:pack", args=["telford-and-wrekin"])
    answer = signed_in.post(address, {"level": "acute", "age": "3", "kind": "descriptor"})
    text = text_of(answer)
    pack = selectors.current_pack("telford-and-wrekin", timezone.localdate()).pack
    acute = [one for one in pack.descriptors if one.level == "acute" and one.age is None]
    assert all(" ".join(one.wording.split()) in text for one in acute)
    universal = next(one for one in pack.descriptors if one.level == "universal")
    assert f'id="{universal.id}"' not in answer.content.decode()
    assert "Show the whole document" in text
    assert "Show the whole document" not in text_of(signed_in.get(address))
    assert text_of(signed_in.post(address, {})) == text_of(signed_in.get(address))


def test_words_are_found_with_slips_and_synonyms_and_marked(signed_in, loaded):
    address = reverse("thresholds:pack", args=["telford-and-wrekin"])
    page = signed_in.post(address, {"words": "bruiseing"}).content.decode()
    assert re.search(r"<mark>[Bb]ruis\w+</mark>", page)
    assert 'id="nat-non-mobile-injury"' in page
    assert page.index('id="nat-non-mobile-injury"') < page.index('id="tw-acute-028"')
    drink = text_of(signed_in.post(address, {"words": "mum drinks", "level": "acute"}))
    assert "alcohol" in drink


def test_what_shares_one_word_with_a_phrase_does_not_stand_before_what_was_searched_for(signed_in, loaded):
    """A child may be pushed against a sofa: that is no reason to begin with the card on bruises."""
    address = reverse("thresholds:pack", args=["telford-and-wrekin"])
    page = signed_in.post(address, {"words": "sofa surfing"}).content.decode()
    assert 'id="tw-acute-113"' in page
    assert 'id="tw-ce-08-14"' in page
    assert 'id="nat-non-mobile-injury"' not in page


def test_the_best_come_first_and_what_shares_one_word_is_folded_away(signed_in, loaded):
    page = signed_in.post(
        reverse("thresholds:pack", args=["telford-and-wrekin"]), {"words": "self harm"}
    ).content.decode()
    best, others = page.split('<details class="govuk-details app-found__others"')
    found = re.findall(r'<li id="([^"]+)"', best)
    assert found[0] == "tw-ce-07-18"  # Self-harm is evident
    assert {"tw-acute-092", "tw-complex-058"} < set(found)
    assert len(found) < 10
    assert "Acute. " in best
    assert f'href="{reverse("thresholds:pack", args=["telford-and-wrekin"])}?whole#tw-acute-092"' in best
    assert 'id="tw-acute-006"' in others  # likely to come to significant harm, before birth
    assert "<mark>self</mark>-<mark>harm</mark>" in best
    assert "significant <mark>harm" not in best
    marked = re.search(r'id="tw-acute-006".*?</li>', others, re.DOTALL)
    assert marked is not None
    assert "significant <mark>harm</mark>" in marked[0]
    shown = re.search(r"Show (\d+) more", others)
    assert shown is not None
    assert int(shown[1]) == len(set(re.findall(r' id="((?:tw|nat)-[^"]+)"', others)))


def test_one_domain_reads_as_one(signed_in, loaded):
    text = text_of(signed_in.get(reverse("thresholds:pack", args=["bury"])))
    assert "concerns or more, even in one domain, are a prompt to think higher" in text
    assert "1 domains" not in text


def test_an_entry_says_its_level_and_a_line_number_what_it_counts(signed_in, loaded):
    page = signed_in.get(reverse("thresholds:pack", args=["telford-and-wrekin"])).content.decode()
    entry = re.search(r'<li id="tw-acute-092".*?</li>', page, re.DOTALL)
    assert entry is not None
    assert 'app-grid__at" aria-hidden="true">Acute</span>' in entry[0]
    assert "The printed page has none: look there for the heading." in page
    places = re.findall(r'href="#(domain-[^"]+)"', page)
    assert len(places) > 2
    assert all(f'id="{place}"' in page for place in places)


def test_the_whole_document_folds_on_a_phone_and_what_was_found_does_not(signed_in, loaded):
    address = reverse("thresholds:pack", args=["bury"])
    assert "app-folding-grid" in signed_in.get(address).content.decode()
    found = signed_in.post(address, {"words": "self harm"}).content.decode()
    assert 'class="app-grid"' in found
    assert "app-folding-grid" not in found


def test_what_was_typed_is_shown_as_text_and_nothing_found_says_nothing_of_safety(signed_in, loaded):
    address = reverse("thresholds:pack", args=["bury"])
    page = signed_in.post(address, {"words": "<zzqx>"}).content.decode()
    assert "<zzqx>" not in page
    assert "That says nothing about how safe the child is" in page
    assert "Use 200 characters or fewer" in signed_in.post(address, {"words": "x" * 201}).content.decode()


def test_the_page_takes_the_same_few_queries_however_large_the_pack(signed_in, loaded):
    counts = []
    for area in ("westmorland-and-furness", "telford-and-wrekin"):
        address = reverse("thresholds:pack", args=[area])
        signed_in.get(address)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
