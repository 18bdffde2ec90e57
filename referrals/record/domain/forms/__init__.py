"""The forms as pure data. `specification(version)` gives one; a referral keeps the version that it was begun with."""

from referrals.record.domain.forms.eha import EHA, is_assessment, noun_of
from referrals.record.domain.forms.marf import MARF
from referrals.record.domain.forms.parts import Specification
from referrals.record.domain.forms.send_now import SEND_NOW

SPECIFICATIONS: dict[str, Specification] = {form.version: form for form in (MARF, SEND_NOW, EHA)}

CURRENT: dict[str, str] = {"marf": MARF.version, "send_now": SEND_NOW.version, "eha": EHA.version}
"""For each kind of referral, the version with which a new one is begun."""


def specification(version: str) -> Specification:
    """Return the form of that version; KeyError for one that never was."""
    return SPECIFICATIONS[version]


__all__ = ["CURRENT", "SPECIFICATIONS", "is_assessment", "noun_of", "specification"]
