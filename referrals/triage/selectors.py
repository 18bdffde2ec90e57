"""Reads of these pages that the rooms below don't have."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from referrals.casework.models import Decision, Disagreement, Message, MessageAnswer, WithdrawalRequest
from referrals.casework.selectors import children_of, disagreements_waiting
from referrals.record.models import AccessChange, Addendum, Child
from referrals.routing.domain.lifecycle import State
from referrals.routing.models import Intake, Opening
from referrals.routing.selectors import origins_of
from referrals.routing.selectors.scope import intakes_for

NOT_THEIRS = frozenset({State.OFFERED, State.RETURNED, State.TRANSFERRED})
"""Of these another front door answers for the referral."""


def contested_for(actor: Actor, *, now: datetime) -> QuerySet[Disagreement]:
    """Return the disagreements that wait for an answer of the actor's front doors, the next one due first.

    Closed intakes are among them: what is contested later is in no queue. Those without a stated time come last.
    """
    mine = intakes_for(actor, now=now)
    waiting = disagreements_waiting().filter(intake__in=mine)
    return waiting.select_related("referral", "intake").order_by("due_at", "at", "id")


def withdrawals_for(actor: Actor, *, now: datetime) -> list[tuple[WithdrawalRequest, UUID]]:
    """Return the requests to withdraw that wait for an answer of the actor's front doors, the oldest first, each with
    the id of an intake of theirs to answer it from."""
    mine = intakes_for(actor, now=now).exclude(state__in=sorted(state.value for state in NOT_THEIRS))
    intake = mine.filter(referral_id=OuterRef("referral_id")).order_by("sent_at", "pk").values("pk")[:1]
    waiting = (
        WithdrawalRequest.objects.filter(referral__in=mine.values("referral_id"), answer__isnull=True)
        .select_related("referral")
        .annotate(answer_from=Subquery(intake))
        .order_by("at", "id")
    )
    return [(one, one.answer_from) for one in waiting]


def intake_of(actor: Actor, referral_id: UUID, *, now: datetime) -> UUID:
    """Return the id of the intake by which the referral came to the actor's front doors, the newest of several.

    Raises NotYours where it didn't come there. Nothing of it is read by that.
    """
    mine = intakes_for(actor, now=now).filter(referral_id=referral_id).order_by("-sent_at", "-pk")
    found = mine.values_list("pk", flat=True).first()
    if found is None:
        raise NotYours(rule="intake.read", subject_type="referral", subject_id=referral_id)
    return found


def beside(intakes: Iterable[Intake]) -> dict[UUID, list[Intake]]:
    """Return, by each intake's id, the intakes of the same referral at other front doors, first sent first, each with
    `decisions_now`: the decisions that count there. Two queries, however many there are.

    The caller has checked that the intakes may be read: who receives a referral knows who else has.
    """
    shown = list(intakes)
    standing = Decision.objects.filter(replaced_by__isnull=True).order_by("child__position", "at")
    every = (
        Intake.objects.filter(referral_id__in={one.referral_id for one in shown})
        .select_related("claimed_by", "first_read_by")
        .prefetch_related(Prefetch("decisions", standing, to_attr="decisions_now"))
        .order_by("sent_at", "door_name", "pk")
    )
    of_referral: dict[UUID, list[Intake]] = {}
    for one in every:
        of_referral.setdefault(one.referral_id, []).append(one)
    return {one.pk: [other for other in of_referral[one.referral_id] if other.pk != one.pk] for one in shown}


def child_of(intake: Intake, child_id: UUID | None) -> Child | None:
    """Return the child whom a page of the intake is about, None where no child was recorded yet.

    Raises NotYours for a child who didn't go to this front door, and for nobody where there are children. The caller
    has opened the intake.
    """
    children = {child.pk: child for child in children_of(intake)}
    if child_id is None and not children:
        return None
    if child_id not in children:
        raise NotYours(rule="intake.read", subject_type="intake", subject_id=intake.pk)
    return children[child_id]


def messages_of(intake: Intake) -> QuerySet[Message]:
    """Return the questions to the referrer with their answers, first things first; those of the front
    doors that it was accepted from, until then, among them. The caller has opened the intake."""
    asked = Q()
    for intake_id, until in origins_of(intake):
        asked |= Q(intake=intake_id, at__lte=until) if until else Q(intake=intake_id)
    return Message.objects.filter(asked).select_related("answer").order_by("at", "id")


def disagreements_of(intake: Intake) -> QuerySet[Disagreement]:
    """Return the disagreements with what this front door decided, with their answers, first things first. The caller
    has opened the intake."""
    rows = Disagreement.objects.filter(intake=intake).select_related("referral", "answer", "taken_up")
    return rows.order_by("at", "id")


def disagreement_of(intake: Intake, disagreement_id: UUID) -> Disagreement:
    """Return one disagreement of an opened intake; NotYours for any other."""
    found = disagreements_of(intake).filter(pk=disagreement_id).first()
    if found is None:
        raise NotYours(rule="disagreement.answer", subject_type="intake", subject_id=intake.pk)
    return found


def withdrawals_of(intake: Intake) -> QuerySet[WithdrawalRequest]:
    """Return the requests to withdraw the referral of an opened intake, with their answers, first things first."""
    requests = WithdrawalRequest.objects.filter(referral_id=intake.referral_id)
    return requests.select_related("referral", "answer").order_by("at", "id")


def withdrawal_of(intake: Intake, request_id: UUID) -> WithdrawalRequest:
    """Return one request to withdraw the referral of an opened intake; NotYours for any other."""
    found = withdrawals_of(intake).filter(pk=request_id).first()
    if found is None:
        raise NotYours(rule="withdrawal.answer", subject_type="intake", subject_id=intake.pk)
    return found


class News(StrEnum):
    """What can be new on an intake since somebody opened it. The order is that of its telling."""

    WITHDRAWAL = "withdrawal"
    DISAGREEMENT = "disagreement"
    KEPT_FROM = "kept_from"
    ANSWER = "answer"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Newly:
    """Something that the referrer's side did: what, and when."""

    news: News
    at: datetime


