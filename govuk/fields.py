"""Fields that Django doesn't have."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from govuk.widgets import PARTS, GovukDateWidget

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def date_error(message: str, *parts: str) -> ValidationError:
    """An error of a date that marks the parts at fault (`day`, `month`, `year`) and whose link lands on the first."""
    return ValidationError(message.replace("%", "%%"), code="date", params={"parts": parts})


FIRST_YEAR, LAST_YEAR = 1900, 2200
"""A year before or after is a slip of the keyboard; and the day after the last one that there is can't be counted."""


class GovukDateField(forms.Field):
    """A date typed as day, month and year; a month may be a name. Gives a `datetime.date`, or None when left empty.

    `subject` begins the messages: "Date of birth must include a month". The messages are those of the Design
    System's date input; a rule about the past or the future is the form's, which raises `date_error`.
    """

    widget = GovukDateWidget

    def __init__(self, *, subject: "StrOrPromise" = "", **options: Any) -> None:
        super().__init__(**options)
        self.subject = subject or _("The date")

    def to_python(self, value: date | list[str | None] | None) -> date | None:
        """The date; ValidationError that names the missing or impossible parts."""
        if value is None or isinstance(value, date):
            return value
        typed = dict(zip(PARTS, ((text or "").strip() for text in value), strict=True))
        missing = [part for part in PARTS if not typed[part]]
        if len(missing) == len(PARTS):
            return None
        if missing:
            raise date_error(
                gettext("%(subject)s must include a %(missing)s")
                % {
                    "subject": self.subject,
                    "missing": gettext(" and ").join(gettext(_NAMES[part]) for part in missing),
                },
                *missing,
            )
        return self._real_date(typed)

    def _real_date(self, typed: dict[str, str]) -> date:
        numbers = {
            "day": _number(typed["day"], 31),
            "month": _month(typed["month"]),
            "year": _number(typed["year"], 9999),
        }
        wrong = [part for part in PARTS if numbers[part] is None]
        if wrong:
            raise date_error(gettext("%(subject)s must be a real date") % {"subject": self.subject}, *wrong)
        if len(typed["year"]) != 4:
            raise date_error(gettext("Year must include 4 numbers"), "year")
        if not FIRST_YEAR <= (numbers["year"] or 0) <= LAST_YEAR:
            raise date_error(gettext("%(subject)s must be a real date") % {"subject": self.subject}, "year")
        day, month, year = (numbers[part] or 0 for part in PARTS)
        try:
            return date(year, month, day)
        except ValueError:
            # Each part is possible, together they are not: 31 June, 29 February.
            raise date_error(gettext("%(subject)s must be a real date") % {"subject": self.subject}, "day") from None


_NAMES = {"day": gettext_noop("day"), "month": gettext_noop("month"), "year": gettext_noop("year")}


def _number(text: str, most: int) -> int | None:
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        return None
    return int(text) if 1 <= int(text) <= most else None


def _month(text: str) -> int | None:
    if text.isdigit():
        return _number(text, 12)
    name = text.lower()[:3]
    return MONTHS.index(name) + 1 if text.isalpha() and name in MONTHS else None
