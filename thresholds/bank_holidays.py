"""England's bank holidays, from the package's own copy: nothing is asked of the network."""

import datetime as dt
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays


@cache
def bank_holidays() -> frozenset[dt.date]:
    """Bank holidays of England and Wales, for the years that the installed package knows."""
    known = BankHolidays(use_cached_holidays=True)  # type: ignore[no-untyped-call]
    holidays = known.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)  # type: ignore[no-untyped-call]
    return frozenset(holiday["date"] for holiday in holidays)
