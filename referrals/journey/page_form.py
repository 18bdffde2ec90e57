"""The one factory that turns a page of a form's specification into a Django form."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from crispy_forms.layout import Div
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext

from govuk.forms import GovukForm
from govuk.layout import Button, Fieldset, Layout
from govuk.looks import Look
from govuk.widgets import PARTS
from referrals.journey.body_map import BodyMap, raw_body
from referrals.journey.fields import OWN_KINDS, TICK_KINDS, Typed, field_for, initial_of, tick_for
from referrals.journey.offers import Offers
from referrals.journey.picker import FITS, REASON, Around, Picker, picked_of
from referrals.journey.rows import Rows, cell, count_rows, raw_rows, rearranged, saved_row
from referrals.journey.schools import FIND, FindSchool
from referrals.journey.suggesting import Suggestions
from referrals.record.domain.clean import Problem, is_asked
from referrals.record.domain.forms.parts import (
    CHOICE_KINDS,
    DATE_KINDS,
    NOT_KNOWN,
    PICKED_KINDS,
    YES_NO_OPTIONS,
    Answers,
    Kind,
    Page,
    Question,
)

VERSION, SHOWN, SEEN, SEARCH, DO = "page-version", "page-shown", "page-seen", "page-search", "do"
"""Names of inputs that aren't questions; the hyphen keeps them apart from every question's key."""
GOES_ON = frozenset({"continue", "go-on"})
"""What the button posts that goes on; "go-on" is Enter in a field of a list of rows."""

NOTHING_AROUND = Around()

_MOST_INSIDE = 2
_MOST_CHOICES_INSIDE = 2
_REVEALING = frozenset({Kind.CHOICE, Kind.YES_NO, Kind.MULTI})


class PageForm(GovukForm):
    """A page's questions as fields, bound to what was posted or filled with what is saved.

    It cleans nothing: `raw()` is what the record's actions take, and `show_problems` puts their answer beside the
    fields. A question that one answer opens stands inside that answer when it and its like are few; else it comes on
    the page once the answer is saved, so that nothing depends on scripts.
    """

    def __init__(
        self,
        page: Page,
        offers: Offers,
        *,
        answers: Answers,
        around: Mapping[str, Answers],
        posted: QueryDict | None = None,
        button: str = "",
        beside: Around = NOTHING_AROUND,
    ) -> None:
        posted = rearranged(page, posted) if posted is not None else None
        super().__init__(posted)
        self.button = button or gettext("Save and continue")
        self.beside = beside
        self.page, self.offers, self.posted = page, offers, posted
        self.answers, self.around = answers, around
        self.inside = _inside(page)
        self.shown = self._shown()
        self.looks: dict[str, Look] = {}  # type: ignore[misc]  # of this page, not of the class
        for question in self.shown:
            self._add(question)
        self._add_reasons()
        self._reveal()
        # The page's template has the form's tag, for the inputs that aren't questions.
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def layout(self) -> Layout:
        """The questions in their order, then the button."""
        parts: list[Any] = []
        for question in self.shown:
            if question.key in self.inside:
                continue
            if question.kind in PICKED_KINDS:
                parts.append(self.picker(question))
            elif question.kind is Kind.ROWS:
                parts.append(Rows(question, count_rows(question, self.answers, self.posted)))
            elif question.kind is Kind.BODY:
                parts.append(BodyMap(question, self.answers, self.posted))
            elif question.kind is Kind.CONDITIONS:
                names = [name for name in self.fields if name.startswith("condition-")]
                parts += [Fieldset(question.label, *names)] if names else []
            elif question.key in self.fields:
                parts += self._names(question)
                if question.finds_school:
                    parts.append(FindSchool(question, self.posted, searched=self.pressed[0] == FIND))
        return Layout(*parts, Button(self.button, name=DO, value="continue"))

    def raw(self) -> dict[str, Any]:
        """Return what was posted, as `save_page` takes it. Other names in the post are not looked at."""
        if self.posted is None:
            return {}
        raw: dict[str, Any] = {}
        for question in self.shown:
            raw.update(_raw(question, self.posted, self.offers, self.beside.suggestions))
        return raw

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Put problems beside their fields; one that belongs to no field on the page stands above them all."""
        self.is_valid()
        for problem in problems:
            name = problem.field if problem.field in self.fields else None
            self.add_error(name, ValidationError(gettext(problem.message).replace("%", "%%")))

    def has_opened(self, answers: Answers) -> bool:
        """Whether these answers ask something that wasn't on the posted page."""
        asked = {one.key for one in self.page.questions if is_asked(one, answers, self.around)}
        return not asked <= {one.key for one in self.shown}

    def wants_evidence(self) -> bool:
        """Whether something was ticked for which the posted page had no box for the evidence yet."""
        return self.posted is not None and any(
            f"evidence-{one}" not in self.posted
            for question in self.shown
            if question.kind is Kind.DESCRIPTORS
            for one in (*self.posted.getlist(question.key), *self.posted.getlist(FITS + question.key))
        )

    def label_of(self, key: str) -> str:
        """The wording of a question."""
        return self.page.question(key).label

    def picker(self, question: Question) -> Picker:
        """The picker of a question with too many options for one group."""
        return Picker(
            question,
            self.offers.groups(question.kind),
            picked=picked_of(question, self.answers, self.posted, self.beside.suggestions),
            search=self._search(),
            not_known=self._ticked(question),
            area=self.offers.area_name,
            around=self.beside,
        )

    @property
    def has_picker(self) -> bool:
        """Whether there is a picker on the page, with its search."""
        return any(question.kind in PICKED_KINDS for question in self.shown)

    @property
    def has_rows(self) -> bool:
        """Whether there is a list of rows on the page, whose buttons must not be what Enter presses."""
        return any(question.kind is Kind.ROWS or question.finds_school for question in self.shown)

    @property
    def pressed(self) -> tuple[str, str]:
        """The button that was pressed, with what it is about: `("dismiss", "sign:tw-ce-01-01")`. Enter in a field
        searches where something to search for is typed, and else keeps what is ticked."""
        verb, _, about = (self.posted.get(DO, "") if self.posted is not None else "").partition(":")
        if verb == "enter":
            verb = "search" if self.posted is not None and self.posted.get(SEARCH, "").strip() else "add"
        return verb, about

    def refuse_reason(self, key: str, message: str) -> None:
        """Show the page again with what is wrong about the reason for dismissing the override of that key."""
        self.is_valid()
        self.add_error(REASON + key, ValidationError(message))

    def _search(self) -> str:
        return self.posted.get(SEARCH, "") if self.posted is not None and self.pressed[0] == "search" else ""

    def _add_reasons(self) -> None:
        """A field for the reason of each override that can be dismissed, so that problems have a place."""
        suggestions = self.beside.suggestions
        for card in suggestions.cards if suggestions else ():
            if card.suggested is not None:
                self.fields[REASON + card.suggested.key] = Typed(widget=forms.Textarea())

    def _ticked(self, question: Question) -> bool:
        held: Mapping[str, Any] = self.answers if self.posted is None else self.posted
        return bool(held.get(question.not_known_key))

    def _shown(self) -> tuple[Question, ...]:
        before = set(self.posted.getlist(SHOWN)) if self.posted is not None else set()
        return tuple(
            question
            for question in self.page.questions
            if question.key in self.inside or question.key in before or is_asked(question, self.answers, self.around)
        )

    def _add(self, question: Question) -> None:
        if question.kind is Kind.CONDITIONS:
            self._add_conditions(question)
            return
        if question.kind in PICKED_KINDS:
            # Shown by the picker; the field stands here so that problems have a place.
            self.fields[question.key] = Typed(label=question.label, widget=forms.CheckboxSelectMultiple())
            return
        if question.kind in OWN_KINDS:
            self._add_own(question)
            return
        field, look = field_for(question, self.offers)
        if question.kind in TICK_KINDS | {Kind.LEVEL} and not getattr(field.widget, "choices", None):
            return
        field.initial = initial_of(question, self.answers)
        self.fields[question.key], self.looks[question.key] = field, look
        if question.has_tick and question.kind not in TICK_KINDS:
            self._add_tick(question)

    def _add_tick(self, question: Question) -> None:
        tick = tick_for(question)
        tick.initial = bool(self.answers.get(question.not_known_key))
        self.fields[question.not_known_key] = tick
        self.looks[question.not_known_key] = Look(small=True)

    def _add_own(self, question: Question) -> None:
        # Drawn by a template of its own; the field stands here so that problems have a place.
        self.fields[question.key] = Typed(label=question.label, widget=forms.CheckboxSelectMultiple())
        if question.kind is Kind.ROWS:
            for number in range(count_rows(question, self.answers, self.posted)):
                saved = saved_row(question, self.answers, number)
                for column in question.columns:
                    name = cell(question, number, column)
                    self.fields[name], look = field_for(column, self.offers)
                    # In one line: a row of a list is to stay short.
                    in_line = column.kind is Kind.YES_NO
                    self.looks[name] = replace(look, small=True, inline=True, dividers={}) if in_line else look
                    self.fields[name].initial = initial_of(column, saved)
        if question.has_tick:
            self._add_tick(question)

    def _add_conditions(self, question: Question) -> None:
        saved = self.answers.get(question.key) or {}
        choices = [(option.value, gettext(option.label)) for option in YES_NO_OPTIONS]
        for condition in self.offers.conditions_for(self._picked_ids()):
            name = f"condition-{condition.id}"
            self.fields[name] = Typed(label=condition.question, widget=forms.RadioSelect(choices=choices))
            self.fields[name].initial = saved.get(condition.id)

    def _picked_ids(self) -> frozenset[str]:
        chosen = [
            picked_of(question, self.answers, self.posted, self.beside.suggestions)
            for question in self.page.questions
            if question.kind is Kind.DESCRIPTORS
        ]
        return frozenset(one for picked in chosen for one in picked)

    def _reveal(self) -> None:
        for question in self.shown:
            place = self.inside.get(question.key)
            if place is None or place[0] not in self.looks or question.key not in self.fields:
                continue
            parent, value = place
            look = self.looks[parent]
            inside = [*look.reveals.get(value, ()), *self._names(question)]
            self.looks[parent] = replace(look, reveals={**look.reveals, value: inside})

    def _names(self, question: Question) -> list[Any]:
        names = [name for name in (question.key, question.not_known_key) if name in self.fields]
        if len(names) < 2:
            return names
        return [Div(*names, css_class="app-with-tick")]  # type: ignore[no-untyped-call]  # crispy-forms is untyped


