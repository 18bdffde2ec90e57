"""From the sending of a referral to the queues of the front doors."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError

from accounts.models import FrontDoorTeam
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from consent.actions import AS_FROZEN, Moment, disclose, hand_over, hand_over_addendum, record_shared
from consent.models import Disclosure, Shared
from dispatch.actions import promise, send_emails
from dispatch.domain.queues import Queue
from referrals.record.actions import open_to_team
from referrals.record.domain.lifecycle import State as ReferralState
from referrals.record.models import Referral, Submission
from referrals.record.selectors import addenda_of
from referrals.routing.actions.clocks import start_clocks_of_receipt
from referrals.routing.actions.giving import door_of, given_to
from referrals.routing.actions.rows import ROUTING, change_by, check_aware, note
from referrals.routing.domain.lifecycle import Standing, State, Verb, check_transition
from referrals.routing.domain.plan import ReferralPlan
from referrals.routing.happenings import Happening, announce
from referrals.routing.models import Intake
from referrals.routing.selectors.people import doors_shut, people_of_team


def send_to_front_doors(
    *,
    referral: Referral,
    submission: Submission,
    plan: ReferralPlan,
    by: Actor,
    now: datetime,
    moment: Moment = AS_FROZEN,
) -> tuple[Intake, ...]:
    """Make an intake, due, for each front door of the plan that receives through this system, work out what it is given
    and promise its delivery. `moment` is what has moved on since the submission was frozen.

    Called by casework in the transaction that sends the referral, with the plan of that moment; a second time makes
    nothing new. Returns the intakes, urgent ones first. Raises Refusal when no front door of the plan receives here:
    then it must not look sent. TransactionManagementError outside a transaction, ValueError when it isn't sent or
    the submission is another's.
    """
    check_aware(now)
    if not connection.in_atomic_block:
        raise TransactionManagementError("intakes are made inside the transaction that sends the referral")
    if referral.state != ReferralState.SENT or submission.referral_id != referral.pk:
        raise ValueError("intakes are made of a submission of a referral that is being sent")
    destinations = plan.destinations()
    doors = [destination.door for destination in destinations]
    teams = {(team.area, team.front_door): team for team in FrontDoorTeam.objects.filter(front_door__in=doors)}
    shut = doors_shut(referral.pk, now=now)
    intakes = []
    for destination in destinations:
        team = teams.get(destination.key)
        # Where nobody is left to work on it, it must not look received: the plan says to reach that door by phone.
        if team is None or destination.key in shut:
            continue
        intake, created = Intake.objects.get_or_create(
            submission=submission,
            area=destination.area,
            front_door=destination.door,
            offer=None,
            defaults={
                "referral": referral,
                "door_name": destination.door_name,
                "team": team,
                "kind": destination.kind.value,
                "children": [UUID(child) for child in destination.children],
                "urgent": destination.urgent,
                "state_since": now,
                "sent_at": now,
            },
        )
        if created:
            disclose(
                submission=submission,
                door=door_of(intake, area_name=destination.area_name),
                by=by,
                now=now,
                moment=moment,
            )
            note("send", intake, by, {"area": intake.area, "door": intake.front_door, "urgent": intake.urgent})
            promise(
                kind="deliver",
                key=f"deliver:{intake.pk}",
                references={"intake": intake.pk},
                by=by,
                queue=Queue.URGENT if intake.urgent else Queue.ROUTINE,
            )
        intakes.append(intake)
    if not intakes:
        raise Refusal(
            "None of these front doors receives referrals through this system yet. Ring them.",
            rule="referral.send",
            subject_type="referral",
            subject_id=referral.pk,
        )
    return tuple(intakes)


@transaction.atomic
def arrive(*, intake_id: UUID, now: datetime) -> bool:
    """Put an intake into its front door's queue; return False when it is there already.

    The effect of a delivery: from here on the team can read the referral, the clocks of receipt run, and everybody of
    the team gets an e-mail that names nobody. What another front door offers arrives as an offer, and its clocks run on
    there. Raises Intake.DoesNotExist, and Refusal when the referral was taken back.
    """
    check_aware(now)
    due = Intake.objects.get(pk=intake_id)
    transition = check_transition(Verb.OFFER if due.offer_id else Verb.ARRIVE, State.DUE, {Standing.SYSTEM})
    # The referral first, then the intake: casework locks in this order, so neither waits for the other.
    Referral.objects.select_for_update().get(pk=due.referral_id)
    # One conditional change: of two deliveries at once, the later one waits here and finds nothing to do.
    if not Intake.objects.filter(pk=intake_id, state=transition.source.value).update(
        state=transition.target.value, state_since=now, received_at=now
    ):
        return False
    intake = Intake.objects.select_related("referral", "submission", "team").get(pk=intake_id)
    change_by(intake, transition, by=ROUTING, now=now)
    open_to_team(referral=intake.referral, team=intake.team, by=ROUTING, now=now)
    if not intake.offer_id:
        start_clocks_of_receipt(intake, now=now)
    people = list(people_of_team(intake.team_id, intake.referral_id, now=now))
    _record_arrival(intake, len(people), now=now)
    send_emails(
        template="transfer_arrived" if intake.offer_id else "intake_arrived",
        keys={person_id: f"intake-arrived:{intake.pk}:{person_id}" for person_id in people},
        references={"referral": intake.referral_id},
        by=ROUTING,
    )
    if not intake.offer_id:
        announce(Happening.RECEIVED, intake, now=now)
    return True


def _record_arrival(intake: Intake, people: int, *, now: datetime) -> None:
    """Record what the front door has from now on, and to how many an e-mail without content goes."""
    submission = intake.submission
    given = given_to(intake=intake, now=now)
    hand_over(
        disclosure=given,
        document=Shared.Document.SUBMISSION,
        title=f"Submission {submission.number}",
        sha256=submission.sha256,
        by=ROUTING,
        now=now,
    )
    for addendum in addenda_of(intake.referral):
        hand_over_addendum(disclosure=given, addendum=addendum, by=ROUTING, now=now)
    if people:
        _record_email(intake.referral, given, people, now=now)


def _record_email(referral: Referral, given: Disclosure, people: int, *, now: datetime) -> None:
    record_shared(
        referral=referral,
        document=Shared.Document.EMAIL,
        title="That a referral has come in",
        recipient=given.recipient,
        purpose="so that somebody opens it",
        people=people,
        disclosure=given,
        by=ROUTING,
        now=now,
    )
