"""The base class of our forms."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from govuk.fields import GovukDateField, date_error
from govuk.layout import Button, Field, Layout, revealed_names
from govuk.looks import Look
from govuk.widgets import PARTS
from govuk.wording import word_messages

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class GovukForm(forms.Form):
    """A Django form that `{% crispy form %}` shows whole: `<form novalidate>`, token, fields, button.

    `looks` says what the widgets don't (`govuk.looks`); `layout()` may be overridden for another order. The
    error summary is the page's: base.html shows it for the context's `form`, `forms` and `formset`.
    """

    use_required_attribute = False
    looks: ClassVar[Mapping[str, Look]] = {}
    submit_text: "ClassVar[StrOrPromise]" = _("Continue")
    asked_by: ClassVar[Mapping[str, str]] = {}
    """Answers that a rule calls by another name than the field that asks for them: the field by that name."""

    @cached_property
    def helper(self) -> FormHelper:
        """crispy-forms' helper: `helper.form_tag = False` to stand in another form, `form_action` to post elsewhere."""
        helper = FormHelper()  # type: ignore[no-untyped-call]  # crispy-forms is untyped
        helper.render_hidden_fields = True
        helper.layout = self.layout()
        return helper

    def layout(self) -> Layout:
        """Every field in order, those that a choice reveals inside it, then the button."""
        inside = revealed_names(self)
        return Layout(*(Field(name) for name in self.fields if name not in inside), Button(self.submit_text))

    def refuse(self, reason: str, *, about: str = "") -> None:
        """Add why a rule refuses what was answered: beside the field that asks for the answer `about`, to which the
        error summary then leads, or above the form where it is about none that is asked here."""
        name = self.asked_by.get(about, about)
        field = self.fields.get(name)
        if isinstance(field, GovukDateField):
            self.add_error(name, date_error(reason, *PARTS))
        else:
            self.add_error(name if field else None, reason)

    def full_clean(self) -> None:
        """Clean as Django does, with our words in the messages."""
        for name, field in self.fields.items():
            word_messages(field, str(self[name].label))
        super().full_clean()
