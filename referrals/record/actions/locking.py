"""What every action on a referral begins with: the row, locked, and the facts for the rules."""

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.transaction import TransactionManagementError

from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from audit.domain.wording import Detail
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Referral
from referrals.record.selectors import facts_for

SUBJECT = "referral"


def locked(referral: Referral, by: Actor, now: datetime) -> tuple[Referral, RecordFacts]:
    """Return the row, locked until the transaction ends, with the facts for `by`. Call it inside a transaction.

    Raises ValueError for a naive `now`, NotYours for a referral that is gone.
    """
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone")
    row = Referral.objects.select_for_update().filter(pk=referral.pk).first()
    if row is None:
        raise NotYours(rule="referral.read", subject_type=SUBJECT, subject_id=referral.pk)
    return row, facts_for(row, by, now=now)


def held(referral: Referral, facts: RecordFacts | None, by: Actor, now: datetime) -> tuple[Referral, RecordFacts]:
    """Return the row and the facts for `by` of a caller who holds them: `facts` were read in this transaction after the
    row was locked. Without them it is `locked` here.

    Raises ValueError for facts of another referral, or of another state than the row's.
    """
    if facts is None:
        return locked(referral, by, now)
    if not connection.in_atomic_block:
        raise TransactionManagementError("what was locked in a transaction is held until its end")
    if (facts.referral_id, facts.state) != (referral.pk, referral.state):
        raise ValueError("these facts are not those of the row")
    return referral, facts


def person_id_of(by: Actor) -> UUID:
    """Return whose act it is. ValueError for the system, which writes nothing in a person's name."""
    if by.person_id is None:
        raise ValueError("only a person does this")
    return by.person_id


def note(verb: str, referral: Referral, by: Actor, detail: Detail | None = None) -> None:
    """Write the audit row of an act on a referral, in the caller's transaction."""
    record(f"referral.{verb}", by=by, subject_type=SUBJECT, subject_id=referral.pk, detail=detail)
