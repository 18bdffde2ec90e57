"""Raw input of a page to cleaned answers, with problems. Pure, and total: it raises on no input.

Two rules lead. What was typed is kept: words are either in the answers or stand beside a problem that blocks saving,
so that the form shows them again. And where harm is possible nothing blocks: it is flagged and carried along.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from referrals.record.domain.clean_values import Options, Outcome, clean_value
from referrals.record.domain.forms.parts import NOT_KNOWN, Answers, Page, Question

HOME_AREA = "home_area"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to put right, beside the question `field`; in a list of rows beside a cell, "agencies-0-phone".

    `blocks`: the page isn't saved until it is.
    """

    field: str
    message: str
    blocks: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What cleaning needs to know. `today` is England's day. `around` holds the other pages' answers, by page."""

    today: date
    harm_possible: bool
    options: Options = field(default_factory=Options)
    around: Mapping[str, Answers] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Answers to save, problems to show, and the keys of answers that were dropped as their question isn't asked."""

    answers: dict[str, Any]
    problems: tuple[Problem, ...]
    dropped: tuple[str, ...]

    @property
    def blocks(self) -> bool:
        """Whether the page can't be saved."""
        return any(problem.blocks for problem in self.problems)


def clean_answers(page: Page, raw: object, context: Context) -> Cleaned:
    """Return the cleaned answers of a page.

    `raw` maps keys of questions to what was typed: text, a list of texts, a date as text or as its parts `day`,
    `month` and `year`, chosen descriptors as mappings of `id` and `evidence`, places on the body as mappings of `id`
    and `words`, rows as a list of mappings, conditions as a mapping of id to answer.
    Cleaned answers are valid input and come back unchanged. An unknown key is refused.
    """
    if not isinstance(raw, Mapping):
        return Cleaned({}, (Problem("", "What was sent is not a form of this page.", blocks=True),), ())
    answers: dict[str, Any] = {}
    problems: list[Problem] = []
    dropped: list[str] = []
    for question in page.questions:
        if not is_asked(question, answers, context.around):
            dropped += [question.key] if _is_filled(question, raw) else []
            continue
        outcome = clean_value(question, raw.get(question.key), context.options, context.today)
        answers.update(_kept(question, outcome, raw, harm_possible=context.harm_possible))
        problems += [
            Problem(question.key + fault.place, fault.message, blocks=fault.grave and not _carried(outcome, context))
            for fault in outcome.faults
        ]
        if question.has_tick and raw.get(question.not_known_key) and question.key in answers:
            problems.append(
                Problem(
                    question.key, "You ticked 'not known' and also wrote an answer. The answer is kept.", blocks=False
                )
            )
    problems += _area_of_postcode(page, answers, context.options)
    problems += _unknown_keys(page, raw, blocks=not context.harm_possible)
    return Cleaned(answers, tuple(problems), tuple(dropped))


def is_asked(question: Question, answers: Answers, around: Mapping[str, Answers]) -> bool:
    """Say whether a question is asked, given the answers before it on its page and those of other pages."""
    return all(when.holds(around.get(when.page, {}) if when.page else answers) for when in question.when)


def is_answered(question: Question, answers: Answers) -> bool:
    """Say whether a question has an answer, "not known" included."""
    return question.key in answers or bool(answers.get(question.not_known_key))


def _carried(outcome: Outcome, context: Context) -> bool:
    return context.harm_possible and not outcome.impossible


def _kept(question: Question, outcome: Outcome, raw: Mapping[Any, Any], *, harm_possible: bool) -> dict[str, Any]:
    grave = any(fault.grave for fault in outcome.faults)
    if outcome.value is not None and (not grave or (harm_possible and not outcome.impossible)):
        return {question.key: outcome.value}
    if question.has_tick and raw.get(question.not_known_key) and not outcome.faults:
        return {question.not_known_key: True}
    return {}


def _is_filled(question: Question, raw: Mapping[Any, Any]) -> bool:
    return _says(raw.get(question.key)) or bool(question.has_tick and raw.get(question.not_known_key))


def _says(value: object, levels: int = 4) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    if levels and isinstance(value, Mapping):
        return any(_says(one, levels - 1) for one in value.values())
    if levels and isinstance(value, list | tuple):
        return any(_says(one, levels - 1) for one in value)
    return bool(value)


def _area_of_postcode(page: Page, answers: Answers, options: Options) -> list[Problem]:
    """What the postcode says of the home area. It proposes and never overrides: somebody may know better."""
    area = options.postcode_areas.get(str(answers.get("postcode", "")).replace(" ", ""))
    if area is None or all(question.key != HOME_AREA for question in page.questions):
        return []
    said = answers.get(HOME_AREA)
    if said == area:
        return []
    name = options.area_names.get(area, "another area than those listed")
    if said in {None, NOT_KNOWN}:
        message = f"The postcode is in {name}. If the child's home is there, choose it."
    else:
        message = f"The postcode is in {name}, and you chose another area. Both are kept: check which one is right."
    return [Problem(HOME_AREA, message, blocks=False)]


def _unknown_keys(page: Page, raw: Mapping[Any, Any], *, blocks: bool) -> list[Problem]:
    known = {question.key for question in page.questions}
    known |= {question.not_known_key for question in page.questions if question.has_tick}
    unknown = sum(1 for key in raw if key not in known)
    # The key itself isn't repeated: it may be anything that somebody made up.
    return [Problem("", "Something was sent that this page doesn't ask. It was not saved.", blocks)] if unknown else []
