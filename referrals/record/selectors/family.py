"""Reading which passages a draft keeps from the family."""

from referrals.record.domain.passages import Passage
from referrals.record.models import KeptFromFamily, Referral


def kept_from_family(referral: Referral) -> dict[Passage, KeptFromFamily]:
    """Return the passages that no copy for the family may hold, each with its row. One query."""
    return {
        Passage(row.page, str(row.child_id or row.member_id or ""), row.question): row
        for row in KeptFromFamily.objects.filter(referral=referral)
    }
