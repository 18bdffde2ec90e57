"""What the area's document says about agreement and telling, beside the questions that ask about it."""

from datetime import datetime

from referrals.journey.presenters.citing import Cited, Reader
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.parts import Page
from referrals.record.models import Referral
from referrals.record.selectors import packs_for
from thresholds.domain.check_result import plain
from thresholds.domain.duties import Topic

TOPICS: dict[str, tuple[Topic, ...]] = {
    "child-sharing": (Topic.AGREEMENT,),
    "child-understands": (Topic.COMPETENCE,),
    "member-sharing": (Topic.AGREEMENT, Topic.SHARING_WITHOUT),
    "without-agreement": (Topic.SHARING_WITHOUT, Topic.NOT_SEEKING, Topic.REFUSAL, Topic.RECORDING),
    "telling": (Topic.TELLING, Topic.NOT_TELLING),
}
"""Which of a document's rules belong to which page."""


def area_says(
    referral: Referral, draft: DraftAnswers, page: Page, person: PersonAnswers | None, *, now: datetime
) -> tuple[str, tuple[Cited, ...]]:
    """Return the area's name and its rules on what a page asks; empty for other pages, and while no area is known.

    Whether a rule holds for this child is the decision's to say: here all stand that could.
    """
    topics = TOPICS.get(page.key, ())
    packs = packs_for(referral, draft, now=now) if topics else {}
    home = person.get("home_area") if person is not None else None
    published = packs.get(str(home)) or packs.get(referral.home_area or "")
    if published is None:
        return "", ()
    reader = Reader(published.pack)
    said = (
        reader.cited(plain(rule), note=rule.note or "") for rule in published.pack.consent_rules if rule.topic in topics
    )
    return published.pack.area.name, tuple(said)
