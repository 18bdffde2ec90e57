"""Starting a referral, and the list of one's own."""

from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from audit.actions import record
from audit.requests import actor_of
from referrals.journey import selectors
from referrals.journey.forms import BeginForm, StartForm, is_urgent
from referrals.journey.presenters.early_help import early_help_in
from referrals.journey.presenters.lists import list_rows
from referrals.record import actions
from referrals.record.domain.permissions import check_start

REFERRALS_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Ask about danger first. What is urgent leads to the number to ring, all else to the choice of a form."""
    check_start(actor_of(request))
    form = StartForm(request.POST or None)
    if not form.is_valid():
        return render(request, "journey/start.html", {"form": form})
    given = form.cleaned_data
    if is_urgent(given):
        return redirect(f"{reverse('journey:urgent')}?{urlencode(given)}")
    return redirect(f"{reverse('journey:which')}?{urlencode(given)}")


@require_safe
@never_cache
def which(request: HttpRequest) -> HttpResponse:
    """Which form: an early help assessment, by the area's own name for it, or a referral. Danger is asked first."""
    actor = actor_of(request)
    check_start(actor)
    form = BeginForm({"kind": "eha", **request.GET.dict()})
    if not form.is_valid() or not form.given():
        return redirect("journey:start")
    if form.is_urgent():
        return redirect(f"{reverse('journey:urgent')}?{urlencode(form.given())}")
    context = {"given": form.given(), "token": uuid4(), "early_help": early_help_in(actor, now=clock.now())}
    return render(request, "journey/which.html", context)


@require_safe
@never_cache
def urgent(request: HttpRequest) -> HttpResponse:
    """Ring first; then send the first facts now, or write the full form."""
    check_start(actor_of(request))
    form = BeginForm({"kind": "marf", **request.GET.dict()})
    given = form.given() if form.is_valid() else {}
    return render(request, "journey/urgent.html", {"given": given, "token": uuid4()})


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin a referral of the kind whose button was pressed. The buttons carry a token: pressed twice, one
    is begun, and both lead to it."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        return redirect("journey:start")
    if form.cleaned_data["kind"] == "eha" and form.is_urgent():
        # An assessment is nothing for a child in danger.
        return redirect(f"{reverse('journey:urgent')}?{urlencode(form.given())}")
    return _begin(request, form.cleaned_data["kind"], form.given(), form.cleaned_data["token"])


@require_safe
@never_cache
def referrals(request: HttpRequest) -> HttpResponse:
    """One's own referrals: drafts to go on with, and those that have gone."""
    actor = actor_of(request)
    check_start(actor)
    own = selectors.own_referrals(actor, now=clock.now())
    found = Paginator(own, REFERRALS_A_PAGE).get_page(request.GET.get("page"))
    record(
        "referral.list",
        by=actor,
        subject_type="person",
        subject_id=actor.person_id,
        detail={"shown": [str(one.pk) for one in found]},
    )
    return render(request, "journey/referrals.html", {"groups": list_rows(list(found)), "found": found})


def _begin(request: HttpRequest, kind: str, given: dict[str, str], token: UUID | None) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    referral = actions.start_referral(kind=kind, by=actor, now=now, token=token)
    if given:
        try:
            actions.save_page(referral=referral, page="start", answers=given, version=0, by=actor, now=now)
        except actions.Conflict:
            # The button began one before, in which that is answered otherwise by now: neither answer is lost.
            referral = actions.start_referral(kind=kind, by=actor, now=now)
            actions.save_page(referral=referral, page="start", answers=given, version=0, by=actor, now=now)
    if kind != "send_now":
        return redirect("journey:tasks", referral_id=referral.pk)
    # The short form leads from page to page; what was answered on the way here isn't asked again.
    return redirect("journey:page", referral_id=referral.pk, page="ring-first" if given else "start")
