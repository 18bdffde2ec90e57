"""Reading what was suggested and dismissed."""

from collections import defaultdict

from referrals.record.domain.dismissed import Dismissed, DismissedByChild, SuggestedKind
from referrals.record.models import Dismissal, Referral


def dismissed_of(referral: Referral) -> DismissedByChild:
    """Return the suggestions that stand dismissed, by child; what was taken back isn't among them. One query."""
    found: defaultdict[str, list[Dismissed]] = defaultdict(list)
    for row in Dismissal.objects.filter(referral=referral, taken_back_at__isnull=True).select_related("by"):
        found[str(row.child_id)].append(
            Dismissed(
                kind=SuggestedKind(row.kind),
                item=row.item,
                wording=row.wording,
                quote=row.quote,
                reason=row.reason,
                by=row.by.full_name,
                at=row.at,
            )
        )
    return found
