"""The form that a referral is written on: its specification, as the pack version that it keeps changes it."""

from functools import lru_cache

from referrals.record.domain.forms import specification
from referrals.record.domain.forms.fitting import fitted
from referrals.record.domain.forms.parts import Specification
from referrals.record.models import Keeping, PageAnswers, Referral
from thresholds.domain.pack import Pack
from thresholds.selectors import pack_version


def form_of(referral: Referral, *, version: str = "", writing: str = "") -> Specification:
    """Return the form of a referral: until its home area is known as everywhere, then with the settings of the pack
    version that it keeps, also when the partnership has published another since.

    A page that they leave out stays while something is written on it, or typed and not saved, so that it is lost to
    nobody; so does the page that somebody is `writing` on, which was theirs to open. `version` names another form than
    the referral's own, for what is added to it. Where siblings live in several areas, the first child's area has the
    form. No query once a process has read that version; one where it leaves pages out.
    """
    wanted, version_id = version or referral.specification, referral.pack_version_id
    if version_id is None:
        return specification(wanted)
    off = _off(version_id)
    return _fitted(wanted, version_id, (_written(referral, off) | {writing}) & off if off else off)


def form_in(version: str, pack: Pack) -> Specification:
    """Return the form of that version as a pack has it."""
    return fitted(specification(version), pack.form)


def _written(referral: Referral, off: frozenset[str]) -> frozenset[str]:
    """Which of these pages hold something."""
    saved = PageAnswers.objects.filter(referral=referral, page__in=off).exclude(answers={}, set_aside={})
    typed = Keeping.objects.filter(referral=referral, page__in=off)
    return frozenset(saved.values_list("page", flat=True).union(typed.values_list("page", flat=True)))


# A version row is never changed, so what is kept of it here can't be out of date.
@lru_cache(maxsize=256)
def _off(version_id: int) -> frozenset[str]:
    return frozenset(pack_version(version_id).pack.form.off)


@lru_cache(maxsize=256)
def _fitted(version: str, version_id: int, written: frozenset[str]) -> Specification:
    return fitted(specification(version), pack_version(version_id).pack.form, written)
