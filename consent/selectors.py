"""Reading the decisions to share, and what was said beside them. Whoever may read the referral may read these: call
`referral_for` first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.clock import ENGLAND
from consent.domain.afterwards import Ruling, Telling, held, telling
from consent.domain.facts import Said
from consent.domain.family import FamilyFacts, Held, held_back, may_bear_on_telling, settled
from consent.domain.later import Later, SaidLater
from consent.models import (
    AgreementChange,
    BasesChoice,
    Disclosure,
    SaidSince,
    Shared,
    SharingRecord,
    TellingRuling,
    Told,
)
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.lifecycle import State
from referrals.record.models import Referral, Submission
from referrals.record.selectors import addenda_of, content_of, latest_submission

ADDENDUM, AGREEMENT = "addendum", "agreement"
CAME_SINCE: dict[str, str] = {
    ADDENDUM: "Something that was added",
    AGREEMENT: "What somebody said about agreement",
    SaidSince.Where.ANSWER: "An answer to a front door's question",
    SaidSince.Where.ADVICE: "Advice of the safeguarding desk",
    SaidSince.Where.PARTNER: "What a partner agency was asked or gave",
    SaidSince.Where.DISAGREEMENT: "Why a decision was contested",
    SaidSince.Where.WITHDRAWAL: "Why it is to be withdrawn",
}
"""What may make telling dangerous, as pages name it."""
CAME_SINCE_AT_AGENCY: dict[str, str] = {SaidSince.Where.ADVICE: "Words at the agency that wrote it"}


@dataclass(frozen=True, slots=True)
class CameSince:
    """Something that came after it was submitted and may make telling dangerous: what it is, and when it came."""

    what: str
    at: datetime


def sharing_of(referral: Referral) -> SharingRecord | None:
    """Return the record that counts, the last one; None while nothing was submitted."""
    return sharing_records_of(referral).last()


def sharing_records_of(referral: Referral) -> QuerySet[SharingRecord]:
    """Return every record of the referral, first things first."""
    return SharingRecord.objects.filter(referral=referral).select_related("by").order_by("number")


def bases_chosen(referral: Referral) -> BasesChoice | None:
    """Return the choice of lawful bases that counts; None where nobody chose."""
    return bases_choices_of(referral).last()


def bases_choices_of(referral: Referral) -> QuerySet[BasesChoice]:
    """Return every choice of lawful bases, first things first."""
    return BasesChoice.objects.filter(referral=referral).order_by("number")


def agreement_changes_of(referral: Referral) -> QuerySet[AgreementChange]:
    """Return what was said about agreement after submitting, first things first."""
    return AgreementChange.objects.filter(referral=referral).order_by("number")


def told_of(referral: Referral) -> QuerySet[Told]:
    """Return who was told of the sharing, first things first; corrections follow what they correct."""
    return Told.objects.filter(referral=referral).order_by("number")


def rulings_of(referral: Referral) -> QuerySet[TellingRuling]:
    """Return what front doors said about telling the family, first things first."""
    return TellingRuling.objects.filter(referral=referral).select_related("team").order_by("number")


def later_of(referral: Referral, *, answered_at: Mapping[UUID, datetime]) -> Later:
    """Return what was recorded beside the answers, as the decision reads it. Five queries.

    `answered_at` says when the answers about a person's agreement were last saved: after a referral was returned and
    written on, those count again, and not what was said in between.
    """
    said = {
        str(one.about): SaidLater(
            said=Said(one.said),
            said_at=_start_of(one.said_on) if one.said_on else None,
            said_to=one.said_to,
            limits=one.limits,
            words=one.words,
            agreed_parts=None if one.agreed_parts is None else frozenset(one.agreed_parts),
            agreed_with=None if one.agreed_with is None else frozenset(one.agreed_with),
        )
        for one in agreement_changes_of(referral)
        if one.about not in answered_at or one.at > answered_at[one.about]
    }
    bases = bases_chosen(referral)
    return Later(
        said=said,
        told_at={one.about: _start_of(one.told_on) for one in told_of(referral)},
        lifted=telling_of(referral).lifted,
        bases=frozenset(bases.chosen) if bases else frozenset(),
        bases_why=bases.why if bases else "",
    )


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), ENGLAND)


def telling_of(referral: Referral) -> Telling:
    """Return how telling stands: who has to be told, who must not be, who was. Three queries; empty while nothing was
    submitted."""
    kept = sharing_of(referral)
    newest = {
        str(one.team_id): Ruling(str(one.team_id), one.may_tell, lifts=one.lifts, let_go=one.let_go)
        for one in rulings_of(referral)
    }
    return telling(
        kept.decision if kept else {},
        told=frozenset(told_of(referral).values_list("about", flat=True)),
        rulings=tuple(newest.values()),
    )


def telling_now(referral: Referral) -> Telling:
    """Return how telling stands for whoever speaks with the family: while no copy could be handed out for any reason
    but that it hasn't been sent, nobody of the family is told either. Raises ValueError as `family_held_back` does."""
    facts = _family_facts(referral)
    why = held_back(replace(facts, sent=True, beside=_held_beside(referral)))
    return facts.telling if why is None or facts.telling.guarded else held(facts.telling, why.words)


