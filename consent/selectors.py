"""Reading the decisions to share. Whoever may read the referral may read these: call `referral_for` first."""

from django.db.models import QuerySet

from consent.models import SharingRecord
from referrals.record.models import Referral


def sharing_of(referral: Referral) -> SharingRecord | None:
    """Return the record that counts, the last one; None while nothing was submitted."""
    return sharing_records_of(referral).last()


def sharing_records_of(referral: Referral) -> QuerySet[SharingRecord]:
    """Return every record of the referral, first things first."""
    return SharingRecord.objects.filter(referral=referral).select_related("by").order_by("number")
