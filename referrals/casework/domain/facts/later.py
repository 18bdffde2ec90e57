"""What was recorded about the call after it was sent: who rang, whom, when, and what was advised."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from referrals.casework.domain.facts.asked import moment_of
from referrals.record.domain.dates import exact_day

PAGE = "ring-first"
_REVIEW, _REVIEW_DAY = "review", "review_on"
_TELLS = ("rang_whom", "rang_by", "rang_on", "rang_at", "rang_advice")


@dataclass(frozen=True, slots=True)
class Rang:
    """A call as it was recorded. `reached`: somebody answered. `told` are questions with their answers as people read
    them."""

    reached: bool
    told: tuple[tuple[str, str], ...]


def rang_in(pages: Iterable[Mapping[str, Any]]) -> Rang | None:
    """Return the call that frozen pages tell of; None where nobody rang, or that isn't said."""
    for page in pages:
        if page["key"] != PAGE:
            continue
        questions = {one["key"]: one for one in page["questions"]}
        answer = questions.get("rang", {}).get("answer")
        if answer not in {"yes", "tried"}:
            return None
        told = tuple(
            (questions[key]["label"], str(questions[key]["reads"]))
            for key in _TELLS
            if key in questions and questions[key]["answered"]
        )
        return Rang(answer == "yes", told)
    return None


def called_later(content: Mapping[str, Any]) -> datetime | None:
    """Return when somebody rang and reached the front door, by a page that was added later; None where that page is
    about something else, nobody was reached, or the day isn't known."""
    page = content.get("page") or {}
    found = rang_in([page] if page else [])
    if found is None or not found.reached:
        return None
    answers = {one["key"]: one.get("answer") for one in page["questions"]}
    return moment_of(answers.get("rang_on"), answers.get("rang_at"))


def review_day(content: Mapping[str, Any]) -> date | None:
    """Return the day on which an assessment says that its plan is reviewed; None where it names no exact one."""
    for page in content["pages"]:
        if page["key"] == _REVIEW:
            answers = {one["key"]: one.get("answer") for one in page["questions"]}
            return exact_day(answers.get(_REVIEW_DAY))
    return None