def family_held_back(referral: Referral) -> Held | None:
    """Return why there can be no copy for the family as it stands now; None where there may be one.

    Asked when a copy is made, and each time it is handed out. Records beside this one are asked without regard to who
    reads them: that they hold telling back is all that is said. Raises ValueError where a later fact doesn't match its
    digest.
    """
    return held_back(replace(_family_facts(referral), beside=_held_beside(referral)))


def _family_facts(referral: Referral) -> FamilyFacts:
    """What one record says by itself, without those beside it."""
    submission = latest_submission(referral)
    return FamilyFacts(
        sent=referral.state in {State.SENT.value, State.CLOSED.value},
        settled=settled(content_of(submission) if submission else None, decided=sharing_of(referral) is not None),
        telling=telling_of(referral),
        ruled_at=_ruled_at(referral),
        added_at=max((at for _, at in _came_since(referral)), default=None),
    )


def came_since(referral: Referral, *, front_door: bool) -> tuple[CameSince, ...]:
    """Return what came after a front door last said that the family may be told, first things first: what it is, never
    what it says. `front_door`: whoever reads it does so for one, and doesn't read the agency's own words."""
    ruled = _ruled_at(referral)
    words = {**CAME_SINCE, **(CAME_SINCE_AT_AGENCY if front_door else {})}
    found = (CameSince(words[what], at) for what, at in _came_since(referral) if ruled is None or at > ruled)
    return tuple(sorted(found, key=lambda one: one.at))


def _came_since(referral: Referral) -> list[tuple[str, datetime]]:
    """Everything that came after it was submitted and may make telling the family dangerous."""
    return [
        *((ADDENDUM, one.at) for one in addenda_of(referral) if may_bear_on_telling(content_of(one))),
        *((AGREEMENT, one.at) for one in agreement_changes_of(referral) if one.words or one.limits),
        *SaidSince.objects.filter(referral=referral).values_list("where", "at"),
    ]


def _ruled_at(referral: Referral) -> datetime | None:
    """When a front door that has it, and whose yes is enough, last said that the family may be told."""
    latest = {one.team_id: one for one in rulings_of(referral)}
    # A row that keeps that a front door handed it over is nobody's word, and a lesser word frees nothing.
    return max((one.at for one in latest.values() if one.may_tell and one.lifts and not one.let_go), default=None)


def _held_beside(referral: Referral) -> bool:
    """Whether another record of the same chain holds telling back: by its own guard, by what came to it later, or as a
    referral that leaves open whether telling is safe. One that is still a draft does: somebody began it since they
    came to fear harm."""
    return any(_holds(one) for one in _chain(referral) if one.state != State.WITHDRAWN.value)


def _holds(one: Referral) -> bool:
    facts = _family_facts(one)
    # An assessment is made with the family: it forbids nothing beside it by what it leaves open.
    settled_by_itself = facts.settled or is_assessment(one.specification)
    return held_back(replace(facts, sent=True, settled=settled_by_itself)) is not None


def _chain(referral: Referral) -> list[Referral]:
    """Every other record that this one began from, that began from it, or that has a beginning in common with it."""
    found = {referral.pk: referral}
    fresh = [referral]
    while fresh:
        keys = [one.pk for one in fresh]
        sources = [one.begun_from_id for one in fresh if one.begun_from_id]
        rows = Referral.objects.filter(Q(begun_from__in=keys) | Q(pk__in=sources)).exclude(pk__in=list(found))
        fresh = list(rows)
        found.update({one.pk: one for one in fresh})
    return [one for one in found.values() if one.pk != referral.pk]


def disclosure_to(submission: Submission, *, area: str, front_door: str) -> Disclosure | None:
    """Return what a front door is given of a submission; None where nothing was worked out for it."""
    given = Disclosure.objects.filter(submission=submission, area=area, front_door=front_door)
    return given.order_by("number").last()


def disclosure_for(submission: Submission, teams: Iterable[UUID]) -> Disclosure | None:
    """Return what somebody of these teams is given of a submission: of several the one that holds most, the first of
    equals. None where none of the teams received it."""
    given: dict[tuple[str, str], Disclosure] = {}
    rows = Disclosure.objects.filter(submission=submission, team_id__in=list(teams)).order_by("at", "number")
    for row in rows:
        given[row.area, row.front_door] = row
    return min(given.values(), key=lambda one: (not one.whole, len(one.need["withheld"])), default=None)


def shared_of(referral: Referral) -> QuerySet[Shared]:
    """Return every document that went somewhere, first things first."""
    return Shared.objects.filter(referral=referral).select_related("disclosure").order_by("id")
