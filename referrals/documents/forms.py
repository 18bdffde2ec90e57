"""Questions about a copy for the family: whom it is about and who gets it, then what goes into it."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from govuk.forms import GovukForm
from govuk.layout import Button, Layout
from govuk.looks import Look
from referrals.documents.domain.family import NOBODY, ForWhom, Offered
from referrals.documents.presenters.family_page import Reachable
from referrals.record.domain.passages import Passage

OTHER = "other"
SHOW, MAKE = "show", "make"
"""What the buttons post as `do`."""


class WhomForm(GovukForm):
    """Which children the copy is about, who gets it, and whom that person can ask."""

    children = forms.MultipleChoiceField(
        label=_("Which children is the copy about?"),
        help_text=_("Only children of the person who gets it."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the children whom the copy is about")},
    )
    recipient = forms.ChoiceField(
        label=_("Who gets it?"),
        help_text=_("One copy for one person. What somebody said themselves goes to nobody else."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who gets it")},
    )
    other = forms.CharField(label=_("Their name, and who they are to the children"), max_length=200, required=False)
    ask = forms.CharField(
        label=_("Whom can they ask about it?"),
        help_text=_("A name or a role, and a work number. It is printed on the copy: nothing private."),
        max_length=300,
        error_messages={"required": _("Write whom they can ask, and how")},
    )
    looks = {"recipient": Look(reveals={OTHER: ["other"]})}

    def __init__(
        self, *args: Any, children: Mapping[str, str], people: Sequence[Reachable], hidden: bool = False, **more: Any
    ) -> None:
        """`children` are names by id; `people` those on record who can get it. `hidden`: asked before, and kept."""
        super().__init__(*args, **more)
        self.names, self.people = children, {one.id: one for one in people}
        self.fields["children"].choices = list(children.items())  # type: ignore[attr-defined]
        self.fields["recipient"].choices = [  # type: ignore[attr-defined]
            *((one.id, one.words) for one in people),
            (OTHER, gettext("Somebody else of the family")),
        ]
        if len(children) == 1:
            del self.fields["children"]
        if hidden:
            for name, field in self.fields.items():
                field.widget = forms.MultipleHiddenInput() if name == "children" else forms.HiddenInput()

    def layout(self) -> Layout:
        """The questions, and the button that shows what it would hold."""
        shown = [name for name in self.fields if name != "other"]
        return Layout(*shown, Button(gettext("Show what it would hold"), name="do", value=SHOW))

    def clean(self) -> dict[str, Any]:
        """Ask for the name of somebody who isn't on record."""
        cleaned = super().clean() or {}
        if cleaned.get("recipient") == OTHER and not cleaned.get("other"):
            self.add_error("other", gettext("Write their name, and who they are to the children"))
        return cleaned

    def whom(self) -> ForWhom:
        """Whom the copy is about and who gets it. The form is valid."""
        chosen = self.cleaned_data.get("children", list(self.names))
        recipient = self.cleaned_data["recipient"]
        return ForWhom(children=frozenset(chosen), recipient=NOBODY if recipient == OTHER else recipient)

    def recipient_words(self) -> str:
        """How who gets it is called. The form is valid."""
        recipient = self.cleaned_data["recipient"]
        return self.cleaned_data["other"] if recipient == OTHER else self.people[recipient].words


class PutInForm(GovukForm):
    """Which answers go in, and that a person has looked."""

    put_in = forms.MultipleChoiceField(required=False)
    submission = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("I have read all that goes in, and it puts nobody at risk"),
        error_messages={"required": _("Read what goes in, and confirm that it puts nobody at risk")},
    )
    may_have_it = forms.BooleanField(
        label=_("This person may have it: nothing says that they must not, and nobody says that they harmed a child"),
        error_messages={"required": _("Confirm that this person may have it")},
    )

    def __init__(self, *args: Any, offered: Sequence[Offered], **more: Any) -> None:
        super().__init__(*args, **more)
        self.passages: dict[str, Passage] = {one.passage.code: one.passage for one in offered}
        self.fields["put_in"].choices = [(code, code) for code in self.passages]  # type: ignore[attr-defined]
        # The template has the form's tag, the token and a tick beside each answer.
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def clean(self) -> dict[str, Any]:
        """Ask for what goes in: nothing is ticked beforehand."""
        cleaned = super().clean() or {}
        if not cleaned.get("put_in") and "put_in" not in self.errors:
            self.add_error("read", gettext("Nothing is ticked above. Tick what goes in, or make no copy"))
        return cleaned

    def layout(self) -> Layout:
        """What is confirmed, and the button that names the act."""
        return Layout("submission", "read", "may_have_it", Button(gettext("Make the copy"), name="do", value=MAKE))

    def chosen(self) -> frozenset[Passage]:
        """The answers that go in. The form is valid."""
        return frozenset(self.passages[code] for code in self.cleaned_data["put_in"])

    @property
    def ticked(self) -> frozenset[str]:
        """Codes of what was ticked when it was posted."""
        return frozenset(self.data.getlist("put_in")) if self.is_bound else frozenset()  # type: ignore[attr-defined]
