"""Reading the decisions to share, and what was said beside them. Whoever may read the referral may read these: call
`referral_for` first."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet

from accounts.clock import ENGLAND
from consent.domain.afterwards import Ruling, Telling, telling
from consent.domain.facts import Said
from consent.domain.later import Later, SaidLater
from consent.models import AgreementChange, BasesChoice, Disclosure, Shared, SharingRecord, TellingRuling, Told
from referrals.record.models import Referral, Submission


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
    newest = {str(one.team_id): Ruling(str(one.team_id), one.may_tell) for one in rulings_of(referral)}
    return telling(
        kept.decision if kept else {},
        told=frozenset(told_of(referral).values_list("about", flat=True)),
        rulings=tuple(newest.values()),
    )


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
