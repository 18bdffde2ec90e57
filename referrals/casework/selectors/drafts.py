"""What has reached nobody, a draft or submitted in vain: what it says about harm, which times count for it, and what
stands on top."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q, QuerySet

from referrals.casework.domain.drafts import (
    KEEP_ID,
    REMIND_ID,
    DraftFacts,
    Harm,
    Kind,
    Times,
    ends_at,
    harm_of,
    times_of,
    unreached_since,
)
from referrals.casework.models import DraftNotice
from referrals.casework.selectors.approvals import unreached
from referrals.casework.selectors.not_referring import harm_ruled_out
from referrals.record.domain.lifecycle import State
from referrals.record.domain.urgency import is_empty
from referrals.record.models import Referral
from referrals.record.selectors import draft_of, gone_as_referral, unsaved_of
from thresholds.domain.duties import Deadline, Unit
from thresholds.selectors import NoPackError, pack_version

_SPANS = {Unit.HOURS: timedelta(hours=1), Unit.DAYS: timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class DraftStanding:
    """How long a draft is kept, for its writers. `ends_at` is None where it never ends by itself; `times` say what the
    partnership states."""

    harm: Harm
    ends_at: datetime | None
    times: Times


def draft_facts(referral: Referral, *, now: datetime) -> DraftFacts:
    """Return a draft as the rules see it at `now` (aware), or what was submitted and is with nobody. Where something
    was typed and not saved, nothing rules harm out: no rule reads what it says."""
    if referral.state == State.SUBMITTED.value:
        return unreached_since(referral.state_since)
    draft, all_saved = draft_of(referral), not unsaved_of(referral)
    harm = harm_of(
        urgent=referral.urgent,
        ruled_out=all_saved and harm_ruled_out(referral, now=now),
        empty=all_saved and is_empty(draft) and not referral.attachments.filter(removed_at=None).exists(),
    )
    warned = DraftNotice.objects.filter(referral=referral, kind=Kind.WARNING.value, since=referral.updated_at).first()
    return DraftFacts(
        harm=harm,
        harm_since=(referral.urgent_since or referral.created_at) if harm is Harm.POSSIBLE else None,
        changed_at=referral.updated_at,
        submitted_before=referral.submissions.exists(),
        warned_at=warned.at if warned else None,
        referred=all_saved and gone_as_referral(referral),
    )


def draft_times(referral: Referral) -> Times:
    """Return the times that count for a draft: those that its home area's pack states, else the settings."""
    stated: dict[str, timedelta] = {}
    if referral.pack_version_id is not None:
        try:
            pack = pack_version(referral.pack_version_id).pack
        except NoPackError:
            pack = None
        stated = _stated(pack.deadlines) if pack else {}
    return times_of(stated, settings.DRAFT_TIMES)


def draft_standing(referral: Referral, *, now: datetime) -> DraftStanding:
    """Return how long a draft is kept, as things are at `now` (aware)."""
    facts, times = draft_facts(referral, now=now), draft_times(referral)
    return DraftStanding(facts.harm, ends_at(facts, times), times)


def drafts_to_look_at(*, now: datetime, left: Q) -> QuerySet[Referral]:
    """Return what the watch looks at, drafts and what was submitted and is with nobody: each whose time has come, that
    changed, that it never saw, or whose writers have all left since (`left` is the condition for that)."""
    again = (
        Q(draft_watch__isnull=True)
        | Q(draft_watch__next_at__lte=now)
        | Q(draft_watch__looked_at__lt=F("updated_at"))
        | Q(Q(draft_watch__left=False), left)
    )
    silent = Q(state=State.DRAFT.value) | Q(pk__in=unreached().values("pk"))
    # Said once more for the index of what hasn't gone: of all that there ever was, the watch reads only that.
    unsent = [State.DRAFT.value, State.SUBMITTED.value]
    return Referral.objects.filter(again, silent, state__in=unsent).order_by("-urgent", "updated_at", "pk")


def alerted(referrals: Iterable[Referral]) -> frozenset[object]:
    """Return the ids of those drafts about which an alert went out: they stand on top until something is done."""
    found = DraftNotice.objects.filter(
        referral__in=list(referrals), kind=Kind.ALERT.value, referral__state=State.DRAFT.value
    )
    return frozenset(found.values_list("referral_id", flat=True))


def _stated(deadlines: Iterable[Deadline]) -> dict[str, timedelta]:
    return {
        one.id: one.amount * _SPANS[one.unit]
        for one in deadlines
        if one.id in {REMIND_ID, KEEP_ID} and one.amount is not None and one.unit in _SPANS
    }
