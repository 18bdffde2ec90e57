"""What a front door's people do with an intake."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from audit.domain.actor import Actor
from referrals.record.models import Referral
from referrals.routing.actions.clocks import screen_by
from referrals.routing.actions.rows import change_by, check_aware, locked, note
from referrals.routing.domain.lifecycle import Verb, check_why
from referrals.routing.domain.permissions import check_act, check_open
from referrals.routing.models import Intake, Opening, Rag
from referrals.routing.selectors.scope import facts_for, intakes_for

MOVES = frozenset(
    {Verb.ASK, Verb.ANSWER, Verb.DECIDE, Verb.CLOSE, Verb.END, Verb.TRANSFER, Verb.ACCEPT, Verb.REFUSE}
    | {Verb.HAND_ON, Verb.HAND_SOME, Verb.TAKE_BACK, Verb.KEEP, Verb.RECALL, Verb.REOPEN}
)
"""Verbs of `move`. The others are functions of their own."""

ONE_VISIT = timedelta(minutes=15)
"""How long after a page was opened another opening is the same visit. Ours."""


class AlreadyClaimed(Exception):  # not an error of anybody: two people reached for it at once
    """Somebody else holds it. `who` is their name as colleagues read it, `since` when they claimed it."""

    def __init__(self, who: str, since: datetime) -> None:
        super().__init__("somebody else has claimed it")
        self.who = who
        self.since = since


@transaction.atomic
def claim(*, intake: Intake, by: Actor, now: datetime) -> Intake:
    """Take an intake that nobody holds; return it. Claiming one's own again changes nothing.

    Of several at once one gets it, and the others get AlreadyClaimed, which names who. Raises NotYours for who doesn't
    belong to the front door, Refusal when it is past triage.
    """
    # Who comes second waits for the first to commit, and finds it taken; whoever is kept out meanwhile finds nothing.
    row, facts = locked(intake, by, now, rule="intake.claim")
    transition = check_act(Verb.CLAIM, by, facts)
    if row.claimed_by is None:
        if transition.target is not transition.source:
            row.state, row.state_since = transition.target.value, now
        row.claimed_by_id, row.claimed_at = by.person_id, now
        row.save(update_fields=["claimed_by", "claimed_at", "state", "state_since"])
        change_by(row, transition, by=by, now=now)
    elif row.claimed_by_id != by.person_id:
        assert row.claimed_at is not None  # a constraint: claimed by somebody at a time
        raise AlreadyClaimed(row.claimed_by.full_name, row.claimed_at)
    return row


@transaction.atomic
def release(*, intake: Intake, by: Actor, now: datetime, why: str = "") -> Intake:
    """Give an intake back for somebody else to claim; return it. By who holds it, or the front door's manager.

    Nothing happens when nobody holds it. Raises NotYours or Refusal.
    """
    row, facts = locked(intake, by, now)
    if row.claimed_by_id is None:
        check_open(by, facts)
        return row
    transition = check_act(Verb.RELEASE, by, facts)
    row.claimed_by, row.claimed_at = None, None
    row.save(update_fields=["claimed_by", "claimed_at"])
    change_by(row, transition, by=by, now=now, why=why)
    return row


@transaction.atomic
def mark_read(*, intake: Intake, by: Actor, now: datetime) -> Intake:
    """Note that somebody of the front door has opened it; return it. Only the first time counts, for the receipt.

    That the referral was read is recorded each time, where it is read. Raises NotYours.
    """
    row, facts = locked(intake, by, now)
    check_open(by, facts)
    if row.first_read_at is None:
        row.first_read_at, row.first_read_by_id = now, by.person_id
        row.save(update_fields=["first_read_at", "first_read_by"])
        note("read_first", row, by)
    return row


@transaction.atomic
def mark_referral_read(*, referral_id: UUID, by: Actor, now: datetime) -> int:
    """Note that the actor has read the referral, for each intake by which it came to front doors of theirs and that
    nobody had opened; return how many. 0 for everybody else: who may read it is checked where it is read."""
    unread = list(intakes_for(by, now=now).filter(referral_id=referral_id, first_read_at__isnull=True).order_by("pk"))
    for intake in unread:
        mark_read(intake=intake, by=by, now=now)
    return len(unread)


@transaction.atomic
def note_opening(*, intake: Intake, by: Actor, now: datetime) -> datetime | None:
    """Note that the actor has the page of an intake open; return until when they have seen it, None the first time.
    What is shown is read after this: whatever is being added waits, or is waited for, so that it isn't taken for seen.

    Within `ONE_VISIT` of the last time it is the same visit: what was new then is still new. Raises NotYours.
    """
    check_aware(now)
    check_open(by, facts_for(intake, by, now=now))
    assert by.person_id is not None  # only people belong to a front door
    Referral.objects.select_for_update(of=("self",), no_key=True).get(pk=intake.referral_id)
    row, created = Opening.objects.select_for_update().get_or_create(
        intake=intake, person_id=by.person_id, defaults={"at": now}
    )
    if not created:
        if now - row.at > ONE_VISIT:
            row.seen_until = row.at
        row.at = now
        row.save(update_fields=["at", "seen_until"])
    return row.seen_until


@transaction.atomic
def rate(*, intake: Intake, rag: str, by: Actor, now: datetime, why: str = "") -> Intake:
    """Rate an intake "red", "amber" or "green", or rate it anew; return it.

    The time to screen is that of its rating, where the partnership states one. It moves no statutory clock. Raises
    NotYours or Refusal, ValueError for another rating.
    """
    rating = Rag(rag)
    row, facts = locked(intake, by, now)
    transition = check_act(Verb.RATE, by, facts)
    row.rag = rating.value
    row.save(update_fields=["rag"])
    change_by(row, transition, by=by, now=now, why=why, rag=rating.value)
    screen_by(intake=row, rating=rating.value, by=by, now=now)
    return row


@transaction.atomic
def move(*, intake: Intake, verb: Verb, by: Actor, now: datetime, why: str = "") -> Intake:
    """Make the transition of `verb` and return the intake as it is then. For casework, which knows when.

    Raises NotYours or Refusal when the state, `by`'s standing or a missing reason forbids it, ValueError for a verb
    that is a function of its own.
    """
    if verb not in MOVES:
        raise ValueError(f"{verb.value} is an action of its own")
    row, facts = locked(intake, by, now)
    transition = check_act(verb, by, facts)
    check_why(transition, why)
    if transition.target is not transition.source:
        row.state, row.state_since = transition.target.value, now
        row.save(update_fields=["state", "state_since"])
    change_by(row, transition, by=by, now=now, why=why)
    return row
