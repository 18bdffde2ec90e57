"""`manage.py add_person`: somebody's account, first role and the link with which they set their password."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts import clock
from accounts.actions import NewRole, add_person
from accounts.domain.agencies import AgencyKind
from accounts.domain.roles import Role, needs_team
from accounts.links import link_to_set_password
from accounts.models import Agency, FrontDoorTeam
from accounts.selectors import person_by_email
from audit.domain.actor import Actor


class Command(BaseCommand):
    help = (
        "Adds a person with a first role, and prints a link that sets their password once, within three days. "
        "Give the link to them by a way that you trust."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the person, the agency (by identifier, or new by name, kind and area), role and team."""
        parser.add_argument("--email", required=True, help="work e-mail: the sign-in name")
        parser.add_argument("--name", required=True, help="full name")
        parser.add_argument("--job", default="", help="job title")
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--agency", required=True, help="the agency's identifier, or its whole name")
        parser.add_argument("--new-agency-kind", choices=[kind.value for kind in AgencyKind], help="makes the agency")
        parser.add_argument("--new-agency-area", help="the new agency's area, as its pack names it")
        parser.add_argument(
            "--front-door", help="the front door of the team, as the pack of the agency's area names it"
        )
        parser.add_argument("--new-team-name", help="makes the front door's team")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Add them, or say in one sentence why not."""
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError("--email is not an e-mail address.") from error
        if person_by_email(options["email"]) is not None:
            raise CommandError(
                "Somebody has this e-mail address already. If they worked for the agency before, its administrator "
                "gives them a role on their page in the list of people."
            )
        role = Role(options["role"])
        agency = self._agency(options)
        team = self._team(options, agency) if needs_team(role) else None
        person = add_person(
            email=options["email"],
            full_name=options["name"],
            job_title=options["job"],
            first_role=NewRole(role, agency, team, clock.day_of(clock.now())),
            by=Actor.system("add_person"),
        )
        self.stdout.write(link_to_set_password(person))

    def _agency(self, options: dict[str, Any]) -> Agency:
        named = options["agency"]
        try:
            found = Agency.objects.filter(pk=UUID(named))
        except ValueError:
            found = Agency.objects.filter(name=named)
        if len(found) == 1:
            return found[0]
        if found:
            raise CommandError("Several agencies have this name: give the identifier.")
        kind, area = options["new_agency_kind"], options["new_agency_area"]
        if not kind or not area:
            raise CommandError("No such agency. To make it, add --new-agency-kind and --new-agency-area.")
        agency = Agency(name=named, kind=kind, areas=[area])
        try:
            agency.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        agency.save()
        return agency

    def _team(self, options: dict[str, Any], agency: Agency) -> FrontDoorTeam:
        front_door = options["front_door"]
        if not front_door:
            raise CommandError("This role belongs to a front door: add --front-door.")
        team = FrontDoorTeam.objects.filter(agency=agency, area=agency.own_area, front_door=front_door).first()
        if team is not None:
            return team
        if not options["new_team_name"]:
            raise CommandError("The agency has no team at this front door. To make it, add --new-team-name.")
        team = FrontDoorTeam(agency=agency, area=agency.own_area, front_door=front_door, name=options["new_team_name"])
        try:
            team.full_clean()
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        team.save()
        return team
