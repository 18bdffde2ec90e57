"""The paper for a partner that is asked: who these people are and what was asked, and nothing else of the referral."""

from typing import Any

import pytest
from django.urls import reverse

from consent.models import Shared
from referrals.casework import actions
from referrals.casework.domain.partners import Basis, Partner
from referrals.casework.models import PartnerPaper, PartnerRequest
from referrals.record.models import Referral
from referrals.routing.models import Intake
from tests.casework.support import LATER, World, claimed, guarded, routine, save, urgent, verbs
from tests.desks import text_of
from tests.documents.support import read, words_in
from tests.triage.test_times import ASKED

pytestmark = pytest.mark.django_db

WORRY = "Her uncle locks the fridge."
HOME = {
    "home_area": "telford-and-wrekin",
    "found_area": "telford-and-wrekin",
    "address": "1 Mill Lane",
    "postcode": "TF1 1AA",
    "safe_tonight": "yes",
    "where_now": "With her aunt in Hadley",
}


def at(name: str, intake: Intake, *more: object) -> str:
    return reverse(f"triage:{name}", args=[intake.pk, *more])


def written(world: World, make: Any = routine) -> Referral:
    """A referral with a GP, a school, a worry and a judgement."""
    referral: Referral = make(world, home=HOME)
    by, child = world.by("teacher"), referral.children.get().pk
    save(referral, "child-services", by, child, gp="Wrekin Surgery", nhs_number="999 000 0018", open_case="no")
    save(referral, "child-school", by, child, education="school", school="Otterbourne Academy")
    save(referral, "concern", by, what=WORRY)
    return referral


def asked(world: World, intake: Intake, partner: Partner, basis: Basis = Basis.HARM) -> PartnerRequest:
    due = LATER.replace(month=12)
    given: dict[str, Any] = {"who": "The duty desk", "asked": "Any callouts?", "why": "To know who lives there."}
    return actions.ask_partner(
        intake=intake, partner=partner, basis=basis, due_at=due, **given, by=world.by("worker"), now=LATER
    )


def paper_of(world: World, request: PartnerRequest, *, where: bool = True) -> str:
    """The words of a paper about everybody on the referral."""
    intake = request.intake
    referral = intake.referral
    people = [str(one.pk) for one in (*referral.children.all(), *referral.household.all())]
    made = actions.make_partner_paper(
        request=request, intake=intake, people=people, where=where, by=world.by("worker"), now=LATER
    )
    return words_in("".join(page.extract_text() for page in read(bytes(made.content)).pages))


def test_it_is_made_by_the_form_and_taken_by_the_link_that_pages_show(world: World, browse):
    intake = claimed(world, written(world))
    browser, child = browse("screener"), intake.referral.children.get()
    browser.post(at("ask_partner", intake), ASKED)
    request = PartnerRequest.objects.get()
    address = at("paper", intake, request.pk)
    assert address in browser.get(at("intake", intake)).content.decode()
    page = browser.get(address)
    assert "checked" not in page.content.decode()
    bare = text_of(browser.post(address, {"where": ""}))
    assert "Choose whom it is about" in bare
    assert "Choose whether they need to know where these people live" in bare
    for _ in range(2):  # a button pressed twice makes one paper
        assert browser.post(address, {"people": [str(child.pk)], "where": "yes"}).url == address
    paper = PartnerPaper.objects.get()
    link = at("paper_pdf", intake, request.pk, paper.pk)
    assert link in browser.get(address).content.decode()
    answer = browser.get(link)
    assert "no-store" in answer["Cache-Control"]
    told = words_in("".join(page.extract_text() for page in read(answer.content).pages))
    for words in ("Any callouts to the home.", "To know who lives there.", "Robin 0", "1 Mill Lane", "5 March 2017"):
        assert words_in(words) in told
    for words in (WORRY, "Neglect that goes on.", "Asha Pryor", "Kim Vale", "Otterbourne", "Wrekin Surgery"):
        assert words_in(words) not in told
    assert {"partner.paper", "partner.paper_taken"} <= set(verbs(intake.referral_id))


def test_it_is_on_record_for_the_front_door_alone(world: World, browse):
    intake = claimed(world, written(world))
    paper_of(world, asked(world, intake, Partner.POLICE))
    shared = Shared.objects.get(document=Shared.Document.PARTNER)
    assert shared.recipient == "Police: The duty desk"
    assert shared.disclosure is not None
    own = text_of(browse("teacher").get(reverse("referral", args=[intake.referral_id])))
    assert "The duty desk" not in own
    assert "Request on paper" not in own
    theirs = text_of(browse("worker").get(reverse("referral", args=[intake.referral_id])))
    assert "Request on paper" in theirs


@pytest.mark.parametrize(
    ("partner", "has", "has_not"),
    [
        (Partner.POLICE, (), ("Wrekin Surgery", "999 000 0018", "Otterbourne")),
        (Partner.HEALTH, ("Wrekin Surgery", "999 000 0018"), ("Otterbourne",)),
        (Partner.EDUCATION, ("Otterbourne",), ("Wrekin Surgery", "999 000 0018")),
        (Partner.HOUSING, (), ("Wrekin Surgery", "Otterbourne")),
    ],
)
def test_each_sort_of_agency_gets_what_finds_them_in_its_own_records(world: World, partner, has, has_not):
    told = paper_of(world, asked(world, claimed(world, written(world)), partner))
    assert all(words_in(one) in told for one in ("Robin 0", "Kim Vale", "1 Mill Lane", *has))
    assert not any(words_in(one) in told for one in (WORRY, "With her aunt in Hadley", *has_not))


def test_where_they_live_is_left_out_unless_it_is_needed(world: World):
    told = paper_of(world, asked(world, claimed(world, written(world)), Partner.HEALTH), where=False)
    assert words_in("1 Mill Lane") not in told
    assert words_in("TF1 1AA") not in told


@pytest.mark.parametrize(
    ("make", "basis", "notice"),
    [
        (routine, Basis.UNTOLD, "must not learn that you are asked"),
        (guarded, Basis.HARM, "Do not speak with the family about this. Ask us first."),
    ],
)
def test_what_the_family_must_not_learn_stands_on_it(world: World, make, basis, notice):
    told = paper_of(world, asked(world, claimed(world, written(world, make)), Partner.POLICE, basis))
    assert words_in(notice) in told


def test_about_somebody_of_another_referral_it_is_not_made(world: World, browse):
    intake, other = claimed(world, written(world)), urgent(world)
    request = asked(world, intake, Partner.POLICE)
    address = at("paper", intake, request.pk)
    browse("worker").post(address, {"people": [str(other.children.get().pk)], "where": "no"})
    assert not PartnerPaper.objects.exists()
    for who in ("teacher", "dsl", "elsewhere"):
        assert browse(who).get(address).status_code == 404
