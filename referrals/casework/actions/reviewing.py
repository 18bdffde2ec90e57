"""The time of the review of an early help plan: it runs for those who wrote the assessment, from its registration."""

from datetime import datetime, time

from audit.domain.actor import Actor
from referrals.casework.domain.facts.later import review_day
from referrals.casework.domain.outcomes import Outcome
from referrals.record.models import Submission
from referrals.record.selectors import content_of
from referrals.routing.actions import start_after_here
from referrals.routing.domain.limits import REVIEW
from referrals.routing.models import Intake
from thresholds.domain.duties import Deadline, Event
from thresholds.domain.hours import at, local
from thresholds.domain.parts import Citation

_REGISTERS = frozenset({Outcome.REGISTERED, Outcome.REGISTERED_LEAD_TO_FIND})
_END_OF_DAY = time(17)
_ON_THE_FORM = Deadline(
    id=REVIEW,
    name="Review the help that was agreed",
    who="the lead professional",
    after=Event.EARLY_HELP_STARTED,
    statutory=False,
    citation=Citation(document="system", section="the day that the assessment names"),
)


def start_review(*, intake: Intake, submission: Submission, outcomes: set[Outcome], by: Actor, now: datetime) -> None:
    """Start the time of the review when an assessment is registered: the day that the form names, else the time that
    the partnership states; none where neither is known. In the caller's transaction; once."""
    if not outcomes & _REGISTERS:
        return
    day = review_day(content_of(submission))
    due_at = local(at(day, _END_OF_DAY)) if day else None
    start_after_here(intake=intake, named=_ON_THE_FORM, due_at=due_at, by=by, now=now)
