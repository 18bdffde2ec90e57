"""Keeping what somebody types, as they type: asked for by the page's script, answered in a few words."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from referrals.journey.opening import held_once, open_referral
from referrals.record import actions
from referrals.record.domain.clean_values.words import storable
from referrals.record.domain.keeping import WHY, NotKept
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import check_edit

_LONGEST_TAB = 36
NOT_THEM = gettext_noop("Somebody else has signed in here. What you type on this page is not kept.")
NO_DRAFT = gettext_noop(
    "It was submitted or closed meanwhile. What you type is not kept: press the button below, and you can add it there."
)
HANDED_ON = gettext_noop(
    "{} holds this draft now. What you type is not kept: press the button below, and it is shown to you with how to "
    "reach them."
)
CONFLICT, UNREADABLE = 409, 400


@require_POST
@never_cache
def keep(request: HttpRequest, referral_id: UUID, page: str, person_id: UUID | None = None) -> JsonResponse:
    """Keep what is posted as JSON; answer with the keeping's number, or 409 and why it isn't kept.

    JSON and no form, so that a session which has ended doesn't hold it: the window goes on trying instead.
    """
    opened = open_referral(request, referral_id, purpose="keep")
    # A form's body has been read by then, and was never meant for here.
    said = _said(request.body) if request.content_type == "application/json" else None
    if said is None:
        return JsonResponse({"why": "unreadable"}, status=UNREADABLE)
    by, typed = said
    if by != str(opened.actor.person_id):
        return JsonResponse({"why": gettext(NOT_THEM)}, status=CONFLICT)
    if opened.referral.state != State.DRAFT.value:
        return JsonResponse({"why": gettext(NO_DRAFT)}, status=CONFLICT)
    if held_once(opened):
        return JsonResponse({"why": gettext(HANDED_ON).format(opened.referral.author.full_name)}, status=CONFLICT)
    check_edit(opened.actor, opened.facts)
    kept = actions.keep_typed(
        referral=opened.referral, page=page, typed=typed, by=opened.actor, now=opened.now, person_id=person_id
    )
    if isinstance(kept, NotKept):
        return JsonResponse({"why": WHY[kept]}, status=CONFLICT)
    return JsonResponse({"number": kept, "session_ends_in": getattr(request, "session_ends_in", 0)})


def _said(body: bytes) -> tuple[str, actions.Typed] | None:
    """What the window says, and for whom; None for anything else."""
    try:
        said: Mapping[str, Any] = json.loads(body)
        # A phone may cut an emoji in half while it is typed; half of one can't be written down.
        fields = tuple((storable(str(name))[0], storable(str(value))[0]) for name, value in said["fields"])
        version = dict(fields).get("page-version", "")
        typed = actions.Typed(
            fields=fields,
            version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1,
            tab=storable(str(said["tab"]))[0][:_LONGEST_TAB],
            number=int(said["number"]),
        )
        return str(said["by"]), typed
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None
