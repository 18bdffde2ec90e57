"""What urgent means, in one place. Nothing urgent waits for an approval, a scan, a PDF or a missing answer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from thresholds.domain.check_result import ThresholdCheck, plain
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Harm


class UrgentBecause(StrEnum):
    """Why something is urgent."""

    HARM = "harm"
    HARM_NOT_ANSWERED = "harm_not_answered"
    OVERRIDE = "override"
    JUDGED_LEVEL = "judged_level"
    INDICATED_LEVEL = "indicated_level"
    CANNOT_WAIT = "cannot_wait"


@dataclass(frozen=True, slots=True)
class UrgentReason:
    """One reason, with the id of the override or level that it comes from."""

    because: UrgentBecause
    text: str
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Urgency:
    """Whether it is urgent, and every reason why."""

    reasons: tuple[UrgentReason, ...]

    @property
    def urgent(self) -> bool:
        """True as soon as one reason stands."""
        return bool(self.reasons)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON for freezing."""
        return {"urgent": self.urgent, "reasons": plain(self.reasons)}


HARM_TEXTS = {
    Harm.YES: "The child has suffered significant harm or is likely to.",
    Harm.SUSPECTED: "Significant harm is suspected.",
    Harm.NOT_SURE: "You are not sure about significant harm.",
}


def urgent(
    pack: Pack, *, harm: Harm | None, check: ThresholdCheck | None, judged: str | None, cannot_wait: bool
) -> Urgency:
    """Whether one child's referral is urgent: harm yes, suspected, not sure or not answered; an override that the pack
    marks urgent; a judged or indicated level or range that reaches section 47; or the practitioner says that it can't
    wait. ValueError for a judged level that the pack doesn't have.
    """
    if judged is not None and judged not in pack.level_order:
        raise ValueError("the judged level is not one of this pack's levels")
    reasons: list[UrgentReason] = []
    if harm is None:
        reasons.append(UrgentReason(UrgentBecause.HARM_NOT_ANSWERED, "The question about significant harm is open."))
    elif harm in HARM_TEXTS:
        reasons.append(UrgentReason(UrgentBecause.HARM, HARM_TEXTS[harm]))
    for override in check.overrides if check else ():
        if override.urgent:
            reasons.append(UrgentReason(UrgentBecause.OVERRIDE, override.name, override.id))
    if judged is not None and pack.level(judged).legal.reaches_s47:
        text = f"You judged {pack.level(judged).name}, which may mean section 47."
        reasons.append(UrgentReason(UrgentBecause.JUDGED_LEVEL, text, judged))
    if check is not None and check.indicated.highest is not None and check.indicated.reaches_s47:
        text = f"What you chose reaches {pack.level(check.indicated.highest).name}, which may mean section 47."
        reasons.append(UrgentReason(UrgentBecause.INDICATED_LEVEL, text, check.indicated.highest))
    if cannot_wait:
        text = "You said that a child may be in danger, or that it can't wait."
        reasons.append(UrgentReason(UrgentBecause.CANNOT_WAIT, text))
    return Urgency(tuple(reasons))
