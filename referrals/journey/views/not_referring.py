"""Recording the decision not to refer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from referrals.casework import actions as casework
from referrals.casework.domain.approval import desk_told
from referrals.casework.people import people_to_ask
from referrals.casework.selectors import harm_ruled_out
from referrals.journey.forms import NotReferForm
from referrals.journey.opening import open_referral
from referrals.record.domain.lifecycle import Verb
from referrals.record.domain.permissions import check_move


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def not_refer(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Decide not to send what was begun, with reasons. Where harm is possible the page warns, and the desk is told."""
    opened = open_referral(request, referral_id, purpose="not_refer")
    check_move(Verb.NOT_REFER, opened.actor, opened.facts)
    form = NotReferForm(request.POST or None)
    if form.is_valid():
        casework.decide_not_to_refer(referral=opened.referral, **form.cleaned_data, by=opened.actor, now=opened.now)
        messages.success(request, gettext("The decision not to refer is recorded, with your reasons."))
        return redirect("referral", referral_id=referral_id)
    people = people_to_ask(opened.referral, now=opened.now)
    context = {
        "form": form,
        "referral": opened.referral,
        "harm": not harm_ruled_out(opened.referral, now=opened.now),
        "desk": desk_told(bypasses_desk=opened.referral.bypasses_desk, people=people),
    }
    return render(request, "journey/not_refer.html", context)
