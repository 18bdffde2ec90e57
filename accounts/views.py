"""Pages of one's account, of an agency's people and of held forms. The sign-in pages are allauth's: see urls.py."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from allauth.account.views import LoginView
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import actions, clock, presenters, selectors, session
from accounts.before_ending import warnings_for
from accounts.domain.permissions import (
    check_act_for,
    check_change_role,
    check_end_membership,
    check_keep_roles,
    roles_to_give,
)
from accounts.domain.roles import Role
from accounts.forms import ChangeRoleForm, EndMembershipForm, GiveRoleForm
from accounts.requests import ActorRequest, person_of
from accounts.secrets import Undecipherable
from audit.actions import record, record_refusal
from audit.domain.refusal import Refusal
from audit.requests import actor_of

PEOPLE_A_PAGE = 50


class SignInView(LoginView):
    """allauth's sign-in, with a word on how the last session in this browser ended."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the word, which is shown once."""
        return {**super().get_context_data(**kwargs), "notice": session.take_notice(self.request)}


sign_in = SignInView.as_view()


@require_safe
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """One's own roles and until when, agency, second factor, password, and what is kept."""
    now = clock.now()
    person = person_of(request)
    page = presenters.account_page(
        person,
        actor=actor_of(request),
        memberships=selectors.memberships_on(person, clock.day_of(now)),
        agencies=selectors.agencies_of(person, clock.day_of(now)),
        has_second_factor=selectors.has_second_factor(person),
        needs_second_factor=selectors.must_have_second_factor(person, now),
    )
    held = selectors.held_forms_of(person, now=now)
    return render(request, "accounts/account.html", {"page": page, "held_forms": held})


@require_POST
def choose_agency(request: HttpRequest) -> HttpResponse:
    """Act for another agency in which one holds a role; go on to what was kept of a page of it, where there is any."""
    actor = actor_of(request)
    agency_id = _uuid(request.POST.get("agency"))
    if agency_id is None:
        return redirect("account")
    check_act_for(actor, agency_id=agency_id, agency_ids=cast(ActorRequest, request).standing.agency_ids)
    record("agency.choose", by=actor, subject_type="agency", subject_id=agency_id)
    session.choose_agency(request, agency_id)
    kept = _uuid(request.POST.get("kept"))
    return redirect("accounts:held", held_id=kept) if kept else redirect("account")


