"""Agreement to a part: what is combined from several people, what it binds, and what it never holds back."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.domain.agreed import ALL, Among, Limits, agreed, agreed_parts, agreed_with, among_of, limits_in_words
from consent.domain.decide import decide
from consent.domain.facts import Form, Outcome, Person, Recipient, Relation, Role, Said, Word
from consent.domain.people import State
from consent.domain.recipient_facts import Somebody
from consent.domain.recipients import Because, Needed, Purpose, addendum_goes, gives, needed
from consent.domain.result import ContradictionKind, Scope, SharingDecision, Verdict
from consent.domain.sections import FOR_LIMITED_AGREEMENT, PAGES, PART_OF, WHOLE, Part
from referrals.record.domain.forms import SPECIFICATIONS
from referrals.record.domain.forms.agreed import AGREED_PARTS, AGREED_WITH, ALL_PARTS, EVERYBODY
from tests.consent.support import AREAS, PACKS, POSSIBLE, child, parent, recorded
from tests.consent.test_recipients import FILES, HARMED, ROBIN, door, submitted
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.doors import Kind
from thresholds.domain.parts import Harm

BURY = PACKS["bury"]
HUB = Recipient(id="bury:mash", exists=True, safeguards=True, kind=Kind.SOCIAL_CARE, name="MASH, Bury")
TEAM = Recipient(id="bury:help", exists=True, safeguards=True, kind=Kind.EARLY_HELP, name="Early help, Bury")
DECIDES: dict[str, Any] = {
    "competent": Answer.YES,
    "competence_reasoning": "Explained it back.",
    "age": ChildAge.exactly(14),
}
S, H = frozenset({Part.SCHOOL}), frozenset({Part.HEALTH})
NOTHING: frozenset[Part] = frozenset()


def in_part(*parts: str, to: tuple[str, ...] | None = None, **more: Any) -> Person:
    """A parent who agrees to these parts, for these kinds of recipient."""
    return parent(
        Said.LIMITED, agreed_parts=frozenset(parts) or None, agreed_with=None if to is None else frozenset(to), **more
    )


def everywhere(parts: frozenset[Part] | None) -> Limits:
    return dict.fromkeys(Among, parts)


FATHER: dict[str, Any] = {"id": "father"}
HELP_ONLY: Limits = {Among.EARLY_HELP: S, Among.SOCIAL_CARE: None, Among.SPECIALIST: None}
CHILD_IN_PART = child(Said.LIMITED, agreed_parts=frozenset({"health"}))

# name → (who said what, what it comes to, for each kind of recipient what may go beyond what always goes: of all that
# isn't the child's own, and of the child's own pages)
SAID: dict[str, tuple[tuple[Person, ...], State, Limits | None, Limits | None]] = {
    "all of it": ((parent(),), State.GIVEN, None, None),
    "the school part": ((in_part("school"),), State.LIMITED, everywhere(S), everywhere(S)),
    "which isn't recorded": ((in_part(),), State.LIMITED, everywhere(NOTHING), everywhere(NOTHING)),
    "only early help": ((in_part("school", to=("early_help",)),), State.LIMITED, HELP_ONLY, HELP_ONLY),
    "another parent's limit is a no to the rest": (
        *((parent(), in_part("school", **FATHER)), State.LIMITED, everywhere(S), everywhere(S)),
    ),
    "also where nobody knows whether he may decide": (
        (parent(), in_part("school", **FATHER, parental_responsibility=Answer.NOT_KNOWN)),
        *(State.LIMITED, everywhere(S), everywhere(S)),
    ),
    "not of somebody who may not": (
        (parent(), in_part("school", **FATHER, parental_responsibility=Answer.NO)),
        *(State.GIVEN, None, None),
    ),
    "what both agree to": (
        (in_part("school", "files"), in_part("school", **FATHER)),
        *(State.LIMITED, everywhere(S), everywhere(S)),
    ),
    "with the child's word one parent's is enough": (
        (in_part("school"), in_part("health", **FATHER), child(Said.GIVEN)),
        *(State.LIMITED, everywhere(S | H), ALL),
    ),
    "a child who can decide limits what a parent gives": (
        *((parent(), CHILD_IN_PART), State.LIMITED, everywhere(H), everywhere(H)),
    ),
    "both limit, and the child speaks for themself": (
        (in_part("school"), CHILD_IN_PART),
        *(State.LIMITED, everywhere(NOTHING), everywhere(H)),
    ),
    "a child alone": ((CHILD_IN_PART,), State.CHILD_ONLY, everywhere(NOTHING), everywhere(H)),
    "a child alone, to all of it": ((child(Said.GIVEN),), State.CHILD_ONLY, None, None),
}


@pytest.mark.parametrize("name", SAID)
def test_what_several_people_agree_to(name: str) -> None:
    people, state, family, own = SAID[name]
    found = decide(BURY, recorded(*people, **DECIDES))
    assert found.agreement is state
    assert (as_limits(found, "parts"), as_limits(found, "own")) == (family, own)
    assert found.scope is (Scope.NEEDED if state is State.GIVEN else Scope.AGREED_PARTS)


def as_limits(found: SharingDecision, which: str) -> Limits | None:
    if found.agreed is None:
        return None
    parts = {one.recipients: getattr(one, which) for one in found.agreed}
    return {among: None if one is None else frozenset(one) for among, one in parts.items()}


# name → (form, who receives it, who it was agreed to, harm, what was weighed, verdict, how much)
EARLY_HELP_ONLY = in_part("school", to=("early_help",))
PROCEED = Word(role=Role.LEAD, outcome=Outcome.PROCEED, asked_by="teacher", by="lead")
LOOKED = replace(PROCEED, weighed=False)
BINDS: dict[str, tuple[Form, Recipient, Harm | None, tuple[Word, ...], Verdict, Scope]] = {
    "agreed to, routine": (Form.MARF, TEAM, Harm.NO, (), Verdict.MAY_SHARE, Scope.AGREED_PARTS),
    "agreed to, assessment": (Form.EHA, TEAM, Harm.NO, (), Verdict.MAY_SHARE, Scope.AGREED_PARTS),
    "not agreed to, routine": (Form.MARF, HUB, Harm.NO, (), Verdict.TO_WEIGH, Scope.NOTHING),
    "not agreed to, assessment": (Form.EHA, HUB, Harm.NO, (), Verdict.MAY_NOT, Scope.NOTHING),
    "weighed beyond it": (Form.MARF, HUB, Harm.NO, (PROCEED,), Verdict.MAY_SHARE, Scope.NEEDED),
    "the agency's own look lifts no limit": (
        Form.MARF,
        TEAM,
        Harm.NO,
        (LOOKED,),
        Verdict.MAY_SHARE,
        Scope.AGREED_PARTS,
    ),
    "nothing replaces it in an assessment": (Form.EHA, HUB, Harm.NO, (PROCEED,), Verdict.MAY_NOT, Scope.NOTHING),
    **{f"harm {harm}": (Form.MARF, HUB, harm, (), Verdict.MAY_SHARE, Scope.NEEDED) for harm in POSSIBLE},
}


@pytest.mark.parametrize("name", BINDS)
def test_what_a_limit_binds(name: str) -> None:
    form, recipient, harm, words, verdict, scope = BINDS[name]
    facts = recorded(EARLY_HELP_ONLY, form=form, harm=harm, recipients=(recipient,), approvals=words)
    found = decide(BURY, facts)
    assert (found.verdict, found.scope) == (verdict, scope)
    beyond = [one for one in found.contradictions if one.kind is ContradictionKind.NOT_AGREED_RECIPIENT]
    assert bool(beyond) is (recipient is HUB)
    assert found.agreed is not None
    if found.harm_possible:
        assert any("holds nothing back" in reason for reason in found.reasons)
        assert found.to_put_right == ()


@pytest.mark.parametrize("kind", [Kind.LADO, Kind.POLICE])
def test_who_deals_with_an_allegation_and_the_police_are_never_limited(kind: Kind) -> None:
    found = decide(BURY, recorded(EARLY_HELP_ONLY, recipients=(replace(HUB, kind=kind),)))
    assert found.verdict is Verdict.MAY_SHARE
    assert among_of(kind) is None


def test_a_kind_that_nobody_knows_is_one_that_protects_children() -> None:
    assert among_of(None) is Among.SOCIAL_CARE
    assert {among_of(kind) for kind in Kind} == {None, *Among}


@pytest.mark.parametrize(
    ("ticked", "found"),
    [
        (["all"], frozenset(Part)),
        (["all", "school"], frozenset(Part)),
        (["school"], S),
        (["school", "nonsense"], S),
        (["nonsense"], None),
        ([], None),
        (None, None),
        ("school", None),
    ],
)
def test_parts_that_are_ticked(ticked: object, found: frozenset[Part] | None) -> None:
    assert agreed_parts(ticked) == found


def test_recipients_that_are_ticked() -> None:
    assert agreed_with(["everybody"]) == frozenset(Among)
    assert agreed_with(["early_help"]) == frozenset({"early_help"})
    assert agreed_with([]) is None


def test_the_form_offers_what_the_rules_name() -> None:
    assert [one.value for one in AGREED_PARTS] == [part.value for part in Part]
    assert [one.value for one in AGREED_WITH] == [among.value for among in Among]
    assert all(one.exclusive for one in (ALL_PARTS, EVERYBODY))


def test_every_page_of_every_form_always_goes_or_is_a_part_that_can_be_agreed_to() -> None:
    for form in SPECIFICATIONS.values():
        for page in form.pages:
            assert (PAGES[page.key] in FOR_LIMITED_AGREEMENT) is (page.key not in PART_OF), page.key


def test_in_words() -> None:
    found = agreed(recorded(in_part("school", "help", to=("early_help",))), State.LIMITED)
    assert found is not None
    assert limits_in_words(found) == (
        "Early help: teams that support families: who, where, the worry and safety; then school or nursery, what has "
        "been done, and help so far",
        "Children's social care: not agreed to",
        "Teams for one thing, such as exploitation: not agreed to",
    )


def test_what_is_the_same_for_all_recipients_is_said_once() -> None:
    found = agreed(recorded(in_part("school")), State.LIMITED)
    assert found is not None
    assert limits_in_words(found) == (
        "Everybody it has to go to: who, where, the worry and safety; then school or nursery",
    )


def limited_to(limits: Limits | None, own: Limits | None = None, **known: Any) -> Somebody:
    """Robin, of whom it was agreed that this may go; `own`: of Robin's own pages, where that is something else."""
    return replace(
        ROBIN,
        scope=Scope.AGREED_PARTS,
        agreement=State.LIMITED,
        agreed=in_tuples(limits),
        agreed_own=in_tuples(own or limits),
        **known,
    )


