"""Forms of this room: allauth's in our words and markup, and those for roles."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from allauth.account import forms as account_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.recovery_codes import forms as recovery_forms
from allauth.mfa.totp import forms as totp_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.domain import endings
from accounts.domain.roles import DESCRIPTIONS, NAMES, Role, needs_team
from accounts.models import FrontDoorTeam
from govuk.fields import GovukDateField, date_error
from govuk.forms import GovukForm
from govuk.looks import Look

WIDE = Look(width="two-thirds")
CODE = Look(width="10")


def _one_code_field(form: forms.Form, label: str, hint: str) -> None:
    """One field that takes a paste, spaces too, and that phones fill in by themselves (WCAG 3.3.8)."""
    form.fields["code"] = forms.CharField(
        label=label,
        help_text=hint,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


def _password(form: forms.Form, name: str, label: str, *, new: bool, hint: str = "") -> None:
    field = form.fields[name]
    field.label = label
    field.help_text = hint
    field.widget.attrs["autocomplete"] = "new-password" if new else "current-password"


def _rules_for_passwords() -> str:
    return " ".join(password_validators_help_texts())


class SignInForm(GovukForm, account_forms.LoginForm):
    """E-mail and password."""

    submit_text = _("Sign in")
    looks = {"login": WIDE, "password": WIDE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = gettext("E-mail address")
        # The pair that password managers look for.
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        _password(self, "password", gettext("Password"), new=False)


class ReauthenticateForm(GovukForm, account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    looks = {"password": WIDE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password", gettext("Password"), new=False)


class ChangePasswordForm(GovukForm, account_forms.ChangePasswordForm):
    """The old password and a new one."""

    submit_text = _("Change password")
    looks = {"oldpassword": WIDE, "password1": WIDE, "password2": WIDE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "oldpassword", gettext("Current password"), new=False)
        _password(self, "password1", gettext("New password"), new=True, hint=_rules_for_passwords())
        _password(self, "password2", gettext("New password again"), new=True)


class ResetPasswordForm(GovukForm, account_forms.ResetPasswordForm):
    """The e-mail address to send a link to."""

    submit_text = _("Send the link")
    looks = {"email": WIDE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = gettext("E-mail address")
        self.fields["email"].widget.attrs["autocomplete"] = "username"


class NewPasswordForm(GovukForm, account_forms.ResetPasswordKeyForm):
    """A new password, after the link."""

    submit_text = _("Set password")
    looks = {"password1": WIDE, "password2": WIDE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _password(self, "password1", gettext("New password"), new=True, hint=_rules_for_passwords())
        _password(self, "password2", gettext("New password again"), new=True)


class CodeForm(GovukForm, mfa_forms.AuthenticateForm):
    """A code from the app, or a recovery code."""

    looks = {"code": CODE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_code_field(self, gettext("Code"), gettext("Six digits from your app, or one of your recovery codes"))


class CodeAgainForm(GovukForm, mfa_forms.ReauthenticateForm):
    """A code once more, before something that matters."""

    looks = {"code": CODE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_code_field(self, gettext("Code"), gettext("Six digits from your app, or one of your recovery codes"))


class SetUpAppForm(GovukForm, totp_forms.ActivateTOTPForm):
    """The first code, which shows that the app has the secret."""

    looks = {"code": CODE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _one_code_field(self, gettext("Code"), gettext("Six digits that your app shows now"))


class RemoveAppForm(GovukForm, totp_forms.DeactivateTOTPForm):
    """Only a button."""

    submit_text = _("Remove the app")


class NewRecoveryCodesForm(GovukForm, recovery_forms.GenerateRecoveryCodesForm):
    """Only a button."""

    submit_text = _("Make new codes")


class EndMembershipForm(GovukForm):
    """Why a role ends. No free text: the record outlives what anybody would write there."""

    submit_text = _("End this role")

    reason = forms.ChoiceField(
        label=_("Why does it end?"),
        choices=[(reason.value, name) for reason, name in endings.NAMES.items()],
        widget=forms.RadioSelect,
    )

    def clean_reason(self) -> endings.EndReason:
        """Return the reason itself."""
        return endings.EndReason(self.cleaned_data["reason"])


class ChangeRoleForm(GovukForm):
    """The new role and, for a front door's, its team."""

    submit_text = _("Change role")
    looks = {"role": Look(hints={role.value: line for role, line in DESCRIPTIONS.items()})}

    role = forms.ChoiceField(label=_("New role"), widget=forms.RadioSelect)
    team = forms.ModelChoiceField(
        label=_("Front-door team"),
        queryset=FrontDoorTeam.objects.none(),
        empty_label=_("Choose a team"),
        required=False,
        help_text=_("Only for a screener, registered social worker or front door manager"),
    )

    def __init__(self, *args: Any, roles: Iterable[Role], teams: Any, **kwargs: Any) -> None:
        """Offer `roles`, and the teams of the queryset `teams`."""
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, gettext(NAMES[role])) for role in roles]  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        if not teams:
            del self.fields["team"]

    def clean(self) -> dict[str, Any]:
        """Ask for a team where the role needs one, and drop it where it doesn't."""
        cleaned = super().clean() or {}
        role, team = cleaned.get("role"), cleaned.get("team")
        if role and needs_team(role) and team is None and "team" in self.fields:
            self.add_error("team", gettext("Choose the front-door team"))
        if role and not needs_team(role):
            cleaned["team"] = None
        return cleaned

    def clean_role(self) -> Role:
        """Return the role itself."""
        return Role(self.cleaned_data["role"])


class GiveRoleForm(ChangeRoleForm):
    """The role that somebody gets, its team and, if it is known, its last day."""

    submit_text = _("Give this role")

    last_day = GovukDateField(
        label=_("Last day, if you know it"),
        subject=_("Last day"),
        help_text=_("Leave it empty if no end is planned. You can end the role at any time."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        """`today` is the first day that the role can end on."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["role"].label = gettext("Role")

    def clean_last_day(self) -> date | None:
        """Return a day from today on, or None."""
        last_day: date | None = self.cleaned_data["last_day"]
        if last_day is not None and last_day < self.today:
            raise date_error(gettext("The last day must be today or in the future"), "day", "month", "year")
        return last_day
