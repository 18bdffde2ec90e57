"""Answers that were given about an answer on another page: they go when that one changes."""

from collections.abc import Iterator
from dataclasses import dataclass

from referrals.record.domain.forms.parts import Answers


@dataclass(frozen=True, slots=True)
class Hanging:
    """An answer on another page of the same person, with what was asked only because of it."""

    page: str
    question: str
    opened: tuple[str, ...] = ()
    """Questions that it opened: what was written there is set aside, and offered again when they are asked again."""


_AGREED = Hanging("indicated", "keeps_judgement", ("differs_because",))
"""Whether the judgement stands beside the level that the area's document indicates, and why."""

_HANGING: dict[tuple[str, str], tuple[Hanging, ...]] = {
    # "No, I want to change it" and "yes, although it differs" were said of the level that was judged then.
    ("judged", "judged_level"): (_AGREED,),
    # Level 3 of one area isn't level 3 of another. The reason stays: it is about the child.
    ("child-home", "home_area"): (Hanging("judged", "judged_level"), _AGREED),
}


def gone_with(page: str, before: Answers, after: Answers) -> Iterator[Hanging]:
    """Return what was said about answers of `page` that are others now."""
    for (where, question), hanging in _HANGING.items():
        if where == page and before.get(question) != after.get(question):
            yield from hanging


def without(hanging: Hanging, answers: Answers) -> tuple[dict[str, object], dict[str, object]]:
    """Return the answers of its page without it, and those of them that are set aside."""
    gone = {hanging.question, *hanging.opened}
    return (
        {key: value for key, value in answers.items() if key not in gone},
        {key: value for key, value in answers.items() if key in hanging.opened},
    )
