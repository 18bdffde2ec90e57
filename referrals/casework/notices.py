"""E-mails that tell somebody to look. They name nobody and say nothing but that."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from accounts import clock
from accounts.models import Person
from audit.domain.actor import Actor
from consent.actions import record_shared
from consent.models import Shared
from dispatch.actions import send_emails
from referrals.casework.people import desk_of_agency
from referrals.record.models import ExcludedPerson, Referral
from referrals.record.selectors import colleagues_of

_AT_FRONT_DOOR = {
    **dict.fromkeys(
        ("information_given", "disagreement_raised", "withdrawal_asked"), "People of the front door that works on it"
    ),
    "time_before_here": "People of the front door that works on it",
    "time_late_here": "People of the front door that works on it",
    "added_to_here": "People of the front doors that work on it",
    "transfer_answered_here": "People of the front door that offered it",
    "transfer_taken_back": "People of the front door that it was offered to",
}


def tell(template: str, people: Iterable[Person], *, about: UUID | str, referral: Referral, by: Actor) -> int:
    """Promise an e-mail to each of them, in the caller's transaction; return how many it is new to.

    `about` is the row that calls for it: one e-mail a row and person, however often this is called, and the record of
    what was shared says so once: a watch calls this every minute. Whoever does it isn't told of it.
    """
    found = {person.pk for person in people if person.is_active and person.pk != by.person_id}
    rows = send_emails(
        template=template,
        keys={person_id: f"{template}:{about}:{person_id}" for person_id in found},
        by=by,
        references={"referral": referral.pk},
    )
    told = sum(row.is_new for row in rows.values())
    if told:
        _record(template, told, referral, by)
    return told


def _record(template: str, people: int, referral: Referral, by: Actor) -> None:
    record_shared(
        referral=referral,
        document=Shared.Document.EMAIL,
        title=template.replace("_", " ").capitalize(),
        recipient=_AT_FRONT_DOOR.get(template, "People of the agency that wrote it"),
        purpose="so that somebody looks",
        people=people,
        by=by,
        now=clock.now(),
    )


def referrers_of(referral: Referral) -> list[Person]:
    """Return who wrote it and is told what becomes of it: the author and the colleagues who share it."""
    people = {referral.author.pk: referral.author, **{person.pk: person for person in colleagues_of(referral)}}
    excluded = ExcludedPerson.objects.filter(referral=referral, person__in=people).values_list("person_id", flat=True)
    return [person for key, person in people.items() if key not in set(excluded)]


def agency_of(referral: Referral, *, now: datetime) -> list[Person]:
    """Return the referrers and the desk, where the desk may see it."""
    people = {person.pk: person for person in (*referrers_of(referral), *desk_of_agency(referral, now=now))}
    return list(people.values())
