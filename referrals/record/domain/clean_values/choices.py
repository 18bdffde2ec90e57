"""Cleaning what is chosen: one answer, several, descriptors with their evidence, places on the body with words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from referrals.record.domain.clean_values.outcome import NO_ANSWER, UNREADABLE, Fault, Options, Outcome
from referrals.record.domain.clean_values.words import storable
from referrals.record.domain.forms.parts import NOT_KNOWN, Question

_MOST_WORDS = 20_000


def choice(question: Question, raw: object, options: Options, _today: date) -> Outcome:
    """One of the answers that are offered."""
    if not isinstance(raw, str):
        return UNREADABLE
    if not raw:
        return NO_ANSWER
    allowed = {option.value for option in question.choices} | options.of(question.kind)
    if raw not in allowed:
        return Outcome(None, (Fault("Choose one of the answers."),))
    return Outcome(raw)


def several(question: Question, raw: object, options: Options, _today: date) -> Outcome:
    """Any of the answers that are offered; one that means none stands alone."""
    chosen = [raw] if isinstance(raw, str) else raw
    if not isinstance(chosen, list | tuple) or not all(isinstance(one, str) for one in chosen):
        return UNREADABLE
    allowed = {option.value for option in question.choices} | options.of(question.kind)
    chosen = list(dict.fromkeys(one for one in chosen if one))
    known = [one for one in chosen if one in allowed]
    faults: tuple[Fault, ...] = ()
    if len(known) < len(chosen):
        faults += (Fault("One of these is not among the answers. Choose again."),)
    alone = {option.value for option in question.options if option.exclusive}
    if len(known) > 1 and alone.intersection(known):
        faults += (Fault("You chose an answer that means none, and others with it. Change one of them."),)
    return Outcome(known or None, faults)


def descriptors(_question: Question, raw: object, options: Options, _today: date) -> Outcome:
    """What fits, each with what shows it."""
    if not isinstance(raw, list | tuple) or not all(isinstance(one, Mapping) for one in raw):
        return UNREADABLE
    chosen: dict[str, dict[str, Any]] = {}
    faults: dict[str, Fault] = {}
    for one in raw:
        identifier, evidence = one.get("id", ""), one.get("evidence", "")
        if not isinstance(identifier, str) or not isinstance(evidence, str):
            return UNREADABLE
        identifier = storable(identifier)[0].strip()
        evidence, unstorable = storable(evidence)
        if not identifier:
            continue
        faults |= {fault.message: fault for fault in unstorable}
        # Kept although the pack doesn't hold it: what it says may be the worry itself.
        chosen[identifier] = {"id": identifier, "evidence": evidence}
        if identifier not in options.descriptors:
            faults["pack"] = Fault("One of the descriptors is not in this area's document. Choose again.")
        if not evidence.strip():
            faults["evidence"] = Fault("Say for each descriptor what you saw or heard.", grave=False)
        if len(evidence) > _MOST_WORDS:
            faults["long"] = Fault("The evidence for one descriptor has more than 20,000 characters.")
    return Outcome(list(chosen.values()) or None, tuple(faults.values()))


def conditions(_question: Question, raw: object, options: Options, _today: date) -> Outcome:
    """Yes, no or not known, by id of what a descriptor hangs on."""
    if not isinstance(raw, Mapping):
        return UNREADABLE
    answered = {key: value for key, value in raw.items() if value}
    known = {
        key: value for key, value in answered.items() if key in options.conditions and value in ("yes", "no", NOT_KNOWN)
    }
    if len(known) < len(answered):
        return Outcome(known or None, (Fault("One of these answers is not among those offered. Choose again."),))
    return Outcome(known or None)


def body(question: Question, raw: object, _options: Options, _today: date) -> Outcome:
    """Places on the body, each with what was seen there, in the order of the map. A place that the map doesn't have is
    kept with its words."""
    if not isinstance(raw, list | tuple) or not all(isinstance(one, Mapping) for one in raw):
        return UNREADABLE
    seen: dict[str, dict[str, Any]] = {}
    faults: dict[str, Fault] = {}
    order = {option.value: place for place, option in enumerate(question.options)}
    for one in raw:
        region, words = one.get("id", ""), one.get("words", "")
        if not isinstance(region, str) or not isinstance(words, str):
            return UNREADABLE
        region, words = storable(region)[0].strip(), storable(words)[0].strip()
        if not region:
            continue
        seen[region] = {"id": region, "words": words}
        if region not in order:
            faults["map"] = Fault("One of the places is not on the map. Choose again.")
        elif not words:
            faults["words"] = Fault("Say for each place what you saw: size, colour, shape.", grave=False)
        if len(words) > _MOST_WORDS:
            faults["long"] = Fault(f"The words for one place have more than {_MOST_WORDS:,} characters.")
    ordered = sorted(seen.values(), key=lambda one: order.get(one["id"], len(order)))
    return Outcome(ordered or None, tuple(faults.values()))
