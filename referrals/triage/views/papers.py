"""A paper for a partner agency that was asked: whom it is about, made, and handed out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from audit.domain.refusal import NotYours
from referrals.casework import actions
from referrals.casework.actions.partner_papers import RULE
from referrals.casework.domain.partners import PARTNERS, Partner
from referrals.casework.models import PartnerRequest
from referrals.casework.selectors import requests_of
from referrals.documents.handing import pdf_handed_out
from referrals.triage.opening import Opened, of_intake
from referrals.triage.presenters import said
from referrals.triage.time_forms import PaperForm
from referrals.triage.views.question import Question


@require_http_methods(["GET", "HEAD", "POST"])
@of_intake
def paper(request: HttpRequest, opened: Opened, request_id: UUID) -> HttpResponse:
    """Say whom the paper is about, and make it; those that were made stand above."""
    asked = _asked(opened, request_id)
    partner = gettext(PARTNERS[Partner(asked.partner)])
    named = partner if asked.partner == Partner.OTHER else partner.lower()
    title = gettext("A paper for %(partner)s") % {"partner": named}
    page = Question(
        request,
        opened,
        title[:1].upper() + title[1:],
        quoted=said.partners([asked]),
        template="triage/paper.html",
        papers=asked.papers.defer("content"),
        asked=asked,
    )
    form = PaperForm(request.POST or None, people=tuple(page.evidence.people.items()))

    def act() -> None:
        actions.make_partner_paper(
            request=asked,
            intake=opened.intake,
            people=form.cleaned_data["people"],
            where=form.cleaned_data["where"] == "yes",
            by=opened.actor,
            now=opened.now,
        )
        messages.success(request, gettext("The paper is made. Give it to nobody else."))

    return page.answer(form, act, leads_to=reverse("triage:paper", args=[opened.intake.pk, asked.pk]))


# Neither a browser nor anything in between keeps it.
@cache_control(no_store=True)
@require_safe
@of_intake
def pdf(request: HttpRequest, opened: Opened, request_id: UUID, paper_id: UUID) -> HttpResponse:
    """The stored paper, to send in whatever secure way the front door has."""
    asked = _asked(opened, request_id)
    made, content = actions.partner_paper_for(
        request=asked, intake=opened.intake, paper_id=paper_id, by=opened.actor, now=opened.now
    )
    return pdf_handed_out(content, f"{opened.intake.referral.reference}-request-{made.at:%Y%m%d-%H%M}")


def _asked(opened: Opened, request_id: UUID) -> PartnerRequest:
    asked = requests_of(opened.intake).filter(pk=request_id).first()
    if asked is None:
        raise NotYours(rule=RULE, subject_type="intake", subject_id=opened.intake.pk)
    return asked
