"""Handing out a copy, or a file."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from audit.requests import actor_of
from referrals.documents.files import file_for
from referrals.documents.handing import file_handed_out, handed_out
from referrals.documents.selectors import copy_for, for_front_door


# Neither a browser nor anything in between keeps it.
@cache_control(no_store=True)
@require_safe
def copy(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The stored PDF copy of a referral, as a file to save; a page that says how it stands while there is none.

    Whoever reads it for a front door is led to that front door's own address of it, where taking the copy is a receipt.
    """
    actor, now = actor_of(request), timezone.now()
    if for_front_door(actor, referral_id, now=now):
        return redirect("triage:copy", referral_id=referral_id)
    return handed_out(request, copy_for(actor, referral_id, now=now))


@cache_control(no_store=True)
@require_safe
def file(request: HttpRequest, referral_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A file of a referral, to save; none while it waits or is kept out. For a front door as `copy`."""
    actor, now = actor_of(request), timezone.now()
    if for_front_door(actor, referral_id, now=now):
        return redirect("triage:file", referral_id=referral_id, attachment_id=attachment_id)
    return file_handed_out(file_for(actor, referral_id, attachment_id, now=now))
