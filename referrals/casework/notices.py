"""E-mails that tell somebody to look. They name nobody and say nothing but that."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accounts.models import Person
from audit.domain.actor import Actor
from dispatch.actions import send_email
from referrals.casework.people import desk_of_agency
from referrals.record.models import ExcludedPerson, Referral
from referrals.record.selectors import colleagues_of


def tell(template: str, people: Iterable[Person], *, about: UUID | str, referral: Referral, by: Actor) -> int:
    """Promise an e-mail to each of them, in the caller's transaction; return to how many.

    `about` is the row that calls for it: one e-mail a row and person, however often this is called. Whoever does it
    isn't told of it.
    """
    found = {person.pk for person in people if person.is_active and person.pk != by.person_id}
    for person_id in sorted(found):
        send_email(
            template=template,
            person_id=person_id,
            key=f"{template}:{about}:{person_id}",
            by=by,
            references={"referral": referral.pk},
        )
    return len(found)


def referrers_of(referral: Referral) -> list[Person]:
    """Return who wrote it and is told what becomes of it: the author and the colleagues who share it."""
    people = {referral.author.pk: referral.author, **{person.pk: person for person in colleagues_of(referral)}}
    excluded = ExcludedPerson.objects.filter(referral=referral, person__in=people).values_list("person_id", flat=True)
    return [person for key, person in people.items() if key not in set(excluded)]


def agency_of(referral: Referral, *, now: datetime) -> list[Person]:
    """Return the referrers and the desk, where the desk may see it."""
    people = {person.pk: person for person in (*referrers_of(referral), *desk_of_agency(referral, now=now))}
    return list(people.values())
