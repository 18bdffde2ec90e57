"""A copy for a front door that receives nothing through this system: made, and handed out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from audit.requests import actor_of
from referrals.documents.handing import pdf_handed_out
from referrals.documents.outside import make_outside_copy, outside_copy_for
from referrals.journey.opening import open_referral
from referrals.journey.selectors import waits_for_approval


@require_POST
def make(request: HttpRequest, referral_id: UUID, area: str, front_door: str) -> HttpResponse:
    """Make the copy for one front door; the page of the referral leads to it."""
    opened = open_referral(request, referral_id, purpose="outside_copy")
    copy = make_outside_copy(
        referral_id=referral_id,
        area=area,
        front_door=front_door,
        goes=not waits_for_approval(opened.referral),
        by=opened.actor,
        now=opened.now,
    )
    messages.success(
        request, gettext("The copy for %(recipient)s is made. Give it to nobody else.") % {"recipient": copy.recipient}
    )
    return redirect(f"{reverse('referral', args=[referral_id])}#by-hand")


# Neither a browser nor anything in between keeps it.
@cache_control(no_store=True)
@require_safe
def pdf(request: HttpRequest, referral_id: UUID, copy_id: UUID) -> HttpResponse:
    """The stored copy, as a file to hand over."""
    copy, content = outside_copy_for(actor_of(request), referral_id, copy_id, now=clock.now())
    return pdf_handed_out(content, f"{copy.submission.referral.reference}-{copy.area}-{copy.front_door}")
