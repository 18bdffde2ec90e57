"""The questions of the front door's desk. None has an answer beforehand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, gettext_lazy

from govuk.forms import GovukForm
from govuk.looks import Look
from referrals.casework.actions import NewDecision
from referrals.casework.domain.outcomes import NAMES, Outcome, outcomes_for
from referrals.routing.models import Rag

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# Counted, and above it a clear error: an empty box without bound gets everything.
SHORT, LONG = 1000, 3000


def outcome_choices(*, assessment: bool) -> list[tuple[str, str]]:
    """What can be decided, on an early help assessment or on a referral."""
    return [(outcome.value, gettext(NAMES[outcome])) for outcome in outcomes_for(assessment=assessment)]


@dataclass(frozen=True, slots=True)
class Decided:
    """What stands decided for one child; `child_id` is None and `name` empty where no child was recorded."""

    child_id: UUID | None
    name: str
    outcome: str


def text_area(
    label: "StrOrPromise", *, hint: "StrOrPromise", most: int, rows: int, missing: "StrOrPromise", required: bool = True
) -> forms.CharField:
    """Return a bounded text area that says what is missing."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=most,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class FilterForm(GovukForm):
    """What of the queue to show. Sent in the address, where nothing stands but these words."""

    owner = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        required=False,
        choices=[
            ("", gettext_lazy("Everybody's")),
            ("mine", gettext_lazy("Mine")),
            ("nobody", gettext_lazy("Nobody's yet")),
            ("others", gettext_lazy("Other people's")),
        ],
    )
    rating = forms.ChoiceField(
        label=gettext_lazy("Rating"),
        required=False,
        choices=[
            ("", gettext_lazy("Any")),
            *((value, gettext_lazy(words)) for value, words in Rag.choices),
            ("none", gettext_lazy("Not rated yet")),
        ],
    )
    urgent = forms.ChoiceField(
        label=gettext_lazy("Urgency"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            ("yes", gettext_lazy("Urgent only")),
            ("no", gettext_lazy("Only those that are not urgent")),
        ],
    )

    looks = {"owner": Look(width="one-half"), "rating": Look(width="one-half"), "urgent": Look(width="one-half")}


class RateForm(GovukForm):
    """Red, amber or green."""

    submit_text = gettext_lazy("Save the rating")
    looks = {"rating": Look(inline=True, size="s")}

    rating = forms.ChoiceField(
        label=gettext_lazy("How soon does it need a decision?"),
        choices=[(value, gettext_lazy(words)) for value, words in Rag.choices],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose red, amber or green")},
    )

    def __init__(self, *args: Any, means: str, **kwargs: Any) -> None:
        """`means`: what the ratings mean in time, in words."""
        super().__init__(*args, **kwargs)
        self.fields["rating"].help_text = means


class AskForm(GovukForm):
    """A question to the referrer."""

    submit_text = gettext_lazy("Send the question")
    looks = {"text": Look(count=True)}

    text = text_area(
        gettext_lazy("What do you need to know?"),
        hint=gettext_lazy("The referrer and their agency's safeguarding leads read it here. Ask one thing at a time."),
        most=SHORT,
        rows=5,
        missing=gettext_lazy("Write what you need to know"),
    )


class OpenRestForm(GovukForm):
    """Why a front door that was given a part opens all of it."""

    submit_text = gettext_lazy("Open all of it")
    looks = {"why": Look(count=True)}

    why = text_area(
        gettext_lazy("Why do you need all of it now?"),
        hint=gettext_lazy("The referrer reads it. You don't have to wait for an answer."),
        most=SHORT,
        rows=4,
        missing=gettext_lazy("Write why you need all of it"),
    )


class OutcomeForm(GovukForm):
    """Base of the questions that end in an outcome: those offered depend on what was sent."""

    def __init__(self, *args: Any, assessment: bool, **kwargs: Any) -> None:
        """`assessment`: it is about an early help assessment, not a referral."""
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcome_choices(assessment=assessment)  # type: ignore[attr-defined]


class RecommendForm(OutcomeForm):
    """What to recommend for one child to whoever decides."""

    submit_text = gettext_lazy("Recommend")
    looks = {"rationale": Look(count=True)}

    outcome = forms.ChoiceField(
        label=gettext_lazy("What do you recommend?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you recommend")},
    )
    rationale = text_area(
        gettext_lazy("Why?"),
        hint=gettext_lazy("The facts that count, where you know them from, and what is still not known."),
        most=LONG,
        rows=6,
        missing=gettext_lazy("Write why you recommend this"),
    )


class DecideForm(OutcomeForm):
    """The decision for one child, with the reasons and the next step as the referrer reads them."""

    submit_text = gettext_lazy("Decide")
    looks = {"rationale": Look(count=True), "next_step": Look(count=True)}

    outcome = forms.ChoiceField(
        label=gettext_lazy("What is the outcome?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the outcome")},
    )
    rationale = text_area(
        gettext_lazy("Why is this the right outcome?"),
        hint=gettext_lazy(
            "The referrer reads this. Say which facts decided it, what the child's own view added, and, "
            "if you differ from the referrer's level or from the recommendation, why."
        ),
        most=LONG,
        rows=7,
        missing=gettext_lazy("Write why this is the right outcome"),
    )
    next_step = text_area(
        gettext_lazy("What happens next?"),
        hint=gettext_lazy("The referrer reads this. Who does what, by when, and what the referrer goes on doing."),
        most=SHORT,
        rows=4,
        missing=gettext_lazy("Write what happens next"),
    )


