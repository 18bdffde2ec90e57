"""Advising, returning, advising against, contesting: each question with what was sent beside it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from referrals.casework import actions
from referrals.casework.actions.disagreeing import dispute_facts, next_stage
from referrals.casework.domain.lifecycle import Verb
from referrals.casework.domain.permissions import check_disagree, check_take_up
from referrals.casework.selectors import decisions_of, disagreements_about
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import check_advise
from referrals.review.domain.permissions import check_review, check_speak
from referrals.review.forms import AdviseForm, DeclineForm, DisagreeForm, LetGoForm, ReturnForm, TakeUpForm
from referrals.review.opening import Opened, of_referral
from referrals.review.presenters.one import decision_shown, due_words, goes_to_words
from referrals.review.selectors import approval_seen, approval_shown_id, check_approval, disagreement_of, intake_of
from referrals.review.views.question import Question

question_page = require_http_methods(["GET", "HEAD", "POST"])


@question_page
@of_referral(check_review)
def advise(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Advise the author, on a draft or while it is open. It holds nothing up."""
    form = AdviseForm(request.POST or None, submitted=opened.referral.state != State.DRAFT.value)

    def act() -> None:
        actions.advise(
            referral=opened.referral,
            text=form.cleaned_data["text"],
            may_change_telling=form.may_change_telling(),
            by=opened.actor,
            now=opened.now,
        )
        messages.success(request, gettext("Your advice is with the author."))

    page = Question(request, opened, gettext("Give advice"))
    return page.answer(form, act, check=lambda: check_advise(opened.actor, opened.facts))


@question_page
@of_referral(check_review)
def let_go(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Send what had to be weighed first, with the reasons: no agreement is on record, or the document asks."""
    form = LetGoForm(request.POST or None, initial={"approval": approval_shown_id(opened.referral)})

    def act() -> None:
        why, seen = form.cleaned_data["why"], approval_seen(form.cleaned_data["approval"])
        actions.approve(referral=opened.referral, why=why, by=opened.actor, now=opened.now, seen=seen)
        messages.success(
            request,
            gettext("%(referral)s is on its way to the front door, with your reasons.")
            % {"referral": opened.referral.reference},
        )

    page = Question(request, opened, gettext("Send it, with your reasons"))
    return page.answer(form, act, check=lambda: _check_approval(Verb.APPROVE, opened))


@question_page
@of_referral(check_review)
def return_for_changes(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Return a routine referral to its author with a reason; it is a draft again."""
    form = ReturnForm(request.POST or None, initial={"approval": approval_shown_id(opened.referral)})

    def act() -> None:
        why, seen = form.cleaned_data["why"], approval_seen(form.cleaned_data["approval"])
        actions.return_for_changes(referral=opened.referral, why=why, by=opened.actor, now=opened.now, seen=seen)
        messages.success(
            request, gettext("%(referral)s is with its author again.") % {"referral": opened.referral.reference}
        )

    page = Question(request, opened, gettext("Return it for changes"))
    return page.answer(form, act, check=lambda: _check_approval(Verb.RETURN, opened), to_desk=True)


@question_page
@of_referral(check_review)
def decline(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Advise against sending, with a reason. The author may still send it."""
    form = DeclineForm(request.POST or None, initial={"approval": approval_shown_id(opened.referral)})

    def act() -> None:
        why, seen = form.cleaned_data["why"], approval_seen(form.cleaned_data["approval"])
        actions.decline(referral=opened.referral, why=why, by=opened.actor, now=opened.now, seen=seen)
        messages.success(request, gettext("Your reasons are with the author."))

    page = Question(request, opened, gettext("Advise against sending"))
    return page.answer(form, act, check=lambda: _check_approval(Verb.DECLINE, opened), to_desk=True)


@question_page
@of_referral(check_speak)
def disagree(request: HttpRequest, opened: Opened, intake_id: UUID) -> HttpResponse:
    """Contest what a front door decided, on grounds: the desk does, or the author where the desk doesn't see it."""
    intake = intake_of(opened.referral, intake_id)
    form = DisagreeForm(request.POST or None)

    def act() -> None:
        grounds = form.cleaned_data["grounds"]
        raised = actions.disagree(intake=intake, grounds=grounds, by=opened.actor, now=opened.now)
        messages.success(
            request,
            gettext("%(door_name)s has been asked to answer %(due_words)s.")
            % {"door_name": intake.door_name, "due_words": due_words(raised.due_at)},
        )

    decisions = [decision_shown(one) for one in decisions_of(intake).select_related("child", "intake")]
    page = Question(request, opened, gettext("Contest the decision"), decisions=decisions)
    return page.answer(
        form, act, check=lambda: check_disagree(opened.actor, dispute_facts(intake, opened.facts, now=opened.now))
    )


@question_page
@of_referral(check_speak)
def take_up(request: HttpRequest, opened: Opened, disagreement_id: UUID) -> HttpResponse:
    """Take a disagreement that nobody has answered up to the next stage; whoever may contest it does."""
    waiting = disagreement_of(opened.referral, disagreement_id)
    intake = waiting.intake
    form = TakeUpForm(request.POST or None)

    def act() -> None:
        grounds = form.cleaned_data["grounds"]
        raised = actions.take_up(disagreement=waiting, grounds=grounds, by=opened.actor, now=opened.now)
        messages.success(
            request,
            gettext("%(door_name)s has been asked to answer %(due_words)s.")
            % {"door_name": intake.door_name, "due_words": due_words(raised.due_at)},
        )

    decisions = [decision_shown(one) for one in decisions_of(intake).select_related("child", "intake")]
    page = Question(
        request,
        opened,
        gettext("Take the disagreement up"),
        decisions=decisions,
        goes_to=goes_to_words(next_stage(intake, now=opened.now)),
        grounds=disagreements_about(opened.referral).filter(intake=intake),
    )
    return page.answer(
        form,
        act,
        check=lambda: check_take_up(opened.actor, dispute_facts(intake, opened.facts, now=opened.now, about=waiting)),
    )


def _check_approval(verb: Verb, opened: Opened) -> None:
    check_approval(verb, opened.actor, opened.referral, opened.facts)
