"""Keeping a referral from whom it is about, for its writers and for the front doors that have it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from audit.actions import record_refusal
from audit.domain.refusal import NotYours, Refusal
from referrals.casework import actions as casework
from referrals.casework.selectors import closed_to_desk, kept_out, let_in_again, opened_at_desk, to_keep_out
from referrals.journey.forms import CloseToDeskForm, FindForm, KeepOutForm, LetInForm, sought
from referrals.journey.opening import Opened, open_referral
from referrals.journey.presenters.pages import BackLink
from referrals.journey.selectors import reads_for_front_door, waits_for_approval
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import (
    can_readmit,
    check_close_to_desk,
    check_readmit,
    check_shut_out,
    relationships,
)
from referrals.routing.actions import mark_referral_read

REFUSED = 403


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def close_desk(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Say that the agency's safeguarding desk must not see it. What waited there goes on without the desk."""
    opened = _opened(request, referral_id, purpose="close_desk")
    check_close_to_desk(opened.actor, opened.facts)
    form = CloseToDeskForm(request.POST or None)
    if form.is_valid():
        waited = waits_for_approval(opened.referral)
        row = casework.close_to_desk(
            referral=opened.referral, why=form.cleaned_data["why"], by=opened.actor, now=opened.now
        )
        messages.success(request, _closed_words(waited=waited, state=row.state))
        return redirect(_back(opened).url)
    context = {
        "referral": opened.referral,
        "form": form,
        "back": _back(opened),
        "closed": opened.referral.bypasses_desk,
        "said": closed_to_desk(opened.referral),
        "opened_by": opened_at_desk(opened.referral),
        "waits": waits_for_approval(opened.referral),
    }
    return render(request, "journey/close_desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def keep_out(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Find somebody with an account and keep them from seeing it, with a reason; or let them see it again."""
    opened = _opened(request, referral_id, purpose="keep_out")
    check_shut_out(opened.actor, opened.facts)
    asked = request.POST.get("do", "")
    if asked in {"let-in", "readmit"}:
        return _let_in(request, opened, posted=asked == "readmit")
    name = sought(request.POST)
    find = FindForm(request.POST if asked == "find" else None, initial={"name": name})
    found = to_keep_out(opened.referral, name, now=opened.now)
    posted = request.POST if asked == "keep-out" else None
    form = KeepOutForm(posted, found=found, initial={"name": name}, auto_id="keep-%s")
    status = 200
    if asked == "keep-out" and form.is_valid():
        person = next(one.person for one in found if str(one.person.pk) == form.cleaned_data["person"])
        try:
            casework.shut_out(
                referral=opened.referral,
                person=person,
                why=form.cleaned_data["why"],
                by=opened.actor,
                now=opened.now,
            )
        except NotYours:
            raise
        except Refusal as refusal:
            record_refusal(refusal, by=opened.actor, detail={"method": "POST", "view": "journey:keep_out"})
            form.refuse(refusal.reason, about=refusal.about)
            status = REFUSED
        else:
            messages.success(request, gettext("%(full_name)s can't see it any more.") % {"full_name": person.full_name})
            return redirect("journey:keep_out", referral_id=referral_id)
    context = {
        "referral": opened.referral,
        "find": find,
        # Its errors are summed up above the page: what is asked last counts.
        "form": form if asked == "keep-out" else find,
        "choose": form if found else None,
        "searched": bool(name),
        "kept_out": [
            (one, can_readmit(opened.actor, opened.facts, said_by_front_door=one.of_front_door))
            for one in kept_out(opened.referral)
        ],
        "let_in_again": let_in_again(opened.referral),
        "back": _back(opened),
    }
    return render(request, "journey/keep_out.html", context, status=status)


def _let_in(request: HttpRequest, opened: Opened, *, posted: bool) -> HttpResponse:
    """Ask why, then let them in. Somebody who isn't kept out any more was let in meanwhile: the list says so."""
    asked = request.POST.get("person", "")
    one = next((one for one in kept_out(opened.referral) if str(one.person.pk) == asked), None)
    if one is None:
        return redirect("journey:keep_out", referral_id=opened.referral.pk)
    check_readmit(opened.actor, opened.facts, said_by_front_door=one.of_front_door)
    form = LetInForm(request.POST if posted else None, initial={"person": asked})
    if form.is_valid():
        why = form.cleaned_data["why"]
        casework.readmit(referral=opened.referral, person=one.person, why=why, by=opened.actor, now=opened.now)
        messages.success(
            request,
            gettext("%(full_name)s can see it again, if their role lets them.") % {"full_name": one.person.full_name},
        )
        return redirect("journey:keep_out", referral_id=opened.referral.pk)
    context = {"referral": opened.referral, "form": form, "person": one.person, "said": one}
    return render(request, "journey/let_in.html", context)


def _opened(request: HttpRequest, referral_id: UUID, *, purpose: str) -> Opened:
    opened = open_referral(request, referral_id, purpose=purpose)
    # Whoever opens it for a front door has opened it: no alarm says that nobody has.
    mark_referral_read(referral_id=referral_id, by=opened.actor, now=opened.now)
    return opened


def _back(opened: Opened) -> BackLink:
    where: dict[str, Any] = {"referral_id": opened.referral.pk}
    if reads_for_front_door(relationships(opened.actor, opened.facts)):
        return BackLink(gettext("Back to the referral in your queue"), reverse("triage:of_referral", kwargs=where))
    if opened.referral.state == State.DRAFT.value:
        return BackLink(gettext("Back to the task list"), reverse("journey:tasks", kwargs=where))
    return BackLink(gettext("Back to the referral"), reverse("referral", kwargs=where))


def _closed_words(*, waited: bool, state: str) -> str:
    if not waited:
        return gettext("The agency's safeguarding desk can't see it any more.")
    if state == State.SENT.value:
        return gettext("Your safeguarding desk can't see it any more. It did not wait for them: it has been sent.")
    if state == State.DRAFT.value:
        return gettext(
            "Your safeguarding desk can't see it any more. It is a draft again: say why it should go, then send it."
        )
    return gettext("Your safeguarding desk can't see it any more. It could not be sent: ring the front door.")
