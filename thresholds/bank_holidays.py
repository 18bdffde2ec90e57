"""England's bank holidays, from the package's own copy: nothing is asked of the network. For the years after that they
are reckoned by the law, and operators are told in time to bring the copy up to date (docs/adr/0040)."""

import datetime as dt
from functools import cache

from govuk_bank_holidays.bank_holidays import BankHolidays

from thresholds.domain.bank_holidays import Known, known_of, reckoned

RECKONED_YEARS = 30
"""For so many years after the copy's last they are reckoned: longer than any time that runs, or any system."""


@cache
def known_holidays() -> Known:
    """Return what the installed package knows of England and Wales."""
    found = BankHolidays(use_cached_holidays=True)  # type: ignore[no-untyped-call]
    holidays = found.get_holidays(division=BankHolidays.ENGLAND_AND_WALES)  # type: ignore[no-untyped-call]
    return known_of(holiday["date"] for holiday in holidays)


@cache
def bank_holidays() -> frozenset[dt.date]:
    """Bank holidays of England and Wales: those that the installed package knows, and those of the years after it as
    the law has them. So no day far ahead is taken for a working day because nobody has listed it yet."""
    known = known_holidays()
    after = range(known.until.year + 1, known.until.year + 1 + RECKONED_YEARS)
    return known.days.union(*(reckoned(year) for year in after))