def in_tuples(limits: Limits | None) -> dict[Among, tuple[Part, ...] | None] | None:
    if limits is None:
        return None
    return {among: None if parts is None else tuple(parts) for among, parts in limits.items()}


def kept(need: Needed) -> set[str]:
    whole = {page for page, questions in need.pages.items() if questions is WHOLE}
    return whole | {page for page, questions in need.people["Robin"].items() if questions is WHOLE}


TO_HELP = {**everywhere(None), Among.EARLY_HELP: S | {Part.HELP}}


def test_a_front_door_gets_what_was_agreed_to_for_its_kind() -> None:
    what = submitted(limited_to(TO_HELP), files=FILES[:2])
    help_, hub = (needed(what, door("Robin", kind=kind)) for kind in (Kind.EARLY_HELP, Kind.SOCIAL_CARE))
    assert kept(help_) - kept(hub) == {"agency-action", "early-help"}
    assert {"concern", "household", "harm", "child-about", "child-home"} <= kept(hub)
    assert {one.because for one in help_.withheld} == {Because.AGREEMENT}
    assert {one.because for one in hub.withheld} == {Because.NOT_AGREED}
    assert not help_.files
    files = needed(submitted(limited_to(everywhere(frozenset({Part.FILES}))), files=FILES[:2]), door("Robin"))
    assert set(files.files) == {"all", "robins"}
    level = needed(submitted(limited_to(everywhere(frozenset({Part.LEVEL})))), door("Robin"))
    assert level.checks == ("Robin",)
    assert hub.checks == ()


