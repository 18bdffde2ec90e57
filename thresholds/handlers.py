"""What this room tells operators."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.clock import day_of
from dispatch.notices import Notice, register
from thresholds.bank_holidays import known_holidays
from thresholds.domain.bank_holidays import Standing


@register
def bank_holidays_run_out(now: datetime) -> Notice | None:
    """Return what operators read once the list of bank holidays ends within half a year, or has ended."""
    known = known_holidays()
    standing = known.standing(day_of(now))
    if standing is Standing.OK:
        return None
    heading = (
        gettext("The list of bank holidays runs out")
        if standing is Standing.RUNNING_OUT
        else gettext("The list of bank holidays has run out")
    )
    say = gettext(
        "It ends on %(day)s. The years after that are reckoned as the law has them; a day that is moved or added, for "
        "a jubilee say, is missing: a front door is shown as open, or a time as due, on it. Have a new version "
        "of the system installed, with a newer list."
    ) % {"day": date_format(known.until, "j F Y")}
    return Notice(heading, say)
