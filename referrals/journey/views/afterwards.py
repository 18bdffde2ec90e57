"""Sharing after it was submitted: who has to be told, what people say about agreement now, every decision; and, while
it is a draft, choosing another lawful basis."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.clock import day_of
from audit.domain.refusal import NotYours
from consent import selectors as sharing
from consent.actions import Saying, choose_bases
from consent.domain.facts import Said
from consent.domain.permissions import can_say_agreement, check_record_told, check_say_agreement
from referrals.casework import actions as casework
from referrals.casework.preparing import prepare
from referrals.documents.reading import content_given
from referrals.journey.afterwards_forms import AgreementForm, BasesForm, ToldForm
from referrals.journey.opening import Opened, given_to_reader, of_draft, open_referral, reads_until
from referrals.journey.presenters import afterwards as presenter
from referrals.journey.presenters.bases import groups_of
from referrals.record.selectors import latest_submission

question_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def telling(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Who has to be told of the sharing, who must not be, and the record of who was."""
    opened = open_referral(request, referral_id, purpose="telling")
    content = _content(opened)
    context = {
        "referral": opened.referral,
        "telling": telling_shown(opened, content, until=reads_until(opened)),
        "may_record": can_say_agreement(opened.actor, opened.facts),
    }
    return render(request, "journey/telling.html", context)


@question_page
@never_cache
def told(request: HttpRequest, referral_id: UUID, about: str) -> HttpResponse:
    """Record that somebody was told, when, by whom and with which words."""
    opened = open_referral(request, referral_id, purpose="telling")
    check_record_told(opened.actor, opened.facts)
    shown = telling_shown(opened, _content(opened))
    duty = next((one for one in shown.duties if one.about == about), None)
    if duty is None:
        raise NotYours(rule="sharing.told", subject_type="referral", subject_id=referral_id)
    form = ToldForm(request.POST or None, today=day_of(opened.now))
    if form.is_valid():
        casework.record_told(
            referral=opened.referral, about=about, **form.cleaned_data, by=opened.actor, now=opened.now
        )
        messages.success(request, gettext("It is recorded that %(duty)s was told.") % {"duty": duty.name})
        return redirect("journey:telling", referral_id=referral_id)
    context = {"referral": opened.referral, "duty": duty, "telling": shown, "form": form}
    return render(request, "journey/told.html", context)


@require_safe
@never_cache
def agreement(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What everybody said about agreement, when it was submitted and since; what that changes, and what it doesn't."""
    opened = open_referral(request, referral_id, purpose="agreement")
    content = _content(opened)
    until = reads_until(opened)
    kept = presenter.last_by(sharing.sharing_records_of(opened.referral), until)
    changes, stays = presenter.what_it_changes(kept) if kept else ((), ())
    said = [one for one in sharing.agreement_changes_of(opened.referral) if until is None or one.at <= until]
    context = {
        "referral": opened.referral,
        "people": presenter.agreeing_shown(opened.referral, said, content),
        "changes": changes,
        "stays": stays,
        "may_record": can_say_agreement(opened.actor, opened.facts),
    }
    return render(request, "journey/agreement.html", context)


@question_page
@never_cache
def agreement_of(request: HttpRequest, referral_id: UUID, person_id: UUID) -> HttpResponse:
    """Record what somebody says about agreement now."""
    opened = open_referral(request, referral_id, purpose="agreement")
    check_say_agreement(opened.actor, opened.facts)
    name = presenter.people_in(_content(opened)).get(str(person_id))
    if name is None:
        raise NotYours(rule="sharing.agreement", subject_type="referral", subject_id=referral_id)
    form = AgreementForm(request.POST or None, today=day_of(opened.now))
    if form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        said_on: date | None = given["said_on"]
        saying = Saying(
            said=Said(given["said"]),
            said_on=said_on,
            said_to=given["said_to"],
            limits=given["limits"],
            words=given["words"],
            agreed_parts=given["agreed_parts"],
            agreed_with=given["agreed_with"],
        )
        casework.say_agreement(
            referral=opened.referral, person_id=person_id, saying=saying, by=opened.actor, now=opened.now
        )
        messages.success(request, gettext("It is recorded. The front door and your agency's desk are told."))
        return redirect("journey:agreement", referral_id=referral_id)
    context = {"referral": opened.referral, "name": name, "form": form}
    return render(request, "journey/agreement_of.html", context)


@require_safe
@never_cache
def decisions(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Every row of the record of sharing, the one that counts first, and the decision in words for a parent."""
    opened = open_referral(request, referral_id, purpose="decision")
    content = _content(opened)
    names = presenter.people_in(content)
    until = reads_until(opened)
    records = [one for one in sharing.sharing_records_of(opened.referral) if until is None or one.at <= until]
    # Whoever let go of it says nothing to a family any more: what may be said hangs on what has come since.
    kept = sharing.sharing_of(opened.referral) if until is None else None
    context = {
        "referral": opened.referral,
        "rows": presenter.decisions_shown(records, names),
        "telling": telling_shown(opened, content, until=until),
        "for_family": presenter.for_family(kept, sharing.telling_now(opened.referral), names) if kept else (),
    }
    return render(request, "journey/decisions.html", context)


@question_page
@of_draft
def bases(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The lawful bases that the facts offer; choose another than the suggested, and say why."""
    prepared = prepare(referral=opened.referral, now=opened.now)
    made = [child.sharing.decision for child in prepared.children]
    groups = groups_of(made)
    relied_on = {basis for decision in made for basis in decision.chosen_bases}
    counts = sharing.bases_chosen(opened.referral)
    initial: dict[str, Any] = {group.key: [one.id for one in group.offered if one.id in relied_on] for group in groups}
    form = BasesForm(request.POST or None, groups=groups, initial={**initial, "why": counts.why if counts else ""})
    if form.is_valid():
        choose_bases(
            referral=opened.referral,
            chosen=form.chosen(),
            why=form.cleaned_data["why"],
            by=opened.actor,
            now=opened.now,
        )
        messages.success(request, gettext("The lawful basis is saved."))
        return redirect("journey:sharing", referral_id=opened.referral.pk)
    context = {
        "referral": opened.referral,
        "form": form,
        "choices": sharing.bases_choices_of(opened.referral),
    }
    return render(request, "journey/bases.html", context)


def telling_shown(opened: Opened, content: dict[str, Any], *, until: datetime | None = None) -> presenter.TellingShown:
    """Who has to be told, in words; for a front door that let go of it, what was said `until` then."""
    stands = sharing.telling_now(opened.referral)
    if until is not None:
        # That nobody tells them is for everybody to know; that something came since isn't.
        stands = replace(stands, because=sharing.telling_of(opened.referral).because)
    return presenter.telling_shown(
        opened.referral,
        stands,
        sharing.told_of(opened.referral),
        sharing.rulings_of(opened.referral),
        presenter.people_in(content),
        until=until,
    )


def _content(opened: Opened) -> dict[str, Any]:
    """What was submitted, for a front door what it is given of that; NotYours while nothing was."""
    submission = latest_submission(opened.referral)
    if submission is None:
        raise NotYours(rule="sharing.read", subject_type="referral", subject_id=opened.referral.pk)
    return content_given(submission, given_to_reader(opened, submission))
