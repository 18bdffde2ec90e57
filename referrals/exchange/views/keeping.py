"""Connecting a front door to its own system: its manager's page, with how the last messages went."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.models import FrontDoorTeam
from audit.actions import record_refusal
from audit.domain.refusal import NotYours, Refusal
from audit.requests import actor_of
from referrals.exchange import actions, selectors
from referrals.exchange.domain.permissions import check_keep
from referrals.exchange.forms import AddressForm, MailboxForm, TokenForm, own_address
from referrals.exchange.presenters import sent_shown

REFUSED = 403


@never_cache
@require_safe
def connections(request: HttpRequest) -> HttpResponse:
    """The front doors that this person manages; straight to the one, where it is one."""
    actor = actor_of(request)
    teams = list(selectors.teams_managed(actor, now=clock.now()))
    check_keep(actor, is_manager_there=bool(teams))
    if len(teams) == 1:
        return redirect("exchange:team", team_id=teams[0].pk)
    return render(request, "exchange/connections.html", {"teams": teams})


@never_cache
@require_safe
def team(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """One front door's connections."""
    return team_page(request, managed_team(request, team_id))


@never_cache
@require_POST
def set_webhook(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Save the address; on to a new connection's secret."""
    found = managed_team(request, team_id)
    form = AddressForm(request.POST)
    if not form.is_valid():
        return team_page(request, found, address=form)
    webhook = actions.set_webhook(
        team=found, address=form.cleaned_data["address"], by=actor_of(request), now=clock.now()
    )
    if not webhook.secret_confirmed:
        return redirect("exchange:secret", team_id=found.pk)
    return done(request, found, gettext("The address is saved."))


@require_POST
def renew_secret(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Make a new secret, and on to it; both sign until the earlier one is ended."""
    found = managed_team(request, team_id)
    actions.renew_secret(team=found, by=actor_of(request), now=clock.now())
    return redirect("exchange:secret", team_id=found.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def secret(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """The new secret, until somebody says here that the other system has it."""
    found = managed_team(request, team_id)
    if request.method == "POST":
        actions.confirm_secret(team=found, by=actor_of(request), now=clock.now())
        return done(request, found, gettext("The other system has the new secret. It is not shown again."))
    words = actions.show_secret(team=found, by=actor_of(request), now=clock.now())
    if not words:
        return redirect("exchange:team", team_id=found.pk)
    return render(request, "exchange/secret.html", {"team": found, "words": words})


@require_POST
def drop_secret(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """End the earlier secret."""
    found = managed_team(request, team_id)
    actions.drop_earlier_secret(team=found, by=actor_of(request), now=clock.now())
    return done(request, found, gettext("Messages are signed with the new secret alone."))


@require_POST
def stop_webhook(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Send nothing there any more."""
    found = managed_team(request, team_id)
    actions.stop_webhook(team=found, by=actor_of(request), now=clock.now())
    return done(request, found, gettext("Nothing is sent there any more. Referrals stand in the queue as before."))


@never_cache
@require_POST
def make_token(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Make a token for fetching, shown once."""
    found = managed_team(request, team_id)
    form = TokenForm(request.POST)
    if not form.is_valid():
        return team_page(request, found, token=form)
    actor = actor_of(request)
    try:
        _, words = actions.make_token(team=found, name=form.cleaned_data["name"], by=actor, now=clock.now())
    except Refusal as refusal:
        record_refusal(refusal, by=actor, detail={"method": "POST", "view": "exchange:make_token"})
        form.refuse(refusal.reason, about="name")
        return team_page(request, found, token=form, status=REFUSED)
    return render(request, "exchange/token.html", {"team": found, "words": words})


@require_POST
def revoke_token(request: HttpRequest, team_id: UUID, token_id: UUID) -> HttpResponse:
    """End a token."""
    found = managed_team(request, team_id)
    actions.revoke_token(team=found, token_id=token_id, by=actor_of(request), now=clock.now())
    return done(request, found, gettext("The token works no more."))


def managed_team(request: HttpRequest, team_id: UUID) -> FrontDoorTeam:
    """The front door, where this person manages it; NotYours for a manager of another, Refusal for everybody else."""
    actor = actor_of(request)
    managed = selectors.teams_managed(actor, now=clock.now())
    check_keep(actor, is_manager_there=managed.exists())
    found = managed.filter(pk=team_id).first()
    if found is None:
        raise NotYours(rule="exchange.keep", subject_type="team", subject_id=team_id)
    return found


def team_page(
    request: HttpRequest,
    found: FrontDoorTeam,
    *,
    address: AddressForm | None = None,
    token: TokenForm | None = None,
    mailbox: MailboxForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """One front door's connections, with what was typed into one of its forms."""
    webhook = selectors.webhook_of(found)
    asked = address or AddressForm(initial={"address": webhook.address if webhook else ""})
    named = token or TokenForm()
    box = selectors.mailbox_of(found)
    mailed = mailbox or MailboxForm(initial={"mailbox": box.address, "insisted": box.insisted} if box else {})
    context: dict[str, Any] = {
        "team": found,
        "webhook": webhook,
        "mailbox": box,
        "tokens": selectors.tokens_of(found, now=clock.now()),
        "sent": [sent_shown(one) for one in selectors.lately_sent(found, actor_of(request))],
        "address_form": own_address(asked, reverse("exchange:set_webhook", args=[found.pk])),
        "token_form": own_address(named, reverse("exchange:make_token", args=[found.pk])),
        "mailbox_form": own_address(mailed, reverse("exchange:set_mailbox", args=[found.pk])),
        "forms": [asked, named, mailed],
    }
    return render(request, "exchange/team.html", context, status=status)


def done(request: HttpRequest, found: FrontDoorTeam, words: str) -> HttpResponse:
    """Back to the front door's connections, which say what was done."""
    messages.success(request, words)
    return redirect("exchange:team", team_id=found.pk)
