"""The auditor's search."""

from django import forms
from django.core.exceptions import ValidationError

from audit.domain.search import Search
from audit.models import Entry
from govuk.fields import GovukDateField
from govuk.forms import GovukForm


class SearchForm(GovukForm):
    """What to look for. Everything may stay empty."""

    submit_text = "Search"

    person = forms.CharField(
        label="Person", help_text="Part of a name, or the person's number in this system", required=False, max_length=100
    )
    verb = forms.CharField(label="What was done", help_text="For example people.view", required=False, max_length=100)
    subject_id = forms.CharField(
        label="Record", help_text="Number of the record that was seen or changed", required=False, max_length=64
    )
    outcome = forms.ChoiceField(
        label="Outcome", choices=[("", "Any"), *Entry.Outcome.choices], required=False, widget=forms.RadioSelect
    )
    since = GovukDateField(label="From", subject="The first day", required=False)
    until = GovukDateField(label="To", subject="The last day", required=False)

    def clean_person(self) -> str:
        """PostgreSQL's text cannot hold a NUL; Django's field refuses it, and this strips what was pasted around."""
        return str(self.cleaned_data["person"]).strip()
