"""What every action on an intake begins and ends with: the row, locked, with its facts; and the row of the change."""

from datetime import datetime

from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from audit.domain.wording import Detail
from referrals.routing.domain.lifecycle import State, Transition, Verb
from referrals.routing.domain.permissions import IntakeFacts
from referrals.routing.models import Intake, IntakeChange
from referrals.routing.selectors.scope import facts_for

SUBJECT = "intake"
ROUTING = Actor.system("routing")


def locked(intake: Intake, by: Actor, now: datetime, *, rule: str = "intake.read") -> tuple[Intake, IntakeFacts]:
    """Return the row, locked until the transaction ends, with the facts for `by`. Call it inside a transaction.

    Raises ValueError for a naive `now`, NotYours for an intake that is gone.
    """
    check_aware(now)
    row = Intake.objects.select_for_update(of=("self",)).select_related("referral").filter(pk=intake.pk).first()
    if row is None:
        raise NotYours(rule=rule, subject_type=SUBJECT, subject_id=intake.pk)
    return row, facts_for(row, by, now=now)


def check_aware(now: datetime) -> None:
    """Raise ValueError for a naive moment."""
    if now.tzinfo is None:
        raise ValueError("`now` needs a time zone")


def receipt_of(intake: Intake) -> datetime:
    """Return when the first front door received it: a transfer keeps that time."""
    received = intake.offer.receipt_at if intake.offer else intake.received_at
    assert received is not None  # only what has arrived is worked on or passed on
    return received


def change(
    intake: Intake, verb: Verb, source: State, target: State, *, by: Actor, now: datetime, why: str = "", rag: str = ""
) -> None:
    """Write what happened to an intake, and its audit row, in the caller's transaction."""
    IntakeChange.objects.create(
        intake=intake,
        verb=verb.value,
        source=source.value,
        target=target.value,
        at=now,
        by_id=by.person_id,
        by_name=by.name[:200],
        rag=rag,
        why=why.replace("\x00", "").strip(),
    )
    note(verb.value, intake, by, {"from": source.value, "to": target.value, **({"rag": rag} if rag else {})})


def change_by(
    intake: Intake, transition: Transition, *, by: Actor, now: datetime, why: str = "", rag: str = ""
) -> None:
    """Write a change that the table allows, as `change` does."""
    change(intake, transition.verb, transition.source, transition.target, by=by, now=now, why=why, rag=rag)


def note(verb: str, intake: Intake, by: Actor, detail: Detail | None = None) -> None:
    """Write the audit row of an act on an intake; it names the referral too."""
    record(
        f"intake.{verb}",
        by=by,
        subject_type=SUBJECT,
        subject_id=intake.pk,
        detail={"referral": intake.referral_id, **(detail or {})},
    )
