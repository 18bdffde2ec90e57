"""What intakes are called, for the auditor's page: by their referral's reference and their front door."""

from collections.abc import Collection, Mapping
from uuid import UUID

from referrals.record.selectors.references import referrals_called
from referrals.routing.models import Intake


def names_of_intakes(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """Return what each intake is called, by id."""
    rows = Intake.objects.filter(pk__in=ids).values_list("pk", "referral__reference", "door_name")
    return {number: f"{reference}, {door}" for number, reference, door in rows}


def intakes_called(typed: str) -> list[UUID]:
    """Return the ids of every intake of the referral whose reference somebody typed; none if it is none."""
    return list(Intake.objects.filter(referral__in=referrals_called(typed)).values_list("pk", flat=True))