@require_safe
@never_cache
def people(request: HttpRequest) -> HttpResponse:
    """The agency's people and their roles."""
    actor = actor_of(request)
    found = Paginator(selectors.people_of(actor), PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    memberships = selectors.memberships_for(actor, list(found))
    record("people.list", by=actor, subject_type="agency", subject_id=actor.agency_id)
    gives = actor.has_role(Role.AGENCY_ADMINISTRATOR, Role.ADMINISTRATOR)
    rows = presenters.people_rows(list(found), memberships, on=clock.day_of(clock.now()))
    context = {
        "rows": rows,
        "found": found,
        "gives_roles": gives,
        "every_agency": actor.has_role(Role.ADMINISTRATOR),
    }
    return render(request, "accounts/people.html", context)


@require_safe
@never_cache
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person of the agency: work details, roles now and before."""
    actor = actor_of(request)
    someone = selectors.person_for(actor, person_id)
    memberships = selectors.memberships_for(actor, [someone])[someone.pk]
    record("people.view", by=actor, subject_type="person", subject_id=someone.pk)
    page = presenters.person_page(someone, memberships, actor=actor, on=clock.day_of(clock.now()))
    return render(request, "accounts/person.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def end_membership(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """End one role of somebody of the agency, for a reason."""
    actor = actor_of(request)
    membership = selectors.membership_for(actor, membership_id)
    check_end_membership(actor, person_id=membership.person_id, agency_id=membership.agency_id, role=membership.role)
    form = EndMembershipForm(request.POST or None)
    if form.is_valid():
        actions.end_membership(membership=membership, reason=form.cleaned_data["reason"], by=actor, now=clock.now())
        messages.success(request, gettext("The role has ended."))
        return redirect("accounts:person", person_id=membership.person_id)
    warnings = warnings_for(membership, actor, now=clock.now())
    return render(
        request, "accounts/end_membership.html", {"form": form, "membership": membership, "warnings": warnings}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def change_role(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Give somebody of the agency another role instead of one that they hold."""
    actor = actor_of(request)
    membership = selectors.membership_for(actor, membership_id)
    check_change_role(
        actor,
        person_id=membership.person_id,
        agency_id=membership.agency_id,
        role=membership.role,
        new_role=membership.role,
    )
    teams = selectors.teams_of_agency(membership.agency_id)
    offered = presenters.roles_on_offer(roles_to_give(actor), held=membership.role, teams=bool(teams))
    form = ChangeRoleForm(request.POST or None, roles=offered, teams=teams)
    if form.is_valid():
        actions.change_role(
            membership=membership,
            new_role=form.cleaned_data["role"],
            team=form.cleaned_data.get("team"),
            by=actor,
            now=clock.now(),
        )
        messages.success(request, gettext("The role has changed."))
        return redirect("accounts:person", person_id=membership.person_id)
    return render(request, "accounts/change_role.html", {"form": form, "membership": membership})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def give_role(request: HttpRequest, person_id: UUID, agency_id: UUID) -> HttpResponse:
    """Give a role to somebody who has worked for the agency, also when all their roles have ended."""
    actor = actor_of(request)
    someone = selectors.person_for(actor, person_id)
    agency = selectors.agency_of_person(actor, someone, agency_id)
    check_keep_roles(actor, person_id=someone.pk, agency_id=agency.pk)
    today = clock.day_of(clock.now())
    teams = selectors.teams_of_agency(agency.pk)
    offered = presenters.roles_on_offer(roles_to_give(actor), teams=bool(teams))
    form = GiveRoleForm(request.POST or None, roles=offered, teams=teams, today=today)
    if form.is_valid():
        last_day = form.cleaned_data["last_day"]
        new = actions.NewRole(
            role=form.cleaned_data["role"],
            agency=agency,
            team=form.cleaned_data.get("team"),
            starts_on=today,
            ends_on=last_day + timedelta(days=1) if last_day else None,
        )
        try:
            actions.give_role_again(person=someone, new=new, by=actor)
        except Refusal as refusal:
            record_refusal(refusal, by=actor)
            form.refuse(gettext(refusal.reason), about="role")
        else:
            messages.success(request, gettext("The role has been given."))
            return redirect("accounts:person", person_id=someone.pk)
    shut_out = selectors.was_shut_out(someone, agency.pk)
    return render(
        request,
        "accounts/give_role.html",
        {"form": form, "person": someone, "agency": agency, "shut_out": shut_out},
    )


@require_safe
@never_cache
def held(request: HttpRequest, held_id: UUID) -> HttpResponse:
    """What was typed when the session had ended: continue, or discard. Nothing is sent by itself."""
    actor = actor_of(request)
    kept = selectors.held_form_of(person_of(request), held_id, now=clock.now())
    try:
        fields = actions.open_held_form(held=kept, by=actor)
    except Undecipherable:
        raise Refusal(
            "What you typed can no longer be read, because the system's keys have changed.",
            rule="held_form.unreadable",
            subject_type="held_form",
            subject_id=kept.pk,
        ) from None
    page = presenters.held_page(fields)
    return render(request, "accounts/held.html", {"page": page, "held": kept, "fields": fields.pairs})


@require_POST
def discard_held(request: HttpRequest, held_id: UUID) -> HttpResponse:
    """Throw away what was kept."""
    person = person_of(request)
    kept = selectors.held_form_of(person, held_id, now=clock.now())
    actions.forget_held_form(person=person, held_id=kept.pk, used=False, by=actor_of(request))
    messages.success(request, gettext("What you had typed has been discarded."))
    return redirect("home")


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
