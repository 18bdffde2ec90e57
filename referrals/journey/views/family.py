"""Making a copy for the family: whom it is for, what it would hold, and making it; and handing one out."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from audit.domain.actor import Actor
from audit.requests import actor_of
from consent.domain.family import Held
from consent.selectors import came_since
from referrals.documents.domain.family import left_out, offered
from referrals.documents.family import FamilyView, copies_made, family_copy_for, family_view, make_family_copy
from referrals.documents.forms import MAKE, SHOW, PutInForm, WhomForm
from referrals.documents.handing import pdf_handed_out
from referrals.documents.presenters import family_page as presenter
from referrals.record.selectors import called
from referrals.routing.selectors import reads_until


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def family_copy(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Ask whom a copy is for, show what it would hold, and make it. While telling is held back, say so instead."""
    actor, now = actor_of(request), clock.now()
    view = family_view(actor, referral_id, let_go=_has_let_go(actor, referral_id, now), now=now)
    do = request.POST.get("do", "")
    if view.held is not None or view.submission is None:
        return _asked(request, view, None)
    form = _whom(request, view, hidden=False)
    if do not in {SHOW, MAKE} or not form.is_valid():
        return _asked(request, view, form)
    return _looked_at(request, view, form, posted=do == MAKE)


@require_safe
@cache_control(no_store=True)
def family_pdf(request: HttpRequest, referral_id: UUID, copy_id: UUID) -> HttpResponse:
    """A copy that was made, as a file to save or print; none while telling is held back."""
    actor, now = actor_of(request), clock.now()
    let_go = _has_let_go(actor, referral_id, now)
    copy, content = family_copy_for(actor, referral_id, copy_id, let_go=let_go, now=now)
    return pdf_handed_out(content, f"{copy.referral.reference}-family-copy")


def _has_let_go(actor: Actor, referral_id: UUID, now: datetime) -> bool:
    """Whether every front door of the actor's has handed it over, or didn't take it on."""
    return reads_until(referral_id, actor, now=now) is not None


def _whom(request: HttpRequest, view: FamilyView, *, hidden: bool) -> WhomForm:
    children = {child["id"]: child["name"] for child in view.content["children"]}
    people = presenter.reachable(view.content)
    return WhomForm(request.POST or None, children=children, people=people, hidden=hidden)


def _asked(request: HttpRequest, view: FamilyView, form: WhomForm | None) -> HttpResponse:
    context = {
        "referral": view.referral,
        "called": called(view.referral, now=clock.now()),
        "held": view.held,
        "at_front_door": view.given is not None,
        "since": came_since(view.referral, front_door=view.given is not None) if view.held is Held.ADDED else (),
        "form": form,
        "copies": copies_made(view),
    }
    return render(request, "documents/family_whom.html", context)


def _looked_at(request: HttpRequest, view: FamilyView, whom_form: WhomForm, *, posted: bool) -> HttpResponse:
    """What it would hold, to be read; with what was confirmed, the copy is made."""
    assert view.submission is not None
    whom, recipient = whom_form.whom(), whom_form.recipient_words()
    may_go = offered(view.content, whom)
    initial = {"submission": view.submission.number}
    form = PutInForm(request.POST if posted else None, offered=may_go, initial=initial)
    if posted and form.is_valid():
        actor, now = actor_of(request), clock.now()
        make_family_copy(
            referral_id=view.referral.pk,
            let_go=_has_let_go(actor, view.referral.pk, now),
            whom=whom,
            recipient=recipient,
            ask=whom_form.cleaned_data["ask"],
            put_in=form.chosen(),
            submission=form.cleaned_data["submission"],
            by=actor,
            now=now,
        )
        messages.success(
            request, gettext("The copy for %(recipient)s is made. Give it to nobody else.") % {"recipient": recipient}
        )
        return redirect("journey:family_copy", referral_id=view.referral.pk)
    kept = _whom(request, view, hidden=True)
    context = {
        "referral": view.referral,
        "called": called(view.referral, now=clock.now()),
        "recipient": recipient,
        "ask": whom_form.cleaned_data["ask"],
        "asked": kept,
        "form": form,
        "pages": presenter.by_page(may_go),
        "left_out": presenter.by_reason(left_out(view.content, whom)),
        "bears": presenter.bears_on_it(view.content),
    }
    return render(request, "documents/family_preview.html", context)
