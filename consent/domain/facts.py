"""What is recorded about one child before information is shared: who was asked, what they said, and why not."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from thresholds.domain.check_when import AGE_NOT_KNOWN, Answer, ChildAge
from thresholds.domain.doors import Kind
from thresholds.domain.parts import AgencyKind, Flag, Harm


class Form(StrEnum):
    """What is to be sent: an early help assessment, or a multi-agency referral."""

    EHA = "eha"
    MARF = "marf"


class Relation(StrEnum):
    """How somebody whose information is shared stands to the child."""

    CHILD = "child"
    PARENT = "parent"
    CARER = "carer"
    LOCAL_AUTHORITY = "local_authority"
    OTHER_ADULT = "other_adult"
    OTHER_CHILD = "other_child"


class Said(StrEnum):
    """What somebody answered about agreement."""

    GIVEN = "given"
    LIMITED = "limited"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NOT_SOUGHT = "not_sought"
    NOT_KNOWN = "not_known"

    @property
    def agrees(self) -> bool:
        """Agreement, whole or in part."""
        return self in {Said.GIVEN, Said.LIMITED}

    @property
    def refuses(self) -> bool:
        """Refused, or agreed before and took it back."""
        return self in {Said.REFUSED, Said.WITHDRAWN}


class NotSeeking(StrEnum):
    """Why agreement wasn't sought."""

    RISK_TO_CHILD = "risk_to_child"
    RISK_TO_ANOTHER_CHILD = "risk_to_another_child"
    RISK_TO_SOMEBODY_ELSE = "risk_to_somebody_else"
    RISK_TO_REFERRER = "risk_to_referrer"
    SERIOUS_CRIME = "serious_crime"
    ASSAULT_BY_CARER = "assault_by_carer"
    HARMFUL_DELAY = "harmful_delay"
    FABRICATED_ILLNESS_OR_FORCED_MARRIAGE = "fabricated_illness_or_forced_marriage"
    NOT_REACHED = "not_reached"


HARM_REASONS = frozenset(NotSeeking) - {NotSeeking.NOT_REACHED}
"""Reasons on which agreement is waived. That nobody could be reached is no harm by itself."""
RISK_OF_TELLING = HARM_REASONS - {NotSeeking.HARMFUL_DELAY}
"""Reasons for which telling the family is a risk too. Delay only moves the telling to afterwards."""


class Role(StrEnum):
    """Who advises or approves."""

    MANAGER = "manager"
    LEAD = "lead"
    """Designated safeguarding lead, designated senior person or named professional."""


