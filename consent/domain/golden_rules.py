"""How a referral meets the seven golden rules: from what was recorded, never from a tick."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consent.domain.asks import proceeds
from consent.domain.bases import BASES, Group
from consent.domain.facts import Outcome, Said, SharingFacts
from consent.domain.people import State
from consent.domain.result import AskState, ContradictionKind, SharingDecision, TellWhen
from thresholds.domain.check_result import plain
from thresholds.domain.check_when import Answer
from thresholds.domain.golden_editions import EDITION_2024, Aspect, Edition
from thresholds.domain.pack import Pack


class Met(StrEnum):
    """How far a rule is met."""

    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the record shows for one aspect, or which question has no answer yet."""

    evidence: str = ""
    question: str = ""
    """Key of the question that is missing; empty where the evidence stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleAnswer:
    """One golden rule, answered from the record."""

    number: int
    text: str
    met: Met
    evidence: tuple[str, ...]
    missing: tuple[str, ...]
    """Keys of the questions without an answer, each once."""

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON for freezing."""
        body: dict[str, Any] = plain(self)
        return body


Findings = Iterator[Finding]


def edition_of(pack: Pack) -> Edition:
    """The edition under which the pack's area answers; the current one where the pack names one that nobody gave, so
    that no decision fails on it."""
    return pack.golden_rules.named(pack.golden_rules.edition) or EDITION_2024


