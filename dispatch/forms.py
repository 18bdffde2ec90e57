"""The operators' one form."""

from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dispatch.domain.other_ways import LONGEST
from dispatch.domain.permissions import LONGEST_REASON
from govuk.forms import GovukForm
from govuk.layout import Button, Layout


class ByHandForm(GovukForm):
    """Whom an operator reached by hand."""

    submit_text = _("I told them")

    to_whom = forms.CharField(
        label=_("Whom did you speak to?"),
        help_text=_(
            "Their name or post, and where. Other operators and auditors can read it. Name nobody of a family."
        ),
        max_length=LONGEST,
        error_messages={"required": _("Enter whom you spoke to")},
    )


class SetAsideForm(GovukForm):
    """Why a piece of work will not be done."""

    reason = forms.CharField(
        label=_("Why will this work not be done?"),
        help_text=_("Other operators and auditors can read it. Name nobody."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Enter why this work will not be done")},
    )

    def __init__(self, *args: Any, row_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # It stands on the page of the row, which itself takes no posts.
        self.helper.form_action = reverse("dispatch:set_aside", args=[row_id])

    def layout(self) -> Layout:
        """The reason, and a button that doesn't stand out: it ends what somebody waits for, the last thing to do."""
        return Layout("reason", Button(_("Set aside"), kind="secondary"))
