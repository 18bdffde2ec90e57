"""Widgets that Django doesn't have."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

PARTS = ("day", "month", "year")


class GovukDateWidget(forms.MultiWidget):
    """Three text inputs named `<name>_day`, `<name>_month` and `<name>_year`; what was typed comes back as it was.

    `attrs={"autocomplete": "bday"}` marks the person's own birthday for the browser.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: date | None) -> list[str | None]:
        """Day, month and year of a date as they are typed."""
        return [None, None, None] if value is None else [str(value.day), str(value.month), str(value.year)]

    def shown(self, value: date | list[str | None] | None) -> list[str | None]:
        """The three texts to show, from a date or from what was typed."""
        return list(value) if isinstance(value, list) else self.decompress(value)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """True when none of the three inputs was sent."""
        return all(f"{name}_{part}" not in data for part in PARTS)