class Outcome(StrEnum):
    """Where an approval or an advice stands."""

    ASKED = "asked"
    PROCEED = "proceed"
    DO_NOT = "do_not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """An approval, or advice, that was asked for. People by opaque ids."""

    role: Role
    outcome: Outcome
    asked_by: str
    by: str | None = None
    """Id of who answered; None while nobody has."""
    weighed: bool = True
    """Whether sharing without agreement was what it answered, not only the agency's own look at what goes."""

    @property
    def own(self) -> bool:
        """Given by the person who asked: it doesn't count."""
        return self.by == self.asked_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whose information is shared, or who can agree for the child."""

    id: str
    """Opaque; names stay in the record."""
    relation: Relation
    parental_responsibility: Answer = Answer.NOT_KNOWN
    said: Said = Said.NOT_KNOWN
    said_at: dt.datetime | None = None
    """Aware."""
    asked_by: str | None = None
    limits: str = ""
    """Parts or recipients to which the agreement is limited, in their words."""
    agreed_parts: frozenset[str] | None = None
    """Where it is limited, the parts that may go along (`consent.domain.sections.Part`); None: not recorded."""
    agreed_with: frozenset[str] | None = None
    """Where it is limited, who may have them (`consent.domain.agreed.Among`); None: not recorded."""
    words: str = ""
    """What they said, wishes and reasons included."""
    told_at: dt.datetime | None = None
    """When they were told of the sharing. Aware."""
    information_shared: bool = True
    not_seeking: frozenset[NotSeeking] = frozenset()
    """Why this very person wasn't asked; `SharingFacts.not_seeking` holds those of all."""
    not_seeking_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody that the information goes to."""

    id: str
    exists: bool
    """Whether the system knows such a team."""
    safeguards: bool
    """Has a part in safeguarding the child or helping the family."""
    sections: frozenset[str] = frozenset()
    """Sections that it receives."""
    needed: frozenset[str] = frozenset()
    """Sections that the purpose needs."""
    kind: Kind | None = None
    """What sort of front door it is; None where that isn't known."""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingFacts:
    """Everything that the decision about one child reads. ValueError where a moment has no time zone."""

    form: Form
    at: dt.datetime
    """The moment of the decision: submission, or now while it is a draft. Aware."""
    people: tuple[Person, ...] = ()
    harm: Harm | None = None
    flags: frozenset[Flag] = frozenset()
    """Known or suspected, those of chosen descriptors included (`ThresholdCheck.flags`)."""
    levels: frozenset[str] | None = None
    """Ids of the judged level and the ends of the indicated range; None: neither is known."""
    judged: bool = False
    """Whether a level was judged. Before that, nothing that a person reads may tell what is indicated."""
    urgent: bool = False
    """`thresholds.domain.urgency.urgent` says so, for any of its reasons."""
    cannot_wait: bool = False
    """The practitioner says that it can't wait."""
    age: ChildAge = AGE_NOT_KNOWN
    moves_about: Answer = Answer.NOT_KNOWN
    agency: AgencyKind | None = None
    open_case: bool | None = None
    out_of_hours: bool | None = None
    care_order: Answer = Answer.NOT_KNOWN
    competent: Answer = Answer.NOT_KNOWN
    """The practitioner's view, under 16, whether this child understands this decision (Gillick)."""
    competence_reasoning: str = ""
    capacity: Answer = Answer.NOT_KNOWN
    """Mental capacity for this decision at 16 and 17."""
    not_seeking: frozenset[NotSeeking] = frozenset()
    not_seeking_why: str = ""
    tried: str = ""
    """What was tried to reach somebody."""
    why_without: str = ""
    """Why it is shared although agreement is missing or refused."""
    risk_from_telling: bool = False
    risk_from_telling_why: str = ""
    telling_unanswered: bool = False
    """Nobody has answered whether telling the family is a risk: it isn't told until somebody has, or the front door
    says so. No reason to share without agreement."""
    lifted_by_front_door: bool = False
    """The front door said that the family may be told."""
    approvals: tuple[Word, ...] = ()
    advice: tuple[Word, ...] = ()
    nobody_to_ask: bool = False
    """Nobody at the agency could look first: a sole practitioner's, or it may be about somebody at the desk."""
    purpose: str = ""
    recipients: tuple[Recipient, ...] = ()
    special_category: Answer = Answer.NOT_KNOWN
    """Health, ethnicity, religion, sex life or orientation and their like. Not known is treated as yes."""
    criminal_offence: Answer = Answer.NOT_KNOWN
    """Offences, allegations of them, convictions. Not known is treated as yes where a flag suggests it."""
    asked_under_s47: bool = False
    """The local authority asked for it in an inquiry (Children Act 1989, section 47(9))."""
    chosen_bases: frozenset[str] = frozenset()
    """Ids of bases that a person chose instead of the suggested ones."""
    chosen_bases_why: str = ""
    child_view: str = ""
    child_view_absent_why: str = ""
    facts_apart_from_opinion: Answer = Answer.NOT_KNOWN
    identities_to_protect: Answer = Answer.NOT_KNOWN
    """Whether anybody might be harmed if it were known who they are."""
    identities_how: str = ""

    def __post_init__(self) -> None:
        """Refuse moments without a time zone."""
        moments = [self.at, *(moment for one in self.people for moment in (one.said_at, one.told_at) if moment)]
        if any(moment.tzinfo is None for moment in moments):
            raise ValueError("a moment needs its time zone")

    @property
    def child(self) -> Person | None:
        """The child's own entry."""
        return next((one for one in self.people if one.relation is Relation.CHILD), None)
