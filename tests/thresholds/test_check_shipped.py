"""The check on the packs that ship: each descriptor indicates what its document says, and no override slips by."""

import pytest

from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts, IndicatedKind
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.parts import Flag, Harm
from thresholds.files import shipped_packs

PACKS = shipped_packs()
AREAS = pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.area.slug)
TELFORD = next(pack for pack in PACKS if pack.area.slug == "telford-and-wrekin")


@AREAS
def test_each_descriptor_alone_indicates_at_least_its_level(pack):
    order = pack.level_order
    for descriptor in pack.descriptors:
        found = check(pack, ChildFacts(descriptors=frozenset({descriptor.id}), harm=Harm.NO))
        if not descriptor.raises:
            assert descriptor.id in {beside.id for beside in found.listed_only}, descriptor.id
            continue
        assert found.indicated.lowest is not None, descriptor.id
        assert order[found.indicated.lowest] >= order[descriptor.level], descriptor.id
        assert order[found.indicated.highest] >= order[descriptor.up_to or descriptor.level], descriptor.id


@AREAS
def test_nothing_chosen_is_unknown_and_asks(pack):
    found = check(pack, ChildFacts())
    assert found.indicated.kind is IndicatedKind.UNKNOWN
    assert {"harm", "age", "protective", "descriptors"} <= {question.key for question in found.questions}


@AREAS
@pytest.mark.parametrize(
    "flag",
    [
        Flag.IMMEDIATE_DANGER,
        Flag.SEXUAL_ABUSE,
        Flag.FGM,
        Flag.FABRICATED_ILLNESS,
        Flag.FORCED_MARRIAGE,
        Flag.HONOUR_BASED_ABUSE,
        Flag.TRAFFICKING,
        Flag.SUICIDE_ATTEMPT,
        Flag.DISCLOSURE,
        Flag.NON_MOBILE_INJURY,
        Flag.SEXUAL_ACTIVITY_UNDER_13,
    ],
)
def test_each_national_override_reaches_s47_in_every_area_with_its_card(pack, flag):
    found = check(pack, ChildFacts(flags=frozenset({flag}), harm=Harm.NO))
    assert found.indicated.reaches_s47
    assert [override for override in found.overrides if override.steps and flag.value in override.because]


def test_telford_and_wrekin_sexual_activity_under_13_outranks_the_level_of_the_document():
    for descriptor in TELFORD.descriptors:
        if {Flag.SEXUAL_ACTIVITY, Flag.SEXUAL_ACTIVITY_UNDER_13} & set(descriptor.flags) and descriptor.raises:
            found = check(
                TELFORD, ChildFacts(descriptors=frozenset({descriptor.id}), age=ChildAge.exactly(12), harm=Harm.NO)
            )
            assert found.indicated.highest == "acute", descriptor.id
            assert "nat-under-13" in {override.id for override in found.overrides}, descriptor.id


@pytest.mark.parametrize(
    ("answer", "level"), [(Answer.NOT_KNOWN, "acute"), (Answer.NO, "acute"), (Answer.YES, "complex")]
)
def test_telford_and_wrekin_missing_from_home_hangs_on_the_parents(answer, level):
    recorded = ChildFacts(
        descriptors=frozenset({"tw-complex-072"}),
        conditions={"parents-engaged-missing": answer},
        age=ChildAge.exactly(15),
        harm=Harm.NO,
    )
    assert check(TELFORD, recorded).indicated.highest == level


def test_telford_and_wrekin_exploitation_signs_are_never_summed():
    assert TELFORD.exploitation is not None
    signs = [sign for category in TELFORD.exploitation.categories for sign in category.signs]
    lowest = frozenset(sign.id for sign in signs if sign.raises and sign.level == "vulnerable" and not sign.flags)
    assert len(lowest) > 5
    found = check(TELFORD, ChildFacts(signs=lowest, harm=Harm.NO))
    assert (found.indicated.lowest, found.indicated.highest) == ("vulnerable", "vulnerable")
    benign = frozenset(sign.id for sign in signs if not sign.raises)
    assert check(TELFORD, ChildFacts(signs=benign, harm=Harm.NO)).indicated.kind is IndicatedKind.UNKNOWN


@AREAS
@pytest.mark.parametrize(
    ("flag", "harm", "asks"),
    [
        (Flag.PHYSICAL_ABUSE, Harm.NO, True),
        (Flag.PERSON_POSING_RISK, Harm.NO, True),
        (Flag.PHYSICAL_ABUSE, Harm.NOT_SURE, False),
        (Flag.PHYSICAL_ABUSE, None, True),
        (Flag.DOMESTIC_ABUSE, Harm.NO, False),
        (Flag.NEGLECT, Harm.NO, False),
    ],
)
def test_abuse_beside_no_harm_is_asked_about(pack, flag, harm, asks):
    found = check(pack, ChildFacts(flags=frozenset({flag}), harm=harm))
    assert ("harm" in {question.key for question in found.questions}) is asks
