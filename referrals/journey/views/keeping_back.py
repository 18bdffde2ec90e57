"""Saying of a draft which of what was written is not for the family, whatever copy is made for them later."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from referrals.journey.opening import Opened, of_draft
from referrals.record import actions
from referrals.record.domain.passages import answered_for_family
from referrals.record.selectors import called, draft_of, form_of, kept_from_family


@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def keep_back(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Tick what no copy for the family may hold. Only what one could hold is listed: all else never goes to them."""
    referral = opened.referral
    answered = list(answered_for_family(form_of(referral), draft_of(referral)))
    if request.method == "POST":
        by_code = {one.passage.code: one.passage for one in answered}
        shown = {by_code[code] for code in request.POST.getlist("shown") if code in by_code}
        kept = {by_code[code] for code in request.POST.getlist("kept") if code in by_code}
        actions.keep_from_family(referral=referral, shown=shown, kept=kept, by=opened.actor, now=opened.now)
        messages.success(request, gettext("It is saved what is not for the family."))
        return redirect("journey:tasks", referral_id=referral.pk)
    context = {
        "referral": referral,
        "called": called(referral, now=opened.now),
        "answered": answered,
        "kept": set(kept_from_family(referral)),
    }
    return render(request, "journey/keep_back.html", context)