def printed_edition(pack: Pack) -> Edition | None:
    """The edition that the area's document prints, where it is another than the one that counts."""
    printed = pack.golden_rules.printed
    return pack.golden_rules.named(printed) if printed not in {None, pack.golden_rules.edition} else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedRules:
    """The rules of the edition that the area's document prints, answered too. `note` says what is odd about it."""

    name: str
    note: str
    rules: tuple[RuleAnswer, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON for freezing."""
        body: dict[str, Any] = plain(self)
        return body


def printed_answers(pack: Pack, facts: SharingFacts, decision: SharingDecision) -> PrintedRules | None:
    """The rules of the edition that the document prints, answered from the record; None where it prints none, or the
    one that counts."""
    edition = printed_edition(pack)
    if edition is None:
        return None
    note = pack.golden_rules.note or edition.note or ""
    return PrintedRules(name=edition.name, note=note, rules=answers(edition, facts, decision))


def answers(edition: Edition, facts: SharingFacts, decision: SharingDecision) -> tuple[RuleAnswer, ...]:
    """Each rule of the edition with its evidence and what is missing. `decision` must be that of `facts`."""
    return tuple(
        _answer(rule.number, rule.text, [one for aspect in rule.aspects for one in ASPECTS[aspect](facts, decision)])
        for rule in edition.rules
    )


def _answer(number: int, text: str, findings: list[Finding]) -> RuleAnswer:
    evidence = tuple(dict.fromkeys(one.evidence for one in findings if one.evidence))
    missing = tuple(dict.fromkeys(one.question for one in findings if one.question))
    met = Met.MET if not missing else Met.PARTLY if evidence else Met.MISSING
    return RuleAnswer(number=number, text=text, met=met, evidence=evidence, missing=missing)


def _either(recorded: object, evidence: str, question: str) -> Finding:
    return Finding(evidence=evidence) if recorded else Finding(question=question)


def _protection_first(facts: SharingFacts, decision: SharingDecision) -> Findings:
    yield _either(facts.harm is not None, "Whether significant harm is possible was asked and answered.", "harm")
    if decision.harm_possible and decision.verdict.passes:
        yield Finding(evidence="Harm is possible, and nothing was allowed to hold the sharing back.")
    if decision.refer_instead:
        yield Finding(evidence="Harm is possible: the practitioner was told to refer.")


def _openness(facts: SharingFacts, decision: SharingDecision) -> Findings:
    if decision.guard.holds:
        yield Finding(evidence="The family isn't told, because telling may put somebody in danger.")
        if facts.risk_from_telling and not facts.risk_from_telling_why.strip():
            yield Finding(question="risk_from_telling_why")
        return
    told = [entry for entry in decision.tell if entry.when is TellWhen.TOLD]
    if told:
        yield Finding(evidence=f"{len(told)} of those concerned told, with the time recorded.")
    for entry in decision.tell:
        if entry.relation is not None and entry.when in {TellWhen.BEFORE, TellWhen.AFTER}:
            yield Finding(question=f"told_at:{entry.person}" if entry.person else f"told:{entry.relation.value}")


def _child_heard(facts: SharingFacts, decision: SharingDecision) -> Findings:
    if facts.age.unborn:
        return
    if facts.child_view_absent_why.strip() and not facts.child_view.strip():
        yield Finding(evidence="Why the child's own view is absent is recorded.")
    else:
        yield _either(facts.child_view.strip(), "The child's own view is recorded.", "child_view")


def _without_consent(facts: SharingFacts, decision: SharingDecision) -> Findings:
    if decision.agreement.agreed:
        yield Finding(evidence="Agreement was sought and given; the sharing doesn't rest on it.")
    elif decision.verdict.passes:
        yield _either(facts.why_without.strip(), "Why it is shared without agreement is recorded.", "why_without")
    else:
        yield Finding(evidence="Nothing is shared without agreement here.")


def _agreement(facts: SharingFacts, decision: SharingDecision) -> Findings:
    sought = [one for one in facts.people if one.said not in {Said.NOT_KNOWN, Said.NOT_SOUGHT}]
    if sought:
        yield Finding(evidence="Agreement was sought, and the answers are recorded.")
    elif decision.agreement is State.NOT_SOUGHT:
        yield _either(facts.not_seeking, "Why agreement wasn't sought is recorded.", "not_seeking")
    else:
        yield Finding(question="agreement")
    if not decision.agreement.agreed and decision.verdict.passes:
        yield _either(facts.why_without.strip(), "The good reason for sharing is recorded.", "why_without")


def _advice(facts: SharingFacts, decision: SharingDecision) -> Findings:
    answered = [one for one in (*facts.advice, *facts.approvals) if one.outcome is not Outcome.ASKED and not one.own]
    if answered:
        yield Finding(evidence="Advice was asked for, and the answer is recorded.")
    waiting = [ask for ask in decision.asks if ask.state is AskState.NEEDED]
    for ask in waiting:
        yield Finding(question=ask.kind.value)
    if not answered and not waiting:
        yield Finding(evidence="No rule of the area asks for advice here, and the practitioner recorded no doubt.")


def _identities(facts: SharingFacts, decision: SharingDecision) -> Findings:
    if facts.identities_to_protect is Answer.NO:
        yield Finding(evidence="Asked whether anybody is in danger if they are known: nobody is.")
    elif facts.identities_to_protect is Answer.YES:
        yield _either(facts.identities_how.strip(), "How identities are protected is recorded.", "identities_how")
    else:
        yield Finding(question="identities_to_protect")


def _safety(facts: SharingFacts, decision: SharingDecision) -> Findings:
    yield _either(facts.harm is not None, "Whether significant harm is possible was asked and answered.", "harm")
    if decision.guard.because:
        yield Finding(evidence="Whether telling the family is safe was weighed.")
    yield from _identities(facts, decision)


def _relevance(facts: SharingFacts, decision: SharingDecision) -> Findings:
    yield _either(facts.purpose.strip(), "The purpose is recorded.", "purpose")
    if not facts.recipients:
        yield Finding(question="recipients")
        return
    if all(one.exists and one.safeguards for one in facts.recipients):
        yield Finding(evidence="Every recipient has a part in safeguarding or support.")
    else:
        yield Finding(question="recipients")
    if any(one.sections - one.needed for one in facts.recipients):
        yield Finding(question="recipient_sections")
    else:
        yield Finding(evidence="Each recipient gets only the sections that the purpose needs.")


def _accuracy(facts: SharingFacts, decision: SharingDecision) -> Findings:
    yield _either(
        facts.facts_apart_from_opinion is Answer.YES,
        "Facts are told apart from opinion, with their sources.",
        "facts_apart_from_opinion",
    )
    for one in decision.contradictions:
        if one.kind is not ContradictionKind.PARENTS_DIFFER:
            yield Finding(question=one.question)


def _security(facts: SharingFacts, decision: SharingDecision) -> Findings:
    if facts.recipients and all(one.exists for one in facts.recipients):
        yield Finding(
            evidence="It is delivered inside this system, to known teams only, and every reading is recorded."
        )
    else:
        yield Finding(question="recipients")


def _lawfulness(facts: SharingFacts, decision: SharingDecision) -> Findings:
    offered = {basis.group for basis in decision.bases}
    chosen = {BASES[one].group for one in decision.chosen_bases}
    names = [BASES[one].name for one in decision.chosen_bases if BASES[one].group is Group.ARTICLE_6]
    if names and offered <= chosen:
        yield Finding(evidence=f"Lawful basis recorded: {', '.join(names)}, and one for each further kind of data.")
    else:
        yield Finding(question="bases")
    if facts.chosen_bases and not facts.chosen_bases_why.strip():
        yield Finding(question="chosen_bases_why")


def _record(facts: SharingFacts, decision: SharingDecision) -> Findings:
    yield Finding(evidence="The decision, its reasons and its time are recorded and frozen at submission.")
    yield _either(facts.purpose.strip(), "For what purpose is recorded.", "purpose")
    yield _either(facts.recipients, "With whom is recorded.", "recipients")
    if decision.verdict.passes and not decision.agreement.agreed and not proceeds(facts):
        yield _either(facts.why_without.strip(), "Why it is shared without agreement is recorded.", "why_without")


ASPECTS: dict[Aspect, Callable[[SharingFacts, SharingDecision], Findings]] = {
    Aspect.PROTECTION_FIRST: _protection_first,
    Aspect.OPENNESS: _openness,
    Aspect.WITHOUT_CONSENT: _without_consent,
    Aspect.AGREEMENT: _agreement,
    Aspect.ADVICE: _advice,
    Aspect.IDENTITIES: _identities,
    Aspect.SAFETY: _safety,
    Aspect.RELEVANCE: _relevance,
    Aspect.ACCURACY: _accuracy,
    Aspect.SECURITY: _security,
    Aspect.LAWFULNESS: _lawfulness,
    Aspect.RECORD: _record,
    Aspect.CHILD_HEARD: _child_heard,
}
