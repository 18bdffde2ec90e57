"""What the area's document says about agreement and telling, beside the questions that ask about it."""

from datetime import datetime

from referrals.journey.presenters.citing import Cited, Reader
from referrals.journey.presenters.early_help import TOPICS as EARLY_HELP
from referrals.journey.presenters.early_help import beside_page
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms import is_assessment
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
    """Return the area's name and its rules on what a page asks; empty for other pages, and while no area is known. On
    an assessment also what the document asks of one, and what a refusal means there.

    Whether a rule holds for this child is the decision's to say: here all stand that could.
    """
    assessment = is_assessment(referral.specification)
    topics = TOPICS.get(page.key, ())
    if assessment and topics:
        topics = (*topics, Topic.REFUSAL)
    asked = topics or (assessment and page.key in EARLY_HELP)
    packs = packs_for(referral, draft, now=now) if asked else {}
    home = person.get("home_area") if person is not None else None
    published = packs.get(str(home)) or packs.get(referral.home_area or "")
    if published is None:
        return "", ()
    reader = Reader.of(published)
    said = (
        reader.cited(plain(rule), note=rule.note or "") for rule in published.pack.consent_rules if rule.topic in topics
    )
    beside = beside_page(published.pack, page.key) if assessment else ()
    return published.pack.area.name, (*said, *beside)
