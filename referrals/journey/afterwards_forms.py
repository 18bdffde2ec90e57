"""Forms of what comes after sending: what was said about agreement, who was told, and on which lawful basis."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from govuk.fields import GovukDateField, date_error
from govuk.forms import GovukForm
from govuk.looks import Look
from referrals.journey.presenters.bases import BasesGroup
from referrals.record.domain.forms.agreed import AGREED_IN_PART

LONG = 3000

_LIMITED = {question.key: question for question in AGREED_IN_PART}
_WANTED = {
    "agreed_parts": gettext_noop("Choose which parts may go along"),
    "agreed_with": gettext_noop("Choose who may have them"),
    "limits": gettext_noop("Write what they agree to, in their words"),
}
SAID = (
    ("given", gettext_noop("They agree to all of it")),
    ("limited", gettext_noop("They agree to some of it")),
    ("refused", gettext_noop("They say no")),
    ("withdrawn", gettext_noop("They agreed before and take it back")),
)


class AgreementForm(GovukForm):
    """What somebody says about agreement after it was submitted."""

    said = forms.ChoiceField(
        label=_("What do they say now?"),
        choices=[(value, _(words)) for value, words in SAID],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what they say now")},
    )
    agreed_parts = forms.MultipleChoiceField(
        label=_(_LIMITED["agreed_parts"].label),
        help_text=_(_LIMITED["agreed_parts"].hint),
        choices=[(option.value, _(option.label)) for option in _LIMITED["agreed_parts"].options],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed_with = forms.MultipleChoiceField(
        label=_(_LIMITED["agreed_with"].label),
        choices=[(option.value, _(option.label)) for option in _LIMITED["agreed_with"].options],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    limits = forms.CharField(
        label=_(_LIMITED["limits"].label),
        widget=forms.Textarea({"rows": "3"}),
        max_length=LONG,
        required=False,
    )
    said_on = GovukDateField(label=_("On which day did they say so?"), subject=_("The day"), required=False)
    said_to = forms.CharField(label=_("Whom did they tell?"), max_length=200, required=False)
    words = forms.CharField(
        label=_("What did they say, in their own words?"),
        widget=forms.Textarea({"rows": "5"}),
        max_length=LONG,
        error_messages={"required": _("Write what they said")},
    )
    looks = {
        "said": Look(reveals={"limited": ["agreed_parts", "agreed_with", "limits"]}),
        **{
            key: Look(
                small=True,
                hints={option.value: _(option.hint) for option in _LIMITED[key].options if option.hint},
                exclusive=frozenset(option.value for option in _LIMITED[key].options if option.exclusive),
                dividers={_LIMITED[key].options[-1].value: _("or")},
            )
            for key in ("agreed_parts", "agreed_with")
        },
    }
    submit_text = _("Record it")

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_said_on(self) -> date | None:
        """Refuse a day to come."""
        return _not_to_come(self.cleaned_data["said_on"], self.today)

    def clean(self) -> dict[str, Any]:
        """Ask to what the agreement is limited: what somebody said has to be known before it can be kept to."""
        cleaned = super().clean() or {}
        if cleaned.get("said") == "limited":
            for key, message in _WANTED.items():
                if not cleaned.get(key) and key not in self.errors:
                    self.add_error(key, gettext(message))
        return cleaned


class ToldForm(GovukForm):
    """That somebody was told of the sharing."""

    told_on = GovukDateField(
        label=_("When were they told?"),
        subject=_("The day"),
        error_messages={"required": _("Enter the day on which they were told")},
    )
    told_by = forms.CharField(
        label=_("Who told them?"),
        max_length=200,
        error_messages={"required": _("Write who told them")},
    )
    words = forms.CharField(
        label=_("What were they told, and what did they say?"),
        widget=forms.Textarea({"rows": "5"}),
        max_length=LONG,
        error_messages={"required": _("Write what was said")},
    )
    submit_text = _("Record it")

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_told_on(self) -> date | None:
        """Refuse a day to come."""
        return _not_to_come(self.cleaned_data["told_on"], self.today)


class BasesForm(GovukForm):
    """Other lawful bases than those that the facts suggest."""

    why = forms.CharField(
        label=_("Why do you choose these?"),
        help_text=_("Leave it empty if you go back to what is suggested."),
        widget=forms.Textarea({"rows": "4"}),
        max_length=LONG,
        required=False,
    )
    submit_text = _("Save the lawful basis")

    def __init__(self, *args: Any, groups: Sequence[BasesGroup], **more: Any) -> None:
        """`groups` are the questions of law with what each child's facts offer."""
        super().__init__(*args, **more)
        self.groups = groups
        looks = {}
        for group in groups:
            self.fields[group.key] = forms.MultipleChoiceField(
                label=group.name,
                help_text=group.hint,
                choices=[(one.id, gettext(one.name)) for one in group.offered],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            looks[group.key] = Look(hints={one.id: gettext(one.sentence) for one in group.offered})
        self.order_fields([group.key for group in groups] + ["why"])
        self.looks = looks  # type: ignore[misc]  # of this page, not of the class

    def chosen(self) -> frozenset[str]:
        """What was chosen beyond the suggested; empty where it is just those. The form is valid."""
        picked = {one for group in self.groups for one in self.cleaned_data[group.key]}
        return (
            frozenset() if picked == {one.id for group in self.groups for one in group.suggested} else frozenset(picked)
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a basis where the law asks for one, and why, where it isn't what is suggested."""
        cleaned = super().clean() or {}
        for group in self.groups:
            # With nothing chosen anywhere, the suggested ones would come back unseen.
            if group.suggested and not cleaned.get(group.key) and group.key not in self.errors:
                self.add_error(group.key, gettext("Choose at least one answer to “%(group)s”") % {"group": group.name})
        if not self.errors and self.chosen() and not cleaned.get("why"):
            self.add_error("why", gettext("Write why you choose another lawful basis"))
        return cleaned


def _not_to_come(day: date | None, today: date) -> date | None:
    if day is not None and day > today:
        raise date_error(gettext("The day must be today or in the past"), "day", "month", "year")
    return day
