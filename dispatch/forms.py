"""The operators' one form."""

from django import forms

from dispatch.domain.permissions import LONGEST_REASON
from govuk.forms import GovukForm


class SetAsideForm(GovukForm):
    """Why a piece of work will not be done."""

    submit_text = "Set aside"

    reason = forms.CharField(
        label="Why will this work not be done?",
        help_text="Other operators and auditors can read it. Name nobody.",
        max_length=LONGEST_REASON,
        error_messages={"required": "Enter why this work will not be done"},
    )
