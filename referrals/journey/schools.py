"""Finding a school in the register on its page: words are posted, what is found can be chosen, and nothing needs it."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import LayoutObject
from django import forms
from django.http import QueryDict
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from referrals.places.selectors import MOST_FOUND, school_of, schools_found
from referrals.record.domain.forms.parts import Page, Question

FIND = "find-school"
"""What the button posts."""
FOUND = "school-found"
"""The name of the choice among what was found; its value is the school's number."""
NUMBER = "school_urn"


class FindSchool(LayoutObject):
    """The button beside the school's name, and what was found by it."""

    def __init__(self, question: Question, posted: QueryDict | None, *, searched: bool) -> None:
        self.fields: list[Any] = []
        self.words = posted.get(question.key, "").strip() if searched and posted is not None else ""
        self.searched = searched

    def render(self, form: forms.BaseForm, context: Context, template_pack: str = "govuk", **_: object) -> SafeString:
        """The markup. Only what the button asked for is looked up."""
        found = schools_found(self.words) if self.searched else ()
        return render_to_string(
            "journey/find_school.html",
            {
                "searched": self.searched,
                "words": self.words,
                "found": found,
                "name": FOUND,
                "find": FIND,
                "more": len(found) == MOST_FOUND,
            },
        )


def with_school(page: Page, raw: Mapping[str, Any], posted: QueryDict) -> dict[str, Any]:
    """Return what was typed with the school that was chosen from the register, or with the name of the one whose number
    was typed without a name. What somebody wrote is never overwritten by what they didn't choose."""
    changed = dict(raw)
    question = next((one for one in page.questions if one.finds_school), None)
    if question is None:
        return changed
    chosen = school_of(posted.get(FOUND))
    if chosen is not None:
        changed |= {question.key: chosen.name, NUMBER: chosen.urn}
    elif not str(changed.get(question.key, "")).strip():
        known = school_of("".join(str(changed.get(NUMBER, "")).split()))
        if known is not None:
            changed[question.key] = known.name
    return changed
