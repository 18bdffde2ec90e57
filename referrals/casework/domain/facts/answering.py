"""Where a fact is answered: from what the check asks, or an override hangs on, back to the question of the form."""

from collections.abc import Iterable
from dataclasses import dataclass

from referrals.record.domain.forms.parts import Option, Page, Per, Question, Specification
from thresholds.domain.parts import Flag

_CIRCUMSTANCES = "circumstances"
_FLAGS: dict[Flag, str] = {
    Flag.IMMEDIATE_DANGER: "danger",
    Flag.DISCLOSURE: "source",
    Flag.ALLEGATION_AGAINST_PROFESSIONAL: "alleged",
    Flag.NON_MOBILE_INJURY: "injured",
    Flag.PRIVATE_FOSTERING: "cared_by",
}
"""Circumstances that are told by the answer to another question than that of circumstances."""
_ASKED: dict[str, str] = {
    "harm": "harm",
    "age": "born",
    "moves_about": "moves_about",
    "protective": "protective",
    "descriptors": "descriptors",
    "condition": "conditions",
    "outside_age": "born",
    "also": "signs",
    "indicator": "signs",
    "indicator_level": "signs",
    "not_in_pack": "descriptors",
}
"""What the check asks, by the beginning of its key (thresholds/domain/check_asks.py), to the key of the question."""


@dataclass(frozen=True, slots=True)
class Place:
    """A question on a page of the form."""

    page: Page
    question: Question


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A circumstance that is recorded by choosing an option of the page about them."""

    flag: Flag
    option: Option


def place_of(form: Specification, question: str, *per: Per) -> Place | None:
    """Return where the form asks a question for any of `per`; None where it doesn't."""
    for page in form.pages:
        for one in page.questions:
            if one.key == question and page.per in per:
                return Place(page, one)
    return None


def asked_at(form: Specification, key: str) -> Place | None:
    """Return where a fact is answered that would change a child's check; None where the form doesn't ask it.

    `key` is that of the check's question. Raises KeyError for one that no question is known for.
    """
    return place_of(form, _ASKED[key.partition(":")[0]], Per.CHILD)


def circumstances_for(form: Specification, flags: Iterable[Flag]) -> tuple[Circumstance, ...]:
    """Return those of the flags that are recorded by choosing an option of the page about circumstances."""
    place = place_of(form, _CIRCUMSTANCES, Per.CHILD)
    options = {option.value: option for option in place.question.options} if place else {}
    return tuple(Circumstance(flag, options[flag.value]) for flag in flags if flag.value in options)


def elsewhere_for(form: Specification, flags: Iterable[Flag]) -> tuple[Place, ...]:
    """Return the questions, besides that of circumstances, whose answers tell these flags."""
    found = (place_of(form, _FLAGS[flag], Per.REFERRAL, Per.CHILD) for flag in flags if flag in _FLAGS)
    return tuple(place for place in found if place is not None)
