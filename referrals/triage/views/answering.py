"""Answering what the referrer's agency asks of the front door: a disagreement, a request to withdraw."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from referrals.casework import actions
from referrals.casework.selectors import decisions_of
from referrals.triage.domain.permissions import check_answers
from referrals.triage.forms import AnswerDisagreementForm, AnswerWithdrawalForm, TellingForm
from referrals.triage.opening import Opened, of_intake
from referrals.triage.presenters import said
from referrals.triage.presenters.said import decided_now
from referrals.triage.presenters.sharing import telling_said
from referrals.triage.selectors import disagreement_of, withdrawal_of
from referrals.triage.views.question import Question

question_page = require_http_methods(["GET", "HEAD", "POST"])


@question_page
@of_intake
def disagreement(request: HttpRequest, opened: Opened, disagreement_id: UUID) -> HttpResponse:
    """Answer a disagreement: what was decided stands, or changes, with reasons."""
    contested = disagreement_of(opened.intake, disagreement_id)
    decisions = list(decisions_of(opened.intake))
    page = Question(request, opened, gettext("Answer the disagreement"))
    names = page.names()
    form = AnswerDisagreementForm(
        request.POST or None, decided=decided_now(decisions, names), assessment=opened.is_assessment
    )
    page.quoted = (said.disagreement_said(contested), *said.decided(decisions, names))

    def act() -> None:
        actions.answer_disagreement(
            disagreement=contested,
            reasons=form.cleaned_data["reasons"],
            changes=form.new_decisions(),
            by=opened.actor,
            now=opened.now,
        )
        messages.success(request, gettext("The answer is with the referrer's agency."))

    return page.answer(form, act, check=lambda: _check(opened, "disagreement.answer"))


@question_page
@of_intake
def withdrawal(request: HttpRequest, opened: Opened, request_id: UUID) -> HttpResponse:
    """Answer a request to withdraw the referral."""
    asked = withdrawal_of(opened.intake, request_id)
    form = AnswerWithdrawalForm(request.POST or None)
    page = Question(request, opened, gettext("Answer the request to withdraw"), quoted=(said.withdrawal_said(asked),))

    def act() -> None:
        accept = form.cleaned_data["accepted"] == "yes"
        reasons = form.cleaned_data["reasons"]
        actions.answer_withdrawal(request=asked, accept=accept, reasons=reasons, by=opened.actor, now=opened.now)
        messages.success(request, gettext("The answer is with the referrer."))

    return page.answer(form, act, check=lambda: _check(opened, "withdrawal.answer"))


@question_page
@of_intake
def telling(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Say whether the family may be told; what the area's document forbids without exception stays forbidden."""
    form = TellingForm(request.POST or None)

    def act() -> None:
        may_tell, why = form.cleaned_data["may_tell"] == "yes", form.cleaned_data["why"]
        actions.rule_on_telling(intake=opened.intake, may_tell=may_tell, why=why, by=opened.actor, now=opened.now)
        messages.success(request, gettext("The referrer and the other front doors can read it."))

    page = Question(
        request, opened, gettext("Say whether the family may be told"), quoted=telling_said(opened.intake.referral)
    )
    return page.answer(form, act, check=lambda: _check(opened, "sharing.telling"))


def _check(opened: Opened, rule: str) -> None:
    check_answers(opened.actor, opened.facts, rule=rule)
