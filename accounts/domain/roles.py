"""The roles that a membership can carry, and what follows from each.

The names are the field's own (Keeping children safe in education for the DSL and deputies; Working Together for the
front door's social workers and the lead professional). A role always belongs to one agency: somebody who
is DSL of one school and governor of another holds two memberships, and acts for one agency at a time.
"""

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What somebody does for an agency. The value is stored, and stands in `Actor.roles`."""

    PRACTITIONER = "practitioner"
    DSL = "dsl"
    DEPUTY_DSL = "deputy_dsl"
    LINE_MANAGER = "line_manager"
    SCREENER = "screener"
    SOCIAL_WORKER = "social_worker"
    FRONT_DOOR_MANAGER = "front_door_manager"
    EARLY_HELP_COORDINATOR = "early_help_coordinator"
    LEAD_PROFESSIONAL = "lead_professional"
    PARTNERSHIP_MANAGER = "partnership_manager"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    AGENCY_ADMINISTRATOR = "agency_administrator"
    ADMINISTRATOR = "administrator"


NAMES: dict[Role, str] = {
    Role.PRACTITIONER: "Practitioner",
    Role.DSL: "Designated safeguarding lead",
    Role.DEPUTY_DSL: "Deputy designated safeguarding lead",
    Role.LINE_MANAGER: "Line manager",
    Role.SCREENER: "Screener",
    Role.SOCIAL_WORKER: "Registered social worker",
    Role.FRONT_DOOR_MANAGER: "Front door manager",
    Role.EARLY_HELP_COORDINATOR: "Early help coordinator",
    Role.LEAD_PROFESSIONAL: "Lead professional",
    Role.PARTNERSHIP_MANAGER: "Partnership manager",
    Role.AUDITOR: "Auditor",
    Role.OPERATOR: "Operator",
    Role.AGENCY_ADMINISTRATOR: "Agency administrator",
    Role.ADMINISTRATOR: "System administrator",
}

DESCRIPTIONS: dict[Role, str] = {
    Role.PRACTITIONER: "Files early help assessments and referrals, and sees what became of them.",
    Role.DSL: "Sees the agency's concerns, advises, approves or returns them, and takes a disagreement up.",
    Role.DEPUTY_DSL: "Does what the designated safeguarding lead does, in their absence or beside them.",
    Role.LINE_MANAGER: "Approves what a document asks a manager to approve, and oversees families stepped up or down.",
    Role.SCREENER: "Works a front door's queue: reads, asks partners, recommends, answers the referrer.",
    Role.SOCIAL_WORKER: "Decides at a front door what happens for each child.",
    Role.FRONT_DOOR_MANAGER: "Runs a front door: decides, reassigns, answers disagreements.",
    Role.EARLY_HELP_COORDINATOR: "Receives early help assessments and finds each a lead professional.",
    Role.LEAD_PROFESSIONAL: "Runs a family's early help plan and its reviews.",
    Role.PARTNERSHIP_MANAGER: "Keeps the threshold documents and looks at quality and volume, without names.",
    Role.AUDITOR: "Sees who saw which child, and why.",
    Role.OPERATOR: "Keeps deliveries running; sees what failed, not what was written.",
    Role.AGENCY_ADMINISTRATOR: "Keeps the agency's list of people and their roles.",
    Role.ADMINISTRATOR: "Keeps agencies, front doors and people of every agency.",
}

# A front door's own roles: the membership names its team, and no other role has one.
FRONT_DOOR_ROLES = frozenset({Role.SCREENER, Role.SOCIAL_WORKER, Role.FRONT_DOOR_MANAGER, Role.EARLY_HELP_COORDINATOR})

# Those who see or steer more than their own agency's work, or who decide who gets in.
SECOND_FACTOR_ROLES = FRONT_DOOR_ROLES | {
    Role.AGENCY_ADMINISTRATOR,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
    Role.OPERATOR,
    Role.PARTNERSHIP_MANAGER,
}

# What an agency administrator may give and take. The others reach beyond the agency: a system administrator gives them.
AGENCY_ROLES = frozenset(
    {
        Role.PRACTITIONER,
        Role.DSL,
        Role.DEPUTY_DSL,
        Role.LINE_MANAGER,
        Role.SCREENER,
        Role.SOCIAL_WORKER,
        Role.FRONT_DOOR_MANAGER,
        Role.EARLY_HELP_COORDINATOR,
        Role.LEAD_PROFESSIONAL,
        Role.AGENCY_ADMINISTRATOR,
    }
)


def needs_second_factor(roles: Iterable[str]) -> bool:
    """Whether anybody who holds these roles today must sign in with a second factor."""
    return not SECOND_FACTOR_ROLES.isdisjoint(roles)


def needs_team(role: str) -> bool:
    """Whether a membership with this role names a front-door team."""
    return role in FRONT_DOOR_ROLES
