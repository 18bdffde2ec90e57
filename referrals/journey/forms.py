"""Forms that no specification describes."""

from typing import Any

from django import forms

from govuk.forms import GovukForm
from govuk.looks import Look
from referrals.record.domain.forms import CURRENT, specification

_START = specification(CURRENT["marf"]).page("start")


class StartForm(GovukForm):
    """The two first questions, in the words of the form that the answers go into."""

    danger = forms.ChoiceField(
        label=_START.question("danger").label,
        help_text="Your honest doubt is enough. “I am not sure” counts as yes until somebody knows more.",
        choices=[(option.value, option.label) for option in _START.question("danger").options],
        widget=forms.RadioSelect,
    )
    cannot_wait = forms.ChoiceField(
        label=_START.question("cannot_wait").label,
        choices=[(option.value, option.label) for option in _START.question("cannot_wait").options],
        widget=forms.RadioSelect,
    )
    looks = {"danger": Look(heading=True), "cannot_wait": Look(size="m")}


class BeginForm(forms.Form):
    """Which form to begin, with the answers already given. Only buttons post it, so it has no page of its own."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in CURRENT])
    danger = forms.ChoiceField(choices=StartForm.base_fields["danger"].choices, required=False)  # type: ignore[attr-defined]
    cannot_wait = forms.ChoiceField(choices=StartForm.base_fields["cannot_wait"].choices, required=False)  # type: ignore[attr-defined]

    def given(self) -> dict[str, str]:
        """The answers that go into the form."""
        return {key: self.cleaned_data[key] for key in ("danger", "cannot_wait") if self.cleaned_data[key]}


class AddendumForm(GovukForm):
    """Later facts in words. Nothing limits them: they were typed after something was sent."""

    words = forms.CharField(
        label="What have you learned since?",
        help_text="If a child may be in danger now, ring first.",
        widget=forms.Textarea({"rows": "8"}),
        strip=False,
        max_length=1_000_000,
    )
    send_now = forms.BooleanField(
        label="It can’t wait: send the referral now, as urgent, with what I have written",
        help_text="It waits for an approval, and no front door sees it or what you add until it is sent.",
        required=False,
    )
    looks = {"words": Look(size="m")}
    submit_text = "Add to the referral"

    def __init__(self, *args: Any, waits: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not waits:
            del self.fields["send_now"]


class AnswerForm(GovukForm):
    """An answer to a question of the front door."""

    words = forms.CharField(
        label="Your answer", widget=forms.Textarea({"rows": "8"}), strip=False, max_length=1_000_000
    )
    submit_text = "Send the answer"


class WithdrawForm(GovukForm):
    """Taking back what nobody outside the agency has seen."""

    why = forms.CharField(label="Why?", widget=forms.Textarea({"rows": "4"}), max_length=2000)
    submit_text = "Withdraw"
