"""What was agreed to where agreement is limited: which parts, and to whom.

Several people who can decide: what all of them agree to, because each limit is also a no to the rest. Where a child who
can decide agrees, one parent's word is enough for the parents' side, as it is against another parent's refusal. A limit
of somebody who may hold parental responsibility counts as a refusal does: what isn't known is not taken as none.

A child who can decide speaks for the pages about themself, whatever the parents said of theirs.

A limit binds a routine referral and an assessment. Where harm is possible it is recorded and holds nothing back
(`recipients`), and who deals with an allegation, and the police, are never limited: they protect. Agreement is never
the lawful basis; this is about what a family was promised.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Any

from consent.domain.agreed_words import lines_of
from consent.domain.facts import Person, Recipient, Said, SharingFacts
from consent.domain.people import State, agrees_for_child, child_agrees, may_speak
from consent.domain.sections import Part
from referrals.record.domain.forms.agreed import AGREED_PARTS, AGREED_WITH, ALL_PARTS, EVERYBODY
from referrals.record.domain.forms.parts import Option
from thresholds.domain.doors import Kind


class Among(StrEnum):
    """Kinds of recipient that somebody may agree to."""

    EARLY_HELP = "early_help"
    SOCIAL_CARE = "social_care"
    SPECIALIST = "specialist"


_AMONG: dict[Kind, Among] = {
    Kind.EARLY_HELP: Among.EARLY_HELP,
    Kind.CONSULTATION: Among.EARLY_HELP,
    Kind.CHANNEL: Among.SPECIALIST,
    Kind.EXPLOITATION: Among.SPECIALIST,
    Kind.DISABILITY: Among.SPECIALIST,
}
_NEVER_LIMITED = frozenset({Kind.LADO, Kind.POLICE})

Parts = frozenset[Part]
Limits = Mapping[Among, Parts | None]
"""What each kind of recipient may have beyond what always goes; None: they agreed to nothing for it."""
ALL: Limits = dict.fromkeys(Among, frozenset(Part))


@dataclass(frozen=True, slots=True)
class AgreedWith:
    """What may go to one kind of recipient beyond what always goes, None where it wasn't agreed to at all. `own`: of
    the child's own pages, for which the word of a child who can decide is enough; `parts`: of everything else."""

    recipients: Among
    parts: tuple[Part, ...] | None
    own: tuple[Part, ...] | None


def agreed_parts(ticked: object) -> frozenset[str] | None:
    """Return the parts that an answer names; None where none is ticked: then it isn't recorded which."""
    return _ticked(ticked, ALL_PARTS.value, Part)


def agreed_with(ticked: object) -> frozenset[str] | None:
    """Return the kinds of recipient that an answer names; None where none is ticked."""
    return _ticked(ticked, EVERYBODY.value, Among)


def _ticked(ticked: object, everything: str, values: type[StrEnum]) -> frozenset[str] | None:
    found = frozenset(one for one in ticked if isinstance(one, str)) if isinstance(ticked, list | tuple | set) else None
    if not found:
        return None
    all_of_them = frozenset(one.value for one in values)
    return all_of_them if everything in found else (found & all_of_them) or None


def among_of(kind: Kind | None) -> Among | None:
    """Return which answer a front door of that kind falls under; None for one that no limit holds anything back from.
    A kind that isn't known is one that protects children, as everywhere."""
    if kind in _NEVER_LIMITED:
        return None
    return _AMONG.get(kind, Among.SOCIAL_CARE) if kind else Among.SOCIAL_CARE


def agreed(facts: SharingFacts, state: State) -> tuple[AgreedWith, ...] | None:
    """Return what was agreed to for each kind of recipient; None where no limit stands."""
    child = facts.child if child_agrees(facts) else None
    if state is State.CHILD_ONLY and child is not None and child.said is Said.LIMITED:
        # What is about the family nobody of theirs has agreed to: only what always goes.
        return _found(_both(_of(child), dict.fromkeys(Among, frozenset())), _of(child))
    if state is State.LIMITED:
        return _found(_of_all(facts, child), _of(child) if child else _of_all(facts, None))
    return None


def covers(found: Iterable[AgreedWith] | None, facts: SharingFacts) -> bool:
    """Return whether agreement covers that every front door it would go to has it at all."""
    return not not_covered(found, facts)


