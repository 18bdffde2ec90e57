"""An assessment that needs a referral, and beginning one form from another."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit.domain.refusal import NotYours
from referrals.casework.preparing import prepare
from referrals.journey.opening import Opened, of_draft, open_referral
from referrals.journey.presenters.carried import all_carried
from referrals.journey.presenters.sending import because_words
from referrals.journey.selectors import is_decided_for_early_help
from referrals.record.actions import begin_from
from referrals.record.domain.permissions import can_read
from referrals.record.selectors import begun_before, besides, called, facts_for, progress_of, referral_for

KINDS = frozenset({"marf", "eha"})


@require_safe
@of_draft
def needs_referral(request: HttpRequest, opened: Opened) -> HttpResponse:
    """An assessment in which something speaks of possible harm: ring, and make it a referral by one button."""
    prepared = prepare(referral=opened.referral, now=opened.now)
    if not prepared.refer_instead:
        return redirect("journey:tasks", referral_id=opened.referral.pk)
    context = {
        "referral": opened.referral,
        "called": called(opened.referral, now=opened.now),
        "because": because_words(prepared),
    }
    return render(request, "journey/needs_referral.html", context)


@require_safe
@of_draft
def carried(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What a draft began with, page by page, with when it was true; and what the earlier form says besides, for whoever
    may read that one too."""
    source = opened.referral.begun_from
    if source is None:
        return redirect("journey:tasks", referral_id=opened.referral.pk)
    may_read = can_read(opened.actor, facts_for(source, opened.actor, now=opened.now))
    if may_read:
        referral_for(opened.actor, source.pk, purpose="carried", now=opened.now)
    context = {
        "referral": opened.referral,
        "called": called(opened.referral, now=opened.now),
        "source": source,
        "pages": all_carried(opened.referral, progress_of(opened.referral, now=opened.now)),
        "may_read": may_read,
        "besides": besides(opened.referral, now=opened.now) if may_read else "",
    }
    return render(request, "journey/carried.html", context)


@require_POST
@never_cache
def begin_another(request: HttpRequest, referral_id: UUID, kind: str) -> HttpResponse:
    """Begin another form with everything that goes along from this one, each page marked until it is looked at."""
    opened = open_referral(request, referral_id, purpose="carry")
    if kind not in KINDS:
        raise NotYours(rule="referral.carry", subject_type="referral", subject_id=referral_id)
    decided = kind == "eha" and is_decided_for_early_help(opened.referral)
    begun = begin_from(source=opened.referral, kind=kind, by=opened.actor, now=opened.now, decided=decided)
    source = opened.referral.reference
    if begun.created_at < opened.now:
        messages.info(
            request,
            gettext("%(begun)s was begun from %(source)s already. Nothing was written on %(source)s since.")
            % {"begun": begun.reference, "source": source},
        )
    else:
        said = gettext(
            "%(begun)s begins with what %(source)s says. Each page shows when that was written. Danger, "
            "where the children are now, agreement and what else has to be true now are asked again. "
            "Files are not copied: take them along on the Files page."
        ) % {"begun": begun.reference, "source": source}
        if decided:
            said += " " + gettext("The front door has decided on the harm that was feared, so that is asked again too.")
        if besides(begun, now=opened.now):
            said += " " + gettext(
                "The %(noun)s has no question for some of what %(source)s says: that stays there, and is shown."
            ) % {"noun": gettext(begun.noun), "source": source}
        earlier = begun_before(opened.referral, kind, opened.actor).exclude(pk=begun.pk).first()
        if earlier is not None:
            said += " " + gettext(
                "%(earlier)s, which you began from it before, doesn't hold what %(source)s says now. It is "
                "still there: look whether it says more, then withdraw the one that you don't need."
            ) % {"earlier": earlier.reference, "source": source}
        messages.success(request, said)
    return redirect("journey:tasks", referral_id=begun.pk)
