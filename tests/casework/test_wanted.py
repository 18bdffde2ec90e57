"""Which approval is asked for, as a table: no database, no clock."""

from typing import Any

import pytest

from consent.domain.decide import decide
from consent.domain.facts import NotSeeking, Said
from consent.domain.result import SharingDecision, Verdict
from referrals.casework.domain.approval import (
    ANSWERS,
    JUDGED_LOWER,
    POLICY,
    Asked,
    People,
    Wanted,
    nobody_to_ask,
    wanted,
)
from tests.consent.support import PACKS, complete, parent, recorded
from thresholds.domain.parts import Harm

BOTH = People(desk=True, managers=True)
DESK = People(desk=True, managers=False)
MANAGERS = People(desk=False, managers=True)
NOBODY = People(desk=False, managers=False)
WAKEFIELD, STOKE = PACKS["wakefield"], PACKS["stoke-on-trent"]


def asked(decisions: tuple[SharingDecision, ...] = (), **changed: Any) -> Wanted | None:
    usual = {
        "urgent": False,
        "bypasses_desk": False,
        "policy": False,
        "declined_before": False,
        "judged_lower": False,
        "people": BOTH,
    }
    return wanted(decisions, **{**usual, **changed})


FINE = decide(WAKEFIELD, complete())


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"policy": True}, Wanted(Asked.DESK, POLICY, beside=False, lapses=True)),
        ({"policy": True, "urgent": True}, Wanted(Asked.DESK, POLICY, beside=True, lapses=False)),
        ({"policy": True, "declined_before": True}, None),
        ({"policy": True, "people": MANAGERS}, None),
        ({"policy": True, "people": NOBODY}, None),
        ({"policy": True, "bypasses_desk": True}, None),
        ({"policy": True, "bypasses_desk": None}, None),
        ({"judged_lower": True}, Wanted(Asked.DESK, JUDGED_LOWER, beside=True, lapses=False)),
        ({"judged_lower": True, "urgent": True}, Wanted(Asked.DESK, JUDGED_LOWER, beside=True, lapses=False)),
        ({"judged_lower": True, "people": NOBODY}, None),
        ({"judged_lower": True, "bypasses_desk": None}, None),
        ({"judged_lower": True, "policy": True}, Wanted(Asked.DESK, POLICY, beside=False, lapses=True)),
    ],
)
def test_with_nothing_to_weigh(changed, expected):
    assert FINE.verdict is Verdict.MAY_SHARE
    assert asked((FINE,), **changed) == expected


def not_sought(**changed: Any) -> SharingDecision:
    """Permission isn't sought in Stoke-on-Trent: a manager approves (Staffordshire and Stoke, line 585)."""
    facts = {"not_seeking": frozenset({NotSeeking.SERIOUS_CRIME}), "harm": Harm.NO, **changed}
    return decide(STOKE, recorded(parent(Said.NOT_SOUGHT), **facts))


def test_not_seeking_permission_asks_a_manager_and_does_not_lapse():
    found = asked((not_sought(),), urgent=False)
    assert found is not None
    assert (found.asked, found.beside, found.lapses) == (Asked.MANAGER, False, False)
    assert found.because in {rule.id for rule in STOKE.consent_rules}


def test_what_is_urgent_waits_for_no_manager():
    found = asked((not_sought(harm=Harm.SUSPECTED, urgent=True),), urgent=True)
    assert found is None or found.beside


def test_the_most_particular_is_asked_first():
    found = asked((FINE, not_sought()), policy=True, judged_lower=True)
    assert found is not None
    assert found.because not in {POLICY, JUDGED_LOWER, ANSWERS}


@pytest.mark.parametrize(
    ("bypasses", "people", "nobody"),
    [
        (False, BOTH, False),
        (False, DESK, False),
        (False, MANAGERS, False),
        (False, NOBODY, True),
        (True, BOTH, True),
        (None, BOTH, True),
    ],
)
def test_whether_anybody_could_look_first(bypasses, people, nobody):
    assert nobody_to_ask(bypasses_desk=bypasses, people=people) is nobody
