"""Lawful bases: offered only where their facts hold, and consent never."""

import pytest

from consent.domain.bases import BASES, Group
from consent.domain.decide import decide
from consent.domain.facts import Form, Said
from tests.consent.support import AREAS, PACKS, POSSIBLE, parent, recorded
from thresholds.domain.check_when import Answer
from thresholds.domain.parts import AgencyKind, Flag, Harm

TELFORD = PACKS["telford-and-wrekin"]


def questions(found):
    return {one.question for one in found.missing}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("agency", [*AgencyKind, None])
@pytest.mark.parametrize("harm", [Harm.NO, *POSSIBLE])
def test_every_question_of_law_has_a_basis_and_consent_is_none(area, form, agency, harm):
    facts = recorded(parent(), form=form, agency=agency, harm=harm, criminal_offence=Answer.YES)
    found = decide(PACKS[area], facts)
    assert {basis.group for basis in found.bases} == set(Group)
    assert [basis.group for basis in found.bases if basis.suggested] == list(Group)
    assert not any("6(1)(a)" in basis.law for basis in BASES.values())
    assert found.chosen_bases == tuple(basis.id for basis in found.bases if basis.suggested)


@pytest.mark.parametrize(
    ("more", "offered", "not_offered"),
    [
        ({"agency": AgencyKind.SCHOOL}, {"art6-public-task"}, {"art6-legitimate-interests", "art9-safeguarding"}),
        (
            {"agency": AgencyKind.VOLUNTARY, "harm": Harm.YES},
            {"art6-safeguarding-interest", "art9-safeguarding", "confidence-harm"},
            {"art6-public-task", "confidence-weighed"},
        ),
        ({"agency": AgencyKind.VOLUNTARY}, {"art6-legitimate-interests"}, {"art6-safeguarding-interest"}),
        ({"special_category": Answer.NO}, set(), {"art9-social-care", "art9-statutory"}),
        ({"criminal_offence": Answer.NO, "flags": frozenset({Flag.FGM})}, set(), {"art10-social-care"}),
        ({"flags": frozenset({Flag.DOMESTIC_ABUSE})}, {"art10-social-care"}, {"art10-police"}),
        ({"flags": frozenset({Flag.NEGLECT})}, set(), {"art10-social-care"}),
        ({"flags": frozenset({Flag.IMMEDIATE_DANGER})}, {"art6-vital-interests", "art9-vital-interests"}, set()),
        (
            {"flags": frozenset({Flag.IMMEDIATE_DANGER}), "competent": Answer.YES},
            {"art6-vital-interests"},
            {"art9-vital-interests"},
        ),
        ({"asked_under_s47": True}, {"art6-legal-obligation", "confidence-law"}, set()),
        ({"people": (parent(Said.REFUSED),)}, {"confidence-weighed"}, {"confidence-agreement"}),
    ],
)
def test_a_basis_is_offered_only_where_its_facts_hold(more, offered, not_offered):
    facts = dict(more)
    people = facts.pop("people", (parent(),))
    found = {basis.id for basis in decide(TELFORD, recorded(*people, **facts)).bases}
    assert offered <= found
    assert not not_offered & found


def test_a_person_chooses_another_basis_and_says_why():
    facts = recorded(parent(), harm=Harm.YES, chosen_bases=frozenset({"art9-social-care"}))
    found = decide(TELFORD, facts)
    assert "art9-social-care" in found.chosen_bases
    assert "art9-safeguarding" not in found.chosen_bases
    assert "art6-public-task" in found.chosen_bases
    assert "chosen_bases_why" in questions(found)
