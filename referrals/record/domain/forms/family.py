"""Which answers are fit for a copy that goes to the family. Closed: what doesn't stand here never goes.

The table stands beside the forms and not in their questions, so that it is read as one list, holds for what was frozen
before it was written, and leaves the digest of a form in use alone. A key means the same on every form that asks it.

Left out on purpose, whatever the family already knows: who told it, and how to reach the referrer; who is alleged;
where anybody lives, is or goes to school; the household; the chronology; everything about the level, the sharing
decision and the risk of telling; what one parent said, from a copy for another.
"""

from collections.abc import Mapping
from enum import StrEnum

from referrals.record.domain.forms.eha_assessment import DIMENSIONS, page_key
from referrals.record.domain.forms.eha_plan import MOST_ACTIONS, action_key
from referrals.record.domain.forms.parts import Kind


class Fit(StrEnum):
    """Whom an answer may reach."""

    FAMILY = "family"
    SELF = "self"
    """Nobody but whom the page is about: what a child said to somebody isn't for their parents, nor the reverse."""


FIT: dict[str, dict[str, Fit]] = {
    # Of a referral.
    "reason": {"referral_type": Fit.FAMILY, "referral_reason": Fit.FAMILY},
    "concern": {"what": Fit.FAMILY, "happened_on": Fit.FAMILY},
    "early-help": {"eha_done": Fit.FAMILY, "eha_on": Fit.FAMILY},
    # Of both.
    "analysis": dict.fromkeys(("worried", "harder", "working_well", "needs_to_happen"), Fit.FAMILY),
    "agency-action": dict.fromkeys(("done", "will_do"), Fit.FAMILY),
    "child-view": dict.fromkeys(("view", "view_wants"), Fit.SELF),
    "child-sharing": dict.fromkeys(("said", "said_on", "limits", "words"), Fit.SELF),
    "member-sharing": dict.fromkeys(("said", "said_on", "limits", "words"), Fit.SELF),
    # Of an assessment.
    "eha-reason": dict.fromkeys(("reason", "family_hopes", "tried_before"), Fit.FAMILY),
    **{page_key(one): {f"{one.key}_strengths": Fit.FAMILY, f"{one.key}_needs": Fit.FAMILY} for one in DIMENSIONS},
    "child-day": dict.fromkeys(("day", "child_scale", "child_scale_why"), Fit.SELF),
    "member-voice": dict.fromkeys(("voice", "member_scale", "member_scale_why"), Fit.SELF),
    **{
        action_key(number): {f"action_{number}_{part}": Fit.FAMILY for part in ("need", "what", "who", "by", "outcome")}
        for number in range(1, MOST_ACTIONS + 1)
    },
    "lead": dict.fromkeys(("lead_name", "lead_agency", "lead_contact"), Fit.FAMILY),
    "review": dict.fromkeys(("review_on", "review_how"), Fit.FAMILY),
}
"""By page and question. The last action's "anything else" has no place here: it may be about anybody."""

CHOSEN = frozenset({Kind.CHOICE, Kind.SCALE, Kind.YES_NO, Kind.DATE, Kind.PARTIAL_DATE})
"""Kinds whose answer is one of ours, or a day; whatever else somebody wrote is in their own words."""


def fit_of(page: str, question: str) -> Fit | None:
    """Return whom an answer may reach; None: nobody of the family."""
    fits: Mapping[str, Fit] = FIT.get(page, {})
    return fits.get(question)


def is_written(kind: str) -> bool:
    """Whether an answer of this kind is somebody's own words; so is one of a kind that this version doesn't know."""
    return kind not in {one.value for one in CHOSEN}
