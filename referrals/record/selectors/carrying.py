"""What an earlier form says, and what a draft began with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from accounts.clock import day_of
from audit.domain.actor import Actor
from referrals.record.domain.carrying import ASKED_AGAIN, ONCE_DECIDED, carry
from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.lifecycle import State
from referrals.record.domain.quoting import added_later
from referrals.record.domain.thaw import OtherForm, thawed_answers
from referrals.record.models import Carried, Child, HouseholdMember, PageAnswers, Referral
from referrals.record.selectors.drafts import draft_of, options_for
from referrals.record.selectors.forms import form_of
from referrals.record.selectors.frozen import addenda_of, content_of, latest_submission


@dataclass(frozen=True, slots=True)
class Source:
    """The answers of an earlier form, and when each page of it was written: by page and person, else `at`."""

    draft: DraftAnswers
    at: datetime
    times: Mapping[tuple[str, UUID | None], datetime]

    def written_at(self, page: str, person_id: UUID | None) -> datetime:
        """Return when a page was written, about this person of the source; of one that isn't on it, when it was
        submitted or last changed."""
        return self.times.get((page, person_id), self.at)


def source_of(referral: Referral) -> Source:
    """Return what a referral says: a draft as it stands, else its latest submission. Raises ValueError for frozen
    content that this system's rules no longer read."""
    submission = None if referral.state == State.DRAFT.value else latest_submission(referral)
    if submission is not None:
        return Source(thawed_answers(content_of(submission)), submission.at, {})
    times: dict[tuple[str, UUID | None], datetime] = {}
    for row in PageAnswers.objects.filter(referral=referral, saved_at__isnull=False):
        times[row.page, row.child_id or row.member_id] = row.saved_at or referral.updated_at
    for about, people in (
        ("child-about", Child.objects.filter(referral=referral)),
        ("member-about", HouseholdMember.objects.filter(referral=referral)),
    ):
        for person in people:
            times[about, person.pk] = person.saved_at or referral.updated_at
    return Source(draft_of(referral), referral.updated_at, times)


def added_to(referral: Referral) -> tuple[str, ...]:
    """Return what was added to a referral after submitting, each with its day and author, without what is asked again.
    Raises ValueError for a text that doesn't match its digest."""
    return added_later((content_of(one) for one in addenda_of(referral)), skipping=ASKED_AGAIN)


def besides(draft: Referral, *, now: datetime) -> str:
    """Return what the form that a draft began from says and the draft has no question for, with what was added to that
    form since; empty where all of it was carried. It is worked out from the earlier form each time, and is no part of
    the draft. The caller has checked that whoever sees it may read the earlier one, and recorded that."""
    source = draft.begun_from
    if source is None:
        return ""
    try:
        found = source_of(source)
    except OtherForm:
        return ""
    return carry(
        found.draft,
        form_of(draft),
        source_form=form_of(source),
        today=day_of(now),
        options_for=options_for(source, found.draft, now=now),
        added=added_to(source),
        # Words about harm that didn't go along stand here.
        decided=not Carried.objects.filter(referral=draft, page__in=ONCE_DECIDED).exists(),
    ).besides


def begun_before(source: Referral, kind: str, by: Actor) -> QuerySet[Referral]:
    """Return the drafts of a kind that the actor holds and that begin from `source`, the latest first."""
    mine = Referral.objects.filter(author_id=by.person_id, agency_id=source.agency_id)
    return mine.filter(begun_from=source, kind=kind, state=State.DRAFT.value).order_by("-created_at", "-pk")


def carried_of(referral: Referral) -> QuerySet[Carried]:
    """Return what a draft began with, page by page, confirmed or not, each with its source. One query."""
    return Carried.objects.filter(referral=referral).select_related("source", "confirmed_by")


def gone_as_referral(referral: Referral) -> bool:
    """Say whether every child of this form, as it stands now, is on a referral that was begun from it and was sent or
    handed over, and not withdrawn. One that was begun before the last change doesn't say what was changed; a child who
    was taken off what was sent was never referred."""
    gone = Referral.objects.filter(
        begun_from=referral,
        kind=Referral.Kind.MARF.value,
        state__in=[State.SENT.value, State.CLOSED.value],
        created_at__gte=referral.updated_at,
    )
    if not gone.exists():
        return False
    referred = Child.objects.filter(referral__in=gone, begun_from__isnull=False).values("begun_from")
    return not Child.objects.filter(referral=referral).exclude(pk__in=referred).exists()
