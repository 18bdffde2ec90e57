"""What was said about sharing beside the form, as the front door reads it: agreement then and since, who was told."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext

from consent import selectors as sharing
from consent.domain.agreed import ticked_in_words
from consent.domain.facts import Said as Answered
from consent.models import SharingRecord
from referrals.casework.selectors import SAID_NOW, ruling_said
from referrals.record.models import Referral
from referrals.triage.presenters.said import Said


def sharing_said(referral: Referral, names: Mapping[str, str], *, until: datetime | None = None) -> tuple[Said, ...]:
    """Return it, first things first; for a front door that has let go of the referral, what was said `until` then.
    `names` are those of children and household by id as text. Four queries."""
    said = (one for one in _said(referral, names) if until is None or one.at <= until)
    return tuple(sorted(said, key=lambda one: one.at))


def telling_said(referral: Referral) -> tuple[Said, ...]:
    """Return what stands in the way of telling the family, and what front doors said about it."""
    return tuple(_rulings(referral))


def _said(referral: Referral, names: Mapping[str, str]) -> Iterator[Said]:
    for row in sharing.sharing_records_of(referral):
        if row.because == SharingRecord.Because.WEIGHED and row.note:
            yield Said(gettext("Weighed at the agency before it was sent"), (row.note,), row.by.full_name, row.at)
    for change in sharing.agreement_changes_of(referral):
        who = names.get(str(change.about), gettext("Somebody"))
        ticked = ticked_in_words(change.agreed_parts, change.agreed_with)
        lines = (
            change.words,
            *ticked,
            gettext("In their words: %(limits)s") % {"limits": change.limits} if change.limits else "",
        )
        heading = gettext("%(who)s, about agreement: %(said_now)s") % {
            "who": who,
            "said_now": gettext(SAID_NOW[Answered(change.said)]),
        }
        yield Said(heading, tuple(line for line in lines if line), change.by_name, change.at)
    for told in sharing.told_of(referral):
        who = names.get(told.about, gettext("Somebody"))
        heading = gettext("%(who)s was told on %(day)s, by %(told_by)s") % {
            "who": who,
            "day": date_format(told.told_on, "j F Y"),
            "told_by": told.told_by,
        }
        yield Said(heading, (told.words,), told.by_name, told.at)
    yield from _rulings(referral)


def _rulings(referral: Referral) -> Iterator[Said]:
    for ruling in sharing.rulings_of(referral):
        yield Said(ruling_said(ruling), (ruling.why,), ruling.by_name, ruling.at)