def news_of(intakes: Iterable[Intake], actor: Actor) -> dict[UUID, tuple[Newly, ...]]:
    """Return, by each intake's id, what has come since the actor last had its page open, or since anybody of the front
    door did where the actor never has; nothing where nobody has, which is unread. Six queries, however many there are.

    The caller has checked that the intakes may be read.
    """
    shown = list(intakes)
    since = _last_opened(shown, actor)
    came = _came({one.referral_id for one in shown if one.pk in since})
    return {one.pk: newer(came.get(one.pk, []) + came.get(one.referral_id, []), since.get(one.pk)) for one in shown}


def news_about(intake: Intake, since: datetime | None) -> tuple[Newly, ...]:
    """Return what has come on one opened intake since that moment; nothing without one."""
    if since is None:
        return ()
    came = _came({intake.referral_id})
    return newer(came.get(intake.pk, []) + came.get(intake.referral_id, []), since)


def newer(came: Iterable[Newly], since: datetime | None) -> tuple[Newly, ...]:
    """Return what came after a moment, in the order of its telling; nothing without one."""
    if since is None:
        return ()
    return tuple(sorted((one for one in came if one.at > since), key=lambda one: (list(News).index(one.news), one.at)))


def _last_opened(intakes: list[Intake], actor: Actor) -> dict[UUID, datetime]:
    mine: dict[UUID, datetime] = {}
    anybody: dict[UUID, datetime] = {}
    rows = Opening.objects.filter(intake__in=[one.pk for one in intakes]).order_by("at")
    for intake_id, person_id, at in rows.values_list("intake_id", "person_id", "at"):
        anybody[intake_id] = at
        if person_id == actor.person_id:
            mine[intake_id] = at
    return anybody | mine


def _came(referral_ids: set[UUID]) -> dict[UUID, list[Newly]]:
    """By id of the referral, or of the intake where it concerns only that one."""
    found: dict[UUID, list[Newly]] = {}
    closings = AccessChange.objects.filter(of_front_door=False).exclude(kind=AccessChange.Kind.READMITTED)
    for news, rows, about in (
        (News.ADDED, Addendum.objects.filter(referral_id__in=referral_ids), "referral_id"),
        (News.WITHDRAWAL, WithdrawalRequest.objects.filter(referral_id__in=referral_ids), "referral_id"),
        (News.KEPT_FROM, closings.filter(referral_id__in=referral_ids), "referral_id"),
        (News.DISAGREEMENT, Disagreement.objects.filter(referral_id__in=referral_ids), "intake_id"),
        (
            News.ANSWER,
            MessageAnswer.objects.filter(message__intake__referral_id__in=referral_ids),
            "message__intake_id",
        ),
    ):
        for about_id, at in rows.order_by("at").values_list(about, "at"):
            found.setdefault(about_id, []).append(Newly(news, at))
    return found
