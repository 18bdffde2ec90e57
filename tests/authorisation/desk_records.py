"""What lies on the desks of both sides, for the table: an intake that the screener has claimed, contested and asked to
be withdrawn."""

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from accounts.models import FrontDoorTeam, Person
from referrals.casework.models import Disagreement, PartnerPaper, PartnerRequest, WithdrawalRequest
from referrals.record.models import Child, Submission
from referrals.routing.actions import given_to
from referrals.routing.models import Clock, Intake, Opening, Transfer
from tests.factories import FrontDoorTeamFactory


def desk_records(
    submission: Submission, child: Child, team: FrontDoorTeam, screener: Person, now: datetime
) -> dict[str, dict[str, Any]]:
    """Insert them; return keyword arguments of `reverse` by record name."""
    referral = submission.referral
    said = {"at": now, "by": referral.author, "by_name": referral.author.full_name}
    intake = Intake.objects.create(
        referral=referral,
        submission=submission,
        area=team.area,
        front_door=team.front_door,
        door_name=team.name,
        team=team,
        children=[child.pk],
        urgent=True,
        state="in_triage",
        state_since=now,
        sent_at=now,
        received_at=now,
        claimed_by=screener,
        claimed_at=now,
    )
    given_to(intake=intake, now=now)
    # Who decides has read it first.
    for person in Person.objects.filter(memberships__team=team):
        Opening.objects.create(intake=intake, person=person, at=now)
    contested = Disagreement.objects.create(referral=referral, intake=intake, number=1, grounds="Not weighed.", **said)
    asked = WithdrawalRequest.objects.create(referral=referral, number=1, why="Sent twice.", **said)
    at = {"intake_id": intake.pk}
    partner = PartnerRequest.objects.create(
        intake=intake,
        partner="police",
        who="The safeguarding unit",
        asked="Any callouts.",
        why="To know who lives there.",
        basis="agreed",
        due_at=now,
        **said,
    )
    pdf = b"stands for a PDF"
    paper = PartnerPaper.objects.create(
        request=partner,
        people=[str(child.pk)],
        where=False,
        content=pdf,
        sha256=sha256(pdf).hexdigest(),
        renderer="test",
        **said,
    )
    clock = Clock.objects.create(
        referral=referral,
        intake=intake,
        deadline="outcome",
        name="Tell the referrer",
        who="the front door",
        statutory=False,
        outer_limit=False,
        citation={},
        started_at=now,
        warn_at=now,
        due_at=now,
    )
    offered = offered_from_elsewhere(intake, now)
    return {
        "an intake: no transfer": {**at, "transfer_id": uuid4()},
        "an offered intake": {"intake_id": offered.pk},
        "an intake": at,
        "an intake: child": {**at, "child_id": child.pk},
        "an intake: disagreement": {**at, "disagreement_id": contested.pk},
        "an intake: withdrawal": {**at, "request_id": asked.pk},
        "an intake: partner": {**at, "request_id": partner.pk},
        "an intake: a paper": {**at, "request_id": partner.pk, "paper_id": paper.pk},
        "an intake: no paper": {**at, "request_id": partner.pk, "paper_id": uuid4()},
        "an intake: clock": {**at, "clock_id": clock.pk},
        "a sent referral: disagreement": {"referral_id": referral.pk, "disagreement_id": contested.pk},
        "a sent referral: intake": {"referral_id": referral.pk, **at},
    }


def offered_from_elsewhere(intake: Intake, now: datetime) -> Intake:
    """What another area's front door has of the same referral, and offers to this one."""
    there = FrontDoorTeamFactory.create(area="wakefield", front_door="integrated-front-door")
    rest = {
        "referral": intake.referral,
        "submission": intake.submission,
        "urgent": True,
        "state_since": now,
        "sent_at": now,
        "received_at": now,
    }
    sender = Intake.objects.create(
        area=there.area, front_door=there.front_door, door_name=there.name, team=there, state="received", **rest
    )
    transfer = Transfer.objects.create(
        intake=sender,
        area=intake.area,
        front_door=intake.front_door,
        door_name=intake.door_name,
        team=intake.team,
        reason="other_area",
        why="They live in your area.",
        receipt_at=now,
        at=now,
        by_name="A worker there",
    )
    return Intake.objects.create(
        area=intake.area,
        front_door=intake.front_door,
        door_name=intake.door_name,
        team=intake.team,
        offer=transfer,
        state="offered",
        **rest,
    )
