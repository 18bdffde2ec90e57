"""What can be done to people, their roles and held forms. Each is atomic, takes `by`, and records itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from accounts.clock import day_of
from accounts.domain.endings import EndReason
from accounts.domain.held_forms import MOST_A_PERSON, Fields, NotKept, keepable
from accounts.domain.permissions import check_change_role, check_end_membership, check_give_role
from accounts.domain.roles import Role, needs_team
from accounts.models import Agency, FrontDoorTeam, HeldForm, Membership, Person
from accounts.secrets import decrypt, encrypt
from accounts.session_store import SessionStore
from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class NewRole:
    """A role somebody is to have in an agency from a day on; a front door's role names its team.

    `ends_on` is the first day without it, None where no end is set.
    """

    role: Role
    agency: Agency
    team: FrontDoorTeam | None
    starts_on: date
    ends_on: date | None = None


@transaction.atomic
def add_person(*, email: str, full_name: str, job_title: str, first_role: NewRole, by: Actor) -> Person:
    """Insert a person with a first role and without a password; return them.

    For the command only: the caller vouches for it, so nothing is checked but what the database refuses
    (django.db.IntegrityError: the e-mail is taken, or the team doesn't go with role and agency).
    """
    person = Person.objects.create_user(email=email, full_name=full_name, job_title=job_title)
    record("people.add", by=by, subject_type="person", subject_id=person.pk)
    give_role(person=person, new=first_role, by=by)
    return person


@transaction.atomic
def give_role(*, person: Person, new: NewRole, by: Actor) -> Membership:
    """Insert a membership and return it. The caller has checked that `by` may."""
    membership = Membership.objects.create(
        person=person,
        agency=new.agency,
        team=new.team,
        role=new.role,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
    )
    until = {"ends_on": new.ends_on.isoformat()} if new.ends_on else {}
    record(
        "membership.start",
        by=by,
        subject_type="person",
        subject_id=person.pk,
        detail={"membership": membership.pk, "role": new.role.value, "agency": new.agency.pk, **until},
    )
    return membership


@transaction.atomic
def give_role_again(*, person: Person, new: NewRole, by: Actor) -> Membership:
    """Give somebody who has worked for the agency a role there from `new.starts_on` on, and return it.

    Their account stays the one they had: same password, same second factor. Raises Refusal when `by` may not give it,
    when account or agency is closed, when the team doesn't go with the role, or when they hold the role in those days.
    """
    # Two administrators may press the button at the same time: the second one waits here, and then reads that.
    held = Person.objects.select_for_update().get(pk=person.pk)
    agency_ids = frozenset(held.memberships.values_list("agency_id", flat=True))
    check_give_role(by, person_id=held.pk, agency_id=new.agency.pk, agency_ids=agency_ids, role=new.role)
    if not held.is_active:
        raise Refusal(
            "Their account is closed, so no role would let them in. A system administrator has to open it first.",
            rule="membership.account_closed",
            subject_type="person",
            subject_id=held.pk,
        )
    if not new.agency.is_active:
        raise Refusal(
            "This agency is closed, so nobody can work for it here.",
            rule="membership.agency_closed",
            subject_type="person",
            subject_id=held.pk,
        )
    _check_team(new, held.pk)
    _check_not_twice(new, held.pk)
    return give_role(person=held, new=new, by=by)


def _check_team(new: NewRole, person_id: UUID) -> None:
    if needs_team(new.role) != (new.team is not None) or (new.team and new.team.agency_id != new.agency.pk):
        raise Refusal(
            "A front door's role needs one of the agency's teams; other roles have none.",
            rule="membership.team",
            subject_type="person",
            subject_id=person_id,
        )


def _check_not_twice(new: NewRole, person_id: UUID) -> None:
    """A role that ended before it had begun was never held: its two days are the same."""
    same = Membership.objects.filter(person_id=person_id, agency=new.agency, team=new.team, role=new.role)
    same = same.filter(Q(ends_on=None) | Q(ends_on__gt=new.starts_on) & Q(ends_on__gt=F("starts_on")))
    if new.ends_on is not None:
        same = same.filter(starts_on__lt=new.ends_on)
    if same.exists():
        raise Refusal(
            "They hold this role already.", rule="membership.twice", subject_type="person", subject_id=person_id
        )


@transaction.atomic
def end_membership(*, membership: Membership, reason: EndReason, by: Actor, now: datetime) -> Membership:
    """End a role at once and return it; one that has not begun yet never will.

    Raises Refusal when `by` may not, or when it has ended already: two administrators may press the button.
    """
    check_end_membership(by, person_id=membership.person_id, agency_id=membership.agency_id, role=membership.role)
    held = Membership.objects.select_for_update().get(pk=membership.pk)
    today = day_of(now)
    if held.ends_on is not None and held.ends_on <= max(today, held.starts_on):
        raise Refusal(
            "This role has already ended.",
            rule="membership.already_ended",
            subject_type="person",
            subject_id=held.person_id,
        )
    held.ends_on = max(today, held.starts_on)
    held.save(update_fields=["ends_on"])
    record(
        "membership.end",
        by=by,
        subject_type="person",
        subject_id=held.person_id,
        detail={"membership": held.pk, "role": held.role, "agency": held.agency_id, "reason": reason.value},
    )
    return held


@transaction.atomic
def change_role(
    *, membership: Membership, new_role: Role, team: FrontDoorTeam | None, by: Actor, now: datetime
) -> Membership:
    """End a role today and start another in the same agency; return the new membership.

    Raises Refusal when `by` may not take the one or give the other, when the role has ended, when it is the same role,
    or when the team doesn't go with it.
    """
    check_change_role(
        by,
        person_id=membership.person_id,
        agency_id=membership.agency_id,
        role=membership.role,
        new_role=new_role,
    )
    new = NewRole(role=new_role, agency=membership.agency, team=team, starts_on=day_of(now))
    _check_team(new, membership.person_id)
    # As in `give_role_again`: the second one waits here, and then reads which roles there are.
    Person.objects.select_for_update().get(pk=membership.person_id)
    held = end_membership(membership=membership, reason=EndReason.CHANGED_JOB, by=by, now=now)
    _check_not_twice(new, held.person_id)
    return give_role(person=held.person, new=new, by=by)


@transaction.atomic
def hold_form(
    *,
    person: Person,
    path: str,
    pairs: Iterable[tuple[str, str]],
    had_files: bool,
    lifetime: timedelta,
    by: Actor,
    now: datetime,
) -> HeldForm | NotKept:
    """Encrypt and keep what a person had typed; return the row, or why nothing was kept.

    One a person and path: a later one replaces the earlier. A person has at most MOST_A_PERSON.
    """
    fields = keepable(pairs)
    if isinstance(fields, NotKept) or len(path) > 500:
        why = fields if isinstance(fields, NotKept) else NotKept.TOO_LARGE
        record("held_form.not_kept", by=by, subject_type="person", subject_id=person.pk, detail={"why": why.value})
        return why
    HeldForm.objects.filter(person=person, path=path).delete()
    held = HeldForm.objects.create(
        person=person,
        path=path,
        ciphertext=encrypt(fields.to_json()),
        had_files=had_files,
        held_at=now,
        expires_at=now + lifetime,
    )
    kept = HeldForm.objects.filter(person=person).order_by("-held_at", "id").values_list("pk", flat=True)
    HeldForm.objects.filter(pk__in=list(kept[MOST_A_PERSON:])).delete()
    record("held_form.kept", by=by, subject_type="held_form", subject_id=held.pk)
    return held


@transaction.atomic
def open_held_form(*, held: HeldForm, by: Actor) -> Fields:
    """Return the fields of one's own held form; it stays until it is sent, discarded or expired.

    Raises accounts.secrets.Undecipherable when the key that encrypted it is gone.
    """
    fields = Fields.from_json(decrypt(held.ciphertext))
    record("held_form.view", by=by, subject_type="held_form", subject_id=held.pk)
    return fields


@transaction.atomic
def forget_held_form(*, person: Person, held_id: UUID, used: bool, by: Actor) -> bool:
    """Delete a person's held form because it was sent (`used`) or discarded; return whether there was one."""
    deleted, _ = HeldForm.objects.filter(person=person, pk=held_id).delete()
    if deleted:
        verb = "held_form.given_back" if used else "held_form.discard"
        record(verb, by=by, subject_type="held_form", subject_id=held_id)
    return bool(deleted)


@transaction.atomic
def discard_expired(*, by: Actor, now: datetime) -> int:
    """Delete every held form that has expired at `now`, and every session row past its age; return how many forms."""
    SessionStore.clear_expired()
    count, _ = HeldForm.objects.filter(expires_at__lte=now).delete()
    if count:
        record("held_form.expire", by=by, subject_type="held_form", detail={"count": count})
    return count
