"""Trying where a referral would go: facts and an hour that somebody makes up. Nothing of it is kept."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import keep_lazy_text
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.clock import ENGLAND
from govuk.fields import GovukDateField, date_error
from govuk.forms import GovukForm
from govuk.looks import Look
from referrals.routing.domain.plan import ASK_TEXTS, Ask, RouteFacts
from thresholds.bank_holidays import known_holidays
from thresholds.domain.check_when import AGE_NOT_KNOWN, Answer, ChildAge
from thresholds.domain.pack import Area, Pack
from thresholds.domain.parts import AgencyKind, Agreement, Flag, Harm
from thresholds.wording import AGENCIES, AGREEMENT, FLAGS, HARM

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ELSEWHERE = "elsewhere"
NOT_KNOWN = ("", _("Not known"))
_YES_NO = [("yes", _("Yes")), ("no", _("No")), NOT_KNOWN]
_UNBORN = "unborn"
FIRST_YEAR = 2024
"""From when on a day can be tried: before that no pack says anything."""


@keep_lazy_text
def _first_up(words: "StrOrPromise") -> "StrOrPromise":
    return words[:1].upper() + words[1:]


def _choice(ask: Ask, choices: "Sequence[tuple[str, StrOrPromise]]", *, radios: bool = True) -> forms.ChoiceField:
    widget = forms.RadioSelect if radios else forms.Select
    return forms.ChoiceField(label=_(ASK_TEXTS[ask]), choices=list(choices), required=False, widget=widget)


class TryForm(GovukForm):
    """The facts that routes ask about. Every one may stay unknown, as in life."""

    submit_text = _("Show where it would go")
    looks = {
        "flags": Look(small=True),
        "harm": Look(small=True),
        "cannot_wait": Look(small=True),
        "open_case": Look(small=True),
        "agreement": Look(small=True),
        "fgm_known": Look(small=True),
        "regulated": Look(small=True),
        "age": Look(width="5"),
        "at": Look(width="5"),
    }

    harm = _choice(Ask.HARM, [*((one.value, _first_up(_(HARM[one]))) for one in Harm), NOT_KNOWN])
    level = _choice(Ask.LEVEL, [NOT_KNOWN], radios=False)
    flags = forms.MultipleChoiceField(
        label=_("What is known or suspected?"),
        choices=[(flag.value, _first_up(_(FLAGS[flag]))) for flag in Flag],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    age = forms.CharField(
        label=_("How old is the child, in years?"),
        help_text=_("Leave it empty if that isn't known. Write “unborn” for an unborn child."),
        required=False,
        max_length=10,
    )
    cannot_wait = forms.ChoiceField(
        label=_("Does the practitioner say that it can't wait?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        required=False,
        widget=forms.RadioSelect,
    )
    home_area = _choice(Ask.HOME_AREA, [], radios=False)
    found_area = _choice(Ask.FOUND_AREA, [], radios=False)
    workplace_area = _choice(Ask.WORKPLACE_AREA, [], radios=False)
    open_case = _choice(Ask.OPEN_CASE, _YES_NO)
    agreement = _choice(Ask.AGREEMENT, [*((one.value, _first_up(_(AGREEMENT[one]))) for one in Agreement), NOT_KNOWN])
    agency = _choice(
        Ask.AGENCY,
        [NOT_KNOWN, *((kind.value, _first_up(_(AGENCIES[kind]))) for kind in AgencyKind)],
        radios=False,
    )
    fgm_known = _choice(Ask.FGM_KNOWN, _YES_NO)
    regulated = _choice(Ask.REGULATED, _YES_NO)
    on = GovukDateField(
        label=_("On which day?"),
        help_text=_("Leave it empty for now. Try a night, a weekend or a bank holiday: the plan follows the hour."),
        required=False,
        subject=_("The day"),
    )
    at = forms.TimeField(
        label=_("At what time?"),
        help_text=_("For example, 14:30. Leave it empty for now."),
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TextInput,
        error_messages={"invalid": _("Enter a time such as 14:30")},
    )

    def __init__(self, *args: Any, pack: Pack, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(area.slug, area.name) for area in areas]
        outside = (ELSEWHERE, gettext("An area that isn't in this system"))
        self.fields["level"].choices = [NOT_KNOWN, *((level.id, level.name) for level in pack.levels)]  # type: ignore[attr-defined]
        for name in ("home_area", "found_area", "workplace_area"):
            self.fields[name].choices = [*named, outside, NOT_KNOWN]  # type: ignore[attr-defined]
        self.initial = {
            **dict.fromkeys(("home_area", "found_area"), pack.area.slug),
            "workplace_area": "",
            "level": "",
            "agency": "",
        }

    def clean_age(self) -> ChildAge:
        """The child's age; not known when nothing is written."""
        typed = self.cleaned_data["age"].strip().lower()
        if not typed:
            return AGE_NOT_KNOWN
        if typed == _UNBORN:
            return ChildAge(unborn=True)
        if not typed.isascii() or not typed.isdigit() or len(typed) > 2 or int(typed) > 25:
            raise ValidationError(gettext("Enter the age in years, “unborn”, or nothing"))
        return ChildAge(int(typed), int(typed))

    def clean(self) -> dict[str, Any]:
        """Refuse a day for which nobody knows the bank holidays."""
        cleaned = super().clean() or {}
        day = cleaned.get("on")
        last = known_holidays().until.year
        if isinstance(day, date) and not FIRST_YEAR <= day.year <= last:
            said = gettext("The day must be from %(years)s to %(years_2)s, whose bank holidays are known") % {
                "years": FIRST_YEAR,
                "years_2": last,
            }
            self.add_error("on", date_error(said, "year"))
        return cleaned

    def no_document(self) -> None:
        """Say that no document was in force on that day, beside the day."""
        self.add_error("on", date_error(gettext("No document of this area was in force on that day"), "day"))

    def moment(self, now: datetime) -> datetime:
        """Return the moment to try, England's time where none was given. The form is valid."""
        local = now.astimezone(ENGLAND)
        day: date = self.cleaned_data["on"] or local.date()
        at: time = self.cleaned_data["at"] or time(local.hour, local.minute)
        return datetime.combine(day, at, ENGLAND)

    def facts(self) -> RouteFacts:
        """Return the facts as routes read them. The form is valid."""
        given: Mapping[str, Any] = self.cleaned_data
        return RouteFacts(
            home_area=given["home_area"] or None,
            found_area=given["found_area"] or None,
            workplace_areas=frozenset({given["workplace_area"]} - {""}),
            harm=Harm(given["harm"]) if given["harm"] else None,
            judged=given["level"] or None,
            flags=frozenset(Flag(flag) for flag in given["flags"]),
            age=given["age"],
            agency=AgencyKind(given["agency"]) if given["agency"] else None,
            agreement=frozenset({Agreement(given["agreement"])}) if given["agreement"] else None,
            open_case={"yes": True, "no": False}.get(given["open_case"]),
            cannot_wait=given["cannot_wait"] == "yes",
            fgm_known=Answer(given["fgm_known"]) if given["fgm_known"] else Answer.NOT_KNOWN,
            regulated=Answer(given["regulated"]) if given["regulated"] else Answer.NOT_KNOWN,
        )
