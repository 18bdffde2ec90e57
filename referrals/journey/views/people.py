"""Adding and removing children, household and family."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from audit.domain.refusal import NotYours
from referrals.journey.opening import Opened, of_draft
from referrals.journey.steps import about_page, listing_page, page_url
from referrals.record import actions
from referrals.record.domain.draft import name_of
from referrals.record.domain.forms.parts import Per
from referrals.record.selectors import draft_of, form_of


@require_POST
@of_draft
def add_child(_request: HttpRequest, opened: Opened) -> HttpResponse:
    """Add a child, and lead to the page about them."""
    about = about_page(form_of(opened.referral), Per.CHILD)
    child = actions.add_child(referral=opened.referral, by=opened.actor, now=opened.now)
    return redirect(page_url(opened.referral, about.key, child.pk))


@require_POST
@of_draft
def add_member(_request: HttpRequest, opened: Opened) -> HttpResponse:
    """Add somebody of the household or family, and lead to the page about them."""
    about = about_page(form_of(opened.referral), Per.MEMBER)
    member = actions.add_member(referral=opened.referral, by=opened.actor, now=opened.now)
    return redirect(page_url(opened.referral, about.key, member.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def remove(request: HttpRequest, opened: Opened, person_id: UUID) -> HttpResponse:
    """Ask first, because every answer about this person goes; then take them off."""
    draft = draft_of(opened.referral)
    for per in (Per.CHILD, Per.MEMBER):
        person = next((one for one in draft.people(per) if one is not None and one.id == person_id), None)
        if person is None:
            continue
        back = page_url(opened.referral, listing_page(form_of(opened.referral), per).key)
        if request.method != "POST":
            return render(
                request,
                "journey/remove.html",
                {"referral": opened.referral, "name": name_of(person, per), "back": back},
            )
        if per is Per.CHILD:
            actions.remove_child(referral=opened.referral, child_id=person_id, by=opened.actor, now=opened.now)
        else:
            actions.remove_member(referral=opened.referral, member_id=person_id, by=opened.actor, now=opened.now)
        messages.success(request, gettext("%(name)s has been removed.") % {"name": name_of(person, per)})
        return redirect(back)
    if request.method == "POST":
        # Pressed twice: they have gone already.
        return redirect("journey:tasks", referral_id=opened.referral.pk)
    raise NotYours(rule="referral.edit", subject_type="referral", subject_id=opened.referral.pk)
