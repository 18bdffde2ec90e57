"""The questions about handing on: to which front door, who goes, and why. None has an answer beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from govuk.forms import GovukForm
from govuk.looks import Look
from referrals.routing.domain.transfer import REASONS
from referrals.triage.forms import SHORT, text_area

_REASONS = [(reason.value, words) for reason, words in REASONS.items()]


class _PassForm(GovukForm):
    """What both ways of handing on ask."""

    children = forms.MultipleChoiceField(
        label=_("Which children does it belong to another front door for?"),
        help_text=_("The others stay with yours."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose the children who go")},
    )
    reason = forms.ChoiceField(
        label=_("Why does it belong there?"),
        choices=[(value, _(words)) for value, words in _REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it belongs there")},
    )
    why = text_area(
        _("What do they need to know?"),
        hint=_("The other front door and the referrer read this. Say what you have done so far."),
        most=SHORT,
        rows=4,
        missing=_("Write what the other front door needs to know"),
    )

    def __init__(self, *args: Any, children: Mapping[UUID, str], **kwargs: Any) -> None:
        """`children` are names by id of those who can go; one alone isn't asked about."""
        super().__init__(*args, **kwargs)
        self.names = children
        if len(children) > 1:
            self.fields["children"].choices = [(str(child), name) for child, name in children.items()]  # type: ignore[attr-defined]
        else:
            del self.fields["children"]

    def who_goes(self) -> list[UUID]:
        """Return the ids of the children who go. The form is valid."""
        chosen = self.cleaned_data.get("children")
        return list(self.names) if chosen is None else [UUID(child) for child in chosen]


class PassOnForm(_PassForm):
    """To a front door that receives through this system."""

    submit_text = _("Offer it")
    looks = {"why": Look(count=True)}
    field_order = ("to", "children", "reason", "why")

    to = forms.ChoiceField(
        label=_("Which front door does it belong to?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the front door")},
    )

    def __init__(self, *args: Any, doors: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        """`doors` are ids of teams with the words of each choice."""
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(team), words) for team, words in doors]  # type: ignore[attr-defined]


class PassByPhoneForm(_PassForm):
    """To a front door that was rung: whom, what they said, and whether they take it."""

    submit_text = _("Record it")
    looks = {
        "why": Look(count=True),
        "said": Look(count=True),
        "spoke_to": Look(width="two-thirds"),
        "door_name": Look(width="two-thirds"),
        "taken": Look(
            hints={
                "yes": _("From now on it is theirs, and your part ends."),
                "no": _("It stays with you."),
            }
        ),
    }
    field_order = ("door_name", "spoke_to", "taken", "said", "children", "reason", "why")

    door_name = forms.CharField(
        label=_("Which front door did you ring?"),
        help_text=_("The council and the team, such as the children's front door of that council."),
        max_length=200,
        error_messages={"required": _("Enter which front door you rang")},
    )
    spoke_to = forms.CharField(
        label=_("Whom did you speak to?"),
        help_text=_("Name and role."),
        max_length=200,
        error_messages={"required": _("Enter whom you spoke to")},
    )
    taken = forms.ChoiceField(
        label=_("Do they take it on?"),
        choices=[("yes", _("Yes, they take it on")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether they take it on")},
    )
    said = text_area(
        _("What did they say?"),
        hint=_("How they get what was written, such as their secure e-mail; or why they don't take it."),
        most=SHORT,
        rows=3,
        missing=_("Write what they said"),
    )


class RefuseForm(GovukForm):
    """Why this front door doesn't take on what another one offers."""

    submit_text = _("Refuse it")
    looks = {"why": Look(count=True)}

    why = text_area(
        _("Why does it not belong to your front door?"),
        hint=_("The front door that offers it and the referrer read this. It stays with them."),
        most=SHORT,
        rows=5,
        missing=_("Write why it doesn't belong to your front door"),
    )
