"""Invented agencies and people for a demonstration, with one password and second factors that a command can read.

Nothing here runs unless settings.DEMO is set: `refuse_outside_demo` stands before every command.
"""

import base64
import hashlib
import time
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction

from accounts.actions import NewRole, add_person, give_role
from accounts.clock import day_of
from accounts.domain.agencies import AgencyKind
from accounts.domain.roles import NAMES, SECOND_FACTOR_ROLES, Role
from accounts.models import Agency, FrontDoorTeam, Person
from accounts.secrets import decrypt
from accounts.selectors import has_second_factor, person_by_email
from audit.domain.actor import Actor

PASSWORD = "demonstration-only"  # noqa: S105  # printed by ./run; the settings refuse it outside a demo
DOMAIN = "demo.example"
TELFORD = "telford-and-wrekin"
STOKE = "stoke-on-trent"
STEP = 30


@dataclass(frozen=True, slots=True)
class DemoAgency:
    """An invented agency; `teams` are (front door, name)."""

    name: str
    kind: AgencyKind
    area: str = TELFORD
    teams: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An invented person: `short` is what stands before the @, and what commands take."""

    short: str
    name: str
    job: str
    agency: str
    roles: tuple[Role, ...]
    front_door: str = ""

    @property
    def email(self) -> str:
        """The sign-in name."""
        return f"{self.short}@{DOMAIN}"

    @property
    def phone(self) -> str:
        """A work number of those kept for drama, another for each person."""
        return f"01632 960{101 + PEOPLE.index(self)}"

    @property
    def has_app(self) -> bool:
        """Whether a second factor is set up."""
        return not SECOND_FACTOR_ROLES.isdisjoint(self.roles)


SECONDARY = "Wrekin Vale Academy"
PRIMARY = "Apley Brook Primary School"
HEALTH = "Marches Children's Community Health"
POLICE = "Telford Neighbourhood Policing"
COUNCIL = "Telford & Wrekin Council (demonstration)"
EARLY_HELP = "strengthening-families"
STOKE_SCHOOL = "Etruria Lock High School"
STOKE_COUNCIL = "Stoke-on-Trent City Council (demonstration)"

AGENCIES = (
    DemoAgency(SECONDARY, AgencyKind.SCHOOL),
    DemoAgency(PRIMARY, AgencyKind.SCHOOL),
    DemoAgency(HEALTH, AgencyKind.HEALTH),
    DemoAgency(POLICE, AgencyKind.POLICE),
    DemoAgency(
        COUNCIL,
        AgencyKind.LOCAL_AUTHORITY,
        teams=(
            ("family-connect", "Family Connect"),
            ("emergency-duty-team", "Emergency Duty Team"),
            ("strengthening-families", "Strengthening Families"),
        ),
    ),
    DemoAgency(STOKE_SCHOOL, AgencyKind.SCHOOL, area=STOKE),
    DemoAgency(
        STOKE_COUNCIL,
        AgencyKind.LOCAL_AUTHORITY,
        area=STOKE,
        teams=(("referral-team", "Safeguarding Referral Team"),),
    ),
)

PEOPLE = (
    DemoPerson("teacher", "Amara Whitfield", "Year 9 tutor", SECONDARY, (Role.PRACTITIONER,)),
    DemoPerson("dsl", "Gareth Lindqvist", "Assistant head", SECONDARY, (Role.DSL, Role.PRACTITIONER)),
    DemoPerson("deputy", "Priya Castellan", "Head of year", SECONDARY, (Role.DEPUTY_DSL, Role.PRACTITIONER)),
    DemoPerson("schooladmin", "Moira Tennant", "Office manager", SECONDARY, (Role.AGENCY_ADMINISTRATOR,)),
    DemoPerson("primary-teacher", "Tomasz Heathcote", "Class teacher", PRIMARY, (Role.PRACTITIONER,)),
    DemoPerson("primary-dsl", "Yvonne Achebe-Carr", "Head teacher", PRIMARY, (Role.DSL, Role.PRACTITIONER)),
    DemoPerson("healthvisitor", "Siobhan Marlowe", "Health visitor", HEALTH, (Role.PRACTITIONER,)),
    DemoPerson("named-nurse", "Denise Okafor-Reed", "Named nurse", HEALTH, (Role.DSL,)),
    DemoPerson("health-manager", "Colin Faraday", "Team leader", HEALTH, (Role.LINE_MANAGER,)),
    DemoPerson("officer", "Rhys Pemberton", "Police constable", POLICE, (Role.PRACTITIONER,)),
    DemoPerson("sergeant", "Halima Stroud", "Sergeant", POLICE, (Role.LINE_MANAGER, Role.DSL)),
    DemoPerson("screener", "Joanne Ridley", "Contact officer", COUNCIL, (Role.SCREENER,), "family-connect"),
    DemoPerson("screener2", "Owen Blackwood", "Contact officer", COUNCIL, (Role.SCREENER,), "family-connect"),
    DemoPerson("socialworker", "Nadia Fenwick", "Social worker", COUNCIL, (Role.SOCIAL_WORKER,), "family-connect"),
    DemoPerson("frontdoor", "Martin Delacroix", "Team manager", COUNCIL, (Role.FRONT_DOOR_MANAGER,), "family-connect"),
    DemoPerson("edt-screener", "Bronwen Hale", "Duty officer", COUNCIL, (Role.SCREENER,), "emergency-duty-team"),
    DemoPerson("edt", "Kofi Ashdown", "Duty social worker", COUNCIL, (Role.SOCIAL_WORKER,), "emergency-duty-team"),
    DemoPerson(
        "earlyhelp", "Laura Quill", "Early help coordinator", COUNCIL, (Role.EARLY_HELP_COORDINATOR,), EARLY_HELP
    ),
    DemoPerson("earlyhelp-manager", "Oona Tresco", "Locality manager", COUNCIL, (Role.FRONT_DOOR_MANAGER,), EARLY_HELP),
    DemoPerson("lead", "Imran Calloway", "Family practitioner", COUNCIL, (Role.LEAD_PROFESSIONAL,)),
    DemoPerson("partnership", "Ruth Vandermeer", "Business manager", COUNCIL, (Role.PARTNERSHIP_MANAGER,)),
    DemoPerson("auditor", "Stephen Larkspur", "Internal auditor", COUNCIL, (Role.AUDITOR,)),
    DemoPerson("operator", "Wen Abernathy", "Systems officer", COUNCIL, (Role.OPERATOR,)),
    DemoPerson("admin", "Fiona Galbraith", "Systems manager", COUNCIL, (Role.ADMINISTRATOR,)),
    DemoPerson("stoke-teacher", "Callum Ironside", "Year 8 tutor", STOKE_SCHOOL, (Role.PRACTITIONER,)),
    DemoPerson("stoke-dsl", "Esther Mowbray", "Deputy head", STOKE_SCHOOL, (Role.DSL, Role.PRACTITIONER)),
    DemoPerson("stoke-screener", "Vernon Tilley", "Contact officer", STOKE_COUNCIL, (Role.SCREENER,), "referral-team"),
    DemoPerson(
        "stoke-worker", "Agnes Holdcroft", "Social worker", STOKE_COUNCIL, (Role.SOCIAL_WORKER,), "referral-team"
    ),
)
BY_SHORT = {person.short: person for person in PEOPLE}


def refuse_outside_demo() -> None:
    """Raise CommandError unless this is a demonstration: these people's password is known to everybody."""
    if not settings.DEMO:
        raise CommandError("Demonstration people exist only under the demonstration's settings.")


