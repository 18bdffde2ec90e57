"""Scoped reads: the only way pages reach the rows of the record."""

from referrals.record.selectors.attachments import attachments_of, bytes_of, frozen_files, staged_of, to_look_at
from referrals.record.selectors.carrying import begun_before, besides, carried_of, gone_as_referral
from referrals.record.selectors.dismissals import dismissed_of
from referrals.record.selectors.drafts import (
    SavedPage,
    draft_of,
    left_out_of,
    options_for,
    packs_for,
    progress_of,
    saved_page,
    wording_for,
)
from referrals.record.selectors.family import kept_from_family
from referrals.record.selectors.forms import form_in, form_of
from referrals.record.selectors.frozen import (
    TimelineItem,
    addenda_of,
    content_of,
    latest_submission,
    timeline,
)
from referrals.record.selectors.keeping import Kept, kept_of, unsaved_of, words_kept
from referrals.record.selectors.naming import Called, assessment_in, called
from referrals.record.selectors.offers import (
    could_be_given,
    held_before,
    offer_to,
    offers_of,
    offers_to,
    open_offer,
    taken_over,
)
from referrals.record.selectors.scope import (
    colleagues_of,
    facts_for,
    facts_for_each,
    front_door_teams,
    referral_for,
    referrals_of,
)
from referrals.record.selectors.taking import Takable, takable_files

__all__ = [
    "Called",
    "Kept",
    "SavedPage",
    "Takable",
    "TimelineItem",
    "addenda_of",
    "assessment_in",
    "attachments_of",
    "begun_before",
    "besides",
    "bytes_of",
    "called",
    "carried_of",
    "colleagues_of",
    "content_of",
    "could_be_given",
    "dismissed_of",
    "draft_of",
    "facts_for",
    "facts_for_each",
    "form_in",
    "form_of",
    "front_door_teams",
    "frozen_files",
    "gone_as_referral",
    "held_before",
    "kept_from_family",
    "kept_of",
    "latest_submission",
    "left_out_of",
    "offer_to",
    "offers_of",
    "offers_to",
    "open_offer",
    "options_for",
    "packs_for",
    "progress_of",
    "referral_for",
    "referrals_of",
    "saved_page",
    "staged_of",
    "takable_files",
    "taken_over",
    "timeline",
    "to_look_at",
    "unsaved_of",
    "wording_for",
    "words_kept",
]
