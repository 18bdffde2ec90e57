"""A submission cut down to what one front door is given: what it isn't given is in no text of page or copy."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from consent.domain.recipient_facts import Receiver
from consent.domain.recipients import needed
from consent.domain.submitted import submitted_of
from referrals.documents.domain.narrowing import age_of, narrowed
from referrals.documents.presenters import present
from referrals.documents.render import html_of, pdf_of
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from tests.documents.support import MINA, SAM, WORDS, digest_of, family, frozen, read, words_in
from thresholds.domain.doors import Kind

BEN = UUID(int=9)
SECRET = {
    "needs": "Wears a hearing aid made of brass",
    "address": "77 Faraway Close",
    "school": "Otterbourne Nursery",
    "judged": "Ben is settled at his father's",
    "harm": "Seen pushed against a fridge",
}


def about_ben(*, harm: str = "no", circumstances: tuple[str, ...] = ("none",)) -> PersonAnswers:
    """Mina's half-brother, who lives in another area with his father."""
    pages: dict[str, dict[str, Any]] = {
        "child-about": {"unborn": "no", "given_names": "Ben", "family_name": "Quill", "born": "2017-01-09"},
        "child-needs": {"disabled": "yes", "disability": SECRET["needs"]},
        "child-home": {"address": SECRET["address"], "home_area": "wakefield", "safe_tonight": "yes"},
        "child-school": {"education": "school", "school": SECRET["school"]},
        "child-services": {"nhs_number": "943 476 5919"},
        "harm": {"harm": harm, "harm_what": SECRET["harm"]} if harm != "no" else {"harm": "no"},
        "circumstances": {"circumstances": list(circumstances)},
        "judged": {"judged_level": "universal", "judged_because": SECRET["judged"]},
    }
    return PersonAnswers(id=BEN, position=3, pages=pages)


def calm(draft: DraftAnswers) -> DraftAnswers:
    """The family's story without a danger of this moment."""
    mina = replace(
        draft.children[0],
        pages={
            **draft.children[0].pages,
            "child-home": {**draft.children[0].pages["child-home"], "safe_tonight": "yes"},
        },
    )
    return replace(draft, children=(mina, *draft.children[1:]))


def two_ways(ben: PersonAnswers, *, sam: bool = False) -> dict[str, Any]:
    """Mina goes to the area's own front door, Ben to that of Wakefield."""
    draft = calm(family("She told her tutor what he does."))
    children = (draft.children[0], *((draft.children[1],) if sam else ()), ben)
    content = frozen(replace(draft, children=children))
    doors = [
        {"door_name": "Family Connect", "area_name": "Telford & Wrekin", "children": [str(MINA), str(SAM)]},
        {"door_name": "Contact Centre", "area_name": "Wakefield", "children": [str(BEN)]},
    ]
    shape = {"area": "x", "door": "y", "kind": "social_care", "urgent": True, "ring_first": True, "here": True}
    content["plan"]["destinations"] = [{**shape, **one} for one in doors]
    content["sharing"][str(BEN)] = {
        **content["sharing"][str(BEN)],
        "harm_possible": ben.get("harm") != "no",
    }
    return content


def part(content: dict[str, Any], *children: UUID, kind: Kind = Kind.SOCIAL_CARE) -> dict[str, Any]:
    receiver = Receiver(name="Family Connect", kind=kind, children=tuple(str(child) for child in children))
    need = needed(submitted_of(content), receiver).to_dict()
    return narrowed(content, need, recipient="Family Connect, Telford & Wrekin")


def text_of(content: dict[str, Any]) -> str:
    """What the PDF says, without white space."""
    drawn = pdf_of(present(content, sha256=digest_of(two_ways(about_ben())), words=WORDS))
    return words_in("".join(page.extract_text() for page in read(drawn).pages))


