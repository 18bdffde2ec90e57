"""Choosing from hundreds: what is chosen on top with its evidence, then a search, then everything by domain.

Works without scripts: each button posts the whole form, and whatever was ticked comes back chosen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from referrals.journey.offers import Group, Item
from referrals.record.domain.forms.parts import Answers, Kind, Question


@dataclass(frozen=True, slots=True)
class Picked:
    """Something chosen, with its evidence where that is asked for."""

    id: str
    wording: str
    evidence: str


class Picker(LayoutObject):
    """One question with its picker, as a part of a form's layout. `picked` is evidence by id, in order of choosing."""

    def __init__(
        self,
        question: Question,
        groups: tuple[Group, ...],
        *,
        picked: Mapping[str, str],
        search: str,
        not_known: bool,
        area: str,
    ) -> None:
        self.fields: list[Any] = []
        self.question, self.groups, self.picked = question, groups, picked
        self.search, self.not_known, self.area = search.strip(), not_known, area

    def render(self, form: forms.BaseForm, context: Context, template_pack: str = "govuk", **_: object) -> SafeString:
        """The picker's markup."""
        wording = {item.id: item.wording for group in self.groups for item in group.items}
        chosen = [Picked(one, wording.get(one, one), evidence) for one, evidence in self.picked.items()]
        found = search_items(self.groups, self.search) if self.search else ()
        return render_to_string(
            "journey/picker.html",
            {
                "question": self.question,
                "errors": form.errors.get(self.question.key, ()),
                "with_evidence": self.question.kind is Kind.DESCRIPTORS,
                "chosen": chosen,
                "search": self.search,
                "found": [item for item in found if item.id not in self.picked],
                "groups": [
                    Group(group.id, group.name, tuple(item for item in group.items if item.id not in self.picked))
                    for group in self.groups
                ],
                "not_known": self.not_known,
                "area": self.area,
            },
        )


def picked_of(question: Question, answers: Answers, posted: QueryDict | None) -> dict[str, str]:
    """Return the evidence by id of what is chosen: as posted, else as saved."""
    if posted is not None:
        return {one: posted.get(f"evidence-{one}", "") for one in posted.getlist(question.key) if one}
    saved = answers.get(question.key) or ()
    return {
        str(one["id"] if isinstance(one, Mapping) else one): str(one["evidence"]) if isinstance(one, Mapping) else ""
        for one in saved
    }


def search_items(groups: tuple[Group, ...], text: str) -> tuple[Item, ...]:
    """Return the items that hold every word of `text`, in part or whole, in wording or in its other words."""
    words = text.lower().split()
    found = {item.id: item for group in groups for item in group.items if all(word in item.words for word in words)}
    return tuple(found.values())
