"""What a page says of the days that a time was counted over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accounts.clock import day_of
from thresholds.bank_holidays import known_holidays

register = template.Library()


@register.simple_tag
def reckoned_note(*shown: Any) -> SafeString:
    """`{% reckoned_note standing.clocks %}`: one hint, where a time that is shown lies past the list of bank holidays.

    Takes what the page shows, one by one or in lists: each has its time as `due_at` or `due`, None where it has none.
    The law's own days stand in for the list from then on, and a proclamation may still move one (docs/adr/0040).
    """
    until = known_holidays().until
    if not any(day_of(moment) > until for moment in _moments(shown)):
        return SafeString("")
    words = gettext("Bank holidays after %(day)s are not published here yet. Days after it are counted by the law.")
    return format_html('<p class="govuk-hint">{}</p>', words % {"day": date_format(until, "j F Y")})


def _moments(shown: Iterable[Any]) -> Iterable[datetime]:
    for one in shown:
        if isinstance(one, tuple | list):
            yield from _moments(one)
        else:
            moment = getattr(one, "due_at", None) or getattr(one, "due", None)
            if moment is not None:
                yield moment
