"""Who may see a referral beside its author and the agency's desk, and who may not."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.models import FrontDoorTeam, Membership, Person
from accounts.selectors import in_force
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.record.actions.desk import end_of_desk
from referrals.record.actions.locking import SUBJECT, locked, note, person_id_of
from referrals.record.domain.clean_values import clean_text
from referrals.record.domain.permissions import (
    RecordFacts,
    check_ask_approver,
    check_close_to_desk,
    check_open_to_team,
    check_readmit,
    check_share,
    check_shut_out,
    reads_as_front_door,
)
from referrals.record.models import AccessChange, ExcludedPerson, Involvement, Referral, TeamAccess
from referrals.record.selectors.offers import may_be_given

_NOT_OPENED = "This referral can't be opened to that person."
_VERBS = {
    AccessChange.Kind.DESK: "close_to_desk",
    AccessChange.Kind.SHUT_OUT: "exclude",
    AccessChange.Kind.READMITTED: "readmit",
}


@transaction.atomic
def share_draft(*, referral: Referral, person: Person, by: Actor, now: datetime) -> None:
    """Let a colleague of the same agency write on the draft; they see it from then on.

    Raises Refusal when `by` may not share it, or the person has no role in the agency, is whom it is about, or sits at
    a desk that may be.
    """
    row, facts = locked(referral, by, now)
    check_share(by, facts)
    _check_person(row, person, facts.excluded_ids, now, role=None)
    if not may_be_given(row, person, now):
        raise _refused(row, "referral.share", _NOT_OPENED)
    if _involve(row, person, Involvement.Part.COLLEAGUE, now):
        note("share", row, by, {"with": person.pk})


@transaction.atomic
def stop_sharing(*, referral: Referral, person: Person, by: Actor, now: datetime) -> None:
    """Take a colleague off the draft again. Nothing happens when they aren't on it. Raises Refusal."""
    row, facts = locked(referral, by, now)
    check_share(by, facts)
    current = Involvement.objects.filter(referral=row, person=person, part=Involvement.Part.COLLEAGUE, until=None)
    if current.update(until=now):
        note("stop_sharing", row, by, {"with": person.pk})


@transaction.atomic
def ask_approver(*, referral: Referral, person: Person, by: Actor, now: datetime) -> None:
    """Open a referral to a line manager of the agency who is asked to approve; they see it from its submission on.

    Raises Refusal when `by` may not ask, or when the person isn't a line manager of the agency, wrote it, or is whom
    it is about.
    """
    row, facts = locked(referral, by, now)
    check_ask_approver(by, facts)
    if person.pk == row.author_id:
        raise _refused(row, "referral.ask_approver", "Nobody approves their own referral.")
    _check_person(row, person, facts.excluded_ids, now, role=Role.LINE_MANAGER)
    if _involve(row, person, Involvement.Part.APPROVER, now):
        note("ask_approver", row, by, {"person": person.pk})


@transaction.atomic
def close_to_desk(*, referral: Referral, why: str, by: Actor, now: datetime) -> AccessChange | None:
    """Say, after it was submitted, that the agency's desk must not see it; return what was said, None where that holds
    already. Nobody of the desk sees it from then on, nor any line manager who was asked.

    The author of a referral stays its author, whatever their role. Raises NotYours or Refusal when `by` may not.
    """
    row, facts = locked(referral, by, now)
    check_close_to_desk(by, facts)
    if row.bypasses_desk:
        return None
    row.bypasses_desk, row.updated_at = True, now
    row.save(update_fields=["bypasses_desk", "updated_at"])
    end_of_desk(row, by, now, besides=Q(part=Involvement.Part.APPROVER))
    return _said(row, AccessChange.Kind.DESK, None, facts, why=why, by=by, now=now)


@transaction.atomic
def exclude_person(
    *, referral: Referral, person: Person, by: Actor, now: datetime, why: str = ""
) -> AccessChange | None:
    """Keep somebody whom the referral is about from ever seeing it; return what was said.

    None where that holds already. Raises NotYours or Refusal when `by` may not. Nobody can keep out themselves, or
    the author.
    """
    row, facts = locked(referral, by, now)
    check_shut_out(by, facts)
    if person.pk in {row.author_id, by.person_id}:
        raise _refused(row, "referral.shut_out", "You can't keep yourself or the author from seeing it.")
    _, created = ExcludedPerson.objects.get_or_create(referral=row, person=person, defaults={"since": now})
    if not created:
        return None
    return _said(row, AccessChange.Kind.SHUT_OUT, person, facts, why=why, by=by, now=now)


@transaction.atomic
def readmit_person(
    *, referral: Referral, person: Person, by: Actor, now: datetime, why: str = ""
) -> AccessChange | None:
    """Take back `exclude_person`; return what was said, None where they weren't kept out.

    Raises NotYours or Refusal unless `by` may, and is of the side that kept them out: its writers, or a front door.
    """
    row, facts = locked(referral, by, now)
    last = AccessChange.objects.filter(referral=row, person=person, kind=AccessChange.Kind.SHUT_OUT).last()
    check_readmit(by, facts, said_by_front_door=last is not None and last.of_front_door)
    removed, _ = ExcludedPerson.objects.filter(referral=row, person=person).delete()
    if not removed:
        return None
    return _said(row, AccessChange.Kind.READMITTED, person, facts, why=why, by=by, now=now)


@transaction.atomic
def open_to_team(*, referral: Referral, team: FrontDoorTeam, by: Actor, now: datetime) -> None:
    """Let a front-door team see the referral from now on. Called with the making of its intake, in its transaction.

    A second time changes nothing. Raises Refusal unless it has been sent and `by` may.
    """
    row, facts = locked(referral, by, now)
    check_open_to_team(by, facts)
    _, created = TeamAccess.objects.get_or_create(referral=row, team=team, defaults={"since": now})
    if created:
        note("open_to_team", row, by, {"team": team.pk})


def _said(
    row: Referral,
    kind: AccessChange.Kind,
    person: Person | None,
    facts: RecordFacts,
    *,
    why: str,
    by: Actor,
    now: datetime,
) -> AccessChange:
    """Write what was said about who must not see it, and its audit row, which holds no reason."""
    of_front_door = reads_as_front_door(by, facts)
    note(_VERBS[kind], row, by, {"person": person.pk if person else "", "of_front_door": of_front_door})
    return AccessChange.objects.create(
        referral=row,
        kind=kind.value,
        person=person,
        at=now,
        by_id=person_id_of(by),
        by_name=by.name[:200],
        of_front_door=of_front_door,
        why=clean_text(why),
    )


def _involve(row: Referral, person: Person, part: Involvement.Part, now: datetime) -> bool:
    """Bring somebody in; say whether they weren't already."""
    _, created = Involvement.objects.get_or_create(
        referral=row, person=person, part=part, until=None, defaults={"since": now}
    )
    return created


def _check_person(
    row: Referral, person: Person, excluded: frozenset[object], now: datetime, *, role: Role | None
) -> None:
    posts = Membership.objects.filter(in_force(day_of(now)), person=person, agency_id=row.agency_id)
    if role is not None:
        posts = posts.filter(role=role.value)
    # One sentence for all three, so that it tells nobody whom a referral is about.
    if person.pk in excluded or not person.is_active or not posts.exists():
        raise _refused(row, "referral.share", _NOT_OPENED)


def _refused(row: Referral, rule: str, reason: str) -> Refusal:
    return Refusal(reason, rule=rule, subject_type=SUBJECT, subject_id=row.pk)
