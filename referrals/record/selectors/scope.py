"""Which referrals somebody may read, and the facts that the rules ask about one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from accounts.clock import day_of
from accounts.domain.roles import FRONT_DOOR_ROLES, Role
from accounts.models import Membership, Person
from accounts.selectors import in_force
from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.lifecycle import Relationship, State
from referrals.record.domain.permissions import DESK_ROLES, PERMISSIONS, Act, RecordFacts, check_read
from referrals.record.models import ExcludedPerson, Involvement, Referral, TeamAccess


def facts_for(referral: Referral, actor: Actor, *, now: datetime) -> RecordFacts:
    """Return what the rules need to know of the referral for this actor, in one query. `now` is aware.

    The state and the author's answer are those of the row as it was read: an action locks the row first. Raises
    KeyError for a referral that is gone.
    """
    return facts_for_each([referral], actor, now=now)[referral.pk]


def facts_for_each(referrals: Sequence[Referral], actor: Actor, *, now: datetime) -> dict[UUID, RecordFacts]:
    """Return what `facts_for` does for each of the referrals, by id, in one query however many they are."""
    involved = Involvement.objects.filter(referral=OuterRef("pk"), until__isnull=True)
    about = {
        "parts": ArraySubquery(involved.values(one=JSONObject(part="part", person="person_id"))),
        "kept_out": ArraySubquery(ExcludedPerson.objects.filter(referral=OuterRef("pk")).values("person_id")),
    }
    if actor.has_role(*FRONT_DOOR_ROLES):
        reached = Exists(TeamAccess.objects.filter(referral=OuterRef(OuterRef("pk")), team=OuterRef("team")))
        about["team_roles"] = ArraySubquery(_front_door_memberships(actor, now).filter(reached).values("role"))
    rows = Referral.objects.filter(pk__in=[referral.pk for referral in referrals]).values("pk", **about)
    found: dict[UUID, dict[str, Any]] = {row["pk"]: dict(row) for row in rows}
    return {referral.pk: _facts(referral, **found[referral.pk]) for referral in referrals}


def referrals_of(actor: Actor, *, now: datetime) -> QuerySet[Referral]:
    """Return the referrals that the actor may read, the last changed first; the same answer as `check_read`.

    Auditors, operators and administrators as such get none. The caller records what it shows of whom.
    """
    if actor.person_id is None:
        return Referral.objects.none()
    involved = Involvement.objects.filter(referral=OuterRef("pk"), until__isnull=True, person_id=actor.person_id)
    own_agency = Q(agency_id=actor.agency_id) if actor.agency_id else Q(pk__in=[])
    teams = TeamAccess.objects.filter(
        referral=OuterRef("pk"), team__in=_front_door_memberships(actor, now).values("team_id")
    )
    scope = own_agency & Q(author_id=actor.person_id) & _readable_as(Relationship.AUTHOR)
    scope |= (
        own_agency & Q(Exists(involved.filter(part=Involvement.Part.COLLEAGUE))) & _readable_as(Relationship.COLLEAGUE)
    )
    scope |= own_agency & Q(Exists(involved.filter(part=Involvement.Part.FORMER))) & _readable_as(Relationship.FORMER)
    if actor.has_role(*DESK_ROLES):
        scope |= own_agency & Q(bypasses_desk=False) & _readable_as(Relationship.DESK)
    if actor.has_role(Role.LINE_MANAGER):
        asked = Q(Exists(involved.filter(part=Involvement.Part.APPROVER)))
        scope |= own_agency & asked & _readable_as(Relationship.APPROVER)
    if actor.has_role(*FRONT_DOOR_ROLES):
        scope |= Q(Exists(teams)) & _readable_as(Relationship.FRONT_DOOR)
    about_them = ExcludedPerson.objects.filter(referral=OuterRef("pk"), person_id=actor.person_id)
    return Referral.objects.filter(scope).exclude(Exists(about_them))


def referral_for(actor: Actor, referral_id: UUID, *, purpose: str, now: datetime) -> Referral:
    """Return one referral for reading, and record in the audit that the actor read it.

    `purpose` is a code without white space ("page", "document"), stored with the entry. Raises NotYours when there is
    none or it is not the actor's, which the middleware records.
    """
    referral = Referral.objects.select_related("author", "agency").filter(pk=referral_id).first()
    if referral is None:
        raise NotYours(rule="referral.read", subject_type="referral", subject_id=referral_id)
    check_read(actor, facts_for(referral, actor, now=now))
    record(
        "referral.read",
        by=actor,
        subject_type="referral",
        subject_id=referral.pk,
        detail={"purpose": purpose, "state": referral.state},
    )
    return referral


def front_door_teams(actor: Actor, *, now: datetime) -> list[UUID]:
    """Return the ids of the front-door teams that the actor acts for today."""
    return list(_front_door_memberships(actor, now).values_list("team_id", flat=True).distinct())


def colleagues_of(referral: Referral) -> QuerySet[Person]:
    """Return the colleagues with whom the draft is shared now, by name."""
    involved = Involvement.objects.filter(
        referral=referral, person=OuterRef("pk"), part=Involvement.Part.COLLEAGUE, until__isnull=True
    )
    return Person.objects.filter(Exists(involved)).order_by("full_name", "id")


def _facts(
    referral: Referral,
    pk: UUID,
    parts: Iterable[Mapping[str, str]],
    kept_out: Iterable[UUID],
    team_roles: Iterable[str] | None = (),
) -> RecordFacts:
    """`parts` say who has which part now, `team_roles` which roles the actor has in teams that have the referral."""

    def having(part: Involvement.Part) -> frozenset[UUID]:
        return frozenset(UUID(one["person"]) for one in parts if one["part"] == part.value)

    return RecordFacts(
        referral_id=pk,
        state=State(referral.state),
        author_id=referral.author_id,
        agency_id=referral.agency_id,
        bypasses_desk=referral.bypasses_desk,
        colleague_ids=having(Involvement.Part.COLLEAGUE),
        former_ids=having(Involvement.Part.FORMER),
        approver_ids=having(Involvement.Part.APPROVER),
        excluded_ids=frozenset(kept_out),
        # PostgreSQL isn't even asked where it can't be: then there is none.
        actor_team_roles=frozenset(team_roles or ()),
        assessment=is_assessment(referral.specification),
    )


def _readable_as(relationship: Relationship) -> Q:
    return Q(state__in=[state.value for state in PERMISSIONS[Act.READ].who[relationship]])


def _front_door_memberships(actor: Actor, now: datetime) -> QuerySet[Membership]:
    """The front-door memberships that the actor acts with: in force today, agency and roles those of this sign-in."""
    if actor.person_id is None or actor.agency_id is None:
        return Membership.objects.none()
    return Membership.objects.filter(
        in_force(day_of(now)),
        person_id=actor.person_id,
        agency_id=actor.agency_id,
        role__in=sorted(FRONT_DOOR_ROLES & actor.roles),
    )
