"""A form with every kind of field that the pack shows; the people in it are invented."""

from typing import Any

from django import forms

from govuk.fields import GovukDateField
from govuk.forms import GovukForm
from govuk.layout import Button, Component, Field, Fieldset, Layout
from govuk.looks import Look

YES_NO_UNKNOWN = [("yes", "Yes"), ("no", "No"), ("not_known", "I do not know")]


class DemonstrationForm(GovukForm):
    """Each field stands for one variant of a component."""

    full_name = forms.CharField(
        label="Child's full name",
        help_text="As it stands in your records.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    email = forms.EmailField(label="Work email address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    nhs_number = forms.CharField(
        label="NHS number",
        help_text="10 digits, for example 999 123 4567.",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    hours = forms.IntegerField(label="How long was the child alone?", min_value=0, max_value=72)
    password = forms.CharField(label="Password", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    date_of_birth = GovukDateField(label="Date of birth", subject="Date of birth", help_text="For example, 31 3 2016.")
    worry = forms.CharField(
        label="What are you worried about?",
        help_text="What you saw or heard, and what the child said in their own words.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    family_view = forms.CharField(label="What does the family say?", widget=forms.Textarea)
    seen = forms.ChoiceField(label="Has the child been seen today?", choices=YES_NO_UNKNOWN, widget=forms.RadioSelect)
    seen_by = forms.CharField(label="Who saw the child?", max_length=200)
    sleep = forms.ChoiceField(
        label="Does the child sleep at home?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    concerns = forms.MultipleChoiceField(
        label="What have you noticed?",
        help_text="Choose all that apply.",
        choices=[
            ("injury", "An injury"),
            ("neglect", "Not being looked after"),
            ("behaviour", "A change in behaviour"),
            ("none", "None of these"),
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    where = forms.CharField(label="Where on the body?", max_length=200)
    setting = forms.ChoiceField(
        label="Where do you work?",
        choices=[("", "Choose"), ("school", "School"), ("health", "Health"), ("police", "Police")],
    )
    document = forms.FileField(label="Add a document", help_text="A photograph, a letter or a body map.", required=True)
    understood = forms.BooleanField(label="I have kept my own notes", help_text="Your agency's record stays yours.")

    looks = {
        "nhs_number": Look(width="10"),
        "hours": Look(width="2", suffix="hours"),
        "worry": Look(count=True),
        "seen": Look(
            hints={"yes": "By you or by a colleague."},
            dividers={"not_known": "or"},
            reveals={"yes": ["seen_by"]},
        ),
        "sleep": Look(inline=True),
        "concerns": Look(
            small=True, exclusive=frozenset({"none"}), dividers={"none": "or"}, reveals={"injury": ["where"]}
        ),
        "seen_by": Look(size=""),
        "where": Look(size=""),
    }

    def layout(self) -> Layout:
        """One of each layout object too."""
        return Layout(
            Fieldset("About the child", "full_name", "nhs_number", "date_of_birth", size="l"),
            Component("inset_text", text="Ask yourself what a day is like for this child."),
            "worry",
            "family_view",
            Field("seen", Look(size="m", reveals={"yes": ["seen_by"]}, hints={"yes": "By you or by a colleague."})),
            "sleep",
            "hours",
            "concerns",
            Component("details", "document", summary_text="Add a document"),
            Fieldset("About you", "email", "setting", "password"),
            "understood",
            Component("button_group", Button("Continue"), Button("Save for later", name="save", kind="secondary")),
        )

    def clean_concerns(self) -> list[str]:
        """`None of these` goes with nothing else, script or no script."""
        chosen: list[str] = self.cleaned_data["concerns"]
        if "none" in chosen and len(chosen) > 1:
            raise forms.ValidationError("Choose what you have noticed, or “None of these”")
        return chosen


def wrong_answers() -> dict[str, Any]:
    """Answers that bring out an error of every field."""
    return {
        "full_name": "",
        "email": "amara",
        "nhs_number": "999 123 4567 8",
        "hours": "many",
        "date_of_birth_day": "31",
        "date_of_birth_month": "",
        "date_of_birth_year": "2016",
        "seen": "yes",
        "concerns": ["injury", "none"],
    }
