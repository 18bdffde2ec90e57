"""Before sending and right after it: the decision to share, where it goes, checking, sending, confirmation."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from referrals.casework.actions import submit
from referrals.casework.preparing import prepare
from referrals.casework.selectors import goes_at, is_unreached, latest_approval
from referrals.documents.files import staged_shown
from referrals.documents.outside import outside_doors
from referrals.documents.reading import content_given
from referrals.documents.selectors import copy_state
from referrals.journey.opening import Opened, given_to_reader, of_draft, open_referral
from referrals.journey.presenters import sending as presenter
from referrals.journey.presenters.answers import (
    dismissed_sections,
    draft_cards,
    files_section,
    gaps_of,
    labels_of,
    links_to,
    names_of,
)
from referrals.journey.presenters.carried import unconfirmed, waiting
from referrals.journey.presenters.early_help import refusals_in
from referrals.journey.presenters.indicated import indicated_rows, unexplained
from referrals.journey.presenters.kept import unsaved_shown
from referrals.journey.presenters.questions import link_for
from referrals.journey.presenters.record import readers_of
from referrals.journey.presenters.strays import strays_of
from referrals.record.domain.lifecycle import State
from referrals.record.selectors import (
    called,
    carried_of,
    draft_of,
    form_of,
    latest_submission,
    progress_of,
    staged_of,
    unsaved_of,
    wording_for,
)


@require_safe
@of_draft
def sharing(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The decision to share as it stands, with its reasons and the golden rules. It is guidance, and shows what is
    missing."""
    prepared = prepare(referral=opened.referral, now=opened.now)
    context = {
        "referral": opened.referral,
        "children": presenter.sharing_page(
            prepared, labels_of(opened.referral), link_for(opened.referral, draft_of(opened.referral))
        ),
        "urgent": prepared.urgent,
        "called": called(opened.referral, now=opened.now),
        "refer_instead": prepared.refer_instead,
    }
    return render(request, "journey/sharing.html", context)


@require_safe
@of_draft
def plan(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Where it goes and why, whom to ring first, and which times run."""
    prepared = prepare(referral=opened.referral, now=opened.now)
    context = {
        "referral": opened.referral,
        "plan": presenter.plan_page(prepared),
        "called": called(opened.referral, now=opened.now),
        "refer_instead": prepared.refer_instead,
    }
    return render(request, "journey/plan.html", context)


@require_safe
@of_draft
def check(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every answer with a link to change it, what is missing, what stands out, and the button that sends.

    The button carries a token: pressed twice, or posted again, it sends once.
    """
    referral, now = opened.referral, opened.now
    prepared = prepare(referral=referral, now=now)
    draft = draft_of(referral)
    progress = progress_of(referral, now=now)
    missing, odd = gaps_of(referral, progress)
    button, what_it_does = presenter.send_words(prepared)
    carried = waiting(carried_of(referral))
    context = {
        "referral": referral,
        "sections": (
            *draft_cards(
                referral,
                draft,
                wording_for(referral, draft, now=now),
                indicated=indicated_rows(referral, draft, prepared),
            ),
            *dismissed_sections(referral, draft),
            files_section(referral, staged_shown(staged_of(referral), names_of(draft))),
        ),
        "unsaved": unsaved_shown(
            referral,
            form_of(referral),
            draft,
            unsaved_of(referral),
            opened.actor,
            former=opened.facts.former_ids,
        ),
        "unexplained": unexplained(referral, draft, prepared),
        "missing": missing,
        "missing_says": presenter.missing_words(prepared),
        "odd": odd,
        "carried": unconfirmed(referral, progress, carried),
        "called": called(referral, now=now),
        "refusals": refusals_in(child.pack.pack for child in prepared.children) if prepared.is_assessment else (),
        "strays": strays_of(referral, draft, prepared),
        "prepared": prepared,
        "not_answered": presenter.not_answered(referral, prepared),
        "to_put_right": presenter.put_right(prepared, link_for(referral, draft)),
        "to_answer": links_to(referral, presenter.to_answer(prepared, progress)),
        "plan": presenter.plan_page(prepared),
        "parts": presenter.parts_given(prepared),
        "button": button,
        "what_it_does": what_it_does,
        "waits": prepared.approval is not None and not prepared.approval.beside,
        "token": uuid4(),
    }
    return render(request, "journey/check.html", context)


@require_POST
@never_cache
def send(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Submit, and with that send it or put it to the desk. The same token again leads to the same confirmation; of a
    page from before it was returned it sends nothing, which is said."""
    opened = open_referral(request, referral_id, purpose="send")
    try:
        token = UUID(request.POST.get("token", ""))
    except ValueError:
        return redirect("journey:check", referral_id=referral_id)
    submit(
        referral=opened.referral,
        by=opened.actor,
        now=opened.now,
        token=token,
        reach_it_myself=request.POST.get("reach") == "myself",
    )
    if opened.current().state == State.DRAFT.value:
        messages.error(
            request,
            gettext(
                "Nothing was sent. It came back to you after that page was opened: check what it says now, and send it "
                "from here."
            ),
        )
        return redirect("journey:check", referral_id=referral_id)
    return redirect("journey:sent", referral_id=referral_id)


@require_safe
@never_cache
def sent(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The confirmation: reference, what happens next and when, whom to ring. It can be bookmarked: once it was
    returned, taken back or closed, the page of the referral says how it stands."""
    opened = open_referral(request, referral_id, purpose="confirmation")
    submission = latest_submission(opened.referral)
    if submission is None or opened.referral.state not in {State.SUBMITTED.value, State.SENT.value}:
        return redirect("referral", referral_id=referral_id)
    given = given_to_reader(opened, submission)
    content = content_given(submission, given)
    approval = latest_approval(opened.referral)
    context = {
        "referral": opened.referral,
        "submission": submission,
        "called": called(opened.referral, now=opened.now),
        "waits": opened.referral.state == State.SUBMITTED.value,
        "approval": approval,
        "goes_at": goes_at(approval, now=opened.now) if approval else None,
        "unreached": is_unreached(opened.referral),
        "copy": copy_state(opened.referral, given),
        "outside": () if given else outside_doors(submission, content),
        "plan": presenter.frozen_plan(content, readers_of(content)),
    }
    return render(request, "journey/sent.html", context)
