"""What the threshold document indicates for one child, shown once the practitioner has judged."""

from dataclasses import replace

from referrals.casework.preparing import prepare
from referrals.journey.opening import Opened
from referrals.journey.presenters.checked import CheckShown, check_shown
from referrals.journey.presenters.citing import Reader
from referrals.journey.presenters.sending import LOWER_WORDS
from referrals.record.domain.draft import PersonAnswers
from referrals.record.domain.forms.parts import Page

INDICATED = "indicated"


def indicated_for(opened: Opened, page: Page, person: PersonAnswers | None) -> CheckShown | None:
    """Return the child's check for the page that shows it; None for every other page."""
    if page.key != INDICATED or person is None:
        return None
    prepared = prepare(referral=opened.referral, now=opened.now)
    child = prepared.child(str(person.id))
    shown = check_shown(child.check_as_data(), Reader(child.pack.pack))
    return replace(shown, asked_too=LOWER_WORDS[prepared.desk]) if child.divergence.asks_dsl else shown
