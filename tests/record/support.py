"""A school with its desk, a front door, and referrals in every state. All people are invented."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from accounts.domain.roles import Role
from accounts.models import Agency, FrontDoorTeam, Person
from accounts.selectors import actor_for
from audit.domain.actor import Actor
from referrals.record import actions
from referrals.record.domain.lifecycle import State, Verb
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Child, Referral, Submission
from tests.factories import AgencyFactory, FrontDoorTeamFactory, person_with
from tests.thresholds.support import parsed
from thresholds.actions import publish

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
AREA = "sandford"
SYSTEM = Actor.system("outbox")


def acting(person: Person, now: datetime = NOW) -> Actor:
    """The actor that somebody is."""
    return actor_for(person, now)


def publish_pack() -> None:
    """Publish the small invented pack of Sandford."""
    publish(pack=parsed(), by=Actor.system("tests"), now=NOW)


@dataclass
class School:
    """A school, its people, and a front door."""

    agency: Agency
    teacher: Person
    dsl: Person
    deputy: Person
    manager: Person
    colleague: Person
    team: FrontDoorTeam
    screener: Person
    decider: Person

    @classmethod
    def made(cls) -> "School":
        agency = AgencyFactory.create(areas=[AREA])
        team = FrontDoorTeamFactory.create(area=AREA)
        return cls(
            agency=agency,
            teacher=person_with(Role.PRACTITIONER, agency=agency, full_name="Asha Pryor"),
            dsl=person_with(Role.DSL, agency=agency),
            deputy=person_with(Role.DEPUTY_DSL, agency=agency),
            manager=person_with(Role.LINE_MANAGER, agency=agency),
            colleague=person_with(Role.PRACTITIONER, agency=agency),
            team=team,
            screener=person_with(Role.SCREENER, team=team),
            decider=person_with(Role.SOCIAL_WORKER, team=team),
        )

    def started(self, kind: str = "marf") -> Referral:
        return actions.start_referral(kind=kind, by=acting(self.teacher), now=NOW)


def save(referral: Referral, page: str, by: Person, person_id: UUID | None = None, version: int = 0, **answers: Any):
    """Save a page as somebody."""
    return actions.save_page(
        referral=referral, page=page, answers=answers, version=version, by=acting(by), now=NOW, person_id=person_id
    )


def drafted(school: School, *, about_desk: str = "no", harm: str = "suspected") -> tuple[Referral, Child]:
    """A MARF with one child whose home is in Sandford."""
    referral = school.started()
    by = school.teacher
    save(referral, "start", by, danger="no", cannot_wait="no")
    save(referral, "desk", by, about_desk=about_desk)
    child = actions.add_child(referral=referral, by=acting(by), now=NOW)
    save(referral, "child-about", by, child.pk, unborn="no", given_names="Robin", family_name="Vale", born="2019-03")
    save(referral, "child-home", by, child.pk, address="1 Mill Lane", postcode="TF1 1AA", home_area=AREA)
    save(referral, "harm", by, child.pk, harm=harm)
    referral.refresh_from_db()
    return referral, child


def submitted(referral: Referral, by: Person, **given: Any) -> Submission:
    """Freeze a draft with what other rooms would have worked out."""
    decided: dict[str, Any] = {"check": {}, "sharing": {}, "plan": {}, "urgent_because": ["override"], **given}
    return actions.freeze_submission(referral=referral, by=acting(by), now=NOW, **decided)


def sent(school: School, **about: str) -> Referral:
    """A referral that the front door has received."""
    referral, _ = drafted(school, **about)
    submitted(referral, school.teacher)
    actions.move(referral=referral, verb=Verb.SEND, by=acting(school.teacher), now=NOW)
    actions.open_to_team(referral=referral, team=school.team, by=acting(school.teacher), now=NOW)
    referral.refresh_from_db()
    return referral


AGENCY_ID, AUTHOR_ID = uuid4(), uuid4()


def facts(state: State = State.DRAFT, **changed: Any) -> RecordFacts:
    """Facts of a referral whose desk may see it."""
    return RecordFacts(
        **{
            "referral_id": uuid4(),
            "state": state,
            "author_id": AUTHOR_ID,
            "agency_id": AGENCY_ID,
            "bypasses_desk": False,
            **changed,
        }
    )


def actor(*roles: Role, person_id: UUID | None = None, agency_id: UUID | None = AGENCY_ID) -> Actor:
    """Somebody of the school with these roles."""
    return Actor(
        person_id=person_id or uuid4(),
        name="Somebody",
        agency_id=agency_id,
        roles=frozenset(role.value for role in roles),
    )
