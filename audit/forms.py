"""The auditor's search."""

from typing import Any, cast

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.domain.search import Search
from audit.models import Entry
from audit.naming import as_uuid
from govuk.fields import GovukDateField, date_error
from govuk.forms import GovukForm
from govuk.looks import Look


class SearchForm(GovukForm):
    """What to look for. Everything may stay empty; what was typed never gets into an address."""

    submit_text = _("Search")
    looks = {"verb": Look(width="20"), "outcome": Look(small=True)}

    person = forms.CharField(
        label=_("Who"),
        help_text=_("Part of a name, or a number as shown in the list"),
        required=False,
        max_length=100,
    )
    verb = forms.CharField(
        label=_("What"),
        help_text=_("As shown in the list: audit.read"),
        required=False,
        max_length=100,
    )
    subject_id = forms.CharField(
        label=_("Which record"),
        help_text=_("A referral's reference, or a number as shown in the list"),
        required=False,
        max_length=64,
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("Either")), *((value, _(words)) for value, words in Entry.Outcome.choices)],
        required=False,
        widget=forms.RadioSelect,
    )
    since = GovukDateField(label=_("First day"), subject=_("The first day"), required=False)
    until = GovukDateField(label=_("Last day"), subject=_("The last day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Not back to the page of the list that was open.
        self.helper.form_action = reverse("audit:entries")

    @classmethod
    def showing(cls, search: Search) -> "SearchForm":
        """Return the form filled with a search that is in force."""
        return cls(initial={name: getattr(search, name) for name in cls.base_fields})

    def clean_subject_id(self) -> str:
        """The number as the record writes it: a UUID may be typed in capitals or without hyphens."""
        typed = cast(str, self.cleaned_data["subject_id"])
        number = as_uuid(typed)
        return str(number) if number else typed

    def clean(self) -> None:
        """Refuse a last day before the first."""
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            self.add_error("until", date_error(gettext("The last day must be the same as or after the first day")))

    def search(self) -> Search:
        """Return what was asked for; only of a valid form."""
        return Search(**self.cleaned_data)
