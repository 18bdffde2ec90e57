"""One frozen submission counted: which of its children belong to the area, and what became of each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from referrals.casework.domain.facts import child_facts
from referrals.oversight.domain.recheck import RANGE, UNKNOWN, recheck
from referrals.oversight.domain.tally import Left, Tally
from referrals.record.domain.thaw import OtherForm, thawed_answers
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgencyKind

OwnPack = Callable[[Mapping[str, Any]], Pack | None]
"""The pack that a submission names for an area, by the version and digest it names; None where it isn't held."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What is tried: `pack`, for the children of `area`, and how a referral's own pack is found."""

    area: str
    pack: Pack
    own_pack: OwnPack


def count_submission(
    trial: Trial, content: Mapping[str, Any], *, agency: str, kind: AgencyKind | None, on: date, tally: Tally
) -> None:
    """Count one submission's children of the area into `tally`. `on` is England's day on which it was submitted.

    One whose form is too old, or that can't be read, is counted as left out and stops nothing.
    """
    tally.referrals += 1
    try:
        draft = thawed_answers(content)
    except OtherForm:
        tally.leave(Left.OLD_FORM)
        return
    except (AttributeError, KeyError, TypeError, ValueError):
        tally.leave(Left.NOT_READABLE)
        return
    named = next((one for one in content.get("packs", ()) if one.get("area") == trial.area), None)
    own = trial.own_pack(named) if named is not None else None
    for child in draft.children:
        if child.get("home_area") != trial.area:
            continue
        if own is None:
            tally.leave(Left.NO_PACK)
            continue
        facts = child_facts(draft, child, agency=kind, on=on)
        tally.count(
            recheck(own, trial.pack, facts),
            agency=agency,
            frozen=_frozen_label(content.get("check", {}).get(str(child.id), {})),
        )


def _frozen_label(check: Mapping[str, Any]) -> str | None:
    """What was indicated when the referral was submitted, written as `recheck.label` does; None where it isn't kept."""
    indicated = check.get("indicated")
    if indicated is None or check.get("stands_in"):
        return None
    lowest, highest = indicated.get("lowest"), indicated.get("highest")
    if lowest is None or highest is None:
        return UNKNOWN
    return str(lowest) if lowest == highest else f"{lowest}{RANGE}{highest}"
