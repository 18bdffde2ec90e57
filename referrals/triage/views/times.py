"""Times of an intake: giving one more, and what partner agencies were asked and gave."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from audit.domain.refusal import NotYours
from referrals.casework import actions
from referrals.casework.actions.extending import running_facts
from referrals.casework.actions.partners import check_ask_partner
from referrals.casework.domain.partners import PARTNERS, Partner
from referrals.casework.selectors import requests_of
from referrals.routing.domain.extending import RULE, check_extendable
from referrals.routing.domain.limits import PARTNER_RETURN
from referrals.triage.opening import Opened, of_intake
from referrals.triage.presenters import said
from referrals.triage.presenters.times import partner_due, partner_times, time_said
from referrals.triage.time_forms import AskPartnerForm, ExtendForm, PartnerAnsweredForm
from referrals.triage.views.question import Question

question_page = require_http_methods(["GET", "HEAD", "POST"])


@question_page
@of_intake
def extend(request: HttpRequest, opened: Opened, clock_id: int) -> HttpResponse:
    """Give a time of this front door more, with the reason. Never a statutory one."""
    clock = opened.intake.clocks.filter(pk=clock_id).first()
    if clock is None:
        raise NotYours(rule=RULE, subject_type="intake", subject_id=opened.intake.pk)
    clock.intake = opened.intake
    form = ExtendForm(request.POST or None, of_referrer=clock.deadline != PARTNER_RETURN)

    def act() -> None:
        actions.extend_time(
            intake=opened.intake,
            clock=clock,
            due_at=form.moment(),
            why=form.cleaned_data["why"],
            by=opened.actor,
            now=opened.now,
        )
        messages.success(request, gettext("The new time is kept, with your reason."))

    page = Question(request, opened, gettext("Give it more time"), quoted=(time_said(clock),))
    facts = running_facts(clock, opened.actor, now=opened.now)
    return page.answer(form, act, check=lambda: check_extendable(facts))


@question_page
@of_intake
def ask_partner(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Record what a partner agency was asked, and by when it is to answer. Clocks run on meanwhile."""
    form = AskPartnerForm(request.POST or None, stated=partner_due(opened.intake, now=opened.now))

    def act() -> None:
        actions.ask_partner(intake=opened.intake, **form.given(), by=opened.actor, now=opened.now)
        messages.success(request, gettext("It is recorded. You are warned before their time is over."))

    page = Question(
        request,
        opened,
        gettext("Record what you asked a partner agency"),
        quoted=partner_times(opened.intake, opened.now),
    )
    return page.answer(form, act, check=lambda: check_ask_partner(opened.intake, opened.actor, opened.facts))


@question_page
@of_intake
def partner(request: HttpRequest, opened: Opened, request_id: UUID) -> HttpResponse:
    """Record what a partner gave back."""
    asked = requests_of(opened.intake).filter(pk=request_id).first()
    if asked is None:
        raise NotYours(rule="partner.answer", subject_type="intake", subject_id=opened.intake.pk)
    form = PartnerAnsweredForm(request.POST or None)

    def act() -> None:
        given, text = form.cleaned_data["given"] == "yes", form.cleaned_data["text"]
        actions.partner_answered(
            request=asked, intake=opened.intake, given=given, text=text, by=opened.actor, now=opened.now
        )
        messages.success(request, gettext("The answer is kept."))

    title = gettext("What %(partners)s answered") % {"partners": gettext(PARTNERS[Partner(asked.partner)]).lower()}
    page = Question(request, opened, title, quoted=said.partners([asked]))
    return page.answer(form, act)
