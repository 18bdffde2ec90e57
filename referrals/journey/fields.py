"""Fields that take what was typed as it is: cleaning is the record's, where possible harm lets everything through."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext

from govuk.looks import Look
from govuk.widgets import PARTS, GovukDateWidget
from referrals.journey.offers import Offers
from referrals.record.domain.forms.parts import CHOICE_KINDS, DATE_KINDS, NOT_KNOWN, Kind, Option, Question
from referrals.record.domain.forms.wording import I_DO_NOT_KNOW, in_words

_SHORT = {
    Kind.POSTCODE: "10",
    Kind.PHONE: "20",
    Kind.TIME: "10",
    Kind.NHS_NUMBER: "20",
    Kind.UPN: "20",
    Kind.URN: "10",
}
TICK_KINDS = frozenset({Kind.MULTI, Kind.PROTECTIVE_FACTORS, Kind.HARM_FACTORS})
"""Kinds that are shown as one group of checkboxes."""
OWN_KINDS = frozenset({Kind.ROWS, Kind.BODY})
"""Kinds whose part of the page is drawn by a template of their own."""


class Typed(forms.Field):
    """Whatever was typed or chosen, unchanged. `max_length` is only what the page counts down from."""

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.max_length = max_length

    def to_python(self, value: Any) -> Any:
        """The value itself."""
        return value


def field_for(question: Question, offers: Offers) -> tuple[Typed, Look]:
    """Return the field of a question and how it looks. Not for the kinds of the picker, for conditions, rows and the
    body."""
    words: dict[str, Any] = {"label": question.label, "help_text": question.hint}
    if question.kind is Kind.SCALE:
        listed = choices_of(question, offers)
        return Typed(widget=forms.Select(choices=[("", gettext("Choose")), *_pairs(listed)]), **words), Look()
    if question.kind in CHOICE_KINDS:
        listed = choices_of(question, offers)
        return Typed(widget=forms.RadioSelect(choices=_pairs(listed)), **words), _look(listed)
    if question.kind in TICK_KINDS:
        listed = choices_of(question, offers)
        boxes = forms.CheckboxSelectMultiple(choices=_pairs(listed))
        return Typed(widget=boxes, **words), _look(listed, small=len(listed) > 6)
    if question.kind in DATE_KINDS:
        return Typed(widget=GovukDateWidget(), **words), Look()
    if question.kind is Kind.LONG_TEXT:
        rows = "3" if question.limit else "6"
        return (
            Typed(widget=forms.Textarea({"rows": rows}), max_length=question.longest, **words),
            # The general limit is so wide that counting towards it would only be noise.
            Look(count=bool(question.limit)),
        )
    return Typed(widget=forms.TextInput(), **words), Look(width=_SHORT.get(question.kind, ""))


def tick_for(question: Question) -> Typed:
    """Return the field of the tick "I don't know" beside a text or a date."""
    label = format_html('{}<span class="govuk-visually-hidden">: {}</span>', gettext(I_DO_NOT_KNOW), question.label)
    return Typed(label=label, help_text=question.unknown_costs, widget=forms.CheckboxInput())


def choices_of(question: Question, offers: Offers) -> tuple[Option, ...]:
    """Return all that can be chosen: what the packs offer, what the form offers, and "not known" last."""
    own = question.choices
    if question.has_tick:
        own = (*own, Option(NOT_KNOWN, gettext("Not known"), hint=question.unknown_costs, exclusive=True))
    return (*offers.options(question.kind), *(in_words(one, gettext) for one in own))


def initial_of(question: Question, answers: Mapping[str, Any]) -> Any:
    """Return a stored answer the way its field shows it."""
    value = answers.get(question.key)
    if question.kind in DATE_KINDS:
        return _parts(value)
    if question.kind in TICK_KINDS:
        ticked = list(value) if isinstance(value, list) else []
        return [*ticked, NOT_KNOWN] if answers.get(question.not_known_key) else ticked
    return value


def _parts(value: object) -> list[str | None]:
    if isinstance(value, Mapping):
        return [str(value.get(part) or "") for part in PARTS]
    if not isinstance(value, str) or not value:
        return [None, None, None]
    year, month, day = [*value.split("-"), "", ""][:3]
    return [day.lstrip("0"), month.lstrip("0"), year]


def _pairs(listed: Sequence[Option]) -> list[tuple[str, str]]:
    return [(option.value, option.label) for option in listed]


def _look(listed: Sequence[Option], *, small: bool = False) -> Look:
    last = listed[-1].value if listed else ""
    divided = len(listed) > 2 and (last == NOT_KNOWN or listed[-1].exclusive)
    first_alone = next((one.value for one in listed if one.exclusive or one.value == NOT_KNOWN), last)
    return Look(
        small=small,
        hints={option.value: option.hint for option in listed if option.hint},
        dividers={first_alone: gettext("or")} if divided else {},
        exclusive=frozenset(option.value for option in listed if option.exclusive),
    )
