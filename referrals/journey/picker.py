"""Choosing from hundreds: what outranks everything, what is chosen, what is suggested, a search, and all by domain.

Works without scripts: each button posts the whole form, and whatever was ticked comes back chosen.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from crispy_forms.layout import LayoutObject
from django import forms
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from referrals.journey.offers import Group, Item
from referrals.journey.suggesting import Card, Suggestions
from referrals.record.domain.forms.parts import Answers, Kind, Question
from thresholds.domain.index import Index
from thresholds.domain.search import parted, search

MOST_FOUND = 30
"""As many stand among the best, and as many below."""


@dataclass(frozen=True, slots=True)
class Picked:
    """Something chosen, with its evidence where that is asked for."""

    id: str
    wording: str
    evidence: str
    hint: str


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another child of the referral, whose choices can be copied: evidence by id, in order of choosing."""

    id: UUID
    name: str
    chosen: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the choices of one child."""

    suggestions: Suggestions | None = None
    siblings: tuple[Sibling, ...] = ()
    index: Index | None = None
    name: str = ""
    opened: frozenset[str] = frozenset()
    """Ids of the groups that stand open."""
    other_url: str = ""
    """Where what is suggested for the other page of its kind is chosen; empty where nothing is listed there."""
    worry_url: str = ""
    """Where it is written what has happened; empty where the form has no such page."""


@dataclass(frozen=True, slots=True)
class ToCopy:
    """What would be copied from a sibling."""

    id: UUID
    name: str
    chosen: tuple[Picked, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """An override on the page, with what was typed as a reason against it and what is wrong with that."""

    card: Card
    reason: str
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FoundItems:
    """What a search found: what matches best, the best first, and what matches less well."""

    best: tuple[Item, ...] = ()
    others: tuple[Item, ...] = ()

    def left(self, picked: Container[str]) -> "FoundItems":
        """What of it isn't chosen. Where all the best are, the others take their place."""
        best, others = (tuple(one for one in part if one.id not in picked) for part in (self.best, self.others))
        return FoundItems(best, others) if best else FoundItems(others)

    @property
    def count(self) -> int:
        """How many in all."""
        return len(self.best) + len(self.others)


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
        around: Around,
    ) -> None:
        self.fields: list[Any] = []
        self.question, self.groups, self.picked, self.around = question, groups, picked, around
        self.search, self.not_known, self.area = search.strip(), not_known, area

    def render(self, form: forms.BaseForm, context: Context, template_pack: str = "govuk", **_: object) -> SafeString:
        """The picker's markup."""
        items = {item.id: item for group in self.groups for item in group.items}
        suggestions = self.around.suggestions
        found = search_items(self.groups, self.search, self.around.index) if self.search else FoundItems()
        left = found.left(self.picked)
        return render_to_string(
            "journey/picker.html",
            {
                "question": self.question,
                "errors": form.errors.get(self.question.key, ()),
                "cards": [_asked(card, form) for card in suggestions.cards] if suggestions else (),
                "with_evidence": self.question.kind is Kind.DESCRIPTORS,
                "chosen": [_picked(one, evidence, items) for one, evidence in self.picked.items()],
                "suggestions": suggestions,
                "suggested": suggestions.without(self.picked) if suggestions else (),
                "dismissed_says": gettext("Dismissed (%(number)s)") % {"number": len(suggestions.dismissed)}
                if suggestions
                else "",
                "anything_anew": any(one.anew for one in suggestions.dismissed) if suggestions else False,
                "siblings": [
                    one for one in (self._to_copy(each, items) for each in self.around.siblings) if one.chosen
                ],
                "search": self.search,
                "found": left,
                "found_chosen": found.count - left.count,
                "groups": [
                    Group(
                        group.id,
                        group.name,
                        tuple(item for item in group.items if item.id not in self.picked),
                        open=group.id in self.around.opened,
                    )
                    for group in self.groups
                ],
                "around": self.around,
                "not_known": self.not_known,
                "area": self.area,
            },
        )

    def _to_copy(self, sibling: Sibling, items: Mapping[str, Item]) -> ToCopy:
        left = [_picked(one, evidence, items) for one, evidence in sibling.chosen.items() if one not in self.picked]
        return ToCopy(sibling.id, sibling.name, tuple(left))


REASON = "reason-"
FITS = "fits-"
"""Beginnings of names: of the reason for dismissing an override, and of the boxes of what is suggested."""


def picked_of(
    question: Question, answers: Answers, posted: QueryDict | None, suggestions: Suggestions | None = None
) -> dict[str, str]:
    """Return the evidence by id of what is chosen: as posted, else as saved. What was just chosen from a suggestion
    starts with the sentence in which its words stand."""
    if posted is not None:
        picked = {one: posted.get(f"evidence-{one}", "") for one in posted.getlist(question.key) if one}
        for one in posted.getlist(FITS + question.key):
            started = suggestions.evidence_of(one) if suggestions else ""
            picked.setdefault(one, posted.get(f"evidence-{one}", started))
        return picked
    return saved_choices(answers.get(question.key))


def saved_choices(saved: object) -> dict[str, str]:
    """Return the evidence by id of what is saved, in order of choosing; empty where there is no evidence."""
    chosen: Sequence[Any] = saved if isinstance(saved, list) else ()
    return {
        str(one["id"] if isinstance(one, Mapping) else one): str(one["evidence"]) if isinstance(one, Mapping) else ""
        for one in chosen
    }


def search_items(groups: tuple[Group, ...], text: str, index: Index | None) -> FoundItems:
    """Return the items that `text` finds: by the pack's index, and those that hold every word of it.

    What the other page lists counts for nothing, so that a sign may be the best of its own page.
    """
    items = {item.id: item for group in groups for item in group.items}
    ranked = search(index, text, limit=len(index.entries)) if index is not None else ()
    best, rest = parted([one for one in ranked if one.id in items])
    words = text.lower().split()
    held = [one for one, item in items.items() if all(word in item.words for word in words)]
    # Below the best, what holds every word of several stands before what has one of them.
    below = [*held, *(one.id for one in rest)] if len(words) > 1 else [*(one.id for one in rest), *held]
    found = dict.fromkeys([*(one.id for one in best), *below])
    first = list(found)[: min(len(best) or len(held), MOST_FOUND)]
    others = [one for one in found if one not in first][:MOST_FOUND]
    return FoundItems(tuple(items[one] for one in first), tuple(items[one] for one in others))


def _picked(one: str, evidence: str, items: Mapping[str, Item]) -> Picked:
    item = items.get(one)
    return Picked(one, item.wording if item else one, evidence, item.hint if item else "")


def _asked(card: Card, form: forms.BaseForm) -> Asked:
    name = REASON + (card.suggested.key if card.suggested else "")
    return Asked(card, str(form.data.get(name, "")), tuple(str(one) for one in form.errors.get(name, ())))
