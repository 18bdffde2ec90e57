"""What every page of one referral begins with: reading it, recorded; its numbers to ring; and whether it is a draft."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from accounts import clock
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from audit.requests import actor_of
from consent.models import Disclosure
from referrals.record.domain.forms.parts import NOT_KNOWN
from referrals.record.domain.lifecycle import Relationship, State
from referrals.record.domain.permissions import RecordFacts, can_edit, check_edit, reads_as_front_door, relationships
from referrals.record.models import Referral, Submission
from referrals.record.selectors import facts_for, referral_for, words_kept
from referrals.routing import selectors as routing
from referrals.routing.actions import given_for

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "do", "token"})


@dataclass(frozen=True, slots=True)
class Opened:
    """A referral that this person may read, and has now read. `now` is aware."""

    referral: Referral
    facts: RecordFacts
    actor: Actor
    now: datetime

    def current(self) -> Referral:
        """The row as it is after something was saved in this request."""
        return Referral.objects.select_related("author", "agency").get(pk=self.referral.pk)


def open_referral(request: HttpRequest, referral_id: UUID, *, purpose: str) -> Opened:
    """Read a referral for a page and record it. The child's home area's numbers stand on the page from then on.

    Raises NotYours for one that isn't there or isn't theirs.
    """
    actor, now = actor_of(request), clock.now()
    referral = referral_for(actor, referral_id, purpose=purpose, now=now)
    help_from(request, referral.home_area)
    return Opened(referral, facts_for(referral, actor, now=now), actor, now)


def given_to_reader(opened: Opened, submission: Submission) -> Disclosure | None:
    """Return what the reader's front door is given of a submission; None for people of the agency, who have the whole.

    Raises NotYours where a front door was given nothing of this submission.
    """
    if not reads_as_front_door(opened.actor, opened.facts):
        return None
    given = given_for(referral=opened.referral, by=opened.actor, now=opened.now)
    if given is None or given.submission_id != submission.pk:
        raise NotYours(rule="referral.read", subject_type="referral", subject_id=opened.referral.pk)
    return given


def reads_until(opened: Opened) -> datetime | None:
    """Return until when what comes is for this reader: a front door that has let go of it reads what came until then.
    None for everybody who reads all that comes."""
    if not reads_as_front_door(opened.actor, opened.facts):
        return None
    return routing.reads_until(opened.referral.pk, opened.actor, now=opened.now)


def help_from(request: HttpRequest, area: object) -> None:
    """Let the page show the numbers of the area of the child's home; of the agency's own area while it isn't known, or
    where no pack is held for it."""
    if isinstance(area, str) and area not in {"", NOT_KNOWN, "elsewhere"}:
        request.help_area = area  # type: ignore[attr-defined]  # read by config.navigation


def of_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view an `Opened` draft that the person may edit; lead to the record once it is no draft any more, and
    give back what was typed for it. Whoever has handed it on is shown what they typed since.

    Raises Refusal for somebody who may read it but not write on it.
    """

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, referral_id: UUID, **more: Any) -> HttpResponse:
        draft = open_referral(request, referral_id, purpose="write")
        if draft.referral.state != State.DRAFT.value:
            return _too_late(request, draft)
        if held_once(draft):
            return _handed_on(request, draft)
        check_edit(draft.actor, draft.facts)
        return view(request, draft, **more)

    return opened


def _too_late(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Submitted or withdrawn meanwhile: nothing was saved, so what was typed is shown, to be added if need be."""
    typed = _typed(request, opened)
    if not typed:
        return redirect("referral", referral_id=opened.referral.pk)
    return render(request, "journey/too_late.html", {"referral": opened.referral, "typed": typed}, status=409)


def held_once(opened: Opened) -> bool:
    """Whether the draft was the reader's and is somebody else's now: they typed on it in good faith."""
    return Relationship.FORMER in relationships(opened.actor, opened.facts) and not can_edit(opened.actor, opened.facts)


def _handed_on(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Accepted by somebody else meanwhile: nothing was saved, so what was typed is shown, with whom to give it to."""
    typed = _typed(request, opened)
    if not typed:
        check_edit(opened.actor, opened.facts)
    context = {"referral": opened.referral, "typed": typed, "holder": opened.referral.author}
    return render(request, "journey/too_late.html", context, status=409)


def _typed(request: HttpRequest, opened: Opened) -> list[str]:
    """The words that were posted, and those that were kept while they were typed on any page."""
    typed = [
        value
        for name, values in request.POST.lists()
        if not name.startswith("page-") and name not in NOT_TYPED
        for value in values
        if len(value.split()) > 1  # words, not a choice
    ]
    return typed + [words for words in words_kept(opened.referral, opened.actor) if words not in typed]
