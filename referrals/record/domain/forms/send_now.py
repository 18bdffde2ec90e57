"""Send now: who, where and the worry. Everything else follows as addenda."""

from referrals.record.domain.forms import common
from referrals.record.domain.forms.costs import with_costs
from referrals.record.domain.forms.parts import Kind, Page, Per, Question, Specification

_ABOUT = Page(
    key="child-about",
    section="Children",
    title="{name}: who, and where now",
    intro="Only what you know. Leave out the rest: it can follow.",
    per=Per.CHILD,
    in_row=True,
    questions=(
        common.UNBORN,
        *common.NAMES,
        *common.BIRTH,
        common.HARM,
        common.WHERE_NOW,
        common.FOUND_AREA,
        common.SAFE_TONIGHT,
        Question("address", "Home address", Kind.LONG_TEXT, limit=1000, not_known=True, mandatory=True),
        common.HOME_AREA,
    ),
)

_WORRY = Page(
    key="worry",
    section="The worry",
    title="What are you worried about?",
    questions=(
        Question(
            "worry",
            "What has happened, or what may happen?",
            Kind.LONG_TEXT,
            hint="What you saw and heard, when, and who was there. The child's own words if you have them.",
            mandatory=True,
        ),
        Question(
            "child_said",
            "What has the child said or shown?",
            Kind.LONG_TEXT,
            hint="If you could not ask, say why.",
            mandatory=True,
            not_known=True,
        ),
        Question("who_harms", "Who do you think may be harming the child?", Kind.TEXT, limit=1000, not_known=True),
        Question(
            "danger_to_visitors",
            "Is there anything a visitor to the home has to know to be safe?",
            Kind.TEXT,
            limit=1000,
            hint="For example weapons, dogs, or threats to staff.",
        ),
        Question(
            "family_told",
            "Does the family know that you are sending this?",
            Kind.YES_NO,
            hint="Do not tell them if that could put the child or anybody else at risk.",
            mandatory=True,
        ),
        Question(
            "why_not_told",
            "If they must not be told yet, why?",
            Kind.LONG_TEXT,
        ),
    ),
)

_DESK = Page(
    key="desk",
    section="The worry",
    title="Who at your agency may see this",
    questions=(common.ABOUT_DESK,),
)

SEND_NOW = Specification(
    version="send-now-1",
    name="Urgent referral",
    pages=with_costs((common.START, common.RING_FIRST, common.CHILDREN, _ABOUT, _WORRY, _DESK)),
)