class AnswerDisagreementForm(GovukForm):
    """Whether what was decided stands; if not, what is decided instead, for each child whose decision changes."""

    submit_text = gettext_lazy("Answer the disagreement")

    changes = forms.ChoiceField(
        label=gettext_lazy("Does the decision stand?"),
        choices=[("no", gettext_lazy("Yes, it stands")), ("yes", gettext_lazy("No, it changes"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the decision stands")},
    )
    reasons = text_area(
        gettext_lazy("Why?"),
        hint=gettext_lazy("The referrer's agency reads this. Answer each of their grounds."),
        most=LONG,
        rows=7,
        missing=gettext_lazy("Write why"),
    )

    def __init__(self, *args: Any, decided: Sequence[Decided], assessment: bool, **kwargs: Any) -> None:
        """`decided` is what stands now, in the order in which it is asked about; `assessment` as for `OutcomeForm`."""
        super().__init__(*args, **kwargs)
        self.decided = decided
        reveals = []
        for number, one in enumerate(decided):
            about = gettext(" for %(name)s") % {"name": one.name} if one.name else ""
            self.fields[f"outcome_{number}"] = forms.ChoiceField(
                label=gettext("New outcome%(about)s") % {"about": about},
                choices=[
                    ("", gettext("Stays: %(names)s") % {"names": gettext(NAMES[Outcome(one.outcome)])}),
                    *outcome_choices(assessment=assessment),
                ],
                required=False,
            )
            self.fields[f"next_step_{number}"] = text_area(
                gettext("What happens next%(about)s?") % {"about": about},
                hint=gettext("Only where the outcome changes."),
                most=SHORT,
                rows=4,
                missing="",
                required=False,
            )
            reveals += [f"outcome_{number}", f"next_step_{number}"]
        # On the form itself: the fields that a choice shows depend on what was decided.
        self.looks = {  # type: ignore[misc]
            "changes": Look(reveals={"yes": reveals}),
            "reasons": Look(count=True),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a new outcome where the decision changes, and for the next step of each."""
        cleaned = super().clean() or {}
        if cleaned.get("changes") != "yes":
            return cleaned
        changed = [number for number, _ in enumerate(self.decided) if cleaned.get(f"outcome_{number}")]
        if not changed and not any(f"outcome_{number}" in self.errors for number, _ in enumerate(self.decided)):
            self.add_error("outcome_0", gettext("Choose the new outcome, or say that the decision stands"))
        for number in changed:
            if not cleaned.get(f"next_step_{number}"):
                self.add_error(f"next_step_{number}", gettext("Write what happens next"))
        return cleaned

    def new_decisions(self) -> dict[UUID | None, NewDecision]:
        """Return the new decisions by child; empty where what was decided stands. The form is valid."""
        given = self.cleaned_data
        if given["changes"] != "yes":
            return {}
        return {
            one.child_id: NewDecision(given[f"outcome_{number}"], given["reasons"], given[f"next_step_{number}"])
            for number, one in enumerate(self.decided)
            if given[f"outcome_{number}"]
        }


class AnswerWithdrawalForm(GovukForm):
    """Whether the referrer may take back what was sent."""

    submit_text = gettext_lazy("Answer the request")
    looks = {"reasons": Look(count=True), "accepted": Look(hints={"no": gettext_lazy("The work on it goes on.")})}

    accepted = forms.ChoiceField(
        label=gettext_lazy("Do you agree that it is withdrawn?"),
        choices=[
            ("yes", gettext_lazy("Yes, end the work on it")),
            ("no", gettext_lazy("No, the worry needs an answer")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you agree")},
    )
    reasons = text_area(
        gettext_lazy("Why?"),
        hint=gettext_lazy("The referrer reads this."),
        most=SHORT,
        rows=5,
        missing=gettext_lazy("Write why"),
    )


class TellingForm(GovukForm):
    """Whether the family may be told."""

    submit_text = gettext_lazy("Say so")
    looks = {"why": Look(count=True)}

    may_tell = forms.ChoiceField(
        label=gettext_lazy("May the family be told of it?"),
        choices=[("yes", gettext_lazy("Yes, they may be told")), ("no", gettext_lazy("No, they must not be told yet"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the family may be told")},
    )
    why = text_area(
        gettext_lazy("Why?"),
        hint=gettext_lazy(
            "The referrer and the other front doors read this. Say who tells them, and how it stays safe."
        ),
        most=SHORT,
        rows=5,
        missing=gettext_lazy("Write why"),
    )


def filter_choice(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the filters of an address; one that isn't among the choices counts as not chosen."""
    form = FilterForm(data)
    form.is_valid()
    return {name: str(form.cleaned_data.get(name) or "") for name in form.fields}
