"""Reads of these pages that the rooms below don't have. The caller has read the referral."""

from uuid import UUID

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from referrals.casework.domain.lifecycle import Verb
from referrals.casework.domain.permissions import check_answer_approval
from referrals.casework.models import Disagreement
from referrals.casework.selectors import approval_facts, disagreements_about, latest_approval
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Referral
from referrals.routing.models import Intake
from referrals.routing.selectors import intakes_of

NONE_SHOWN = UUID(int=0)
"""The id of no approval: what is posted without one answers none."""


def intake_of(referral: Referral, intake_id: UUID) -> Intake:
    """Return one intake of the referral; NotYours for any other."""
    found = intakes_of(referral).filter(pk=intake_id).select_related("referral").first()
    if found is None:
        raise NotYours(rule="disagreement.raise", subject_type="referral", subject_id=referral.pk)
    return found


def disagreement_of(referral: Referral, disagreement_id: UUID) -> Disagreement:
    """Return one disagreement of the referral; NotYours for any other."""
    found = disagreements_about(referral).select_related("intake__referral").filter(pk=disagreement_id).first()
    if found is None:
        raise NotYours(rule="disagreement.take_up", subject_type="referral", subject_id=referral.pk)
    return found


def approval_shown_id(referral: Referral) -> str:
    """Return the id of the approval that a page about answering shows, empty where there is none: it is posted back."""
    approval = latest_approval(referral)
    return str(approval.pk) if approval else ""


def approval_seen(posted: str) -> UUID:
    """Return which approval a page says that it showed; `NONE_SHOWN` for anything that isn't an id."""
    try:
        return UUID(posted)
    except ValueError:
        return NONE_SHOWN


def check_approval(verb: Verb, actor: Actor, referral: Referral, facts: RecordFacts) -> None:
    """Raise Refusal unless the actor may answer the referral's approval so now; also where nobody asked for one."""
    approval = latest_approval(referral)
    if approval is None:
        raise Refusal(
            "Nobody was asked to approve it.",
            rule=f"approval.{verb.value}",
            subject_type="referral",
            subject_id=referral.pk,
        )
    check_answer_approval(verb, actor, approval_facts(approval, facts))
