"""What a form is called where the child lives: a referral, or the area's own name for the early help assessment."""

from dataclasses import dataclass
from datetime import datetime

from accounts.clock import day_of
from referrals.record.domain.forms import CURRENT, is_assessment, noun_of
from referrals.record.models import Referral
from thresholds.domain.pack import Pack
from thresholds.selectors import NoPackError, current_pack, pack_version


@dataclass(frozen=True, slots=True)
class Called:
    """Names of a form. `full` as a heading, `short` inside a sentence, `noun` for "the ..."; `plan` is the area's name
    for the plan that follows an assessment, empty where its document names none."""

    full: str
    short: str
    noun: str
    plan: str = ""

    @property
    def is_assessment(self) -> bool:
        """Whether it is an early help assessment."""
        return self.noun == ASSESSMENT


ASSESSMENT = noun_of(CURRENT["eha"])
REFERRAL = Called("Multi-agency referral", "referral", noun_of(CURRENT["marf"]))


def called(referral: Referral, *, now: datetime) -> Called:
    """Return what a referral or an assessment is called, by the pack that it keeps; while no home area is known, by
    that of its agency's own area. At most two queries. `now` is aware."""
    if not is_assessment(referral.specification):
        return REFERRAL
    try:
        kept = referral.pack_version_id
        published = pack_version(kept) if kept else current_pack(referral.agency.own_area, day_of(now))
    except NoPackError:
        return assessment_in(None)
    return assessment_in(published.pack)


def assessment_in(pack: Pack | None) -> Called:
    """Return what the early help assessment is called in a pack; in plain words where its document names none."""
    says = pack.early_help if pack is not None else None
    if says is None:
        return Called("Early help assessment", "early help assessment", ASSESSMENT)
    return Called(says.assessment, says.short, ASSESSMENT, says.plan or "")
