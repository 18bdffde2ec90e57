"""How a front door hears of what its own system doesn't take: by e-mail to its people, or by hand. The queue has it."""

from datetime import datetime

from django.utils.translation import gettext

from audit.domain.actor import Actor
from dispatch.actions import send_email
from dispatch.domain.other_ways import OtherWays
from dispatch.domain.promise import References
from dispatch.models import OutboxRow
from referrals.exchange.models import Event
from referrals.routing.models import Intake
from referrals.routing.other_ways import to_front_door
from referrals.routing.selectors.people import people_of_team

BY_EMAIL = "email"


def of_message(references: References, now: datetime) -> OtherWays | None:
    """Return how a message that fails reaches the people of its front door; None for an event that is gone."""
    event = _event(references)
    if event is None:
        return None
    return to_front_door(
        event.intake,
        say=gettext(
            "Say that their own system doesn't take what came on referral %(referral)s, and that all of "
            "it is in the queue here. You know nothing more, and say nothing more."
        )
        % {"referral": event.intake.referral.reference},
        now=now,
        replaces=True,
        gateways=((BY_EMAIL, gettext("Tell its people by e-mail")),),
    )


def of_mail(references: References, now: datetime) -> OtherWays | None:
    """Return how a copy that doesn't reach the mailbox of a front door reaches its people; None where it is gone."""
    intake = _intake(references)
    if intake is None:
        return None
    return to_front_door(
        intake,
        say=f"Say that the e-mail with the copy of referral {intake.referral.reference} doesn't reach their mailbox, "
        "and that all of it is in the queue here. You know nothing more, and say nothing more.",
        now=now,
        replaces=True,
        gateways=((BY_EMAIL, "Tell its people by e-mail"),),
    )


def by_email(row: OutboxRow, way: str, by: Actor) -> None:
    """Tell everybody of the front door by e-mail that the queue here has it; once a piece of work and person."""
    event = _event(row.references)
    intake = event.intake if event else _intake(row.references)
    if intake is None:
        return
    for person_id in people_of_team(intake.team_id, intake.referral_id, now=event.at if event else row.created_at):
        send_email(
            template="system_not_reached",
            person_id=person_id,
            key=f"system-not-reached:{row.pk}:{person_id}",
            references={"referral": intake.referral_id},
            by=by,
        )


def _intake(references: References) -> Intake | None:
    if "intake" not in references:
        return None
    rows = Intake.objects.select_related("referral__agency", "team")
    return rows.filter(pk=str(references["intake"])).first()


def _event(references: References) -> Event | None:
    if "event" not in references:
        return None
    return (
        Event.objects.select_related("intake__referral__agency", "intake__team")
        .filter(key=str(references["event"]))
        .first()
    )
