"""Frozen content read as answers again, for rules that look at past referrals. Nothing is asked anew: what was frozen
is exactly what was asked then."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from referrals.record.domain.document import FORMAT
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms import SPECIFICATIONS
from referrals.record.domain.forms.parts import NOT_KNOWN


class OtherForm(ValueError):
    """The content has a layout or a form that this system's rules no longer read."""


def thawed_answers(content: Mapping[str, Any]) -> DraftAnswers:
    """Return the answers of a submission's content. Raises OtherForm for another layout or a form unknown here, and
    KeyError, TypeError or ValueError for content that is no submission."""
    if content.get("format") != FORMAT or content.get("form", {}).get("version") not in SPECIFICATIONS:
        raise OtherForm
    return DraftAnswers(
        pages=_pages(content["pages"]),
        children=tuple(_person(one) for one in content["children"]),
        members=tuple(_person(one) for one in content["household"]),
    )


def _person(frozen: Mapping[str, Any]) -> PersonAnswers:
    return PersonAnswers(id=UUID(frozen["id"]), position=frozen["position"], pages=_pages(frozen["pages"]))


def _pages(frozen: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    return {page["key"]: _answers(page["questions"]) for page in frozen}


def _answers(questions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for question in questions:
        if "answer" in question:
            answers[question["key"]] = question["answer"]
        elif question["not_known"]:
            answers[f"{question['key']}_{NOT_KNOWN}"] = True
    return answers
