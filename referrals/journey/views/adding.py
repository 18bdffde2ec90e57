"""Adding to what was submitted: later facts in words, or a page of the full form after the first facts went alone."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from audit.domain.refusal import NotYours
from referrals.casework import actions as casework
from referrals.journey.forms import AddendumForm
from referrals.journey.offers import offers_for
from referrals.journey.opening import Opened, open_referral
from referrals.journey.page_form import DO, GOES_ON, PageForm
from referrals.journey.picker import Around
from referrals.journey.presenters.pages import BackLink, later_pages, name_in
from referrals.journey.schools import with_school
from referrals.journey.selectors import refers_instead
from referrals.journey.steps import later_steps
from referrals.record.domain.forms import CURRENT
from referrals.record.domain.forms.wording import worded
from referrals.record.domain.lifecycle import Verb
from referrals.record.domain.permissions import can_move, check_add_addendum
from referrals.record.models import Referral
from referrals.record.selectors import draft_of, form_of
from referrals.routing.domain.transfer import outside_words
from referrals.routing.selectors import handed_outside
from thresholds.selectors import index_for

ADDED = gettext_noop("What you wrote has been added.")
BUTTON = gettext_noop("Add this")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def addendum(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Add what was learned after it was submitted; lead to the full form's pages where only the first facts went."""
    opened = open_referral(request, referral_id, purpose="addendum")
    check_add_addendum(opened.actor, opened.facts)
    may_send = can_move(Verb.SEND, opened.actor, opened.facts)
    form = AddendumForm(request.POST or None, waits=may_send and not opened.facts.assessment)
    if form.is_valid():
        words = form.cleaned_data["words"]
        casework.add_addendum(referral=opened.referral, text=words, by=opened.actor, now=opened.now)
        _say_added(request, opened)
        # After it: what was learned is kept also where sending is refused.
        if form.cleaned_data.get("send_now"):
            _send_now(request, opened)
        return redirect("referral", referral_id=referral_id)
    first_facts = opened.referral.kind == Referral.Kind.SEND_NOW.value
    pages = later_pages(opened.referral, draft_of(opened.referral)) if first_facts else ()
    context = {
        "form": form,
        "referral": opened.referral,
        "pages": pages,
        "refers_instead": may_send and refers_instead(opened.referral),
    }
    return render(request, "journey/addendum.html", context)


@require_POST
@never_cache
def send_now(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Send as urgent what waits for an approval: it can't wait."""
    _send_now(request, open_referral(request, referral_id, purpose="send"))
    return redirect("referral", referral_id=referral_id)


def _send_now(request: HttpRequest, opened: Opened) -> None:
    sent = casework.send_without_waiting(referral=opened.referral, by=opened.actor, now=opened.now)
    messages.success(request, gettext("It has been sent as urgent.") if sent.urgent else gettext("It has been sent."))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def page(request: HttpRequest, referral_id: UUID, page: str, person_id: UUID | None = None) -> HttpResponse:
    """Add a page of the full form. Nothing blocks it: what stands out is frozen with the answers."""
    opened = open_referral(request, referral_id, purpose="addendum")
    check_add_addendum(opened.actor, opened.facts)
    referral, form = opened.referral, form_of(opened.referral, version=CURRENT["marf"])
    draft = draft_of(referral)
    step = next((one for one in later_steps(form, draft) if (one.page.key, one.person_id) == (page, person_id)), None)
    if step is None:
        raise NotYours(rule="referral.add_addendum", subject_type="referral", subject_id=referral.pk)
    person = draft.person(step.page.per, person_id)
    shared: dict[str, Any] = {"around": draft.around(person), "button": gettext(BUTTON)}
    asked = worded(step.page, gettext)
    offers = offers_for(referral, draft, person, now=opened.now)
    # Nothing is suggested here: a submitted referral has no draft in which a dismissal could be kept.
    shared["beside"] = Around(index=index_for(offers.published) if offers.published else None)
    shown = PageForm(asked, offers, answers={}, posted=request.POST or None, **shared)
    if request.method == "POST":
        raw = shown.raw()
        if request.POST.get(DO) in GOES_ON and not shown.has_opened(raw) and not shown.wants_evidence():
            return _added(request, opened, page, with_school(step.page, raw, request.POST), person_id)
        # Once more, with what these answers ask further.
        shown = PageForm(asked, offers, answers=raw, posted=request.POST, **shared)
    context = {
        "referral": referral,
        "page": asked,
        "title": asked.title_for(name_in(draft, step.page, person)),
        "form": shown,
        "version": 0,
        "back": BackLink(gettext("Back"), reverse("journey:addendum", args=[referral.pk])),
    }
    return render(request, "journey/page.html", context)


def _added(
    request: HttpRequest, opened: Opened, page: str, answers: dict[str, Any], person_id: UUID | None
) -> HttpResponse:
    casework.add_page_addendum(
        referral=opened.referral, page=page, answers=answers, by=opened.actor, now=opened.now, person_id=person_id
    )
    _say_added(request, opened)
    return redirect("journey:addendum", referral_id=opened.referral.pk)


def _say_added(request: HttpRequest, opened: Opened) -> None:
    outside = outside_words(one.door_name for one in handed_outside(opened.referral))
    messages.success(request, f"{gettext(ADDED)} {outside}".rstrip())