@transaction.atomic
def make_people(*, now: datetime) -> int:
    """Insert whoever is missing, with roles since a year before `now`; return how many people were made."""
    by = Actor.system("demo data")
    starts_on = day_of(now) - timedelta(days=365)
    agencies = {agency.name: _agency(agency) for agency in AGENCIES}
    made = 0
    for demo in PEOPLE:
        person = person_by_email(demo.email)
        if person is None:
            person = _person(demo, agencies[demo.agency], starts_on=starts_on, by=by)
            made += 1
        if demo.has_app and not has_second_factor(person):
            TOTP.activate(person, secret_of(demo))
    return made


def secret_of(demo: DemoPerson) -> str:
    """Return the secret that a demonstration person's app holds: always the same, so that it can be kept in an app."""
    return base64.b32encode(hashlib.sha256(f"demo second factor {demo.short}".encode()).digest()[:20]).decode()


def code_of(short: str) -> tuple[str, int]:
    """Return the code that works now for a demonstration person, and for how many seconds it is shown.

    Takes the short name or the e-mail address. Raises CommandError that lists the names when there is no such
    person, and says so when they have no second factor.
    """
    demo = BY_SHORT.get(short.strip().lower().removesuffix(f"@{DOMAIN}"))
    if demo is None:
        raise CommandError(f"There is no {short!r}. With a second factor: {', '.join(_with_app())}")
    person = person_by_email(demo.email)
    if person is None:
        raise CommandError("The demonstration people are not there yet: manage.py demo_accounts makes them.")
    app = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if app is None:
        raise CommandError(f"{demo.short} signs in without a code. With a second factor: {', '.join(_with_app())}")
    seconds = int(time.time())
    code: str = format_hotp_value(hotp_value(decrypt(app.data["secret"]), seconds // STEP))
    return code, STEP - seconds % STEP


def sign_ins() -> list[dict[str, object]]:
    """Return what `demo_sign_ins` prints: who there is, by role."""
    return [
        {
            "person": demo.short,
            "email": demo.email,
            "name": demo.name,
            "roles": [NAMES[role] for role in demo.roles],
            "agency": demo.agency,
            "team": demo.front_door,
            "second_factor": demo.has_app,
        }
        for demo in PEOPLE
    ]


def _with_app() -> list[str]:
    return [demo.short for demo in PEOPLE if demo.has_app]


def _agency(demo: DemoAgency) -> Agency:
    agency, _ = Agency.objects.get_or_create(name=demo.name, defaults={"kind": demo.kind.value, "areas": [demo.area]})
    for front_door, name in demo.teams:
        FrontDoorTeam.objects.get_or_create(
            area=demo.area, front_door=front_door, defaults={"name": name, "agency": agency}
        )
    return agency


def _person(demo: DemoPerson, agency: Agency, *, starts_on: date, by: Actor) -> Person:
    team = FrontDoorTeam.objects.get(agency=agency, front_door=demo.front_door) if demo.front_door else None
    first, *others = [NewRole(role, agency, team, starts_on) for role in demo.roles]
    person = add_person(email=demo.email, full_name=demo.name, job_title=demo.job, first_role=first, by=by)
    for role in others:
        give_role(person=person, new=role, by=by)
    person.set_password(PASSWORD)
    person.phone = demo.phone
    person.save(update_fields=["password", "phone"])
    return person
