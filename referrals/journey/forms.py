"""Forms that no specification describes."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from govuk.forms import GovukForm
from govuk.layout import Button, Layout
from govuk.looks import Look
from referrals.casework.selectors.shielding import Candidate
from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.forms import CURRENT, specification
from referrals.record.domain.urgency import urgent_because

_START = specification(CURRENT["marf"]).page("start")


class StartForm(GovukForm):
    """The two first questions, in the words of the form that the answers go into."""

    danger = forms.ChoiceField(
        label=_(_START.question("danger").label),
        help_text=_("Your honest doubt is enough. “I am not sure” counts as yes until somebody knows more."),
        choices=[(option.value, _(option.label)) for option in _START.question("danger").options],
        widget=forms.RadioSelect,
    )
    cannot_wait = forms.ChoiceField(
        label=_(_START.question("cannot_wait").label),
        choices=[(option.value, _(option.label)) for option in _START.question("cannot_wait").options],
        widget=forms.RadioSelect,
    )
    looks = {"danger": Look(heading=True), "cannot_wait": Look(size="m")}


class BeginForm(forms.Form):
    """Which form to begin, with the answers already given. Only buttons post it, so it has no page of its own."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in CURRENT])
    # Of the button: without it, from a page of before, each press begins one.
    token = forms.UUIDField(required=False)
    danger = forms.ChoiceField(choices=StartForm.base_fields["danger"].choices, required=False)  # type: ignore[attr-defined]
    cannot_wait = forms.ChoiceField(choices=StartForm.base_fields["cannot_wait"].choices, required=False)  # type: ignore[attr-defined]

    def given(self) -> dict[str, str]:
        """The answers that go into the form."""
        return {key: self.cleaned_data[key] for key in ("danger", "cannot_wait") if self.cleaned_data[key]}

    def is_urgent(self) -> bool:
        """Whether they say that somebody has to be rung first. The form is valid."""
        return is_urgent(self.given())


def is_urgent(given: Mapping[str, str]) -> bool:
    """Whether the first answers of all make it urgent; no answer is none."""
    return bool(urgent_because(CURRENT["marf"], DraftAnswers(pages={"start": given})))


