"""The decision table: every area × form × harm answer × agreement × exception × level, with somebody to ask at the
agency and without, against rules written out here anew."""

import itertools
from typing import Any

import pytest

from consent.domain.decide import decide
from consent.domain.facts import HARM_REASONS, Form, NotSeeking, Said
from consent.domain.people import State
from consent.domain.result import AskKind, Scope, TellWhen, Verdict
from tests.consent.support import AREAS, PACKS, POSSIBLE, parent, recorded
from thresholds.domain.parts import Harm

FIRST_APPROVED = {"stoke-on-trent", "staffordshire"}
"""Areas whose document asks for an approval before sharing without asking, or against a refusal (lines 585-595)."""
FIRST_ADVISED = {"westmorland-and-furness"}
"""The area whose document asks for advice on a refusal (lines 215, 221)."""
EXCEPTIONS: tuple[frozenset[NotSeeking], ...] = (frozenset(), *(frozenset({reason}) for reason in NotSeeking))


ALONE = {"nobody_to_ask": True}
"""Nobody at the agency can look first; with a reason written, and without."""
AT_THE_AGENCY: tuple[dict[str, Any], ...] = ({}, ALONE, {**ALONE, "why_without": "He has no winter coat."})


def expected(
    area: str, form: Form, harm: Harm | None, *, said: Said, exception: frozenset[NotSeeking], alone: dict[str, Any]
) -> Verdict:
    """What the documents and the design come to, said once more in other words."""
    agreed = said in {Said.GIVEN, Said.LIMITED}
    refused = said in {Said.REFUSED, Said.WITHDRAWN}
    unasked = not agreed and not refused and (said is Said.NOT_SOUGHT or bool(exception))
    if form is Form.EHA:
        return Verdict.MAY_SHARE if agreed else Verdict.MAY_NOT
    approval = area in FIRST_APPROVED and (refused or unasked)
    advice = area in FIRST_ADVISED and refused
    if harm in POSSIBLE or exception & HARM_REASONS:
        return Verdict.MAY_SHARE_URGENT if approval or advice else Verdict.MAY_SHARE
    if agreed:
        return Verdict.MAY_SHARE
    if alone:
        return Verdict.MAY_NOT if refused and "why_without" not in alone else Verdict.MAY_SHARE_FLAGGED
    if approval:
        return Verdict.NEEDS_APPROVAL
    return Verdict.ADVICE_NEEDED if advice else Verdict.TO_WEIGH


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("harm", [*Harm, None])
def test_the_table(area, form, harm):
    pack = PACKS[area]
    for said, exception, level, alone in itertools.product(Said, EXCEPTIONS, pack.levels, AT_THE_AGENCY):
        facts = recorded(
            parent(said), form=form, harm=harm, not_seeking=exception, levels=frozenset({level.id}), **alone
        )
        found = decide(pack, facts)
        case = (said, exception, level.id, alone)
        assert found.verdict is expected(area, form, harm, said=said, exception=exception, alone=alone), case
        assert found.tell, case
        assert (found.scope is Scope.NOTHING) is not found.verdict.passes, case
        assert found.reasons, case


@pytest.mark.parametrize("area", AREAS)
def test_no_level_waives_agreement(area):
    pack = PACKS[area]
    for level in pack.levels:
        facts = recorded(parent(Said.REFUSED), levels=frozenset({level.id}))
        assert not decide(pack, facts).verdict.passes


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("harm", POSSIBLE)
def test_an_assessment_without_agreement_turns_into_a_referral_where_harm_is_possible(area, harm):
    found = decide(PACKS[area], recorded(parent(Said.REFUSED), form=Form.EHA, harm=harm))
    assert found.verdict is Verdict.MAY_NOT
    assert found.refer_instead


@pytest.mark.parametrize("area", sorted(FIRST_APPROVED))
def test_approval_is_asked_beside_an_urgent_referral_and_the_override_is_shown(area):
    found = decide(PACKS[area], recorded(parent(Said.NOT_SOUGHT), harm=Harm.SUSPECTED))
    (ask,) = found.asks
    assert ask.kind is AskKind.APPROVAL
    assert ask.overridden
    assert ask.citation.lines == "585"
    assert any("our safety rule" in reason for reason in found.reasons)
    assert any(one.question == "approval" for one in found.missing)


@pytest.mark.parametrize("harm", [None, Harm.YES, Harm.SUSPECTED, Harm.NOT_SURE])
@pytest.mark.parametrize("level", ["level-2", "level-4"])
def test_where_delay_would_be_undue_the_documents_own_exemption_from_advice_is_shown(harm, level):
    """F221, whatever the level; F215 of a refusal in general prints none."""
    furness = PACKS["westmorland-and-furness"]
    found = decide(furness, recorded(parent(Said.REFUSED), harm=harm, levels=frozenset({level})))
    (ask,) = found.asks
    assert (ask.kind, ask.citation.lines, len(ask.exempt)) == (AskKind.ADVICE, "221", 1)
    assert not any("our safety rule" in reason for reason in found.reasons)
    (calm,) = decide(furness, recorded(parent(Said.REFUSED), levels=frozenset({"level-2"}))).asks
    assert (calm.citation.lines, calm.exempt) == ("215", ())


@pytest.mark.parametrize(("level", "lines"), [("level-2", "49, 183, 191"), ("level-4", "49, 191, 228")])
def test_bury_prints_when_not_to_ask(level, lines):
    """B49, B228: where asking itself would harm the child."""
    found = decide(PACKS["bury"], recorded(parent(Said.NOT_SOUGHT), levels=frozenset({level})))
    (rule,) = (one for one in found.rules if one.citation.lines == lines)
    assert any("Asking would" in reason for reason in rule.unless)


@pytest.mark.parametrize("area", sorted(FIRST_APPROVED))
def test_a_refused_referral_tells_the_front_door_and_the_parent_afterwards(area):
    found = decide(PACKS[area], recorded(parent(Said.REFUSED), harm=Harm.YES))
    front_door = [entry for entry in found.tell if entry.relation is None]
    assert [entry.citation.lines for entry in front_door if entry.citation] == ["590-595"]
    parents = [entry for entry in found.tell if entry.person == "parent"]
    assert [entry.when for entry in parents] == [TellWhen.AFTER]
    assert not any("our safety rule" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    ("area", "words"),
    [("wakefield", "isn't by itself a reason to escalate"), ("westmorland-and-furness", "sign of growing risk")],
)
def test_what_a_refusal_means_here(area, words):
    found = decide(PACKS[area], recorded(parent(Said.REFUSED)))
    assert found.agreement is State.REFUSED
    assert any(words in thought.text for thought in found.thoughts)