def test_another_areas_sibling_is_a_household_member_and_no_more():
    content = part(two_ways(about_ben()), MINA)
    text = text_of(content)
    for secret in (*SECRET.values(), "9434765919", "2017-01-09", "9 January 2017"):
        assert words_in(secret) not in text
    for shown in ("Ben Quill", "9 years", "Contact Centre, Wakefield", "Mina Harrow", "14 Cordwainer Row"):
        assert words_in(shown) in text
    assert words_in("She told her tutor what he does.") in text
    assert words_in("The part for Family Connect, Telford & Wrekin") in text
    assert words_in("Contact Centre, Wakefield deals with Ben Quill.") in text
    assert words_in("opens all of it in the system at once") in text


def test_what_bears_on_safety_goes_along():
    text = text_of(part(two_ways(about_ben(harm="suspected")), MINA))
    assert words_in(SECRET["harm"]) in text
    for secret in ("needs", "address", "school", "judged"):
        assert words_in(SECRET[secret]) not in text


def test_the_siblings_own_front_door_gets_him_in_full_and_her_by_what_bears_on_safety():
    text = text_of(part(two_ways(about_ben()), BEN))
    for shown in (SECRET["needs"], SECRET["address"], SECRET["school"], "Hit by her stepfather with a belt"):
        assert words_in(shown) in text
    assert words_in("14 Cordwainer Row") not in text
    assert words_in("11 years") in text


def test_the_designated_officer_gets_no_address_no_level_and_no_brother():
    text = text_of(part(two_ways(about_ben()), MINA, kind=Kind.LADO))
    for shown in ("Mina Harrow", "At school, with the pastoral lead.", "Hit by her stepfather", "Dale Orme"):
        assert words_in(shown) in text
    for secret in ("14 Cordwainer Row", "I have seen the bruise and heard her.", *SECRET.values()):
        assert words_in(secret) not in text
    assert words_in("No threshold check was made") not in text


def test_that_the_family_must_not_be_told_stays_for_every_recipient():
    for children, kind in (((MINA,), Kind.SOCIAL_CARE), ((BEN,), Kind.SOCIAL_CARE), ((MINA,), Kind.LADO)):
        copy = present(part(two_ways(about_ben()), *children, kind=kind), sha256="0" * 64, words=WORDS)
        assert any("must not be told" in notice.text for notice in copy.notices)


def test_where_everything_is_needed_it_is_the_submission_itself():
    content = two_ways(about_ben())
    assert part(content, MINA, BEN) == content
    in_danger = frozen(family())
    assert part(in_danger, MINA) == in_danger


def test_nothing_that_was_missing_or_looked_wrong_tells_of_him():
    content = two_ways(about_ben())
    page = {"page": "child-needs", "title": "Ben Quill: needs", "person": str(BEN)}
    content["missing"].append({**page, "questions": ["language"]})
    content["flags"].append({**page, "question": "language", "message": "Is this right?"})
    content["left_out"].append({"page": "child-view", "title": "Ben Quill: their own view"})
    mine = part(content, MINA)
    assert not any("Ben" in one["title"] for one in (*mine["missing"], *mine["flags"], *mine["left_out"]))
    assert mine["missing"]


def test_a_part_holds_no_answer_that_it_doesnt_need_anywhere():
    html = html_of(present(part(two_ways(about_ben()), MINA), sha256="0" * 64, words=WORDS))
    for secret in SECRET.values():
        assert secret not in html


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"unborn": "yes", "expected": "2027-02"}, "Not born yet, expected February 2027"),
        ({"unborn": "yes"}, "Not born yet"),
        ({"unborn": "no", "born": "2017-11-04"}, "8 years"),
        ({"unborn": "no", "born": "2017-11-03"}, "9 years"),
        ({"unborn": "no", "born": "2025-11"}, "1 year"),
        ({"unborn": "no", "born": "2026"}, "Under 1 year"),
        ({"unborn": "no", "born": "2015"}, "About 11 years"),
        ({"unborn": "no", "born_not_known": True, "about_age": "about 3"}, "about 3"),
        ({"unborn": "no"}, "Not known"),
    ],
)
def test_age_in_words(about: dict[str, Any], words: str):
    child = PersonAnswers(id=BEN, position=1, pages={"child-about": about, "harm": {"harm": "no"}})
    [shown] = frozen(replace(family(), children=(child,)))["children"]
    assert age_of(shown, "2026-11-03T15:20:00+00:00") == words
