"""Finding a school, and the area of a postcode. Registers are public: nothing is scoped here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from referrals.places.domain.authorities import area_of
from referrals.places.domain.registers import plain_postcode
from referrals.places.models import Postcode, School

MOST_FOUND = 15
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class SchoolFound:
    """A school of the register as people tell it from another."""

    urn: str
    name: str
    where: str
    is_open: bool


def areas_of_postcodes(postcodes: Iterable[object]) -> dict[str, str]:
    """Return the slug of the area by postcode, in capitals without blanks, for those that the directory has. One query,
    none where nothing given is a postcode. "elsewhere": an area without a pack here."""
    asked = {plain for one in postcodes if isinstance(one, str) and (plain := plain_postcode(one))}
    if not asked:
        return {}
    rows = Postcode.objects.filter(pk__in=asked).values_list("postcode", "authority")
    return {postcode: area_of(authority) for postcode, authority in rows}


def schools_found(words: str) -> tuple[SchoolFound, ...]:
    """Return the schools whose number is given, or whose name, town or postcode hold every word; open ones first."""
    asked = words[:_LONGEST].replace("\x00", "").split()
    if not asked:
        return ()
    wanted = Q()
    for word in asked:
        wanted &= Q(name__icontains=word) | Q(town__icontains=word) | Q(postcode__icontains=word) | Q(urn=word)
    rows = School.objects.filter(wanted).order_by("-is_open", "name", "urn")[:MOST_FOUND]
    return tuple(_found(row) for row in rows)


def school_of(urn: object) -> SchoolFound | None:
    """Return the school of that number; None where the register doesn't have it."""
    row = School.objects.filter(pk=urn).first() if isinstance(urn, str) and urn.isascii() and urn.isdigit() else None
    return _found(row) if row else None


def _found(row: School) -> SchoolFound:
    where = ", ".join(part for part in (row.town, row.postcode, row.authority) if part)
    return SchoolFound(row.urn, row.name, where, row.is_open)
