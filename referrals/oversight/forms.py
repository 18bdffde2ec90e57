"""Choosing what to try. Nothing is chosen beforehand."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from govuk.forms import GovukForm
from referrals.oversight.selectors import Candidate


class StartForm(GovukForm):
    """Which document to try on the area's past referrals."""

    submit_text = _("Try it on past referrals")

    candidate = forms.ChoiceField(
        label=_("Which document do you want to try?"),
        help_text=_("Each past referral is checked again with it. Nothing about the referrals changes."),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the document to try"),
            "invalid_choice": _("Choose one of these documents"),
        },
    )

    def __init__(self, *args: Any, candidates: Sequence[Candidate], **kwargs: Any) -> None:
        """Offer the candidates, in their order."""
        super().__init__(*args, **kwargs)
        self.candidates = {candidate.key: candidate for candidate in candidates}
        field = self.fields["candidate"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(candidate.key, candidate.name) for candidate in candidates]

    def chosen(self) -> Candidate:
        """The candidate that was chosen; only of a valid form."""
        return self.candidates[self.cleaned_data["candidate"]]
