"""The operators' one form."""

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse

from dispatch.domain.other_ways import LONGEST
from dispatch.domain.permissions import LONGEST_REASON
from govuk.forms import GovukForm


class ByHandForm(GovukForm):
    """Whom an operator reached by hand."""

    submit_text = "I told them"

    to_whom = forms.CharField(
        label="Whom did you speak to?",
        help_text="Their name or post, and where. Other operators and auditors can read it. Name nobody of a family.",
        max_length=LONGEST,
        error_messages={"required": "Enter whom you spoke to"},
    )


class SetAsideForm(GovukForm):
    """Why a piece of work will not be done."""

    submit_text = "Set aside"

    reason = forms.CharField(
        label="Why will this work not be done?",
        help_text="Other operators and auditors can read it. Name nobody.",
        max_length=LONGEST_REASON,
        error_messages={"required": "Enter why this work will not be done"},
    )

    def __init__(self, *args: Any, row_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # It stands on the page of the row, which itself takes no posts.
        self.helper.form_action = reverse("dispatch:set_aside", args=[row_id])
