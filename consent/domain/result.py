"""The decision to share, as it is shown, explained and frozen with the referral."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consent.domain.agreed import AgreedWith
from consent.domain.bases import Basis
from consent.domain.facts import Form, Relation, Role
from consent.domain.people import State
from consent.domain.rules import RuleShown
from thresholds.domain.check_result import plain
from thresholds.domain.parts import Citation


class Verdict(StrEnum):
    """What may be done."""

    MAY_SHARE = "may_share"
    MAY_SHARE_URGENT = "may_share_urgent"
    """May go at once. What would have been waited for is shown, is asked beside it, and holds nothing back."""
    MAY_SHARE_FLAGGED = "may_share_flagged"
    """Somebody should look first, and there is nobody to ask: it goes with what is missing shown."""
    NEEDS_APPROVAL = "needs_approval"
    ADVICE_NEEDED = "advice_needed"
    TO_WEIGH = "to_weigh"
    """No agreement that counts is on record, and no harm is possible: a person weighs it, with reasons."""
    MAY_NOT = "may_not"

    @property
    def passes(self) -> bool:
        """Whether it may go now."""
        return self in {Verdict.MAY_SHARE, Verdict.MAY_SHARE_URGENT, Verdict.MAY_SHARE_FLAGGED}


class Scope(StrEnum):
    """How much may go, narrowest first. Whatever it is, only what the purpose needs."""

    NOTHING = "nothing"
    ESSENTIALS = "essentials"
    """Who, where and the worry, until the missing answer is there."""
    AGREED_PARTS = "agreed_parts"
    NEEDED = "needed"


class AskKind(StrEnum):
    """What a rule asks for before sharing without agreement."""

    APPROVAL = "approval"
    ADVICE = "advice"


class AskState(StrEnum):
    """Where it stands."""

    NEEDED = "needed"
    PROCEED = "proceed"
    DO_NOT = "do_not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """An approval or an advice that a rule of the area asks for."""

    kind: AskKind
    of: tuple[Role, ...]
    state: AskState
    overridden: bool
    """Urgency goes before it: it is asked beside the sending. The override is this system's, not the document's."""
    exempt: tuple[str, ...]
    """Exceptions that the document itself prints."""
    rule: str
    text: str
    citation: Citation


class TellWhen(StrEnum):
    """When somebody is told."""

    TOLD = "told"
    BEFORE = "before"
    AFTER = "after"
    NOT_YET = "not_yet"
    """Must not be told until the front door says so."""
    ASK_FRONT_DOOR = "ask_front_door"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Somebody who must be told, or must not be."""

    person: str | None
    """Opaque id; None for somebody who isn't on record."""
    relation: Relation | None
    """None: the front door."""
    when: TellWhen
    text: str
    rule: str | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Whether anything that the family could see or hear is held back. Covers copies, notices, letters and calls."""

    because: tuple[str, ...]
    absolute: bool
    """The area's document says never: not even the front door's word lifts it here."""
    lifted: bool
    """The front door said that the family may be told."""
    rules: tuple[str, ...]
    """Ids of the area's rules and the overrides behind it."""

    @property
    def holds(self) -> bool:
        """True: nothing family-facing is made or shown."""
        return bool(self.because) and not self.lifted


class ContradictionKind(StrEnum):
    """Answers that don't fit together."""

    NO_PARENTAL_RESPONSIBILITY = "no_parental_responsibility"
    CARER_CANNOT_AGREE = "carer_cannot_agree"
    CARE_ORDER = "care_order"
    CHILD_TOO_YOUNG = "child_too_young"
    CHILD_CANNOT_AGREE = "child_cannot_agree"
    NOT_A_CHILD = "not_a_child"
    AFTER_SUBMISSION = "after_submission"
    HARM_ANSWER = "harm_answer"
    ASKED_AND_NOT_ASKED = "asked_and_not_asked"
    PARENTS_DIFFER = "parents_differ"
    OWN_APPROVAL = "own_approval"
    NO_SUCH_RECIPIENT = "no_such_recipient"
    TOLD_ALTHOUGH_GUARDED = "told_although_guarded"
    BASIS_NOT_OFFERED = "basis_not_offered"
    CONSENT_AS_BASIS = "consent_as_basis"
    NOT_AGREED_RECIPIENT = "not_agreed_recipient"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A contradiction: put right for a routine sharing; flagged and carried along where harm is possible."""

    kind: ContradictionKind
    text: str
    question: str
    """Key of the question where it is put right."""
    about: str | None = None
    """Id of the person, recipient or basis."""
    note: str | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something to record. It holds nothing urgent back."""

    question: str
    """Key of the question; one about a person ends in `:` and their id."""
    text: str
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """Something to think about that decides nothing: an age, a refusal, a wish."""

    text: str
    rule: str | None = None
    note: str | None = None
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingDecision:
    """The decision about one child's information."""

    area: str
    area_name: str
    effective_from: str
    form: Form
    at: str
    """Moment of the decision, ISO 8601 with its offset."""
    verdict: Verdict
    scope: Scope
    agreement: State
    harm_possible: bool
    urgent: bool
    refer_instead: bool
    """An assessment can't go without agreement, but harm is possible: make a referral, which needs none."""
    reasons: tuple[str, ...]
    asks: tuple[Ask, ...]
    rules: tuple[RuleShown, ...]
    thoughts: tuple[Thought, ...]
    bases: tuple[Basis, ...]
    chosen_bases: tuple[str, ...]
    """Ids of the bases relied on: those that a person chose, else the suggested ones."""
    tell: tuple[Tell, ...]
    guard: Guard
    missing: tuple[Missing, ...]
    contradictions: tuple[Contradiction, ...]
    agreed: tuple[AgreedWith, ...] | None = None
    """Where agreement is limited: what was agreed to, by kind of recipient. Else None."""

    @property
    def to_put_right(self) -> tuple[Contradiction, ...]:
        """What a routine sharing puts right first; empty where harm is possible or it is urgent."""
        return () if self.harm_possible or self.urgent else self.contradictions

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON for freezing: the same decision gives the same text."""
        body: dict[str, Any] = plain(self)
        return body
