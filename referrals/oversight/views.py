"""Trying a document on past referrals: starting it, how far it is, and what would have changed. Counts, no names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from audit.requests import actor_of
from referrals.oversight import actions, selectors
from referrals.oversight.forms import StartForm
from referrals.oversight.models import Backtest
from referrals.oversight.presenters import progress_of, report_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def backtests(request: HttpRequest) -> HttpResponse:
    """The area's backtests, and the form that starts one."""
    actor, now = actor_of(request), clock.now()
    found = selectors.backtests_of(actor)
    candidates = selectors.candidates_of(selectors.area_of(actor) or "", clock.day_of(now))
    form = StartForm(request.POST if request.method == "POST" else None, candidates=candidates)
    if request.method == "POST" and form.is_valid():
        started = actions.start(candidate=form.chosen(), by=actor, now=now)
        return redirect("oversight:backtest", backtest_id=started.pk)
    return render(request, "oversight/backtests.html", {"form": form, "backtests": found, "candidates": candidates})


@never_cache
@require_safe
def backtest(request: HttpRequest, backtest_id: UUID) -> HttpResponse:
    """How far one is; what would have changed, once it has ended: half a count reads like a whole one."""
    found = selectors.backtest_for(actor_of(request), backtest_id)
    context = {
        "backtest": found,
        "progress": progress_of(found, now=clock.now()),
        "report": None if found.running else report_of(found, selectors.names_for(found), selectors.agency_names()),
        "whole": found.state == Backtest.State.DONE,
    }
    return render(request, "oversight/backtest.html", context)


@require_POST
def stop(request: HttpRequest, backtest_id: UUID) -> HttpResponse:
    """Stop one where it stands."""
    actor = actor_of(request)
    found = selectors.backtest_for(actor, backtest_id)
    actions.cancel(backtest_id=found.pk, by=actor, now=clock.now())
    messages.success(request, gettext("Stopped. What was counted until then stays below."))
    return redirect("oversight:backtest", backtest_id=found.pk)
