"""What the document indicates for one child, shown once the practitioner has judged, and what is asked then."""

from dataclasses import replace

from django.utils.translation import gettext

from referrals.casework.domain.facts.answering import asked_at
from referrals.casework.preparing import prepare
from referrals.journey.opening import Opened
from referrals.journey.presenters.checked import PICKED_ON, CheckShown, check_shown
from referrals.journey.presenters.citing import Reader
from referrals.journey.presenters.sending import LOWER_WORDS
from referrals.journey.steps import Origin, page_url
from referrals.record.domain.draft import PersonAnswers
from referrals.record.domain.forms.parts import Page
from referrals.record.models import Referral
from referrals.record.selectors import form_of
from thresholds.domain.check_divergence import DivergenceKind

INDICATED = "indicated"
NOTHING = "nothing"
"""The answer that is stored where there is nothing to compare: the page asks nothing then."""

_DIFFERS = frozenset({"yes", "no"})
_ANSWERS: dict[str, frozenset[str]] = {
    DivergenceKind.SAME.value: frozenset({"same", "no"}),
    DivergenceKind.JUDGED_LOWER.value: _DIFFERS,
    DivergenceKind.JUDGED_HIGHER.value: _DIFFERS,
    DivergenceKind.UNKNOWN.value: frozenset({NOTHING}),
}


def indicated_for(opened: Opened, page: Page, person: PersonAnswers | None) -> CheckShown | None:
    """Return the child's check for the page that shows it; None for every other page."""
    if page.key != INDICATED or person is None:
        return None
    prepared = prepare(referral=opened.referral, now=opened.now)
    child = prepared.child(str(person.id))
    shown = check_shown(child.check_as_data(), Reader.of(child.pack))
    return replace(
        shown,
        asked_too=gettext(LOWER_WORDS[prepared.desk]) if child.divergence.asks_dsl else "",
        not_answered=tuple(
            replace(one, url=page_url(opened.referral, PICKED_ON, person.id) + Origin(INDICATED, person.id).query)
            for one in shown.not_answered
        ),
        questions=tuple(replace(one, url=_url(opened.referral, one.key, person)) for one in shown.questions),
    )


def _url(referral: Referral, key: str, person: PersonAnswers) -> str:
    """The page where a fact is answered, which leads back here; empty where the form doesn't ask it."""
    place = asked_at(form_of(referral), key)
    return page_url(referral, place.page.key, person.id) + Origin(INDICATED, person.id).query if place else ""


def asked_about(page: Page, check: CheckShown | None) -> Page:
    """Return the page with the answers that make sense beside this check; every other page as it is."""
    if check is None:
        return page
    sensible = _ANSWERS[check.comparison]
    return replace(
        page,
        questions=tuple(
            replace(one, options=tuple(option for option in one.options if option.value in sensible))
            if one.key == "keeps_judgement"
            else one
            for one in page.questions
        ),
    )
