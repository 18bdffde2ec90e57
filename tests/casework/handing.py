"""The front door of another area, and offers to it."""

from dataclasses import dataclass
from typing import Any

from accounts.domain.roles import Role
from accounts.models import FrontDoorTeam, Person
from audit.domain.actor import Actor
from dispatch.models import OutboxRow
from referrals.casework import actions as casework
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from tests.casework.support import LATER, NOW, World, acting
from tests.factories import AgencyFactory, FrontDoorTeamFactory, person_with
from tests.packs import shipped
from thresholds.actions import publish

ELSEWHERE = "wakefield"
WHY = "She lives in Wakefield; nothing was done here."


@dataclass
class There:
    """The front door of another area, which receives through this system too."""

    team: FrontDoorTeam
    screener: Person
    worker: Person

    def by(self, name: str) -> Actor:
        return acting(getattr(self, name))


def offer(world: World, intake: Intake, there: There, *, by: str = "worker", **given: Any) -> Intake:
    """Offer it, and let the outbox deliver the offer."""
    said = {"children": intake.children, "reason": "other_area", "why": WHY, **given}
    transfer = casework.offer_transfer(intake=intake, team=there.team, by=world.by(by), now=LATER, **said)
    routing.arrive(intake_id=transfer.offered.pk, now=LATER)
    return Intake.objects.get(offer=transfer)


def made_there() -> There:
    """The front door of Wakefield, with its pack and its people."""
    pack = shipped(ELSEWHERE)
    publish(pack=pack, by=Actor.system("tests"), now=NOW)
    council = AgencyFactory.create(name="Another council", kind="local_authority", areas=[ELSEWHERE])
    team = FrontDoorTeamFactory.create(area=ELSEWHERE, front_door=pack.main_door, name="Their door", agency=council)
    return There(team, person_with(Role.SCREENER, team=team), person_with(Role.SOCIAL_WORKER, team=team))


def mails(template: str) -> set[str]:
    """The ids of the people to whom an e-mail of that kind was promised."""
    rows = OutboxRow.objects.filter(kind="email", references__template=template)
    return {row.references["person_id"] for row in rows}