class AddendumForm(GovukForm):
    """Later facts in words. Nothing limits them: they were typed after something was sent."""

    words = forms.CharField(
        label=_("What have you learned since?"),
        help_text=_("If a child may be in danger now, ring first."),
        widget=forms.Textarea({"rows": "8"}),
        strip=False,
        max_length=1_000_000,
    )
    send_now = forms.BooleanField(
        label=_("It can't wait: send it now, as urgent, with what I have written"),
        help_text=_("It waits for an approval, and no front door sees it or what you add until it is sent."),
        required=False,
    )
    looks = {"words": Look(size="m")}
    submit_text = _("Add this")

    def __init__(self, *args: Any, waits: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not waits:
            del self.fields["send_now"]


class AnswerForm(GovukForm):
    """An answer to a question of the front door."""

    words = forms.CharField(
        label=_("Your answer"), widget=forms.Textarea({"rows": "8"}), strip=False, max_length=1_000_000
    )
    submit_text = _("Send the answer")


class NotReferForm(GovukForm):
    """The decision not to refer: why, on whose advice, what is done instead, and what would change it."""

    reasons = forms.CharField(
        label=_("Why do you decide not to refer?"),
        widget=forms.Textarea({"rows": "4"}),
        max_length=5000,
        error_messages={"required": _("Write why you decide not to refer")},
    )
    advised_by = forms.CharField(
        label=_("Who advised you, and when?"),
        help_text=_("If you asked nobody, write that."),
        widget=forms.Textarea({"rows": "2"}),
        max_length=2000,
        error_messages={"required": _("Write who advised you, or that nobody did")},
    )
    done_instead = forms.CharField(
        label=_("What is done for the child instead, by whom and by when?"),
        widget=forms.Textarea({"rows": "4"}),
        max_length=5000,
        error_messages={"required": _("Write what is done instead")},
    )
    would_change = forms.CharField(
        label=_("What would make you refer after all?"),
        widget=forms.Textarea({"rows": "3"}),
        max_length=2000,
        error_messages={"required": _("Write what would change your decision")},
    )
    submit_text = _("Record the decision not to refer")


class WithdrawForm(GovukForm):
    """Taking back what nobody outside the agency has seen, or asking a front door for it: `asks`."""

    why = forms.CharField(
        label=_("Why should it be withdrawn?"),
        widget=forms.Textarea({"rows": "4"}),
        max_length=2000,
        error_messages={"required": _("Write why it should be withdrawn")},
    )
    submit_text = _("Withdraw it")

    def __init__(self, *args: Any, asks: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if asks:
            self.submit_text = _("Ask to withdraw it")  # type: ignore[misc]  # of this page, not of the class


class CloseToDeskForm(GovukForm):
    """Why the agency's desk must not see it any more."""

    why = forms.CharField(
        label=_("Why must the safeguarding desk not see it?"),
        help_text=_("The front door reads this, your desk does not. One sentence is enough."),
        widget=forms.Textarea({"rows": "4"}),
        max_length=1000,
        error_messages={"required": _("Write why the safeguarding desk must not see it")},
    )
    looks = {"why": Look(count=True)}
    submit_text = _("Hide it from the safeguarding desk")


class FindForm(GovukForm):
    """Whom to look for. Posted, so that no address holds a name."""

    name = forms.CharField(
        label=_("Name of the person"),
        max_length=100,
        error_messages={"required": _("Write a name, or part of it")},
    )
    looks = {"name": Look(width="20")}

    def layout(self) -> Layout:
        """The name, and a button of its own."""
        return Layout("name", Button(gettext("Find"), name="do", value="find", kind="secondary"))


def sought(posted: Mapping[str, Any]) -> str:
    """Return the name that was posted, as it can be looked for; empty where there is none, or it can't be a name."""
    form = FindForm(posted)
    return form.cleaned_data["name"] if form.is_valid() else ""


class KeepOutForm(GovukForm):
    """Which of the people found must not see it, and why."""

    name = forms.CharField(widget=forms.HiddenInput, required=False)
    person = forms.ChoiceField(
        label=_("Who must not see it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who must not see it")},
    )
    why = forms.CharField(
        label=_("Why must they not see it?"),
        help_text=_("Kept with it, for its writers and the front door."),
        widget=forms.Textarea({"rows": "4"}),
        max_length=1000,
        error_messages={"required": _("Write why they must not see it")},
    )

    def __init__(self, *args: Any, found: Sequence[Candidate], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [(str(one.person.pk), one.person.full_name) for one in found]  # type: ignore[attr-defined]
        hints = {str(one.person.pk): ", ".join(filter(None, (one.person.job_title, one.where))) for one in found}
        # On the form itself: who was found differs from search to search.
        self.looks = {"person": Look(hints=hints), "why": Look(count=True)}  # type: ignore[misc]

    def layout(self) -> Layout:
        """The people, the reason, and the button that names the act."""
        return Layout("name", "person", "why", Button(gettext("Keep this person out"), name="do", value="keep-out"))


class LetInForm(GovukForm):
    """Why somebody who was kept out may see it again."""

    person = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why may they see it again?"),
        help_text=_("The people who wrote it and the front doors that work on it are told that something was added."),
        widget=forms.Textarea({"rows": "4"}),
        max_length=1000,
        error_messages={"required": _("Write why they may see it again")},
    )
    looks = {"why": Look(count=True)}

    def layout(self) -> Layout:
        """The reason, and the button that names the act."""
        return Layout("person", "why", Button(gettext("Let them in again"), name="do", value="readmit"))


class HandOverForm(GovukForm):
    """Whom somebody reached outside this system."""

    how = forms.CharField(
        label=_("Whom did you reach, when and how? What did they say?"),
        help_text=_("Name and role, day and time, by phone or otherwise, what you sent them, and what they advised."),
        widget=forms.Textarea({"rows": "6"}),
        max_length=3000,
        error_messages={"required": _("Write whom you reached, when and how")},
    )
    looks = {"how": Look(count=True)}
    submit_text = _("Record it")
