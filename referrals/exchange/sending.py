"""A message as it is sent: the event with the referral as it stands, cut to what the front door was given."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from consent.actions import left_out_words
from consent.models import Disclosure
from consent.selectors import telling_now
from referrals.documents.reading import addendum_goes_to, content_given
from referrals.exchange.domain.message import (
    Addendum,
    Author,
    Clock,
    FrontDoor,
    Message,
    Page,
    Question,
    Referral,
    Somebody,
)
from referrals.exchange.models import Event
from referrals.exchange.selectors import kept_from_somebody
from referrals.record.selectors import addenda_of, content_of
from referrals.routing.actions import given_to
from referrals.routing.happenings import Happening
from referrals.routing.models import Intake

_HOLDS_REFERRAL = frozenset({Happening.RECEIVED, Happening.ADDED})
NOT_THEIRS = frozenset({"transferred", "returned", "offered"})
"""States of an intake whose referral another front door has."""


def message_of(event: Event, *, now: datetime) -> tuple[Message, Disclosure]:
    """Return the message of an event, and what the front door was given. The referral isn't in it once another front
    door owns it, nor while somebody who must not see it could read it in the other system: the queue asks who reads,
    and that doesn't. Raises ValueError when the frozen text doesn't match its digest."""
    intake = event.intake
    given = given_to(intake=intake, now=now)
    kind = Happening(event.kind)
    holds = kind in _HOLDS_REFERRAL and intake.state not in NOT_THEIRS and intake.referral.state != "withdrawn"
    holds = holds and not kept_from_somebody(intake, now=now)
    message = Message(
        event=str(event.key),
        cursor=event.pk,
        kind=kind.value,
        at=event.at,
        reference=intake.referral.reference,
        referral_id=str(intake.referral_id),
        intake_id=str(intake.pk),
        front_door=FrontDoor(area=intake.area, door=intake.front_door, name=intake.door_name),
        urgent=intake.urgent,
        state=intake.state,
        received_at=intake.received_at,
        children=tuple(str(child) for child in intake.children),
        clocks=tuple(
            Clock(
                deadline=clock.deadline,
                name=clock.name,
                statutory=clock.statutory,
                started_at=clock.started_at,
                due_at=clock.due_at,
                stopped_at=clock.stopped_at,
            )
            for clock in intake.clocks.order_by("due_at", "pk")
        ),
        referral=_referral(intake, given) if holds else None,
        page_url=f"{settings.SITE_ADDRESS}{reverse('triage:intake', args=[intake.pk])}",
    )
    return message, given


def body_of(message: Message) -> bytes:
    """Return the message as it goes over the wire."""
    return message.model_dump_json(exclude_none=False).encode()


def _referral(intake: Intake, given: Disclosure) -> Referral:
    content = content_given(intake.submission, given)
    author = intake.referral.author
    return Referral(
        kind=content["kind"],
        submitted_at=datetime.fromisoformat(content["submitted_at"]),
        sha256=intake.submission.sha256,
        whole=given.whole,
        left_out=tuple(left_out_words(one) for one in given.need.get("withheld", ())),
        do_not_tell_family=telling_now(intake.referral).guarded,
        author=Author(
            name=author.full_name,
            job_title=author.job_title,
            agency=intake.referral.agency.name,
            phone=author.phone,
            email=author.email,
        ),
        pages=tuple(_page(one) for one in content["pages"]),
        children=tuple(_somebody(one) for one in content["children"]),
        household=tuple(_somebody(one) for one in content["household"]),
        others=tuple(_somebody(one) for one in content.get("others", ())),
        addenda=tuple(_addenda(intake, given)),
    )


def _addenda(intake: Intake, given: Disclosure) -> list[Addendum]:
    found = []
    for addendum in addenda_of(intake.referral):
        content = content_of(addendum)
        if not addendum_goes_to(content, given):
            continue
        page = content.get("page")
        found.append(
            Addendum(
                number=addendum.number,
                at=addendum.at,
                by=addendum.by.full_name,
                words=content.get("words", ""),
                person=content.get("person", ""),
                page=_page(page) if page else None,
            )
        )
    return found


def _somebody(person: Mapping[str, Any]) -> Somebody:
    return Somebody(id=person["id"], name=person["name"], pages=tuple(_page(one) for one in person.get("pages", ())))


def _page(page: Mapping[str, Any]) -> Page:
    return Page(
        key=page["key"],
        title=page["title"],
        questions=tuple(
            Question(
                key=one["key"],
                label=one["label"],
                answered=bool(one["answered"]),
                answer=one.get("answer"),
                reads=str(one["reads"]),
            )
            for one in page["questions"]
        ),
    )
