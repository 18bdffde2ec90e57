"""The desk, one referral on it, and approving."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from audit.actions import record
from audit.requests import actor_of
from referrals.casework import actions
from referrals.casework.selectors import desk_of, timeline
from referrals.documents.files import files_shown
from referrals.documents.reading import addenda_shown, content_given, evidence_of
from referrals.documents.selectors import copy_state
from referrals.record.selectors import addenda_of, called, latest_submission
from referrals.review.domain.permissions import check_review, check_see_desk
from referrals.review.opening import Opened, of_referral
from referrals.review.presenters.desk import STATES, desk_groups, shown_ids
from referrals.review.presenters.one import one_of
from referrals.review.selectors import approval_seen
from referrals.routing.selectors import intakes_of, receipts_of, unseen_at


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """What lies on the desk, in groups by what it asks for; of what asks for nothing, a page."""
    actor, now = actor_of(request), clock.now()
    check_see_desk(actor)
    groups = desk_groups(desk_of(actor, now=now, pages=request.GET.dict()), now=now)
    record(
        "desk.list", by=actor, subject_type="agency", subject_id=actor.agency_id, detail={"shown": shown_ids(groups)}
    )
    return render(request, "review/desk.html", {"groups": groups})


@require_safe
@of_referral(check_review)
def referral(request: HttpRequest, opened: Opened) -> HttpResponse:
    """One referral on the desk: where it stands, what the desk can do, what was sent and what happened."""
    row = opened.referral
    # The approval first: where it is submitted anew between the two reads, the answer meets a refusal and not the new.
    one = one_of(opened, list(intakes_of(row).select_related("referral")))
    submission = latest_submission(row)
    added = list(addenda_of(row))
    context = {
        "referral": row,
        "called": called(row, now=opened.now),
        "state": gettext(STATES[row.state]),
        "one": one,
        "receipts": receipts_of(row),
        "copy": copy_state(row),
        "evidence": evidence_of(submission) if submission else None,
        "addenda": addenda_shown(added, unseen=unseen_at(row, added)),
        "files": files_shown(row, content_given(submission, None)) if submission else (),
        "timeline": timeline(row, front_door=False),
    }
    return render(request, "review/referral.html", context)


@require_POST
@of_referral(check_review)
def approve(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Approve what the page showed: a routine referral is sent with that, an urgent one has gone already."""
    answer = actions.approve(
        referral=opened.referral, by=opened.actor, now=opened.now, seen=approval_seen(request.POST.get("approval", ""))
    )
    said = (
        gettext("You have said that you agree.")
        if answer.approval.beside
        else gettext("Approved. It is on its way to the front door.")
    )
    messages.success(request, f"{opened.referral.reference}: {said}")
    return redirect("review:referral", referral_id=opened.referral.pk)
