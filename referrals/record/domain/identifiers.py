"""Numbers by which registers know a child or a school: their shape, and the check that each carries.

Nothing here refuses: a number that can't be right is kept as it was typed, and what is wrong is said beside it.
Sources: NHS Data Dictionary (NHS number, modulus 11); DfE guide to unique pupil numbers (check letter, modulus 23).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from referrals.record.domain.forms.parts import Kind

_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Letters of a UPN by their value: I, O and S are left out, as they read like digits."""
_UPN = re.compile(r"([A-Z])(\d{11})(\d|[A-Z])", re.ASCII)
_TEN_DIGITS = re.compile(r"\d{10}", re.ASCII)
_SIX_DIGITS = re.compile(r"\d{6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Read:
    """A number as it is stored, and what is wrong with it; empty: nothing."""

    stored: str
    fault: str = ""


def is_nhs_number(digits: str) -> bool:
    """Say whether ten digits are an NHS number by its check digit."""
    if not _TEN_DIGITS.fullmatch(digits):
        return False
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return rest != 10 and rest % 11 == int(digits[-1])


def upn_letter(rest: str) -> str | None:
    """Return the check letter for the twelve characters that follow it; None when they are no part of a UPN.

    A temporary number ends with a letter, which counts by its place among the letters.
    """
    values = [_UPN_LETTERS.find(one) if one.isalpha() else int(one) for one in rest]
    if len(values) != 12 or -1 in values:
        return None
    return _UPN_LETTERS[sum(value * weight for value, weight in zip(values, range(2, 14), strict=True)) % 23]


def read_nhs_number(typed: str) -> Read:
    """Return an NHS number as it is printed, 3-3-4, however the digits were grouped."""
    digits = _joined(typed)
    if not _TEN_DIGITS.fullmatch(digits):
        return Read(typed, "An NHS number has 10 digits, such as 999 000 0018. It is kept as you typed it.")
    stored = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    if is_nhs_number(digits):
        return Read(stored)
    return Read(stored, "This can't be a right NHS number: its last digit doesn't fit the others. Check each digit.")


def read_upn(typed: str) -> Read:
    """Return a unique pupil number in capitals without blanks."""
    upn = _joined(typed).upper()
    match = _UPN.fullmatch(upn)
    if match is None:
        return Read(typed, "A UPN is one letter and 12 more characters. It is kept as you typed it.")
    if upn_letter(match[2] + match[3]) == match[1]:
        return Read(upn)
    return Read(upn, "This can't be a right UPN: its first letter doesn't fit the rest. Check each character.")


def read_urn(typed: str) -> Read:
    """Return a school's unique reference number."""
    urn = _joined(typed)
    return Read(urn) if _SIX_DIGITS.fullmatch(urn) else Read(typed, "A URN has 6 digits. It is kept as you typed it.")


def _joined(typed: str) -> str:
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))


READERS: Mapping[Kind, Callable[[str], Read]] = {
    Kind.NHS_NUMBER: read_nhs_number,
    Kind.UPN: read_upn,
    Kind.URN: read_urn,
}
