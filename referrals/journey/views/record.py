"""The canonical page of a referral, and what its writers do there: add what they have learned, or take it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.domain.refusal import NotYours, Refusal
from consent.domain.permissions import can_family_copy
from consent.selectors import family_held_back, shared_of
from referrals.casework import actions as casework
from referrals.casework.domain.outcomes import Outcome, form_after
from referrals.casework.domain.permissions import can_discharge, check_answer_message
from referrals.casework.preparing import prepare
from referrals.casework.selectors import (
    advice_on,
    decisions_about,
    disagreements_about,
    is_unreached,
    latest_approval,
    messages_about,
    not_referred,
    open_withdrawal,
    timeline,
    unheard_of,
)
from referrals.documents.files import files_shown, staged_shown
from referrals.documents.outside import outside_doors
from referrals.documents.reading import content_given
from referrals.documents.selectors import copy_state
from referrals.documents.since import Reach, documents_made, how_many, recorded_since
from referrals.journey.forms import AnswerForm, HandOverForm, WithdrawForm
from referrals.journey.opening import Opened, given_to_reader, open_referral, reads_until
from referrals.journey.presenters import record as presenter
from referrals.journey.presenters.answers import draft_cards, frozen_cards, labels_of, names_of
from referrals.journey.presenters.carried import frozen_carried
from referrals.journey.presenters.citing import Reader
from referrals.journey.presenters.handed_on import handed_on
from referrals.journey.presenters.indicated import indicated_rows
from referrals.journey.presenters.own_tasks import OwnTasks, own_tasks, own_times
from referrals.journey.presenters.sending import frozen_plan
from referrals.journey.presenters.unheard import unheard_shown
from referrals.journey.selectors import begun_from, contestable, refers_instead, taken_up_by
from referrals.journey.views.afterwards import telling_shown
from referrals.record.domain.beginning import can_carry
from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.lifecycle import State, Verb
from referrals.record.domain.permissions import (
    can_add_addendum,
    can_ask_withdrawal,
    can_close_to_desk,
    can_edit,
    can_move,
    can_share,
    can_shut_out,
    can_withdraw,
    check_ask_withdrawal,
    check_move,
    check_withdraw,
    reads_as_front_door,
)
from referrals.record.models import Submission
from referrals.record.selectors import (
    addenda_of,
    called,
    draft_of,
    latest_submission,
    staged_of,
    wording_for,
    words_kept,
)
from referrals.routing.actions import mark_referral_read
from referrals.routing.selectors import (
    asked_before,
    elsewhere,
    handed_outside,
    heirs_of,
    own_clocks,
    receipts_of,
    transfers_of,
    unseen_at,
)


@require_safe
@never_cache
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The referral as it stands, for whoever may read it. Its writers go on writing a draft instead."""
    opened = open_referral(request, referral_id, purpose="page")
    # Whoever reads it here for a front door has opened it: no alarm says that nobody has.
    mark_referral_read(referral_id=referral_id, by=opened.actor, now=opened.now)
    submission = latest_submission(opened.referral)
    of_agency = not reads_as_front_door(opened.actor, opened.facts)
    if can_edit(opened.actor, opened.facts):
        return redirect("journey:tasks", referral_id=referral_id)
    until = reads_until(opened)
    withdrawal = open_withdrawal(opened.referral)
    if withdrawal is not None and until is not None and withdrawal.at > until:
        withdrawal = None
    may_copy = until is None and can_family_copy(opened.actor, opened.facts)
    may_send, instead = can_move(Verb.SEND, opened.actor, opened.facts), refers_instead(opened.referral)
    context = {
        "referral": opened.referral,
        "timeline": timeline(
            opened.referral,
            front_door=not of_agency,
            elsewhere=_elsewhere(opened),
            asked_before=_asked_before(opened),
            until=until,
        ),
        "called": called(opened.referral, now=opened.now),
        "begun": begun_from(opened.referral, opened.actor, now=opened.now),
        "may_begin": can_carry(opened.actor, opened.facts),
        "may_add": can_add_addendum(opened.actor, opened.facts),
        "may_send_now": may_send and not instead,
        "refers_instead": may_send and instead,
        "unreached": is_unreached(opened.referral),
        "may_hand_over": can_move(Verb.HAND_OVER, opened.actor, opened.facts),
        "may_discharge": can_discharge(opened.actor, opened.facts),
        "may_withdraw": can_withdraw(opened.actor, opened.facts),
        "may_ask_withdrawal": can_ask_withdrawal(opened.actor, opened.facts)
        and not withdrawal
        and not handed_outside(opened.referral),
        "asked_withdrawal": withdrawal,
        "may_copy_for_family": may_copy,
        "no_family_copy": may_copy and family_held_back(opened.referral) is not None,
        "may_share": can_share(opened.actor, opened.facts),
        "may_close_to_desk": can_close_to_desk(opened.actor, opened.facts),
        "may_keep_out": can_shut_out(opened.actor, opened.facts),
        **(_of_agency(opened) if of_agency else {}),
        **(_submitted(opened, submission) if submission else _draft(opened)),
    }
    return render(request, "journey/referral.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, referral_id: UUID, message_id: UUID) -> HttpResponse:
    """Answer what a front door asked."""
    opened = open_referral(request, referral_id, purpose="answer")
    message = messages_about(opened.referral).filter(pk=message_id).first()
    if message is None:
        raise NotYours(rule="message.answer", subject_type="referral", subject_id=referral_id)
    check_answer_message(opened.actor, opened.facts, answered=hasattr(message, "answer"))
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        casework.answer_information(message=message, text=form.cleaned_data["words"], by=opened.actor, now=opened.now)
        doors = list(dict.fromkeys(one.door_name for one in heirs_of(message.intake, since=message.at)))
        said = ngettext("%(doors)s has your answer.", "%(doors)s have your answer.", len(doors))
        messages.success(request, said % {"doors": gettext(" and ").join(doors)})
        return redirect("referral", referral_id=referral_id)
    return render(request, "journey/answer.html", {"form": form, "referral": opened.referral, "message": message})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdraw(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Take back what has not been sent, or ask the front door to let go of what has; with a reason."""
    opened = open_referral(request, referral_id, purpose="withdraw")
    sent = opened.referral.state == State.SENT.value
    check = check_ask_withdrawal if sent else check_withdraw
    check(opened.actor, opened.facts)
    if sent:
        casework.check_here(opened.referral)
    form = WithdrawForm(request.POST or None, asks=sent)
    if form.is_valid():
        act = casework.withdraw_request if sent else casework.withdraw
        act(referral=opened.referral, why=form.cleaned_data["why"], by=opened.actor, now=opened.now)
        said = (
            gettext("The front door has been asked.")
            if sent
            else gettext("%(referral)s has been withdrawn.") % {"referral": opened.referral.reference}
        )
        messages.success(request, said)
        return redirect("referral", referral_id=referral_id)
    return render(request, "journey/withdraw.html", {"form": form, "referral": opened.referral, "sent": sent})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def handed_over(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Record whom somebody reached outside this system, where no front door receives here."""
    opened = open_referral(request, referral_id, purpose="hand_over")
    check_move(Verb.HAND_OVER, opened.actor, opened.facts)
    form = HandOverForm(request.POST or None)
    if form.is_valid():
        casework.hand_over(referral=opened.referral, how=form.cleaned_data["how"], by=opened.actor, now=opened.now)
        messages.success(request, gettext("It is recorded whom you reached."))
        return redirect("referral", referral_id=referral_id)
    return render(request, "journey/handed_over.html", {"form": form, "referral": opened.referral})


def _of_agency(opened: Opened) -> dict[str, Any]:
    """What only the referring agency sees: its own approval and advice."""
    return {
        "of_agency": True,
        "approval": presenter.approval_shown(latest_approval(opened.referral), now=opened.now),
        "advice": advice_on(opened.referral),
        "unheard": unheard_shown(unheard_of(opened.referral, now=opened.now), now=opened.now),
        "takes_up": taken_up_by(opened.referral, opened.actor, opened.facts, now=opened.now),
        "not_referred": not_referred(opened.referral),
    }


def _submitted(opened: Opened, submission: Submission) -> dict[str, Any]:
    """What was frozen, and what front doors have done with it."""
    given = given_to_reader(opened, submission)
    until = reads_until(opened)
    away, before = _elsewhere(opened), _asked_before(opened)
    content = content_given(submission, given)
    readers, names = presenter.readers_of(content), presenter.names_in(content)
    receipts = receipts_of(opened.referral, until=until)
    decided = list(decisions_about(opened.referral, until=until).exclude(intake__in=away))
    added = list(addenda_of(opened.referral, until=until))
    # Where else it is, and who there has read it, is nothing to a front door.
    unseen = {} if reads_as_front_door(opened.actor, opened.facts) else unseen_at(opened.referral, added)
    outcomes = presenter.outcomes_shown(decided, names)
    return {
        "submission": submission,
        "content": content,
        "names": ", ".join(names.values()),
        "state": presenter.LET_GO
        if until
        else presenter.state_words(
            opened.referral.state,
            receipts,
            outcomes,
            unreached=is_unreached(opened.referral),
            outside=[one.door_name for one in handed_outside(opened.referral)],
        ),
        "receipts": receipts,
        "own": None if given else _own(opened, content, readers),
        "handed_on": handed_on(transfers_of(opened.referral), names, away, until=until),
        "outcomes": outcomes,
        "begins_next": form_after(
            (Outcome(one.outcome) for one in decided), assessment=is_assessment(opened.referral.specification)
        ),
        "telling": telling_shown(opened, content, until=until),
        "contestable": contestable(opened.referral, opened.actor, opened.facts, now=opened.now) if outcomes else (),
        "disagreements": presenter.disagreements_shown(
            disagreements_about(opened.referral).exclude(intake__in=away), now=opened.now, until=until
        ),
        "asked": presenter.messages_shown(messages_about(opened.referral, without=away, but=before), until=until),
        "copy": copy_state(opened.referral, given),
        "outside": () if given else outside_doors(submission, content),
        "since": how_many(recorded_since(submission, Reach(given, until))),
        "since_made": documents_made(submission, Reach(given, until)),
        "plan": frozen_plan(content, readers),
        "children": presenter.children_decided(content, readers, labels_of(opened.referral)),
        "sections": frozen_cards(content),
        "carried": frozen_carried(content),
        "part": presenter.part_shown(content),
        "shared": presenter.documents_shared(shared_of(opened.referral), given),
        "addenda": presenter.addenda_shown(added, given, unseen=unseen),
        "files": files_shown(opened.referral, content, given, until=until),
    }


def _own(opened: Opened, content: Mapping[str, Any], readers: Mapping[str, Reader]) -> OwnTasks | None:
    """What is the writers' own to do while a front door has it, and afterwards what of it isn't done."""
    clocks = own_clocks(opened.referral, now=opened.now)
    if opened.referral.state != State.SENT.value:
        open_ones = tuple(one for one in clocks if one.clock.stopped_at is None)
        return OwnTasks(ring=False, rang=None, times=own_times(open_ones)) if open_ones else None
    return own_tasks(content, addenda_of(opened.referral), frozen_plan(content, readers), clocks)


@require_POST
def discharge(request: HttpRequest, referral_id: UUID, deadline: str) -> HttpResponse:
    """Say that a duty of the writers' own is done: its clock stops."""
    opened = open_referral(request, referral_id, purpose="discharge")
    if casework.discharge(referral=opened.referral, deadline=deadline, by=opened.actor, now=opened.now):
        messages.success(request, gettext("It is recorded as done."))
    return redirect("referral", referral_id=referral_id)


def _elsewhere(opened: Opened) -> frozenset[UUID]:
    """The intakes whose words aren't for this reader: nobody's for the agency, for a front door those of others."""
    if not reads_as_front_door(opened.actor, opened.facts):
        return frozenset()
    return elsewhere(opened.referral, opened.actor, now=opened.now)


def _asked_before(opened: Opened) -> dict[UUID, datetime | None]:
    """The intakes elsewhere that this reader's front door has its children from: what was asked there before is about
    them too."""
    if not reads_as_front_door(opened.actor, opened.facts):
        return {}
    return asked_before(opened.referral, opened.actor, now=opened.now)


def _indicated(opened: Opened, draft: DraftAnswers) -> dict[UUID, tuple[dict[str, Any], ...]]:
    """What the document indicates, of those who were judged; nothing where no document is of any use."""
    try:
        prepared = prepare(referral=opened.referral, now=opened.now)
    except Refusal:
        return {}
    return indicated_rows(opened.referral, draft, prepared)


def _draft(opened: Opened) -> dict[str, Any]:
    """A draft in the eyes of somebody who reads it and doesn't write on it."""
    draft = draft_of(opened.referral)
    cards = draft_cards(
        opened.referral,
        draft,
        wording_for(opened.referral, draft, now=opened.now),
        indicated=_indicated(opened, draft),
        with_links=False,
    )
    return {
        "names": ", ".join(names_of(draft).values()),
        "state": presenter.state_words(opened.referral.state, (), ()),
        "sections": cards,
        "files": staged_shown(staged_of(opened.referral), names_of(draft)),
        # Of whoever handed it on: what they hadn't saved by then is nobody else's to read.
        "not_saved": words_kept(opened.referral, opened.actor),
    }