def problems_digest(problems: Iterable[Problem]) -> str:
    """Return a short text that is the same for the same problems, to know which ones a person has been shown."""
    said = "\n".join(f"{problem.field}\t{problem.message}" for problem in problems)
    return hashlib.sha256(said.encode()).hexdigest()[:16] if said else ""


def _inside(page: Page) -> dict[str, tuple[str, str]]:
    """By key of a question: the question and the answer inside which it stands."""
    found: dict[str, tuple[str, str]] = {}
    by_key = {question.key: question for question in page.questions}
    for question in page.questions:
        if len(question.when) != 1 or question.when[0].page or len(question.when[0].among) != 1:
            continue
        parent = by_key[question.when[0].question]
        if question.kind is Kind.CHOICE and len(question.choices) > _MOST_CHOICES_INSIDE:
            # A long list inside a list is hard to use: it comes as a step of its own.
            continue
        if parent.kind in _REVEALING and not parent.when and question.kind not in OWN_KINDS:
            found[question.key] = (parent.key, question.when[0].among[0])
    places = list(found.values())
    return {key: place for key, place in found.items() if places.count(place) <= _MOST_INSIDE}


def _raw(
    question: Question, posted: QueryDict, offers: Offers, suggestions: Suggestions | None = None
) -> dict[str, Any]:
    key = question.key
    raw: dict[str, Any] = {}
    if question.kind is Kind.DESCRIPTORS:
        picked = picked_of(question, {}, posted, suggestions)
        raw[key] = [{"id": one, "evidence": evidence} for one, evidence in picked.items()]
    elif question.kind is Kind.CONDITIONS:
        names = {condition.id: f"condition-{condition.id}" for condition in offers.conditions}
        raw[key] = {condition: posted.get(name, "") for condition, name in names.items() if name in posted}
    elif question.kind is Kind.ROWS:
        raw[key] = raw_rows(question, posted)
    elif question.kind is Kind.BODY:
        raw[key] = raw_body(question, posted)
    elif question.kind in TICK_KINDS | PICKED_KINDS:
        ticked = [*posted.getlist(key), *posted.getlist(FITS + key)]
        if question.has_tick and NOT_KNOWN in ticked:
            ticked = [one for one in ticked if one != NOT_KNOWN]
            raw[question.not_known_key] = "on"
        raw[key] = ticked
    elif question.kind in DATE_KINDS:
        raw[key] = {part: posted.get(f"{key}_{part}", "") for part in PARTS}
    else:
        raw[key] = posted.get(key, "")
    if question.has_tick and question.kind not in CHOICE_KINDS and posted.get(question.not_known_key):
        raw[question.not_known_key] = "on"
    return raw
