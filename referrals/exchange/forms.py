"""What the manager of a front door types to connect its own system."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dispatch.addresses import LONGEST, AddressRefused, target_of
from govuk.forms import GovukForm
from govuk.looks import Look
from referrals.exchange.actions import LONGEST_NAME
from referrals.exchange.mailing import LONGEST_INSISTED


class AddressForm(GovukForm):
    """Where messages go."""

    submit_text = _("Save the address")
    looks = {"address": Look(width="two-thirds")}

    address = forms.CharField(
        label=_("Address that takes the messages"),
        help_text=_("It begins with https:// and can be reached from the internet."),
        max_length=LONGEST,
        error_messages={"required": _("Enter the address")},
    )

    def clean_address(self) -> str:
        """The address, when it can be used."""
        address: str = self.cleaned_data["address"].strip()
        try:
            target_of(address, plain_allowed=settings.DEMO)
        except AddressRefused as refused:
            raise ValidationError(refused.reason) from None
        return address


class TokenForm(GovukForm):
    """Which system fetches."""

    submit_text = _("Make a token")
    looks = {"name": Look(width="one-half")}

    name = forms.CharField(
        label=_("Which system uses it?"),
        help_text=_("So that you know later which one to revoke."),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Enter which system uses it")},
    )


class MailboxForm(GovukForm):
    """Where encrypted copies go, and who decided it."""

    submit_text = _("Send copies there")
    looks = {"mailbox": Look(width="two-thirds"), "insisted": Look(width="two-thirds")}

    mailbox = forms.EmailField(
        label=_("Mailbox that gets the copies"),
        help_text=_("A secure mailbox of your front door, not somebody's own."),
        max_length=254,
        error_messages={
            "required": _("Enter the mailbox"),
            "invalid": _("Enter an e-mail address, like door@council.example"),
        },
    )
    insisted = forms.CharField(
        label=_("Who at the partnership decided it?"),
        help_text=_("Name and role, and when."),
        max_length=LONGEST_INSISTED,
        error_messages={"required": _("Enter who at the partnership decided it")},
    )
    sure = forms.BooleanField(
        label=_("The partnership insists on it, and knows what stands above"),
        error_messages={"required": _("Say that the partnership insists on it")},
    )


def own_address(form: GovukForm, url: str) -> GovukForm:
    """Have the form post there: several stand on one page."""
    form.helper.form_action = url
    return form
