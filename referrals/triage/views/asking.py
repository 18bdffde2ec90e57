"""Asking the referrer, recommending, deciding, closing: each question with what was sent beside it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from referrals.casework import actions
from referrals.casework.selectors import opened_at, recommendations_of, undecided, unread_by
from referrals.routing.domain.lifecycle import Verb
from referrals.routing.domain.permissions import check_act
from referrals.triage.forms import AskForm, DecideForm, OpenRestForm, RecommendForm
from referrals.triage.opening import Opened, of_intake
from referrals.triage.presenters.said import recommended
from referrals.triage.selectors import child_of
from referrals.triage.views.question import Question

question_page = require_http_methods(["GET", "HEAD", "POST"])


@question_page
@of_intake
def ask(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Ask the referrer for what is missing. Clocks run on meanwhile."""
    form = AskForm(request.POST or None)

    def act() -> None:
        text = form.cleaned_data["text"]
        actions.request_information(intake=opened.intake, text=text, by=opened.actor, now=opened.now)
        messages.success(request, gettext("The question is with the referrer and their agency's safeguarding leads."))

    return Question(request, opened, gettext("Ask the referrer")).answer(
        form, act, check=lambda: _check(Verb.ASK, opened)
    )


@question_page
@of_intake
def open_rest(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Open all of a referral of which this front door was given a part: a child needs protection now."""
    form = OpenRestForm(request.POST or None)

    def act() -> None:
        actions.open_rest(intake=opened.intake, why=form.cleaned_data["why"], by=opened.actor, now=opened.now)
        messages.success(request, gettext("All of it is open to your front door. The referrer has been told why."))

    return Question(request, opened, gettext("Open all of it: a child needs protection now")).answer(form, act)


@question_page
@of_intake
def recommend(request: HttpRequest, opened: Opened, child_id: UUID | None = None) -> HttpResponse:
    """Recommend an outcome for one child to whoever decides. The referrer doesn't see it."""
    child = child_of(opened.intake, child_id)
    form = RecommendForm(request.POST or None, assessment=opened.is_assessment)

    def act() -> None:
        actions.recommend(intake=opened.intake, child=child, **form.cleaned_data, by=opened.actor, now=opened.now)
        messages.success(request, gettext("Your recommendation is with whoever decides."))

    return Question(request, opened, gettext("Recommend an outcome"), child_id=child_id).answer(form, act)


@question_page
@of_intake
def decide(request: HttpRequest, opened: Opened, child_id: UUID | None = None) -> HttpResponse:
    """Decide for one child, with reasons and the next step as the referrer reads them."""
    child = child_of(opened.intake, child_id)
    form = DecideForm(request.POST or None, assessment=opened.is_assessment)
    last = recommendations_of(opened.intake).get(str(child_id or ""))

    def act() -> None:
        actions.decide(intake=opened.intake, child=child, **form.cleaned_data, by=opened.actor, now=opened.now)
        told = (
            gettext("is told once every child is decided.") if undecided(opened.intake) else gettext("has been told.")
        )
        messages.success(request, gettext("The decision is kept. The referrer %(told)s") % {"told": told})

    page = Question(
        request,
        opened,
        gettext("Decide what happens"),
        child_id=child_id,
        quoted=recommended([last] if last else [], {}),
    )
    return page.answer(form, act, check=lambda: _check(Verb.DECIDE, opened))


@require_POST
@of_intake
def close(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Close what is decided. The referral is closed with its last intake. What came in while the page stood open is
    shown first."""
    _check(Verb.CLOSE, opened)
    if unread_by([opened.intake], opened.actor):
        why = (
            gettext("It is not closed. Something came in since you opened this page: read it first.")
            if opened_at([opened.intake], opened.actor)
            else gettext("It is not closed. You had not opened this page yet: read it first.")
        )
        messages.error(request, why)
        return redirect("triage:intake", intake_id=opened.intake.pk)
    actions.close(intake=opened.intake, by=opened.actor, now=opened.now)
    messages.success(
        request, gettext("%(referral)s is closed at this front door.") % {"referral": opened.intake.referral.reference}
    )
    return redirect("triage:queue")


def _check(verb: Verb, opened: Opened) -> None:
    check_act(verb, opened.actor, opened.facts)
