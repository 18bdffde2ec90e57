"""References of referrals by their ids and the other way, for the auditor's page: not scoped, they tell nothing."""

from collections.abc import Collection, Mapping
from uuid import UUID

from referrals.record.domain.reference import read_reference
from referrals.record.models import Referral


def references_of(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return the reference of each referral, by id; of one that is gone, none."""
    return dict(Referral.objects.filter(pk__in=ids).values_list("pk", "reference"))


def referrals_called(typed: str) -> list[UUID]:
    """Return the id of the referral whose reference somebody typed, in any case, spaced or not; none if it is none."""
    reference = read_reference(typed)
    return list(Referral.objects.filter(reference=reference).values_list("pk", flat=True)) if reference else []
