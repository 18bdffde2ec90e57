"""Why a role ends: a code, because the audit record holds no free text about anybody."""

from enum import StrEnum


class EndReason(StrEnum):
    """Chosen by the administrator who ends or changes a role; kept in the audit record."""

    LEFT = "left"
    CHANGED_JOB = "changed_job"
    COVER_ENDED = "cover_ended"
    MISTAKE = "mistake"
    SUSPENDED = "suspended"


NAMES: dict[EndReason, str] = {
    EndReason.LEFT: "They left the agency",
    EndReason.CHANGED_JOB: "They changed job within the agency",
    EndReason.COVER_ENDED: "They were covering for somebody, and that has ended",
    EndReason.MISTAKE: "The role was given by mistake",
    EndReason.SUSPENDED: "They must not have access for now",
}
