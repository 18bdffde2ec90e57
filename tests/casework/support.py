"""A school, another agency, and a front door in Telford & Wrekin, with referrals at every step. All are invented."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from accounts.domain.roles import Role
from accounts.models import Agency, FrontDoorTeam, Person
from accounts.selectors import actor_for
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from audit.models import Entry
from referrals.casework import actions
from referrals.casework.models import Decision
from referrals.record import actions as records
from referrals.record.models import Child, Referral, Submission
from referrals.routing import actions as routing
from referrals.routing.models import Intake, Opening
from tests.factories import AgencyFactory, FrontDoorTeamFactory, person_with
from tests.packs import shipped
from thresholds.actions import publish
from thresholds.domain.duties import Deadline
from thresholds.domain.pack import Pack

AREA = "telford-and-wrekin"
NOW = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
"""A Monday morning: Family Connect is open."""
EVENING = datetime(2026, 11, 16, 21, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
ROLES = ("teacher", "dsl", "deputy", "manager", "colleague", "stranger", "screener", "worker", "head", "elsewhere")


@contextmanager
def refused(words: str) -> Iterator[None]:
    """Expect a refusal whose reason holds these words."""
    with pytest.raises(Refusal) as caught:
        yield
    assert words in caught.value.reason


def area_pack() -> Pack:
    """The pack of Telford & Wrekin that ships."""
    return shipped(AREA)


def acting(person: Person, now: datetime = NOW) -> Actor:
    """The actor that somebody is."""
    return actor_for(person, now)


@dataclass
class World:
    """The people by name. `elsewhere` decides at another front door, `stranger` works for another agency."""

    school: Agency
    team: FrontDoorTeam
    night: FrontDoorTeam
    teacher: Person
    dsl: Person
    deputy: Person
    manager: Person
    colleague: Person
    stranger: Person
    screener: Person
    worker: Person
    head: Person
    elsewhere: Person

    @classmethod
    def made(cls) -> "World":
        publish(pack=area_pack(), by=Actor.system("tests"), now=NOW)
        school = AgencyFactory.create(areas=[AREA])
        council = AgencyFactory.create(name="Council", kind="local_authority", areas=[AREA])
        team = FrontDoorTeamFactory.create(area=AREA, front_door="family-connect", agency=council)
        night = FrontDoorTeamFactory.create(area=AREA, front_door="emergency-duty-team", agency=council)
        return cls(
            school=school,
            team=team,
            night=night,
            teacher=person_with(Role.PRACTITIONER, agency=school, full_name="Asha Pryor"),
            dsl=person_with(Role.DSL, agency=school, full_name="Dara Moss"),
            deputy=person_with(Role.DEPUTY_DSL, agency=school),
            manager=person_with(Role.LINE_MANAGER, agency=school),
            colleague=person_with(Role.PRACTITIONER, agency=school),
            stranger=person_with(Role.PRACTITIONER),
            screener=person_with(Role.SCREENER, team=team),
            worker=person_with(Role.SOCIAL_WORKER, team=team, full_name="Nell Byrne"),
            head=person_with(Role.FRONT_DOOR_MANAGER, team=team),
            elsewhere=person_with(Role.SOCIAL_WORKER, team=night),
        )

    def by(self, name: str, now: datetime = NOW) -> Actor:
        """The actor that somebody of `ROLES` is."""
        return acting(getattr(self, name), now)

    def wants_approval(self, hours: int = 24) -> None:
        """The school wants routine referrals approved."""
        actions.set_policy(
            agency=self.school, approve_routine=True, answer_within_hours=hours, by=self.by("dsl"), now=NOW
        )


def save(referral: Referral, page: str, by: Actor, person_id: UUID | None = None, **answers: Any) -> None:
    """Save a page for the first time."""
    result = records.save_page(
        referral=referral, page=page, answers=answers, version=0, by=by, now=NOW, person_id=person_id
    )
    assert result.saved


def routine(world: World, *, children: int = 1, author: str = "teacher", **pages: dict[str, Any]) -> Referral:
    """A routine MARF: no harm, complex level, a mother with parental responsibility who agreed. `pages` replaces the
    answers of a page of each child or of the referral."""
    by = world.by(author)
    referral = records.start_referral(kind="marf", by=by, now=NOW)
    save(referral, "start", by, **pages.get("start", {"danger": "no", "cannot_wait": "no"}))
    if "desk" not in pages or pages["desk"]:
        save(referral, "desk", by, **pages.get("desk", {"about_desk": "no"}))
    for number in range(children):
        child = records.add_child(referral=referral, by=by, now=NOW)
        about = {"unborn": "no", "given_names": f"Robin {number}", "family_name": "Vale", "born": "2017-03-05"}
        home = {"home_area": AREA, "found_area": AREA, "where_now": "In school", "safe_tonight": "yes"}
        save(referral, "child-about", by, child.pk, **pages.get("about", about))
        save(referral, "child-home", by, child.pk, **pages.get("home", home))
        save(referral, "harm", by, child.pk, **pages.get("harm", {"harm": "no"}))
        judged = {"judged_level": "complex", "judged_because": "Neglect that goes on."}
        save(referral, "judged", by, child.pk, **pages.get("judged", judged))
    member = records.add_member(referral=referral, by=by, now=NOW)
    mother = {"full_name": "Kim Vale", "relationship": "mother", "parental_responsibility": "yes", "in_home": "yes"}
    save(referral, "member-about", by, member.pk, **mother)
    agreed = {"said": "given", "said_on": "2026-11-13", "said_to": "The tutor", "words": "We need help."}
    save(referral, "member-sharing", by, member.pk, **pages.get("agreement", agreed))
    referral.refresh_from_db()
    return referral


def urgent(world: World, **pages: Any) -> Referral:
    """A MARF about a child of whom significant harm is suspected."""
    harm = pages.pop("harm", {"harm": "suspected", "harm_what": "A bruise."})
    given: dict[str, Any] = {"harm": harm, **pages}
    return routine(world, **given)


def assessment(world: World, **pages: dict[str, Any]) -> Referral:
    """An assessment without harm, at the level Vulnerable, with a mother who has signed. `pages` replaces answers."""
    by = world.by("teacher")
    referral = records.start_referral(kind="eha", by=by, now=NOW)
    child = records.add_child(referral=referral, by=by, now=NOW)
    member = records.add_member(referral=referral, by=by, now=NOW)
    about = {"unborn": "no", "given_names": "Robin", "family_name": "Vale", "born": "2017-03-05"}
    home = {"home_area": AREA, "found_area": AREA, "where_now": "In school", "safe_tonight": "yes"}
    mother = {"full_name": "Kim Vale", "relationship": "mother", "parental_responsibility": "yes", "in_home": "yes"}
    signed = {"said": "given", "said_on": "2026-11-13", "said_how": "signed", "signature": "In the school's file"}
    save(referral, "start", by, **pages.get("start", {"danger": "no", "cannot_wait": "no"}))
    save(referral, "desk", by, about_desk="no")
    save(referral, "child-about", by, child.pk, **about)
    save(referral, "child-home", by, child.pk, **home)
    save(referral, "harm", by, child.pk, **pages.get("harm", {"harm": "no"}))
    save(referral, "circumstances", by, child.pk, circumstances=["none"])
    save(referral, "judged", by, child.pk, **pages.get("judged", {"judged_level": "vulnerable"}))
    save(referral, "member-about", by, member.pk, **mother)
    save(referral, "member-sharing", by, member.pk, **pages.get("agreement", signed))
    save(referral, "lead", by, lead_name="Imran Calloway", lead_agreed="yes")
    referral.refresh_from_db()
    return referral


def submit(world: World, referral: Referral, *, author: str = "teacher", now: datetime = NOW) -> Submission:
    """Submit with a button of its own."""
    return actions.submit(referral=referral, by=world.by(author), now=now, token=uuid4())


def delivered(world: World, referral: Referral) -> Intake:
    """Submit, and let the outbox deliver to Family Connect."""
    submit(world, referral)
    for intake in Intake.objects.filter(referral=referral):
        routing.arrive(intake_id=intake.pk, now=NOW)
    return Intake.objects.get(referral=referral, front_door="family-connect")


def opened(intake: Intake, *people: Person | Actor, at: datetime = NOW) -> Intake:
    """Each of them has had the page of an intake open, last at that time."""
    for one in people:
        person_id = one.person_id if isinstance(one, Actor) else one.pk
        assert person_id is not None
        Opening.objects.update_or_create(intake=intake, person_id=person_id, defaults={"at": at})
    return intake


def claimed(world: World, referral: Referral) -> Intake:
    """Delivered, opened by who decides, and claimed by the screener."""
    intake = opened(delivered(world, referral), world.worker, world.head)
    return routing.claim(intake=intake, by=world.by("screener"), now=NOW)


def child_of(referral: Referral, position: int = 1) -> Child:
    """A child of the referral."""
    return Child.objects.get(referral=referral, position=position)


def decide(world: World, intake: Intake, *, by: str = "worker", position: int = 1, **given: Any) -> Decision:
    """Read what came in, and decide for one child."""
    opened(intake, getattr(world, by), at=LATER)
    said = {"outcome": "early_help", "rationale": "Needs met below statutory.", "next_step": "A worker rings.", **given}
    child = child_of(intake.referral, position)
    return actions.decide(intake=intake, child=child, by=world.by(by), now=LATER, **said)


def decided(world: World, referral: Referral) -> Intake:
    """Claimed, and decided by the social worker for each child."""
    intake = claimed(world, referral)
    for child in referral.children.all():
        decide(world, intake, position=child.position)
    intake.refresh_from_db()
    return intake


def verbs(referral_id: UUID) -> list[str]:
    """What the audit record says about a referral, first things first."""
    return list(Entry.objects.filter(subject_id=str(referral_id)).order_by("id").values_list("verb", flat=True))


def guarded(world: World, **pages: Any) -> Referral:
    """A referral of suspected sexual abuse, which the family must not know of."""
    referral = urgent(world, **pages)
    by, child = world.by("teacher"), referral.children.earliest("position")
    save(referral, "circumstances", by, child.pk, circumstances=["sexual_abuse"])
    return referral


def settled(world: World, **pages: Any) -> Referral:
    """A routine referral that leaves nothing open about telling the family."""
    referral, by = routine(world, **pages), world.by("teacher")
    for child in referral.children.all():
        save(referral, "circumstances", by, child.pk, circumstances=["none"])
    save(referral, "telling", by, risk_from_telling="no", identities_to_protect="no")
    return referral


def states(world: World, *limits: Deadline, **parts: Any) -> None:
    """The partnership publishes its own times, and what else of its pack is told."""
    pack = area_pack()
    changed = pack.model_copy(update={"deadlines": (*pack.deadlines, *limits), **parts})
    publish(pack=changed, by=world.by("worker"), now=NOW, revise=True)


def ids(*people: Person) -> set[str]:
    """The people's ids, as references of an e-mail hold them."""
    return {str(one.pk) for one in people}