def child_covers(found: Iterable[AgreedWith] | None, facts: SharingFacts) -> bool:
    """Return whether the child's own agreement covers that: of a child who can decide."""
    listed = None if found is None else tuple(found)
    return child_agrees(facts) and not any(
        one.recipients is among_of(recipient.kind) and one.own is None
        for one in listed or ()
        for recipient in facts.recipients
    )


def not_covered(found: Iterable[AgreedWith] | None, facts: SharingFacts) -> tuple[Recipient, ...]:
    """Return the front doors it would go to that they didn't agree to."""
    left_out = {one.recipients for one in found or () if one.parts is None}
    return tuple(one for one in facts.recipients if among_of(one.kind) in left_out)


def limits_in_words(found: Iterable[AgreedWith]) -> tuple[str, ...]:
    """Return what was agreed to: a line for each kind of recipient, one line where it is the same for all of them."""
    return lines_of((one.recipients, one.parts, one.own) for one in found)


def agreed_of(decision: Mapping[str, Any]) -> tuple[AgreedWith, ...] | None:
    """Return what was agreed to by a decision as it is frozen; None where no limit stands, or it was frozen before
    parts could be agreed to."""
    found = decision.get("agreed")
    if found is None:
        return None
    return tuple(AgreedWith(Among(one["recipients"]), _parts(one["parts"]), _parts(one["own"])) for one in found)


def _parts(frozen: Iterable[str] | None) -> tuple[Part, ...] | None:
    return None if frozen is None else tuple(Part(part) for part in frozen)


def ticked_in_words(parts: Iterable[str] | None, among: Iterable[str] | None) -> tuple[str, ...]:
    """Return what one person agrees to as they ticked it, a line for the parts and one for the recipients; empty where
    neither is recorded."""
    of_parts = None if parts is None else set(parts)
    of_among = None if among is None else set(among)
    lines = []
    if of_parts is not None:
        all_parts = len(of_parts) == len(Part)
        lines.append(f"Parts: {ALL_PARTS.label if all_parts else _named(AGREED_PARTS, of_parts)}")
    if of_among is not None:
        everybody = len(of_among) == len(Among)
        lines.append(f"Who may have them: {EVERYBODY.label if everybody else _named(AGREED_WITH, of_among)}")
    return tuple(lines)


def _named(options: Iterable[Option], values: Set[str]) -> str:
    return "; ".join(one.label for one in options if one.value in values)


def _found(family: Limits, own: Limits) -> tuple[AgreedWith, ...]:
    return tuple(AgreedWith(among, _in_order(family[among]), _in_order(own[among])) for among in Among)


def _in_order(parts: Parts | None) -> tuple[Part, ...] | None:
    return None if parts is None else tuple(part for part in Part if part in parts)


def _of_all(facts: SharingFacts, child: Person | None) -> Limits:
    """What all who count agree to: the parents, and the child who can decide and agrees."""
    givers = [one for one in facts.people if agrees_for_child(one, facts)]
    if child:
        return _both(reduce(_either, map(_of, givers)), _of(child))
    return reduce(_both, map(_of, (*givers, *limiting(facts))))


def limiting(facts: SharingFacts) -> Iterator[Person]:
    """Return everybody who may speak for the child and agrees to a part only."""
    return (one for one in facts.people if one.said is Said.LIMITED and may_speak(one, facts))


def _of(person: Person) -> Limits:
    """What one person agrees to. Parts that aren't recorded are none; recipients that aren't recorded are no limit."""
    if person.said is not Said.LIMITED:
        return ALL
    parts = frozenset(Part) & frozenset(person.agreed_parts or ())
    return {among: parts if person.agreed_with is None or among in person.agreed_with else None for among in Among}


def _both(one: Limits, other: Limits) -> Limits:
    return {among: _common(one[among], other[among]) for among in Among}


def _common(one: Parts | None, other: Parts | None) -> Parts | None:
    return None if one is None or other is None else one & other


def _either(one: Limits, other: Limits) -> Limits:
    return {among: _together(one[among], other[among]) for among in Among}


def _together(one: Parts | None, other: Parts | None) -> Parts | None:
    if one is None or other is None:
        return other if one is None else one
    return one | other