def test_what_is_added_later_keeps_to_the_same_limit() -> None:
    found = needed(submitted(limited_to(TO_HELP)), door("Robin", kind=Kind.EARLY_HELP)).to_dict()
    assert gives(found, "agency-action")
    assert not gives(found, "need-home-money")
    assert gives(found, "harm", "Robin")
    assert not gives(found, "child-needs", "Robin")
    assert addendum_goes(found, {"words": "In words, it goes to everybody."})


@pytest.mark.parametrize("page", ["home-life", "domestic-abuse"])
@pytest.mark.parametrize("kind", [Kind.SOCIAL_CARE, Kind.EARLY_HELP])
def test_a_limit_of_whoever_may_abuse_keeps_back_nothing_of_it(page: str, kind: Kind) -> None:
    for limits in (None, everywhere(None), everywhere(S)):
        what = submitted(limited_to(limits))
        what = replace(what, pages={**what.pages, page: page})
        found = needed(what, door("Robin", kind=kind))
        assert found.limited
        assert found.pages[page] is WHOLE
        assert gives(found.to_dict(), page)
        assert page not in needed(what, door("Robin", kind=Kind.LADO)).pages, "an allegation doesn't need it"


def test_what_was_recorded_before_parts_could_be_agreed_to_is_read_as_it_was() -> None:
    found = needed(submitted(limited_to(None)), door("Robin")).to_dict()
    old = {key: value for key, value in found.items() if key not in {"parts", "limits"}}
    for page, person in (("agency-action", ""), ("child-needs", "Robin"), ("harm", "Robin"), ("concern", "")):
        assert gives(old, page, person) is gives(found, page, person)


def test_a_child_who_agrees_alone_to_a_part_lets_nothing_go_that_is_about_the_family() -> None:
    own = everywhere(H | {Part.HELP})
    alone = replace(limited_to(everywhere(NOTHING), own), agreement=State.CHILD_ONLY)
    found = needed(submitted(alone), door("Robin"))
    assert "child-needs" in kept(found)
    assert "agency-action" not in kept(found)


