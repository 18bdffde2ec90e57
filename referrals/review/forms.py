"""The questions of the agency's desk."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from govuk.forms import GovukForm
from govuk.looks import Look

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SHORT, LONG = 1000, 3000


def _which() -> forms.CharField:
    """Which approval the page shows, so that an answer to an earlier submission isn't taken for one to the next."""
    return forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)


def _text(label: "StrOrPromise", *, hint: "StrOrPromise", most: int, missing: "StrOrPromise") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": missing},
    )


class AdviseForm(GovukForm):
    """Advice to whoever writes the referral."""

    submit_text = _("Give this advice")
    looks = {"text": Look(count=True)}

    text = _text(
        _("What do you advise?"),
        hint=_("The author and colleagues who share it read this, the front door does not. It holds nothing up."),
        most=LONG,
        missing=_("Write your advice"),
    )
    telling = forms.ChoiceField(
        label=_("Could what you write make it unsafe to tell the family?"),
        help_text=_("If yes or not sure, nobody tells them and no copy goes to them until a front door says so."),
        choices=[("no", _("No")), ("yes", _("Yes")), ("not_sure", _("I am not sure"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it could make it unsafe to tell the family")},
    )

    def __init__(self, *args: Any, submitted: bool, **kwargs: Any) -> None:
        """`submitted`: what is said from now on isn't in the answers that telling was weighed by, so it is asked."""
        super().__init__(*args, **kwargs)
        if not submitted:
            del self.fields["telling"]

    def may_change_telling(self) -> bool:
        """Whether it may make telling the family unsafe: unless that is ruled out, it may. The form is valid."""
        return bool(self.cleaned_data.get("telling") != "no")


class LetGoForm(GovukForm):
    """Why a referral goes that had to be weighed first."""

    submit_text = _("Send it with these reasons")
    looks = {"why": Look(count=True)}

    approval = _which()
    why = _text(
        _("Why is it right to send it?"),
        hint=_("The front door reads this. Weigh the child's need for help against the family's privacy."),
        most=SHORT,
        missing=_("Write why it is right to send it"),
    )


class ReturnForm(GovukForm):
    """Why a routine referral goes back to its author."""

    submit_text = _("Return it")
    looks = {"why": Look(count=True)}

    approval = _which()
    why = _text(
        _("What should change before it is sent?"),
        hint=_("The author reads this. Say what is missing or unclear, not how to word it."),
        most=SHORT,
        missing=_("Write what should change"),
    )


class DeclineForm(GovukForm):
    """Why the desk advises against sending."""

    submit_text = _("Advise against sending")
    looks = {"why": Look(count=True)}

    approval = _which()
    why = _text(
        _("Why do you advise against sending it?"),
        hint=_("The author reads this, and may still send it: whoever is worried may refer. Say what helps instead."),
        most=SHORT,
        missing=_("Write why you advise against it"),
    )


class TakeUpForm(GovukForm):
    """Why a disagreement without an answer goes up a stage."""

    submit_text = _("Take it up")
    looks = {"grounds": Look(count=True)}

    grounds = _text(
        _("Why do you take it up now?"),
        hint=_(
            "The front door reads this. Say what you have tried, and why it can't wait. If a child is in danger, "
            "ring first."
        ),
        most=LONG,
        missing=_("Write why you take it up"),
    )


class DisagreeForm(GovukForm):
    """The grounds on which a decision is contested."""

    submit_text = _("Send the disagreement")
    looks = {"grounds": Look(count=True)}

    grounds = _text(
        _("On what grounds do you disagree?"),
        hint=_(
            "The front door reads this. Name the facts that were not weighed, the part of the threshold document, "
            "and what you ask for."
        ),
        most=LONG,
        missing=_("Write on what grounds you disagree"),
    )
