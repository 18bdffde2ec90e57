"""The judged level beside the indicated one, and what urgent means."""

import json

import pytest

from tests.thresholds.check_facts import MADE, facts
from thresholds.domain.check import check
from thresholds.domain.check_divergence import DivergenceKind, divergence
from thresholds.domain.parts import Flag, Harm
from thresholds.domain.urgency import UrgentBecause, urgent


@pytest.mark.parametrize(
    ("judged", "chosen", "kind"),
    [
        ("middle", {"left-alone"}, DivergenceKind.SAME),
        ("low", {"left-alone"}, DivergenceKind.JUDGED_LOWER),
        ("high", {"left-alone"}, DivergenceKind.JUDGED_HIGHER),
        ("middle", {"shared-list"}, DivergenceKind.SAME),
        ("high", {"shared-list"}, DivergenceKind.SAME),
        ("low", {"shared-list"}, DivergenceKind.JUDGED_LOWER),
        ("low", set(), DivergenceKind.UNKNOWN),
        (None, {"left-alone"}, DivergenceKind.UNKNOWN),
    ],
)
def test_divergence(judged, chosen, kind):
    found = divergence(MADE, judged, check(MADE, facts(descriptors=chosen)).indicated)
    assert found.kind is kind
    assert found.needs_reason is (kind in {DivergenceKind.JUDGED_LOWER, DivergenceKind.JUDGED_HIGHER})
    assert found.asks_dsl is (kind is DivergenceKind.JUDGED_LOWER)
    assert json.loads(json.dumps(found.to_dict()))["kind"] == kind.value


@pytest.mark.parametrize(
    ("judged", "chosen", "harm", "below"),
    [
        ("middle", {"shared-list", "left-alone"}, True, ("Wording of shared-list.",)),
        ("high", {"shared-list"}, None, None),
        ("middle", {"left-alone"}, None, None),
    ],
)
def test_below_the_upper_end_of_a_range_it_says_what_would_make_the_difference(judged, chosen, harm, below):
    found = check(MADE, facts(descriptors=chosen))
    against = divergence(MADE, judged, found.indicated, found.reasons)
    assert against.kind is DivergenceKind.SAME
    assert (against.below and (against.below.listed, against.below.significant_harm)) == (below and (below, harm))
    assert ("lower end" in against.text) is bool(below)
    assert json.loads(json.dumps(against.to_dict()))["kind"] == "same"


def test_a_level_of_another_pack_is_refused():
    found = check(MADE, facts())
    with pytest.raises(ValueError, match="not one of this pack's levels"):
        divergence(MADE, "acute", found.indicated)
    with pytest.raises(ValueError, match="not one of this pack's levels"):
        urgent(MADE, harm=Harm.NO, check=found, judged="acute", cannot_wait=False)


@pytest.mark.parametrize(
    ("harm", "recorded", "judged", "cannot_wait", "because"),
    [
        (Harm.NO, {}, None, False, []),
        (Harm.NO, {"descriptors": {"left-alone"}}, "middle", False, []),
        (Harm.YES, {}, None, False, [UrgentBecause.HARM]),
        (Harm.SUSPECTED, {}, None, False, [UrgentBecause.HARM]),
        (Harm.NOT_SURE, {}, "low", False, [UrgentBecause.HARM]),
        (None, {}, "low", False, [UrgentBecause.HARM_NOT_ANSWERED]),
        (Harm.NO, {}, "high", False, [UrgentBecause.JUDGED_LEVEL]),
        (Harm.NO, {"descriptors": {"shared-list"}}, "middle", False, [UrgentBecause.INDICATED_LEVEL]),
        (
            Harm.NO,
            {"flags": {Flag.IMMEDIATE_DANGER}},
            "low",
            False,
            [UrgentBecause.OVERRIDE, UrgentBecause.INDICATED_LEVEL],
        ),
        (Harm.NO, {"flags": {Flag.ALLEGATION_AGAINST_PROFESSIONAL}}, "low", False, [UrgentBecause.OVERRIDE]),
        (Harm.NO, {}, "low", True, [UrgentBecause.CANNOT_WAIT]),
    ],
)
def test_what_makes_it_urgent(harm, recorded, judged, cannot_wait, because):
    found = urgent(
        MADE, harm=harm, check=check(MADE, facts(harm=harm, **recorded)), judged=judged, cannot_wait=cannot_wait
    )
    assert [reason.because for reason in found.reasons] == because
    assert found.urgent is bool(because)
    assert json.loads(json.dumps(found.to_dict()))["urgent"] is bool(because)


def test_urgency_needs_no_check():
    assert urgent(MADE, harm=Harm.YES, check=None, judged=None, cannot_wait=False).urgent
