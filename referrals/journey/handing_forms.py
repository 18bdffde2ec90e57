"""Giving a draft to a colleague, and answering that."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from govuk.forms import GovukForm
from govuk.layout import Button, Layout
from govuk.looks import Look

SHARE, HAND_OVER = "share", "hand_over"
GIVE = "give"


class GiveForm(GovukForm):
    """Which of the people found, what they may do with it, and a note for them."""

    name = forms.CharField(widget=forms.HiddenInput, required=False)
    person = forms.ChoiceField(
        label=_("Who?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a colleague")},
    )
    what = forms.ChoiceField(
        label=_("What should they do with it?"),
        choices=[(SHARE, _("Write on it with me")), (HAND_OVER, _("Take it over"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they should do with it")},
    )
    note = forms.CharField(
        label=_("A note for them"),
        help_text=_("Why you hand it over, and what is still to do. Only they read it."),
        widget=forms.Textarea({"rows": "4"}),
        max_length=2000,
        error_messages={"required": _("Write a note for them")},
    )

    def __init__(self, *args: Any, found: Sequence[Person], may_share: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [(str(one.pk), one.full_name) for one in found]  # type: ignore[attr-defined]
        hints = {str(one.pk): one.job_title for one in found if one.job_title}
        if not may_share:
            del self.fields["what"]
        self.fields["note"].required = not may_share or self.data.get("what") == HAND_OVER
        self.looks = {  # type: ignore[misc]  # on the form itself: who was found differs from search to search
            "person": Look(hints=hints),
            "what": Look(
                hints={
                    SHARE: gettext("It stays yours. They see all of it from now on."),
                    HAND_OVER: gettext(
                        "Once they accept it is theirs to finish and send. You go on seeing what becomes of it."
                    ),
                },
                reveals={HAND_OVER: ["note"]},
            ),
            "note": Look(count=True),
        }

    def layout(self) -> Layout:
        """The people, what for, and one button."""
        middle = ("what",) if "what" in self.fields else ("note",)
        return Layout("name", "person", *middle, Button(gettext("Continue"), name="do", value=GIVE))


class AnswerOfferForm(GovukForm):
    """Whether somebody takes over a draft."""

    accept = forms.ChoiceField(
        label=_("Do you take it over?"),
        choices=[("yes", _("Yes, I take it over")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether you take it over")},
    )
    why = forms.CharField(
        label=_("Why not, and who could?"),
        required=False,
        widget=forms.Textarea({"rows": "3"}),
        max_length=1000,
    )
    looks = {
        "accept": Look(
            size="m",
            hints={"yes": _("You can then read and change all of it. Finish it and send it.")},
            reveals={"no": ["why"]},
        )
    }
