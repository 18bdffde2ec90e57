"""The queue, and claiming from it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from audit.actions import record
from audit.requests import actor_of
from referrals.documents.files import file_for
from referrals.documents.handing import file_handed_out, handed_out
from referrals.documents.selectors import copy_for
from referrals.routing import actions
from referrals.routing.models import Intake
from referrals.routing.selectors import offers_for, queue_of, reads_until
from referrals.triage import selectors
from referrals.triage.domain.permissions import check_see_queue
from referrals.triage.forms import FilterForm, filter_choice
from referrals.triage.opening import Opened, of_intake
from referrals.triage.presenters.handing import offered_rows
from referrals.triage.presenters.intake import claimed_words
from referrals.triage.presenters.queue import choose, queue_parts, shown_ids, times_shown, waiting_rows


@require_safe
@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """What isn't finished at the person's front doors, with its clocks and owners; of what doesn't press, a page."""
    actor, now = actor_of(request), clock.now()
    check_see_queue(actor)
    filters = filter_choice(request.GET)
    found = queue_of(actor, now=now)
    news = selectors.news_of([item.intake for item in (*found.mine, *found.unassigned, *found.others)], actor)
    chosen = choose(found, filters, news, request.GET.dict())
    beside = selectors.beside([item.intake for one in chosen for item in one.items])
    parts = queue_parts(chosen, filters, beside, news, now=now)
    record(
        "intake.list", by=actor, subject_type="agency", subject_id=actor.agency_id, detail={"shown": shown_ids(parts)}
    )
    waiting = waiting_rows(selectors.contested_for(actor, now=now), selectors.withdrawals_for(actor, now=now), now=now)
    context = {
        "waiting": waiting,
        "offered": offered_rows(offers_for(actor, now=now), now=now),
        "parts": parts,
        "times": times_shown(parts),
        "over_limit": found.over_limit,
        "filters": FilterForm(initial=filters),
        "filtered": any(filters.values()),
    }
    return render(request, "triage/queue.html", context)


@require_safe
@never_cache
def of_referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """From a referral's own page to its intake at the person's front door."""
    intake_id = selectors.intake_of(actor_of(request), referral_id, now=clock.now())
    return redirect("triage:intake", intake_id=intake_id)


# Neither a browser nor anything in between keeps it.
@cache_control(no_store=True)
@require_safe
def copy(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The PDF copy for a front door, byte for byte the stored one. Taking it is reading it: the referrer sees who did.

    Raises NotYours where the referral didn't come to the person's front doors.
    """
    actor, now = actor_of(request), clock.now()
    selectors.intake_of(actor, referral_id, now=now)
    found = copy_for(actor, referral_id, now=now)
    if found.content is not None:
        actions.mark_referral_read(referral_id=referral_id, by=actor, now=now)
    return handed_out(request, found)


@cache_control(no_store=True)
@require_safe
def file(request: HttpRequest, referral_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A file of a referral for a front door, of those that it is given. Taking it is reading, as with the copy."""
    actor, now = actor_of(request), clock.now()
    selectors.intake_of(actor, referral_id, now=now)
    until = reads_until(referral_id, actor, now=now)
    found = file_for(actor, referral_id, attachment_id, now=now, until=until)
    actions.mark_referral_read(referral_id=referral_id, by=actor, now=now)
    return file_handed_out(found)


@require_POST
def claim(request: HttpRequest, intake_id: UUID) -> HttpResponse:
    """Take one that nobody holds. Whoever comes second is told who has it, and led back.

    It is not read by that: its page, where this leads, does so.
    """
    try:
        actions.claim(intake=Intake(pk=intake_id), by=actor_of(request), now=clock.now())
    except actions.AlreadyClaimed as lost:
        messages.info(request, claimed_words(lost.who, lost.since))
        return redirect("triage:queue")
    messages.success(request, gettext("It is yours now."))
    return redirect("triage:intake", intake_id=intake_id)


@require_POST
@of_intake
def release(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Give one back for somebody else to claim."""
    actions.release(intake=opened.intake, by=opened.actor, now=opened.now)
    messages.success(
        request,
        gettext("%(referral)s is in the queue again for somebody to claim.")
        % {"referral": opened.intake.referral.reference},
    )
    return redirect("triage:queue")
