"""The form to print: it asks all that the pages ask, says whom to ring, and is a tagged PDF without anybody's data."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html
from pypdf import PdfReader

from accounts.domain.roles import Role
from referrals.documents.blank import form_for, pdf_for
from referrals.documents.presenters.blank import LEFT_OUT, blank_form, guide_of
from referrals.record.domain.forms import CURRENT, specification
from referrals.record.domain.forms.parts import NOT_KNOWN, Kind
from tests.documents.support import words_in
from tests.documents.test_pdf import tags
from tests.factories import AREA, AgencyFactory, PersonFactory, person_with
from tests.journey.support import publish_area, text_of
from thresholds.files import shipped_packs
from thresholds.selectors import NoPackError

MARF = specification(CURRENT["marf"])
PACKS = {pack.area.slug: pack for pack in shipped_packs()}
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("area", sorted(PACKS))
@pytest.mark.parametrize("kind", ["marf", "eha"])
def test_every_area_has_its_forms_with_every_question_and_its_own_guide(area, kind):
    pack, specified = PACKS[area], specification(CURRENT[kind])
    form = blank_form(specified, pack)
    spaces = [space for section in form.sections for page in section.pages for space in page.spaces]
    asked = [
        question
        for page in specified.pages
        if page.key not in LEFT_OUT
        for question in page.questions
        if question.kind is not Kind.CONDITIONS
    ]
    # Questions in the same words share one list: on paper nothing opens anything.
    assert {space.label for space in spaces} == {question.label for question in asked}
    ticks = [tick for space in spaces for tick in space.ticks]
    for question in asked:
        if question.kind in {Kind.CHOICE, Kind.MULTI}:
            assert all(
                any(tick.startswith(option.label) for tick in ticks) or option.value == NOT_KNOWN
                for option in question.choices
            )
    # Each question has room for an answer.
    assert all(space.ticks or space.date or space.lines or space.rows or space.drawing for space in spaces)
    assert [level.name for level in form.guide.levels] == [level.name for level in pack.levels]
    assert form.guide.main.name == pack.doors_by_id[pack.main_door].name
    shown = {one.number for door in (form.guide.main, *form.guide.doors) for line in door.lines for one in line.numbers}
    assert shown == {
        number
        for door in pack.front_doors
        for line in door.numbers
        for number in (line.number, *(other.number for other in line.alternatives))
        if number
    }


@pytest.mark.parametrize("area", sorted(PACKS))
def test_nobody_is_sent_to_a_number_that_is_not_on_the_page(area):
    """Of areas whose document states no number of the front door it said that the numbers stand there."""
    guide = guide_of(PACKS[area])
    has_one = any(line.numbers for line in guide.main.lines)
    assert has_one == (area not in {"bury", "westmorland-and-furness"})
    assert ("The numbers are on this page." in guide.first[1]) == has_one
    assert ("get it from your safeguarding lead" in guide.first[1]) != has_one


def test_what_is_asked_only_sometimes_says_when():
    form = blank_form(MARF, PACKS[AREA])
    spaces = {space.label: space for section in form.sections for page in section.pages for space in page.spaces}
    assert spaces["Police reference"].only_if == "Only if “Have the police been called”: “Yes”."
    assert spaces["Police reference"].unknown == ""
    assert spaces["Agencies involved"].unknown.startswith("Not known. ")
    assert NOT_KNOWN not in str(spaces)


@pytest.fixture
def telford(db) -> str:
    publish_area(AREA)
    return AREA


@pytest.mark.long
def test_the_page_and_the_pdf_say_the_same(telford):
    client = Client()
    client.force_login(PersonFactory.create())
    page = client.get(reverse("blank_form:form", args=[telford])).content.decode()
    said = text_of(page)
    assert "OFFICIAL-SENSITIVE when complete" in said
    assert "01952 385385" in said
    assert "call 999" in said
    answer = client.get(reverse("blank_form:pdf", args=[telford]))
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert "by hand" in str(reader.metadata)
    found = tags(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/L", "/LI", "/Figure"} <= set(found)
    assert found.count("/H1") == 1
    texts = [one.extract_text() for one in reader.pages]
    assert all("OFFICIAL-SENSITIVE when complete" in text for text in texts)
    printed = words_in(" ".join(texts))
    for label in html.fromstring(page).xpath("//*[@class='blank-label']"):
        assert words_in(label.text_content()) in printed


@pytest.mark.django_db
def test_an_assessment_is_called_as_the_area_calls_it():
    publish_area("bury")
    _, form = form_for("bury", TODAY, "eha")
    says = PACKS["bury"].early_help
    assert says is not None
    assert form.name == says.assessment


def test_it_is_drawn_once_a_version(telford):
    version, form = form_for(telford, TODAY)
    assert pdf_for(version, form.version) is pdf_for(version, form.version)


@pytest.mark.django_db
def test_an_area_without_a_pack_has_no_form():
    with pytest.raises(NoPackError):
        form_for("nowhere", TODAY)


def test_it_is_found_from_the_home_page_and_from_the_pack(telford):
    client = Client()
    client.force_login(person_with(Role.PRACTITIONER, agency=AgencyFactory.create()))
    assert reverse("blank_form:areas") in client.get(reverse("home")).content.decode()
    listed = client.get(reverse("blank_form:areas")).content.decode()
    assert reverse("blank_form:form", args=[telford]) in listed
    assert (
        reverse("blank_form:form", args=[telford])
        in client.get(reverse("thresholds:pack", args=[telford])).content.decode()
    )


@pytest.mark.parametrize("kind", ["marf", "eha"])
def test_headings_name_whom_a_part_is_about_once(kind):
    form = blank_form(specification(CURRENT[kind]), PACKS["bury"])
    sections = [section.title for section in form.sections]
    assert len(sections) == len(set(sections))
    for title in sections:
        assert title.lower().count("each child") + title.lower().count("each person") <= 1, title
        assert "?:" not in title
    pages = {page.title for section in form.sections for page in section.pages}
    assert {"About the child", "The child: needs", "About this person"} <= pages
