"""Recording a decision to share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.domain.explain import explain
from consent.domain.facts import SharingFacts
from consent.domain.golden_rules import PrintedRules, RuleAnswer
from consent.domain.permissions import OF_AGENCY, WRITERS
from consent.domain.result import SharingDecision
from consent.models import SharingRecord
from referrals.record.actions.locking import held
from referrals.record.domain.lifecycle import Relationship
from referrals.record.domain.permissions import RecordFacts, can_read, relationships
from referrals.record.models import Referral
from thresholds.domain.check_result import plain

Because = SharingRecord.Because
_MAY = {
    Because.SUBMITTED: WRITERS,
    Because.WEIGHED: OF_AGENCY,
    Because.AGREEMENT_CHANGED: OF_AGENCY | {Relationship.FRONT_DOOR},
    Because.CORRECTED: OF_AGENCY,
}
"""Who may record a decision, by what calls for it."""


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision about one child, with the facts that it read and the golden rules answered from them."""

    facts: SharingFacts
    decision: SharingDecision
    golden_rules: tuple[RuleAnswer, ...]
    printed_rules: PrintedRules | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the decision as plain JSON, ready to be frozen: the same decision gives the same text."""
        printed = {"printed_rules": self.printed_rules.to_dict()} if self.printed_rules else {}
        golden = [rule.to_dict() for rule in self.golden_rules]
        chosen = {"chosen_bases_why": self.facts.chosen_bases_why} if self.facts.chosen_bases else {}
        explained = [] if self.decision.guard.holds else list(explain(self.decision))
        return {**self.decision.to_dict(), "golden_rules": golden, "explained": explained, **printed, **chosen}


@transaction.atomic
def record_sharing(
    *,
    referral: Referral,
    decided: Mapping[str, Decided],
    by: Actor,
    now: datetime,
    because: Because = Because.SUBMITTED,
    note: str = "",
    facts: RecordFacts | None = None,
) -> SharingRecord:
    """Record the decision to share, by child id as text; return the row. A correction is recorded by calling it again.
    `facts` are those of a caller who holds the row.

    Whether the decision passes or not is recorded alike. Raises NotYours for somebody who can't read the referral,
    Refusal for somebody who doesn't write on it; what was weighed or changed later, the agency's desk and a line
    manager who was asked record too.
    """
    row, known = held(referral, facts, by, now)
    about: dict[str, Any] = {"rule": "sharing.record", "subject_type": "referral", "subject_id": row.pk}
    if not can_read(by, known):
        raise NotYours(**about)
    may = _MAY[because]
    if may.isdisjoint(relationships(by, known)) or by.person_id is None:
        raise Refusal("Only those who write the referral record the decision to share.", **about)
    kept = SharingRecord.objects.create(
        referral=row,
        number=SharingRecord.objects.filter(referral=row).count() + 1,
        facts={child: plain_facts(one.facts) for child, one in decided.items()},
        decision={child: one.to_dict() for child, one in decided.items()},
        because=because,
        note=note,
        at=now,
        by_id=by.person_id,
    )
    verdicts = sorted({one.decision.verdict.value for one in decided.values()})
    record(
        "sharing.record",
        by=by,
        subject_type="referral",
        subject_id=row.pk,
        detail={"number": kept.number, "because": because.value, "verdicts": verdicts},
    )
    return kept


def plain_facts(facts: SharingFacts) -> dict[str, Any]:
    """Return what the decision read as plain JSON; moments as ISO 8601 with their offset."""
    body: dict[str, Any] = plain(facts)
    return body
