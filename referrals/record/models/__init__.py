"""The tables of the record. A draft's rows can change; what is frozen can only be added to."""

from referrals.record.models.access import AccessChange, DraftOffer, ExcludedPerson, Involvement, TeamAccess
from referrals.record.models.attachments import Attachment, AttachmentContent
from referrals.record.models.carried import Carried
from referrals.record.models.dismissed import Dismissal
from referrals.record.models.draft import Child, HouseholdMember, Keeping, PageAnswers
from referrals.record.models.family import KeptFromFamily
from referrals.record.models.frozen import Addendum, ReferralChange, Submission
from referrals.record.models.referral import Referral

__all__ = [
    "AccessChange",
    "Addendum",
    "Attachment",
    "AttachmentContent",
    "Carried",
    "Child",
    "Dismissal",
    "DraftOffer",
    "ExcludedPerson",
    "HouseholdMember",
    "Involvement",
    "Keeping",
    "KeptFromFamily",
    "PageAnswers",
    "Referral",
    "ReferralChange",
    "Submission",
    "TeamAccess",
]
