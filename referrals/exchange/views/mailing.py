"""Copies by e-mail, for a partnership that insists: a front door's manager names the mailbox, and passes the password
on."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import clock
from audit.requests import actor_of
from referrals.exchange import mailing
from referrals.exchange.forms import MailboxForm
from referrals.exchange.views.keeping import done, managed_team, team_page


@never_cache
@require_POST
def set_mailbox(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Save the mailbox; on to a new one's password."""
    found = managed_team(request, team_id)
    form = MailboxForm(request.POST)
    if not form.is_valid():
        return team_page(request, found, mailbox=form)
    mailbox = mailing.set_mailbox(
        team=found,
        address=form.cleaned_data["mailbox"],
        insisted=form.cleaned_data["insisted"],
        by=actor_of(request),
        now=clock.now(),
    )
    if mailbox.next_password:
        return redirect("exchange:password", team_id=found.pk)
    return done(request, found, gettext("The mailbox is saved."))


@require_POST
def renew_password(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Make a new password, and on to it; the earlier one is used until it is passed on."""
    found = managed_team(request, team_id)
    mailing.renew_password(team=found, by=actor_of(request), now=clock.now())
    return redirect("exchange:password", team_id=found.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """The new password, until somebody says here that it was passed on."""
    found = managed_team(request, team_id)
    if request.method == "POST":
        mailing.confirm_password(team=found, by=actor_of(request), now=clock.now())
        return done(
            request, found, gettext("Copies are encrypted with the new password from now on. It is not shown again.")
        )
    words = mailing.show_password(team=found, by=actor_of(request), now=clock.now())
    if not words:
        return redirect("exchange:team", team_id=found.pk)
    return render(request, "exchange/password.html", {"team": found, "words": words})


@require_POST
def stop_mailbox(request: HttpRequest, team_id: UUID) -> HttpResponse:
    """Send no copies any more."""
    found = managed_team(request, team_id)
    mailing.stop_mailbox(team=found, by=actor_of(request), now=clock.now())
    return done(request, found, gettext("No copies are sent any more. Referrals stand in the queue as before."))
