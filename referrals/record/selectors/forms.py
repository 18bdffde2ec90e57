"""The form that a referral is written on: its specification, as the pack version that it keeps changes it."""

from functools import lru_cache

from referrals.record.domain.forms import specification
from referrals.record.domain.forms.fitting import fitted
from referrals.record.domain.forms.parts import Specification
from referrals.record.models import Referral
from thresholds.domain.pack import Pack
from thresholds.selectors import pack_version


def form_of(referral: Referral, *, version: str = "") -> Specification:
    """Return the form of a referral: until its home area is known as everywhere, then with the settings of the pack
    version that it keeps, also when the partnership has published another since.

    `version` names another form than the referral's own, for what is added to it. Where siblings live in several
    areas, the first child's area has the form. No query once a process has read that version.
    """
    return _fitted(version or referral.specification, referral.pack_version_id)


def form_in(version: str, pack: Pack) -> Specification:
    """Return the form of that version as a pack has it."""
    return fitted(specification(version), pack.form)


@lru_cache(maxsize=256)
def _fitted(version: str, pack_version_id: int | None) -> Specification:
    # A version row is never changed, so what is kept of it here can't be out of date.
    if pack_version_id is None:
        return specification(version)
    return form_in(version, pack_version(pack_version_id).pack)
