"""Publishing a draft from a day on, or discarding it: each on a page that shows what it does first."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import clock
from audit.requests import actor_of
from thresholds import actions, selectors
from thresholds.actions import OvertakenError
from thresholds.domain.permissions import LONGEST_AHEAD
from thresholds.forms import ConfirmForm, StartForm
from thresholds.models import PackDraft
from thresholds.views.keeping import compared_with


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """From which day. Nothing is published here."""
    found = selectors.draft_for(actor_of(request), draft_id)
    if found.state != PackDraft.State.OPEN:
        return _ended(request, found)
    form = StartForm(request.POST if request.method == "POST" else None, today=clock.day_of(clock.now()))
    if request.method == "POST" and form.is_valid():
        return redirect("thresholds:publish_from", draft_id=found.pk, start=form.cleaned_data["start"].isoformat())
    return render(request, "thresholds/keep/publish.html", {"draft": found, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publish_from(request: HttpRequest, draft_id: UUID, start: str) -> HttpResponse:
    """What would change from that day on, and the button that publishes."""
    actor, now = actor_of(request), clock.now()
    found = selectors.draft_for(actor, draft_id)
    day = _day(start, clock.day_of(now))
    if found.state != PackDraft.State.OPEN:
        return _ended(request, found)
    pack = found.pack().model_copy(update={"effective_from": day})
    before, changes = compared_with(found.area, pack, day)
    later = selectors.versions_after(found.area, day)
    shown = {"seen": before.version_id if before else None}
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial=shown, later=later)
    # A broken number of a version is none: the action then says that another one was published meanwhile.
    if form.is_bound and not form.errors.get("knows_later"):
        try:
            version = actions.publish_draft(
                draft_id=found.pk, start=day, seen=form.seen_version, later=form.known_later, by=actor, now=now
            )
        except OvertakenError as overtaken:
            messages.error(request, overtaken.why)
            return redirect("thresholds:publish_from", draft_id=found.pk, start=start)
        messages.success(
            request,
            gettext("Published from %(effective_from)s, revision %(revision)s.")
            % {"effective_from": f"{version.effective_from:%-d %B %Y}", "revision": version.revision},
        )
        return redirect("thresholds:keep")
    context = {
        "draft": found,
        "pack": pack,
        "start": day,
        "today": day == clock.day_of(now),
        "before": before,
        "later": later,
        "changes": changes,
        "nothing": before is not None and before.pack.model_copy(update={"effective_from": day}) == pack,
        "form": form,
    }
    return render(request, "thresholds/keep/publish_from.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    actor = actor_of(request)
    found = selectors.draft_for(actor, draft_id)
    if found.state != PackDraft.State.OPEN:
        return _ended(request, found)
    if request.method == "POST":
        try:
            actions.discard_draft(draft_id=found.pk, by=actor, now=clock.now())
        except OvertakenError as overtaken:
            messages.error(request, overtaken.why)
        else:
            messages.success(request, gettext("The draft is discarded. What is published stays as it is."))
        return redirect("thresholds:keep")
    return render(request, "thresholds/keep/discard.html", {"draft": found})


def _ended(request: HttpRequest, found: PackDraft) -> HttpResponse:
    """Somebody was quicker: say who, and lead to the draft."""
    messages.info(
        request,
        gettext("%(name)s has %(state)s this draft already.")
        % {"name": found.ended_by_name, "state": gettext(found.get_state_display()).lower()},
    )
    return redirect("thresholds:draft", draft_id=found.pk)


def _day(text: str, today: dt.date) -> dt.date:
    """The day in an address; not found where it is none that the form before would have led to."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if not today <= day <= today + LONGEST_AHEAD:
        raise Http404
    return day
