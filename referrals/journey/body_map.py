"""The body map on a page: places to tick, each with room for words, and a drawing that helps to find them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from govuk.layout import render_parts
from referrals.record.domain.forms import body
from referrals.record.domain.forms.parts import Answers, Question


@dataclass(frozen=True, slots=True)
class Place:
    """A place with what was ticked and written about it."""

    region: body.Region
    name: str
    ticked: bool
    words: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the body."""

    id: str
    name: str
    places: tuple[Place, ...]


def words_name(question: Question, region: str) -> str:
    """Return the name of the box for what is seen in a place."""
    return f"{question.key}-words-{region}"


def raw_body(question: Question, posted: QueryDict) -> list[dict[str, Any]]:
    """Return the ticked places with their words, as the record's cleaning takes them."""
    ticked = dict.fromkeys(posted.getlist(question.key))
    return [{"id": one, "words": posted.get(words_name(question, one), "")} for one in ticked]


class BodyMap(LayoutObject):
    """One question about the body, as a part of a form's layout."""

    def __init__(self, question: Question, answers: Answers, posted: QueryDict | None) -> None:
        self.fields: list[Any] = []
        self.question = question
        seen = raw_body(question, posted) if posted is not None else answers.get(question.key) or []
        self.seen: Mapping[str, str] = {one["id"]: one["words"] for one in seen}

    def render(self, form: forms.BaseForm, context: Context, template_pack: str = "govuk", **_: object) -> SafeString:
        """The map's markup."""
        question = self.question
        tick = [question.not_known_key] if question.not_known_key in form.fields else []
        return render_to_string(
            "journey/body_map.html",
            {
                "question": question,
                "errors": form.errors.get(question.key, ()),
                "width": body.WIDTH,
                "height": body.HEIGHT,
                "head": body.HEAD,
                "sides": [Side(side, name, self._places(side)) for side, name in body.SIDES.items()],
                "tick": render_parts(tick, form, context, template_pack),
            },
        )

    def _places(self, side: str) -> tuple[Place, ...]:
        return tuple(
            Place(
                region,
                words_name(self.question, region.id),
                region.id in self.seen,
                self.seen.get(region.id, ""),
            )
            for region in body.regions_of(side)
        )
