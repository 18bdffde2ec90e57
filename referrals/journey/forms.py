"""Forms that no specification describes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from govuk.fields import GovukDateField, date_error
from govuk.forms import GovukForm
from govuk.layout import Button, Layout
from govuk.looks import Look
from referrals.casework.selectors.shielding import Candidate
from referrals.journey.presenters.bases import BasesGroup
from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.forms import CURRENT, specification
from referrals.record.domain.forms.agreed import AGREED_IN_PART
from referrals.record.domain.urgency import urgent_because

LONG = 3000
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

    def is_urgent(self) -> bool:
        """Whether they say that somebody has to be rung first. The form is valid."""
        return is_urgent(self.given())


def is_urgent(given: Mapping[str, str]) -> bool:
    """Whether the first answers of all make it urgent; no answer is none."""
    return bool(urgent_because(CURRENT["marf"], DraftAnswers(pages={"start": given})))


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
        label="It can’t wait: send it now, as urgent, with what I have written",
        help_text="It waits for an approval, and no front door sees it or what you add until it is sent.",
        required=False,
    )
    looks = {"words": Look(size="m")}
    submit_text = "Add this"

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


class NotReferForm(GovukForm):
    """The decision not to refer: why, on whose advice, what is done instead, and what would change it."""

    reasons = forms.CharField(
        label="Why do you decide not to refer?",
        widget=forms.Textarea({"rows": "4"}),
        max_length=5000,
        error_messages={"required": "Write why you decide not to refer"},
    )
    advised_by = forms.CharField(
        label="Who advised you, and when?",
        help_text="If you asked nobody, write that.",
        widget=forms.Textarea({"rows": "2"}),
        max_length=2000,
        error_messages={"required": "Write who advised you, or that nobody did"},
    )
    done_instead = forms.CharField(
        label="What is done for the child instead, by whom and by when?",
        widget=forms.Textarea({"rows": "4"}),
        max_length=5000,
        error_messages={"required": "Write what is done instead"},
    )
    would_change = forms.CharField(
        label="What would make you refer after all?",
        widget=forms.Textarea({"rows": "3"}),
        max_length=2000,
        error_messages={"required": "Write what would change your decision"},
    )
    submit_text = "Record the decision not to refer"


class WithdrawForm(GovukForm):
    """Taking back what nobody outside the agency has seen, or asking a front door for it: `asks`."""

    why = forms.CharField(
        label="Why should it be withdrawn?",
        widget=forms.Textarea({"rows": "4"}),
        max_length=2000,
        error_messages={"required": "Write why it should be withdrawn"},
    )
    submit_text = "Withdraw it"

    def __init__(self, *args: Any, asks: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if asks:
            self.submit_text = "Ask to withdraw it"  # type: ignore[misc]  # of this page, not of the class


_LIMITED = {question.key: question for question in AGREED_IN_PART}
_WANTED = {
    "agreed_parts": "Choose which parts may go along",
    "agreed_with": "Choose who may have them",
    "limits": "Write what they agree to, in their words",
}
SAID = (
    ("given", "They agree to all of it"),
    ("limited", "They agree to some of it"),
    ("refused", "They say no"),
    ("withdrawn", "They agreed before and take it back"),
)


class AgreementForm(GovukForm):
    """What somebody says about agreement after it was submitted."""

    said = forms.ChoiceField(
        label="What do they say now?",
        choices=SAID,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what they say now"},
    )
    agreed_parts = forms.MultipleChoiceField(
        label=_LIMITED["agreed_parts"].label,
        help_text=_LIMITED["agreed_parts"].hint,
        choices=[(option.value, option.label) for option in _LIMITED["agreed_parts"].options],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    agreed_with = forms.MultipleChoiceField(
        label=_LIMITED["agreed_with"].label,
        choices=[(option.value, option.label) for option in _LIMITED["agreed_with"].options],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    limits = forms.CharField(
        label=_LIMITED["limits"].label,
        widget=forms.Textarea({"rows": "3"}),
        max_length=LONG,
        required=False,
    )
    said_on = GovukDateField(label="On which day did they say so?", subject="The day", required=False)
    said_to = forms.CharField(label="Whom did they tell?", max_length=200, required=False)
    words = forms.CharField(
        label="What did they say, in their own words?",
        widget=forms.Textarea({"rows": "5"}),
        max_length=LONG,
        error_messages={"required": "Write what they said"},
    )
    looks = {
        "said": Look(reveals={"limited": ["agreed_parts", "agreed_with", "limits"]}),
        **{
            key: Look(
                small=True,
                hints={option.value: option.hint for option in _LIMITED[key].options if option.hint},
                exclusive=frozenset(option.value for option in _LIMITED[key].options if option.exclusive),
                dividers={_LIMITED[key].options[-1].value: "or"},
            )
            for key in ("agreed_parts", "agreed_with")
        },
    }
    submit_text = "Record it"

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_said_on(self) -> date | None:
        """Refuse a day to come."""
        return _not_to_come(self.cleaned_data["said_on"], self.today)

    def clean(self) -> dict[str, Any]:
        """Ask to what the agreement is limited: what somebody said has to be known before it can be kept to."""
        cleaned = super().clean() or {}
        if cleaned.get("said") == "limited":
            for key, message in _WANTED.items():
                if not cleaned.get(key) and key not in self.errors:
                    self.add_error(key, message)
        return cleaned


class ToldForm(GovukForm):
    """That somebody was told of the sharing."""

    told_on = GovukDateField(
        label="When were they told?",
        subject="The day",
        error_messages={"required": "Enter the day on which they were told"},
    )
    told_by = forms.CharField(
        label="Who told them?", max_length=200, error_messages={"required": "Write who told them"}
    )
    words = forms.CharField(
        label="What were they told, and what did they say?",
        widget=forms.Textarea({"rows": "5"}),
        max_length=LONG,
        error_messages={"required": "Write what was said"},
    )
    submit_text = "Record it"

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean_told_on(self) -> date | None:
        """Refuse a day to come."""
        return _not_to_come(self.cleaned_data["told_on"], self.today)


class BasesForm(GovukForm):
    """Other lawful bases than those that the facts suggest."""

    why = forms.CharField(
        label="Why do you choose these?",
        help_text="Leave it empty if you go back to what is suggested.",
        widget=forms.Textarea({"rows": "4"}),
        max_length=LONG,
        required=False,
    )
    submit_text = "Save the lawful basis"

    def __init__(self, *args: Any, groups: Sequence[BasesGroup], **more: Any) -> None:
        """`groups` are the questions of law with what each child's facts offer."""
        super().__init__(*args, **more)
        self.groups = groups
        looks = {}
        for group in groups:
            self.fields[group.key] = forms.MultipleChoiceField(
                label=group.name,
                help_text=group.hint,
                choices=[(one.id, one.name) for one in group.offered],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
            looks[group.key] = Look(hints={one.id: one.sentence for one in group.offered})
        self.order_fields([group.key for group in groups] + ["why"])
        self.looks = looks  # type: ignore[misc]  # of this page, not of the class

    def chosen(self) -> frozenset[str]:
        """What was chosen beyond the suggested; empty where it is just those. The form is valid."""
        picked = {one for group in self.groups for one in self.cleaned_data[group.key]}
        return (
            frozenset() if picked == {one.id for group in self.groups for one in group.suggested} else frozenset(picked)
        )

    def clean(self) -> dict[str, Any]:
        """Ask for a basis where the law asks for one, and why, where it isn't what is suggested."""
        cleaned = super().clean() or {}
        for group in self.groups:
            # With nothing chosen anywhere, the suggested ones would come back unseen.
            if group.suggested and not cleaned.get(group.key) and group.key not in self.errors:
                self.add_error(group.key, f"Choose at least one answer to “{group.name}”")
        if not self.errors and self.chosen() and not cleaned.get("why"):
            self.add_error("why", "Write why you choose another lawful basis")
        return cleaned


def _not_to_come(day: date | None, today: date) -> date | None:
    if day is not None and day > today:
        raise date_error("The day must be today or in the past", "day", "month", "year")
    return day


class CloseToDeskForm(GovukForm):
    """Why the agency's desk must not see it any more."""

    why = forms.CharField(
        label="Why must the safeguarding desk not see it?",
        help_text="The front door reads this, your desk does not. One sentence is enough.",
        widget=forms.Textarea({"rows": "4"}),
        max_length=1000,
        error_messages={"required": "Write why the safeguarding desk must not see it"},
    )
    looks = {"why": Look(count=True)}
    submit_text = "Close it to the safeguarding desk"


class FindForm(GovukForm):
    """Whom to look for. Posted, so that no address holds a name."""

    name = forms.CharField(
        label="Name of the person", max_length=100, error_messages={"required": "Write a name, or part of it"}
    )
    looks = {"name": Look(width="20")}

    def layout(self) -> Layout:
        """The name, and a button of its own."""
        return Layout("name", Button("Find", name="do", value="find", kind="secondary"))


def sought(posted: Mapping[str, Any]) -> str:
    """Return the name that was posted, as it can be looked for; empty where there is none, or it can't be a name."""
    form = FindForm(posted)
    return form.cleaned_data["name"] if form.is_valid() else ""


class KeepOutForm(GovukForm):
    """Which of the people found must not see it, and why."""

    name = forms.CharField(widget=forms.HiddenInput, required=False)
    person = forms.ChoiceField(
        label="Who must not see it?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who must not see it"},
    )
    why = forms.CharField(
        label="Why must they not see it?",
        help_text="Kept with it, for its writers and the front door.",
        widget=forms.Textarea({"rows": "4"}),
        max_length=1000,
        error_messages={"required": "Write why they must not see it"},
    )

    def __init__(self, *args: Any, found: Sequence[Candidate], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["person"].choices = [(str(one.person.pk), one.person.full_name) for one in found]  # type: ignore[attr-defined]
        hints = {str(one.person.pk): ", ".join(filter(None, (one.person.job_title, one.where))) for one in found}
        # On the form itself: who was found differs from search to search.
        self.looks = {"person": Look(hints=hints), "why": Look(count=True)}  # type: ignore[misc]

    def layout(self) -> Layout:
        """The people, the reason, and the button that names the act."""
        return Layout("name", "person", "why", Button("Keep this person out", name="do", value="keep-out"))


class LetInForm(GovukForm):
    """Why somebody who was kept out may see it again."""

    person = forms.CharField(widget=forms.HiddenInput)
    why = forms.CharField(
        label="Why may they see it again?",
        help_text="The people who wrote it and the front doors that work on it are told that something was added.",
        widget=forms.Textarea({"rows": "4"}),
        max_length=1000,
        error_messages={"required": "Write why they may see it again"},
    )
    looks = {"why": Look(count=True)}

    def layout(self) -> Layout:
        """The reason, and the button that names the act."""
        return Layout("person", "why", Button("Let them in again", name="do", value="readmit"))


class HandOverForm(GovukForm):
    """Whom somebody reached outside this system."""

    how = forms.CharField(
        label="Whom did you reach, when and how? What did they say?",
        help_text="Name and role, day and time, by phone or otherwise, what you sent them, and what they advised.",
        widget=forms.Textarea({"rows": "6"}),
        max_length=3000,
        error_messages={"required": "Write whom you reached, when and how"},
    )
    looks = {"how": Look(count=True)}
    submit_text = "Record it"