PARTS = st.frozensets(st.sampled_from(list(Part)))
LIMITS = st.one_of(st.none(), st.fixed_dictionaries({among: st.one_of(st.none(), PARTS) for among in Among}))
KINDS = st.sampled_from([None, *Kind])


@given(LIMITS, KINDS, st.sampled_from(["yes", "suspected", "not_sure", None]))
def test_where_harm_is_possible_a_limit_holds_nothing_back(limits, kind, harm):
    harmed = {**HARMED, "harm": harm}
    found = needed(submitted(limited_to(limits, **harmed), files=FILES[:2]), door("Robin", kind=kind))
    free = needed(submitted(replace(ROBIN, **harmed), files=FILES[:2]), door("Robin", kind=kind))
    assert (found.pages, found.people, found.files, found.checks) == (free.pages, free.people, free.files, free.checks)


@given(LIMITS, KINDS)
def test_who_where_the_worry_and_safety_always_go(limits, kind):
    found = needed(submitted(limited_to(limits), files=FILES[:2]), door("Robin", kind=kind))
    assert {"start", "telling", "concern", "alleged", "analysis"} <= set(found.pages)
    assert {"child-about", "child-home", "harm", "circumstances", "child-view"} <= set(found.people["Robin"])
    assert found.whole is (not found.withheld)


@given(LIMITS.filter(bool), st.data(), KINDS)
def test_agreeing_to_less_never_gives_more(limits, data, kind):
    less = {
        among: None
        if parts is None
        else data.draw(st.one_of(st.none(), st.frozensets(st.sampled_from(sorted(parts)))) if parts else st.just(parts))
        for among, parts in limits.items()
    }
    for files in ((), FILES[:2]):
        was = needed(submitted(limited_to(limits), files=files), door("Robin", kind=kind))
        now = needed(submitted(limited_to(less), files=files), door("Robin", kind=kind))
        assert kept(now) <= kept(was)
        assert set(now.files) <= set(was.files)
        assert was.purpose is now.purpose is not Purpose.PROTECT_NOW


PERSON = st.builds(
    Person,
    id=st.sampled_from(["one", "two", "three"]),
    relation=st.sampled_from([Relation.PARENT, Relation.CHILD, Relation.CARER]),
    parental_responsibility=st.sampled_from(list(Answer)),
    said=st.sampled_from(list(Said)),
    agreed_parts=st.one_of(st.none(), PARTS.filter(bool)),
    agreed_with=st.one_of(st.none(), st.frozensets(st.sampled_from(list(Among)), min_size=1)),
)
PEOPLE = st.lists(PERSON, min_size=1, max_size=3, unique_by=lambda person: person.id)
SCOPES = list(Scope)


def reach(found: SharingDecision, which: str) -> Limits:
    """What may go beyond what always goes, for each kind of recipient: of the child's own pages, or of the rest."""
    if found.scope is Scope.NEEDED:
        return ALL
    if found.scope is Scope.AGREED_PARTS:
        alone = found.agreement is State.CHILD_ONLY and which == "own"
        return as_limits(found, which) or (ALL if alone else everywhere(NOTHING))
    return everywhere(None if found.scope is Scope.NOTHING else NOTHING)


def within(less: Limits, more: Limits) -> bool:
    return all((less[one] or NOTHING) <= (more[one] or NOTHING) for one in Among)


@given(st.sampled_from(AREAS), PEOPLE, st.data(), st.sampled_from([(), (LOOKED,), (PROCEED,)]))
def test_who_agrees_to_less_or_says_no_widens_nothing(area, people, data, words):
    """Whoever agreed to all of it agrees to a part, whoever agreed to a part to less of it, or says no altogether."""
    place = data.draw(st.integers(0, len(people) - 1))
    one = people[place]
    parts = one.agreed_parts or NOTHING
    fewer = data.draw(st.frozensets(st.sampled_from(sorted(parts)))) if parts else NOTHING
    said = data.draw(st.sampled_from([Said.LIMITED, Said.REFUSED, Said.WITHDRAWN]))
    less = replace(one, said=said if one.said.agrees else one.said, agreed_parts=fewer or None)
    facts = recorded(*people, approvals=words, **DECIDES)
    changed = replace(facts, people=(*people[:place], less, *people[place + 1 :]))
    was, now = decide(PACKS[area], facts), decide(PACKS[area], changed)
    assert now.verdict.passes <= was.verdict.passes
    assert SCOPES.index(now.scope) <= SCOPES.index(was.scope)
    for which in ("parts", "own"):
        assert within(reach(now, which), reach(was, which))
