"""One intake: what was sent, where it stands, and what can be done with it."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from referrals.casework.selectors import closed_to_desk, decisions_of, recommendations_of, requests_of, undecided
from referrals.documents.files import files_shown
from referrals.documents.reading import addenda_shown, content_given, evidence_of, names_of
from referrals.documents.selectors import copy_state
from referrals.record.selectors import addenda_of, called
from referrals.routing import actions
from referrals.routing.selectors import reads_until
from referrals.triage import selectors
from referrals.triage.forms import RateForm
from referrals.triage.opening import Opened, of_intake
from referrals.triage.presenters import said
from referrals.triage.presenters.beside import beside_shown
from referrals.triage.presenters.handing import handing_of
from referrals.triage.presenters.intake import standing_of
from referrals.triage.presenters.news import news_words
from referrals.triage.presenters.sharing import sharing_said
from referrals.triage.presenters.steps import steps_of
from referrals.triage.presenters.times import screening_words


@require_safe
@of_intake
def intake(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The page of one intake. Opening it is recorded, and the referrer sees who opened it first."""
    since = actions.note_opening(intake=opened.intake, by=opened.actor, now=opened.now)
    return _page(request, opened, RateForm(initial={"rating": opened.intake.rag}, means=_means(opened)), since=since)


@require_POST
@of_intake
def rate(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Rate it red, amber or green."""
    form = RateForm(request.POST, means=_means(opened))
    if not form.is_valid():
        return _page(request, opened, form)
    actions.rate(intake=opened.intake, rag=form.cleaned_data["rating"], by=opened.actor, now=opened.now)
    messages.success(request, gettext("The rating is saved."))
    return redirect("triage:intake", intake_id=opened.intake.pk)


def _means(opened: Opened) -> str:
    return screening_words(opened.intake, now=opened.now)


def _page(request: HttpRequest, opened: Opened, form: RateForm, *, since: datetime | None = None) -> HttpResponse:
    """`since`: until when this person has seen it; what has come after that is marked."""
    row = opened.intake
    # The page of the intake only shows: without an address of its own the form would post to it.
    form.helper.form_action = reverse("triage:rate", args=[row.pk])
    given = actions.given_to(intake=row, now=opened.now)
    until = reads_until(row.referral_id, opened.actor, now=opened.now)
    evidence = evidence_of(row.submission, given)
    names = names_of(evidence, row.children)
    open_children = {child.pk if child else None: names.get(child.pk, "") if child else "" for child in undecided(row)}
    decisions = list(decisions_of(row))
    contested = list(selectors.disagreements_of(row))
    withdrawing = list(selectors.withdrawals_of(row))
    partners = list(requests_of(row))
    context: dict[str, Any] = {
        "intake": row,
        "referral": row.referral,
        "called": called(row.referral, now=opened.now),
        "evidence": evidence,
        "children": names,
        "standing": standing_of(opened, decisions),
        "beside": () if until else beside_shown(selectors.beside([row])[row.pk], names),
        "steps": steps_of(opened, open_children, contested, withdrawing, partners, in_part=not given.whole),
        "copy": copy_state(row.referral, given),
        "closed_to_desk": closed_to_desk(row.referral),
        "decided": said.decided(decisions, names),
        "recommended": said.recommended(recommendations_of(row).values(), names),
        "asked": said.asked(selectors.messages_of(row), until=until),
        "partners": said.partners(partners, until=until),
        "contested": said.contested(contested, until=until),
        "withdrawing": said.withdrawing(withdrawing, until=until),
        "sharing": sharing_said(row.referral, evidence.people, until=until),
        "addenda": addenda_shown(addenda_of(row.referral, until=until), given),
        "files": files_shown(row.referral, content_given(row.submission, given), given, until=until),
        "form": form,
        "handing": handing_of(row, names, opened),
        "since": since,
        "news": () if until else news_words(selectors.news_about(row, since)),
    }
    return render(request, "triage/intake.html", context)
