"""The kinds of agency that work with children."""

from enum import StrEnum


class AgencyKind(StrEnum):
    """What an agency is. The value is stored."""

    SCHOOL = "school"
    EARLY_YEARS = "early_years"
    HEALTH = "health"
    POLICE = "police"
    HOUSING = "housing"
    VOLUNTARY = "voluntary"
    LOCAL_AUTHORITY = "local_authority"
    OTHER = "other"


NAMES: dict[AgencyKind, str] = {
    AgencyKind.SCHOOL: "School or college",
    AgencyKind.EARLY_YEARS: "Early years setting",
    AgencyKind.HEALTH: "Health",
    AgencyKind.POLICE: "Police",
    AgencyKind.HOUSING: "Housing",
    AgencyKind.VOLUNTARY: "Voluntary or community organisation",
    AgencyKind.LOCAL_AUTHORITY: "Local authority",
    AgencyKind.OTHER: "Other",
}
