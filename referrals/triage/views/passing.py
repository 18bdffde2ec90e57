"""Handing on what came to the wrong front door, and answering what another one offers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from audit.domain.refusal import NotYours
from referrals.casework import actions
from referrals.casework.selectors import undecided
from referrals.routing.domain.lifecycle import Verb
from referrals.routing.domain.permissions import check_act
from referrals.routing.domain.transfer import can_go, check_somebody_goes
from referrals.routing.selectors import children_offered, teams_to_offer, transfers_of
from referrals.triage.opening import Opened, of_intake
from referrals.triage.pass_forms import PassByPhoneForm, PassOnForm, RefuseForm
from referrals.triage.presenters.handing import door_choices
from referrals.triage.views.question import Question
from thresholds.selectors import areas

question_page = require_http_methods(["GET", "HEAD", "POST"])


@question_page
@of_intake
def hand_on(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Offer it to another front door that receives here. It stays this one's own until the other accepts."""
    page = Question(request, opened, gettext("Hand it on to another front door"), template="triage/hand_on.html")
    teams = {team.pk: team for team in teams_to_offer(opened.intake, now=opened.now)}
    doors = door_choices(teams.values(), areas())
    form = PassOnForm(request.POST or None, doors=doors, children=_who_can_go(opened, page))

    def act() -> None:
        team = teams[UUID(form.cleaned_data["to"])]
        given = {key: form.cleaned_data[key] for key in ("reason", "why")}
        actions.offer_transfer(
            intake=opened.intake, team=team, children=form.who_goes(), **given, by=opened.actor, now=opened.now
        )
        messages.success(
            request, gettext("It is offered to %(team)s. It is yours until they accept.") % {"team": team.name}
        )

    return page.answer(form, act, check=lambda: _check_hand_on(opened, form))


@question_page
@of_intake
def hand_on_by_phone(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Record that a front door outside this system was rung, and whether they take it on."""
    page = Question(request, opened, gettext("Hand it on by phone"), template="triage/hand_on_by_phone.html")
    form = PassByPhoneForm(request.POST or None, children=_who_can_go(opened, page))

    def act() -> None:
        given = {key: form.cleaned_data[key] for key in ("door_name", "spoke_to", "said", "reason", "why")}
        taken = form.cleaned_data["taken"] == "yes"
        actions.hand_on_by_phone(
            intake=opened.intake, children=form.who_goes(), taken=taken, **given, by=opened.actor, now=opened.now
        )
        messages.success(request, gettext("It is recorded, and the referrer has been told."))

    return page.answer(form, act, check=lambda: _check_hand_on(opened, form))


@require_POST
@of_intake
def take_back(request: HttpRequest, opened: Opened, transfer_id: UUID) -> HttpResponse:
    """Take back an offer that nobody has answered."""
    transfer = transfers_of(opened.intake.referral).filter(pk=transfer_id, intake=opened.intake).first()
    if transfer is None:
        raise NotYours(rule="intake.take_back", subject_type="intake", subject_id=opened.intake.pk)
    actions.take_back_transfer(transfer=transfer, by=opened.actor, now=opened.now)
    messages.success(request, gettext("It is no longer offered to %(door_name)s.") % {"door_name": transfer.door_name})
    return redirect("triage:intake", intake_id=opened.intake.pk)


@require_POST
@of_intake
def accept(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Accept what another front door offers: it is this one's own from now on, with its times as they run."""
    actions.accept_transfer(intake=opened.intake, by=opened.actor, now=opened.now)
    messages.success(
        request, gettext("It is your front door's now. The referrer and the front door that had it are told.")
    )
    return redirect("triage:intake", intake_id=opened.intake.pk)


@question_page
@of_intake
def refuse(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Refuse what another front door offers, with the reason."""
    form = RefuseForm(request.POST or None)

    def act() -> None:
        actions.refuse_transfer(intake=opened.intake, why=form.cleaned_data["why"], by=opened.actor, now=opened.now)
        messages.success(request, gettext("The front door that offers it has your reason, and keeps it."))

    page = Question(request, opened, gettext("Refuse what is offered"))
    return page.answer(form, act, check=lambda: _check(Verb.REFUSE, opened))


def _who_can_go(opened: Opened, page: Question) -> dict[UUID, str]:
    """The children whom nobody has decided on, and nobody else is asked to take, by id."""
    names = page.names()
    open_ones = [child.pk for child in undecided(opened.intake) if child is not None]
    free = can_go(open_ones, offered=children_offered(opened.intake))
    return {child: names[child] for child in open_ones if child in free and child in names}


def _check_hand_on(opened: Opened, form: PassOnForm | PassByPhoneForm) -> None:
    _check(Verb.HAND_ON, opened)
    check_somebody_goes(free=list(form.names), children=opened.intake.children)


def _check(verb: Verb, opened: Opened) -> None:
    check_act(verb, opened.actor, opened.facts)
