"""What looks like details of somebody uninvolved, before sending: the words marked, and where they stand."""

from dataclasses import dataclass

from django.utils.translation import gettext

from consent.domain.uninvolved import DETAILS, Found, uninvolved
from referrals.casework.domain.facts import known, passages, person_of
from referrals.casework.preparing import Prepared
from referrals.journey.steps import page_url
from referrals.record.domain.draft import DraftAnswers, name_of
from referrals.record.domain.forms.wording import worded
from referrals.record.models import Referral
from referrals.record.selectors import form_of


@dataclass(frozen=True, slots=True)
class Stray:
    """One place: what it looks like, the words with those around them, and the page where they were written."""

    looks_like: str
    before: str
    words: str
    after: str
    title: str
    question: str
    url: str


def strays_of(referral: Referral, draft: DraftAnswers, prepared: Prepared) -> tuple[Stray, ...]:
    """Return what looks like details of somebody who isn't on the referral, in the order of the form. A person decides
    what becomes of it: nothing is stopped or taken out."""
    form = form_of(referral)
    author = referral.author
    numbers = (
        number
        for child in prepared.children
        for door in child.pack.pack.front_doors
        for line in door.numbers
        for number in (line.number, *(other.number for other in line.alternatives))
        if number
    )
    whose = known(
        form,
        draft,
        names=(author.full_name,),
        texts=(author.email, author.phone, referral.agency.name, *numbers),
    )
    return tuple(_stray(referral, draft, one) for one in uninvolved(passages(form, draft), whose))


def _stray(referral: Referral, draft: DraftAnswers, one: Found) -> Stray:
    page = worded(form_of(referral).page(one.passage.page), gettext)
    person_id = person_of(one.passage)
    person = draft.person(page.per, person_id)
    return Stray(
        looks_like=gettext(DETAILS[one.detail]),
        before=one.before,
        words=one.words,
        after=one.after,
        title=page.title_for(name_of(person, page.per) if person else ""),
        question=page.question(one.passage.question).label,
        url=f"{page_url(referral, page.key, person_id)}?from=check",
    )
