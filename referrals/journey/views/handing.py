"""Letting a colleague write on a draft, handing it to one, and taking over what is offered."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import clock
from audit.requests import actor_of
from referrals.casework import actions as casework
from referrals.journey.forms import FindForm, sought
from referrals.journey.handing_forms import GIVE, SHARE, AnswerOfferForm, GiveForm
from referrals.journey.opening import Opened, open_referral
from referrals.journey.presenters.pages import BackLink
from referrals.record import actions
from referrals.record.domain.permissions import can_edit, check_share
from referrals.record.selectors import colleagues_of, could_be_given, offer_to, offers_of, open_offer, taken_over


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def share(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Who writes on a draft, to whom it is offered; find a colleague, and give it to them."""
    opened = open_referral(request, referral_id, purpose="share")
    check_share(opened.actor, opened.facts)
    asked = request.POST.get("do", "")
    if asked == "take_back":
        actions.take_back_offer(referral=opened.referral, by=opened.actor, now=opened.now)
        messages.success(request, gettext("The draft isn't offered to anybody any more."))
        return redirect("journey:share", referral_id=referral_id)
    if asked == "stop":
        return _stop(request, opened)
    name = sought(request.POST)
    found = could_be_given(opened.referral, name, opened.actor, now=opened.now)
    writes = can_edit(opened.actor, opened.facts)
    find = FindForm(request.POST if asked == "find" else None, initial={"name": name})
    give = GiveForm(
        request.POST if asked == GIVE else None,
        found=found,
        may_share=writes,
        initial={"name": name},
        auto_id="give-%s",
    )
    if asked == GIVE and give.is_valid():
        person = next(one for one in found if str(one.pk) == give.cleaned_data["person"])
        if give.cleaned_data.get("what") == SHARE:
            casework.share_draft(referral=opened.referral, person=person, by=opened.actor, now=opened.now)
            messages.success(
                request,
                gettext("%(full_name)s can write on it from now on, and is told.") % {"full_name": person.full_name},
            )
        else:
            words = give.cleaned_data["note"]
            casework.offer_draft(referral=opened.referral, person=person, words=words, by=opened.actor, now=opened.now)
            messages.success(
                request,
                gettext("%(full_name)s is asked to take it over. Until they accept, it stays where it is.")
                % {"full_name": person.full_name},
            )
        return redirect("journey:share", referral_id=referral_id)
    context = {
        "referral": opened.referral,
        "find": find,
        # Its errors are summed up above the page: what is asked last counts.
        "form": give if asked == GIVE else find,
        "choose": give if found else None,
        "searched": bool(name),
        "colleagues": colleagues_of(opened.referral),
        "offer": open_offer(opened.referral),
        "answered": offers_of(opened.referral).exclude(answer=""),
        "writes": writes,
        "back": _back(opened, writes=writes),
    }
    return render(request, "journey/share.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """A draft that is offered to this person: the note, and whether they take it over. It isn't shown before."""
    actor, now = actor_of(request), clock.now()
    if request.method == "POST" and (mine := taken_over(actor, offer_id)):
        return redirect("journey:tasks", referral_id=mine.referral_id)
    found = offer_to(actor, offer_id)
    form = AnswerOfferForm(request.POST or None)
    if form.is_valid():
        accept = form.cleaned_data["accept"] == "yes"
        casework.answer_offer(offer=found, accept=accept, why=form.cleaned_data["why"], by=actor, now=now)
        if accept:
            messages.success(request, gettext("%(referral)s is yours now.") % {"referral": found.referral.reference})
            return redirect("journey:tasks", referral_id=found.referral_id)
        messages.success(request, gettext("You have said that you don't take it over."))
        return redirect("home")
    return render(request, "journey/offer.html", {"form": form, "offer": found})


def _stop(request: HttpRequest, opened: Opened) -> HttpResponse:
    person = next(
        (one for one in colleagues_of(opened.referral) if str(one.pk) == request.POST.get("person", "")), None
    )
    if person is not None:
        actions.stop_sharing(referral=opened.referral, person=person, by=opened.actor, now=opened.now)
        messages.success(
            request, gettext("%(full_name)s can't see this draft any more.") % {"full_name": person.full_name}
        )
    return redirect("journey:share", referral_id=opened.referral.pk)


def _back(opened: Opened, *, writes: bool) -> BackLink:
    if writes:
        return BackLink(gettext("Back to the task list"), reverse("journey:tasks", args=[opened.referral.pk]))
    return BackLink(gettext("Back to the referral"), reverse("referral", args=[opened.referral.pk]))
