"""What is still to be done about telling once it was submitted: who has to be told, who must not be, who was."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from consent.domain.facts import Relation
from consent.domain.result import TellWhen

FAMILY_OR_CHILD = frozenset(
    {Relation.PARENT, Relation.CARER, Relation.OTHER_ADULT, Relation.OTHER_CHILD, Relation.CHILD}
)


class DutyState(StrEnum):
    """Where the telling of one person stands."""

    DO_NOT_TELL = "do_not_tell"
    OPEN = "open"
    DONE = "done"
    TOLD_ALTHOUGH = "told_although"
    """Told, although they must not be yet: the front door has to know at once."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody who has to be told, must not be told yet, or was. `about` is their id, or how they stand to the child
    where nobody is on record."""

    about: str
    relation: Relation
    state: DutyState
    text: str
    ask_first: bool
    """The child, while the family must not be told: how and when is asked of the front door first."""

    @property
    def open(self) -> bool:
        """Whether it waits for somebody to do it."""
        return self.state is DutyState.OPEN


@dataclass(frozen=True, slots=True)
class Ruling:
    """The newest word of one front door. `lifts`: its yes is enough, as it is the one that protects the child;
    `let_go`: it has handed the referral over since."""

    team: str
    may_tell: bool
    lifts: bool = True
    let_go: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything about telling as it stands. `absolute`: the area's document allows no exception."""

    guarded: bool
    absolute: bool
    lifted: bool
    because: tuple[str, ...]
    duties: tuple[Duty, ...]

    @property
    def waiting(self) -> tuple[Duty, ...]:
        """What somebody still has to do."""
        return tuple(duty for duty in self.duties if duty.open)


def ruling_words(front_door: str, *, may_tell: bool, lifts: bool = True, let_go: bool = False) -> str:
    """Return what a front door said about telling the family, as every history tells it: what was its word before it
    handed the referral over never reads as a word of today."""
    said = f"the family {'may' if may_tell else 'must not'} be told"
    if let_go:
        return f"{front_door} had said that {said}"
    once = ", once the front door that protects the child says so too" if may_tell and not lifts else ""
    return f"{front_door}: {said}{once}"


def ruling_remark(*, may_tell: bool, let_go: bool) -> str:
    """Return what the word of a front door that handed the referral over is still worth; empty for any other."""
    if not let_go:
        return ""
    if may_tell:
        return "That doesn't count any more."
    return "That counts until the front door that has it now says something else."


def lifted_by(rulings: Iterable[Ruling], *, absolute: bool) -> bool:
    """Whether the front doors' words lift the guard: of those that have the referral one whose yes is enough says that
    the family may be told, and none says no. The yes of one that handed it over ends with that. What the area's
    document forbids without exception nobody lifts (Bury, line 246)."""
    said = [ruling for ruling in rulings if not ruling.let_go]
    return any(one.lifts for one in said) and all(one.may_tell for one in said) and not absolute


def forbidden_by(rulings: Iterable[Ruling]) -> bool:
    """Whether a front door says that the family must not be told, also where nothing recorded would have said so. The
    no of one that handed it over holds until one that has it now, and whose word is enough, has spoken."""
    said = list(rulings)
    heard = any(one.lifts for one in said if not one.let_go)
    return any(not one.may_tell for one in said if not (one.let_go and heard))


def telling(
    decisions: Mapping[str, Mapping[str, Any]], *, told: frozenset[str], rulings: tuple[Ruling, ...]
) -> Telling:
    """Return how telling stands. `decisions` are those of the record that counts, as plain JSON by child; `told` names
    who was told since, as `Duty.about` does.

    Brothers and sisters have the same parents: what guards one child guards the family for all of them.
    """
    guards = [one["guard"] for one in decisions.values()]
    absolute = any(guard["absolute"] for guard in guards)
    because = tuple(dict.fromkeys(text for guard in guards for text in guard["because"]))
    forbidden = forbidden_by(rulings)
    lifted = lifted_by(rulings, absolute=absolute)
    guarded = forbidden or (bool(because) and not lifted)
    found: dict[str, Duty] = {}
    for decision in decisions.values():
        for entry in decision["tell"]:
            if entry["relation"] is None:
                continue  # the front door reads it in the referral itself
            duty = _duty(entry, told, guarded=guarded)
            if duty.about not in found or (duty.state is DutyState.OPEN and found[duty.about].state is DutyState.DONE):
                found[duty.about] = duty
    return Telling(guarded, absolute, lifted, because, tuple(found.values()))


def held(telling: Telling, why: str) -> Telling:
    """Return how telling stands while something else than the guard holds it back, as `why` says: nobody of the family
    is told, and the child only as the front door advises. Who was told already was told in good faith."""
    return replace(
        telling,
        guarded=True,
        because=(*(() if telling.lifted else telling.because), why),
        duties=tuple(_not_yet(duty) for duty in telling.duties),
    )


def _not_yet(duty: Duty) -> Duty:
    if not duty.open or duty.relation not in FAMILY_OR_CHILD:
        return duty
    state = DutyState.DO_NOT_TELL
    return replace(duty, state=state, text=_TEXTS[state], ask_first=duty.relation is Relation.CHILD)


def _duty(entry: Mapping[str, Any], told: frozenset[str], *, guarded: bool) -> Duty:
    relation = Relation(entry["relation"])
    about = entry["person"] or relation.value
    held = guarded and relation in FAMILY_OR_CHILD
    was_told = about in told or entry["when"] == TellWhen.TOLD.value
    child = relation is Relation.CHILD
    if was_told:
        # A child may know of it with the front door's advice; what a parent knows while guarded is an alarm.
        state = DutyState.TOLD_ALTHOUGH if held and not child else DutyState.DONE
    else:
        state = DutyState.DO_NOT_TELL if held else DutyState.OPEN
    return Duty(about, relation, state, _TEXTS[state], ask_first=held and child)


_TEXTS: dict[DutyState, str] = {
    DutyState.DO_NOT_TELL: "Do not tell them until the front door says that you may.",
    DutyState.OPEN: "Tell them as soon as you can: what was shared, with whom and why.",
    DutyState.DONE: "They were told.",
    DutyState.TOLD_ALTHOUGH: "They know, although telling may be dangerous. Ring the front door now.",
}
