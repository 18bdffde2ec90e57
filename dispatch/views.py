"""The operators' pages: what waits in the background, what fails, and what can be done about it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.domain.actor import Actor
from audit.requests import actor_of
from dispatch import actions, scanner, selectors
from dispatch.domain.lifecycle import State
from dispatch.domain.other_ways import BY_HAND
from dispatch.domain.permissions import check_read_outbox, check_send_another_way
from dispatch.forms import ByHandForm, SetAsideForm
from dispatch.kept_from import is_kept_from, kept_from
from dispatch.models import OutboxRow
from dispatch.notices import notices
from dispatch.other_ways import ways_of
from dispatch.presenters import (
    change_view,
    depth_lines,
    gateway_views,
    parked_warning,
    round_views,
    row_view,
    silent_warning,
)
from dispatch.rounds import rounds

SHOWN = 50


@never_cache
@require_safe
def operations(request: HttpRequest) -> HttpResponse:
    """What waits in each queue, and the work that needs an operator's eye."""
    actor = actor_of(request)
    check_read_outbox(actor)
    now = timezone.now()
    # Not counted either: that there is something that they don't see would say enough.
    hidden = kept_from(actor, now=now)
    depth = selectors.depth(now, without=hidden)
    asked = rounds()
    context = {
        "warnings": [warning for warning in (silent_warning(asked, now), parked_warning(depth)) if warning],
        "notices": notices(now),
        "rounds": round_views(asked, now),
        "queues": depth_lines(depth),
        "gateways": gateway_views(selectors.gateways(now)),
        "scanner": scanner.state(),
        "parked": _section(
            gettext("Parked"),
            gettext("Given up until an operator decides."),
            selectors.parked().exclude(pk__in=hidden),
            actor,
        ),
        "sections": [
            _section(heading, meaning, rows.exclude(pk__in=hidden), actor)
            for heading, meaning, rows in (
                (gettext("Failing"), gettext("Failed, and will be tried again by itself."), selectors.failing()),
                (gettext("Late"), gettext("Undone for longer than its queue allows."), selectors.late(now)),
            )
        ],
    }
    return render(request, "dispatch/operations.html", context)


@never_cache
@require_safe
def row(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """One piece of work and what happened to it."""
    return _row_page(request, row_id, SetAsideForm(row_id=row_id))


@require_POST
def retry(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Try a piece of work again now."""
    try:
        actions.retry_now(row_id=row_id, by=actor_of(request))
    except OutboxRow.DoesNotExist:
        raise Http404 from None
    messages.success(request, gettext("It will be tried again now."))
    return redirect("dispatch:operations")


@never_cache
@require_POST
def set_aside(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Set a piece of work aside, with the reason."""
    form = SetAsideForm(request.POST, row_id=row_id)
    if not form.is_valid():
        return _row_page(request, row_id, form)
    try:
        actions.set_aside(row_id=row_id, reason=form.cleaned_data["reason"], by=actor_of(request))
    except OutboxRow.DoesNotExist:
        raise Http404 from None
    messages.success(request, gettext("It is set aside and will not be tried again."))
    return redirect("dispatch:operations")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def another_way(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Send what fails another way: by another gateway of whoever it is for, or by hand, with whom somebody told."""
    actor = actor_of(request)
    check_read_outbox(actor)
    found = _row_for(row_id, actor)
    check_send_another_way(actor, State(found.state), row_id=row_id)
    ways = ways_of(found, now=timezone.now())
    if ways is None:
        raise Http404
    form = ByHandForm(request.POST or None)
    gateway = request.POST.get("way", "")
    if gateway or form.is_valid():
        to_whom = "" if gateway else form.cleaned_data["to_whom"]
        sent = actions.send_another_way(row_id=row_id, way=gateway or BY_HAND, to_whom=to_whom, by=actor)
        on = "" if ways.replaces else " " + gettext("It is tried on all the same.")
        messages.success(request, gettext("It is recorded: %(sent)s.%(on)s") % {"sent": sent.label.lower(), "on": on})
        return redirect("dispatch:row", row_id=row_id)
    context = {"row": row_view(found, actor), "ways": ways, "form": form}
    return render(request, "dispatch/another_way.html", context)


def _row_page(request: HttpRequest, row_id: UUID, form: SetAsideForm) -> HttpResponse:
    actor = actor_of(request)
    check_read_outbox(actor)
    found = _row_for(row_id, actor)
    changes = [change_view(change) for change in selectors.changes_of(found)]
    context = {
        "row": row_view(found, actor),
        "changes": changes,
        "form": form,
        "other_ways": selectors.other_ways_of(found),
    }
    return render(request, "dispatch/row.html", context)


def _row_for(row_id: UUID, actor: Actor) -> OutboxRow:
    try:
        found = selectors.row_for(row_id)
    except OutboxRow.DoesNotExist:
        raise Http404 from None
    if is_kept_from(found, actor, now=timezone.now()):
        raise Http404
    return found


def _section(heading: str, meaning: str, rows: QuerySet[OutboxRow], actor: Actor) -> dict[str, object]:
    return {
        "heading": heading,
        "meaning": meaning,
        "rows": [row_view(row, actor) for row in rows[:SHOWN]],
        "count": rows.count(),
    }
