"""Short ways to write who was asked and what they said, and the packs that ship."""

import datetime as dt
from typing import Any

from consent.domain.facts import Form, Outcome, Person, Recipient, Relation, Role, Said, SharingFacts, Word
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgencyKind, Harm
from thresholds.files import shipped_packs

PACKS: dict[str, Pack] = {pack.area.slug: pack for pack in shipped_packs()}
AREAS = sorted(PACKS)
NOW = dt.datetime(2026, 10, 5, 14, 30, tzinfo=dt.UTC)
BEFORE = NOW - dt.timedelta(hours=2)
POSSIBLE = (Harm.YES, Harm.SUSPECTED, Harm.NOT_SURE, None)


def parent(said: Said = Said.GIVEN, **more: Any) -> Person:
    """A parent with parental responsibility who was asked two hours ago."""
    fields: dict[str, Any] = {
        "id": "parent",
        "relation": Relation.PARENT,
        "parental_responsibility": Answer.YES,
        "said": said,
        "said_at": BEFORE,
        "asked_by": "teacher",
        "words": "Said so on the telephone.",
        "limits": "Only the school nurse." if said is Said.LIMITED else "",
    }
    return Person(**(fields | more))


def child(said: Said = Said.NOT_KNOWN, **more: Any) -> Person:
    """The child."""
    fields: dict[str, Any] = {
        "id": "child",
        "relation": Relation.CHILD,
        "said": said,
        "said_at": BEFORE,
        "asked_by": "teacher",
        "words": "I would like help.",
    }
    return Person(**(fields | more))


def word(role: Role = Role.MANAGER, outcome: Outcome = Outcome.PROCEED, by: str = "manager") -> Word:
    """An answer to the teacher's request."""
    return Word(role=role, outcome=outcome, asked_by="teacher", by=by)


def recorded(*people: Person, **more: Any) -> SharingFacts:
    """A routine referral of a child of 8 by a school, with these people."""
    fields: dict[str, Any] = {
        "form": Form.MARF,
        "at": NOW,
        "people": people,
        "harm": Harm.NO,
        "age": ChildAge.exactly(8),
        "agency": AgencyKind.SCHOOL,
        "levels": frozenset(),
    }
    return SharingFacts(**(fields | more))


def complete(**more: Any) -> SharingFacts:
    """Everything recorded: agreed, told, with purpose and recipient."""
    fields: dict[str, Any] = {
        "care_order": Answer.NO,
        "child_view": "Wants it to be calmer at home.",
        "purpose": "An assessment of what would help.",
        "recipients": (
            Recipient(
                id="door",
                exists=True,
                safeguards=True,
                sections=frozenset({"worry"}),
                needed=frozenset({"worry", "family"}),
            ),
        ),
        "special_category": Answer.YES,
        "criminal_offence": Answer.NO,
        "facts_apart_from_opinion": Answer.YES,
        "identities_to_protect": Answer.NO,
    }
    return recorded(
        parent(told_at=BEFORE),
        child(Said.NOT_SOUGHT, told_at=BEFORE),
        **(fields | more),
    )
