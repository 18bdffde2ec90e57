"""A school and the front door of Telford & Wrekin, with a referral on its way. All people are invented."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from accounts.domain.roles import Role
from accounts.models import Agency, FrontDoorTeam, Person
from accounts.selectors import actor_for
from audit.domain.actor import Actor
from referrals.record import actions as record
from referrals.record.domain.lifecycle import Verb
from referrals.record.models import Referral, Submission
from referrals.routing import actions
from referrals.routing.domain.plan import ReferralPlan, RouteFacts
from referrals.routing.models import Intake
from referrals.routing.selectors import plan_referral
from tests.factories import AREA, AgencyFactory, FrontDoorTeamFactory, person_with
from tests.packs import shipped
from thresholds.actions import publish
from thresholds.domain.parts import Harm

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)  # a Tuesday


def acting(person: Person, now: datetime = NOW) -> Actor:
    """The actor that somebody is."""
    return actor_for(person, now)


@dataclass
class World:
    """People of a school, of Family Connect, and of another front door."""

    school: Agency
    teacher: Person
    dsl: Person
    team: FrontDoorTeam
    screener: Person
    second: Person
    social_worker: Person
    manager: Person
    elsewhere: Person
    """A screener of another team of the same council."""
    now: datetime = field(default=NOW)

    @classmethod
    def made(cls, now: datetime = NOW) -> "World":
        # In force whatever day a worker's own clock shows.
        since = shipped(AREA).model_copy(update={"effective_from": date(2024, 1, 1)})
        publish(pack=since, by=Actor.system("tests"), now=now)
        school = AgencyFactory.create(areas=[AREA])
        team = FrontDoorTeamFactory.create(area=AREA, front_door="family-connect", name="Family Connect")
        other = FrontDoorTeamFactory.create(area=AREA, front_door="emergency-duty-team", agency=team.agency)
        return cls(
            school=school,
            teacher=person_with(Role.PRACTITIONER, agency=school, full_name="Asha Pryor"),
            dsl=person_with(Role.DSL, agency=school),
            team=team,
            screener=person_with(Role.SCREENER, team=team, full_name="Dilys Marsh"),
            second=person_with(Role.SCREENER, team=team, full_name="Owen Tarn"),
            social_worker=person_with(Role.SOCIAL_WORKER, team=team),
            manager=person_with(Role.FRONT_DOOR_MANAGER, team=team),
            elsewhere=person_with(Role.SCREENER, team=other),
            now=now,
        )

    def drafted(self, *, about_desk: str = "no", author: Person | None = None) -> Referral:
        """A MARF with one child who is at home in Telford & Wrekin."""
        by = acting(author or self.teacher, self.now)
        referral = record.start_referral(kind="marf", by=by, now=self.now)

        def save(page: str, person_id: Any = None, **answers: Any) -> None:
            record.save_page(
                referral=referral, page=page, answers=answers, version=0, by=by, now=self.now, person_id=person_id
            )

        save("start", danger="no", cannot_wait="no")
        save("desk", about_desk=about_desk)
        child = record.add_child(referral=referral, by=by, now=self.now)
        save("child-about", child.pk, unborn="no", given_names="Robin", family_name="Vale", born="2019-03")
        save("child-home", child.pk, address="1 Mill Lane", postcode="TF1 1AA", home_area=AREA)
        return Referral.objects.get(pk=referral.pk)

    def plan(self, referral: Referral, **facts: Any) -> ReferralPlan:
        """The plan of its one child, possibly harmed unless told otherwise."""
        known: dict[str, Any] = {"home_area": AREA, "found_area": AREA, "harm": Harm.SUSPECTED, "open_case": False}
        child = referral.children.get()
        return plan_referral({str(child.pk): RouteFacts(**known | facts)}, packs={}, own_area=AREA, now=self.now)

    def send(self, referral: Referral, plan: ReferralPlan) -> tuple[Submission, tuple[Intake, ...]]:
        """Freeze it, make it sent, and promise its deliveries, in one transaction as casework does."""
        author = Person.objects.get(pk=referral.author_id)
        by = acting(author, self.now)
        with transaction.atomic():
            submission = record.freeze_submission(
                referral=referral,
                check={},
                sharing={},
                plan=plan.to_dict(),
                urgent_because=["harm"] if plan.urgent else [],
                by=by,
                now=self.now,
            )
            moved = record.move(referral=referral, verb=Verb.SEND, by=by, now=self.now)
            intakes = actions.send_to_front_doors(referral=moved, submission=submission, plan=plan, by=by, now=self.now)
        return submission, intakes

    def sent(self, *, about_desk: str = "no", author: Person | None = None, **facts: Any) -> Intake:
        """A referral that was sent by day, and is due at Family Connect."""
        referral = self.drafted(about_desk=about_desk, author=author)
        _, (intake,) = self.send(referral, self.plan(referral, **facts))
        return intake

    def family_connects(self) -> Intake:
        """The intake at Family Connect of a referral sent at any hour; out of hours the duty team has one too."""
        referral = self.drafted()
        _, intakes = self.send(referral, self.plan(referral))
        return next(intake for intake in intakes if intake.front_door == "family-connect")

    def arrived(self, **given: Any) -> Intake:
        """A referral in Family Connect's queue."""
        intake = self.sent(**given)
        assert actions.arrive(intake_id=intake.pk, now=self.now)
        intake.refresh_from_db()
        return intake
