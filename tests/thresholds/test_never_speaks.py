"""Overrides that could never show are refused; what may hold for some child never is."""

import pytest

from tests.thresholds.support import PACK, mistakes, parsed
from thresholds.domain.check_overrides import overrides_that_speak
from thresholds.domain.check_when import ChildAge, Circumstances
from thresholds.domain.parts import AgencyKind, Flag, Harm

OVERRIDE = """\
overrides:
  - id: sf-own
    name: Own
    when: {%s}
    raises_to: s47
    urgent: true
    steps: [{text: Ring., citation: {section: Levels, lines: 16}}]
    citation: {section: Levels, lines: 16}
"""
EVERYTHING_KNOWN = Circumstances(
    flags=frozenset({Flag.NEGLECT}),
    harm=Harm.YES,
    age=ChildAge.exactly(3),
    agency=AgencyKind.SCHOOL,
    open_case=False,
)
"""All that the check ever knows when it looks for overrides."""


@pytest.mark.parametrize("field", ["levels: [high]", "agreement: [refused]", "out_of_hours: false"])
def test_an_override_that_waits_for_what_the_check_never_knows_is_refused(field):
    name = field.partition(":")[0]
    (mistake,) = mistakes(PACK, OVERRIDE % f"{field}, age: {{under_years: 5}}")
    assert mistake.startswith(f"more0.yaml:4: overrides[1].when.{name}: isn't known when overrides are looked for")
    # And so it is: it shows for no child of a pack that was published before this was a rule.
    pack = parsed(PACK, OVERRIDE % f"{field}, flags: [neglect]")
    assert [one.id for one in overrides_that_speak(pack, EVERYTHING_KNOWN)] == ["sf-own"]
    own = pack.overrides[1]
    own = own.model_copy(update={"when": own.when.model_copy(update={"flags": ()})})
    assert overrides_that_speak(pack.model_copy(update={"overrides": (own,)}), EVERYTHING_KNOWN) == ()


@pytest.mark.parametrize(
    "when",
    [
        "harm: ['no'], age: {unborn: true}",
        "flags: [homeless_16_17], levels: [low]",
        "flags: [unborn], agreement: [child_only], out_of_hours: true",
        "agencies: [police], open_case: true",
    ],
)
def test_what_may_hold_is_never_refused(when):
    assert mistakes(PACK, OVERRIDE % when) == []
    route = f"{{id: r-x, name: X, when: {{{when}}}, reminder: Think., citation: {{section: Levels, lines: 16}}}}"
    assert mistakes(PACK, f"routes: [{route}]\n") == []
