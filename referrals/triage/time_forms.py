"""The questions about times: giving one more, and what partner agencies were asked by when."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.clock import ENGLAND
from govuk.fields import GovukDateField
from govuk.forms import GovukForm
from govuk.looks import Look
from referrals.casework.domain.partners import BASES, PARTNERS, Basis, Partner
from referrals.triage.forms import SHORT, text_area


class WhenForm(GovukForm):
    """A moment, as a day and a time in England."""

    asked_by = {"due_at": "on"}

    on = GovukDateField(
        label=_("By which day?"),
        help_text=_("For example, 27 11 2026."),
        subject=_("The day"),
        error_messages={"required": _("Enter the day")},
    )
    at = forms.TimeField(
        label=_("At what time?"),
        help_text=_("For example, 14:30."),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TextInput,
        error_messages={
            "required": _("Enter a time such as 14:30"),
            "invalid": _("Enter a time such as 14:30"),
        },
    )

    def moment(self) -> datetime:
        """Return the moment, aware. The form is valid."""
        day: date = self.cleaned_data["on"]
        at: time = self.cleaned_data["at"]
        return datetime.combine(day, at, ENGLAND)


class ExtendForm(WhenForm):
    """Until when a time is longer, and why."""

    submit_text = _("Give it more time")
    looks = {"at": Look(width="5"), "why": Look(count=True)}
    field_order = ("on", "at", "why")

    why = text_area(
        _("Why does it need more time?"),
        hint="",
        most=SHORT,
        rows=4,
        missing=_("Write why it needs more time"),
    )

    def __init__(self, *args: Any, of_referrer: bool, **kwargs: Any) -> None:
        """`of_referrer`: the referrer waits for it, and reads why."""
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = (
            gettext("The referrer reads this.")
            if of_referrer
            else gettext("It stays with the referral, at your front door.")
        )


class AskPartnerForm(WhenForm):
    """What a partner agency was asked, by when it is to answer."""

    submit_text = _("Record it")
    looks = {
        "who": Look(width="two-thirds"),
        "at": Look(width="5"),
        "asked": Look(count=True),
        "why": Look(count=True),
    }
    field_order = ("partner", "who", "asked", "why", "basis", "on", "at")

    partner = forms.ChoiceField(
        label=_("Which agency did you ask?"),
        help_text=_(
            "Nothing is sent from here: ask them yourself. Once it is recorded, you can make a paper for them."
        ),
        choices=[(one.value, _(words)) for one, words in PARTNERS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which agency you asked")},
    )
    who = forms.CharField(
        label=_("Whom did you ask there?"),
        help_text=_("A team or a person, and how you reached them."),
        max_length=200,
        error_messages={"required": _("Write whom you asked")},
    )
    asked = text_area(
        _("What did you ask for?"),
        hint=_("Only what the decision needs. The referrer doesn't read it."),
        most=SHORT,
        rows=4,
        missing=_("Write what you asked for"),
    )
    why = text_area(_("Why do you need it?"), hint="", most=SHORT, rows=3, missing=_("Write why you need it"))
    basis = forms.ChoiceField(
        label=_("On what basis did you ask?"),
        choices=[(one.value, _(words)) for one, words in BASES.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose on what basis you asked")},
    )

    def __init__(self, *args: Any, stated: datetime | None, **kwargs: Any) -> None:
        """`stated`: when an answer is due by the partnership's own time, None where it states none."""
        here = stated.astimezone(ENGLAND) if stated else None
        given = {"on": here.date(), "at": f"{here:%H:%M}"} if here else {}
        super().__init__(*args, **{**kwargs, "initial": {**given, **kwargs.get("initial", {})}})
        said = (
            gettext("By the partnership's own time.")
            if here
            else gettext("The partnership states no time: agree one with them.")
        )
        self.fields["on"].help_text = gettext("%(said)s For example, 27 11 2026.") % {"said": said}

    def given(self) -> dict[str, Any]:
        """Return what was answered, as the action takes it. The form is valid."""
        data = self.cleaned_data
        return {
            "partner": Partner(data["partner"]),
            "basis": Basis(data["basis"]),
            "due_at": self.moment(),
            **{key: data[key] for key in ("who", "asked", "why")},
        }


class PaperForm(GovukForm):
    """Whom a paper for a partner is about, and whether it says where they live."""

    submit_text = _("Make the paper")

    people = forms.MultipleChoiceField(
        label=_("Whom is it about?"),
        help_text=_("Only those whom they have to look up. Nothing is ticked for you."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose whom it is about")},
    )
    where = forms.ChoiceField(
        label=_("Do they need to know where these people live?"),
        help_text=_("Police and housing usually do. An address may put somebody at risk who has moved away."),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether they need to know where these people live")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`people` are those whom it can be about, by id and name."""
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = list(people)  # type: ignore[attr-defined]


class PartnerAnsweredForm(GovukForm):
    """What came back."""

    submit_text = _("Record the answer")
    looks = {"text": Look(count=True)}

    given = forms.ChoiceField(
        label=_("Did they give what you asked for?"),
        choices=[("yes", _("Yes, or part of it")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether they gave it")},
    )
    text = text_area(
        _("What did they say?"),
        hint=_("What they gave, or why they gave nothing. The referrer doesn't read it."),
        most=3000,
        rows=7,
        missing=_("Write what they said"),
    )
