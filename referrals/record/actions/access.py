"""Who may see a referral beside its author and the agency's desk, and who may not."""

from datetime import datetime

from django.db import transaction

from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.models import FrontDoorTeam, Membership, Person
from accounts.selectors import in_force
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.record.actions.locking import SUBJECT, locked, note
from referrals.record.domain.permissions import check_ask_approver, check_edit, check_open_to_team, check_share
from referrals.record.models import ExcludedPerson, Involvement, Referral, TeamAccess


@transaction.atomic
def share_draft(*, referral: Referral, person: Person, by: Actor, now: datetime) -> None:
    """Let a colleague of the same agency write on the draft; they see it from then on.

    Raises Refusal when `by` may not share it, or the person has no role in the agency or is whom it is about.
    """
    row, facts = locked(referral, by, now)
    check_share(by, facts)
    _check_person(row, person, facts.excluded_ids, now, role=None)
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
def exclude_person(*, referral: Referral, person: Person, by: Actor, now: datetime) -> None:
    """Keep somebody whom the referral is about from ever seeing it. Raises Refusal when `by` may not edit the draft.

    An author can't keep themselves out.
    """
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    if person.pk in {row.author_id, by.person_id}:
        raise _refused(row, "referral.exclude", "You can't keep yourself or the author from seeing it.")
    _, created = ExcludedPerson.objects.get_or_create(referral=row, person=person, defaults={"since": now})
    if created:
        note("exclude", row, by, {"person": person.pk})


@transaction.atomic
def readmit_person(*, referral: Referral, person: Person, by: Actor, now: datetime) -> None:
    """Take back `exclude_person` while it is a draft. Raises Refusal when `by` may not edit."""
    row, facts = locked(referral, by, now)
    check_edit(by, facts)
    removed, _ = ExcludedPerson.objects.filter(referral=row, person=person).delete()
    if removed:
        note("readmit", row, by, {"person": person.pk})


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
        raise _refused(row, "referral.share", "This referral can't be opened to that person.")


def _refused(row: Referral, rule: str, reason: str) -> Refusal:
    return Refusal(reason, rule=rule, subject_type=SUBJECT, subject_id=row.pk)
