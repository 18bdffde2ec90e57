"""Pages of the early help assessment about strengths and needs, each one's own view, and what it adds up to.

The three domains are those of the national assessment framework; the dimensions are the eleven by which the documents
of Telford & Wrekin, Stoke-on-Trent and Staffordshire sort what they describe. The other documents name none.
"""

from dataclasses import dataclass

from referrals.record.domain.forms import common
from referrals.record.domain.forms.marf_worry import WORRY_PAGES
from referrals.record.domain.forms.parts import Kind, Option, Page, Per, Question, When

CHILD_NEEDS = "Strengths and needs of each child"
FAMILY_NEEDS = "Strengths and needs of the family"
VOICES = "What each of them says"
ADDS_UP = "What it adds up to"

_OF_MARF = {page.key: page for page in WORRY_PAGES}


@dataclass(frozen=True, slots=True)
class Dimension:
    """One thing that an assessment looks at. `key` begins the keys of its page and of both its questions."""

    key: str
    name: str
    hint: str


OF_CHILD = (
    Dimension(
        "learning", "learning and education", "For example attendance, progress, friendships at school, hopes for work."
    ),
    Dimension("health", "health", "For example growth, sleep, food, teeth, appointments, and health in mind and body."),
    Dimension("feelings", "feelings, behaviour and identity", "How they feel, behave, and see themselves."),
    Dimension("bonds", "family and friends", "How they get on with carers, brothers and sisters, and friends."),
    Dimension(
        "self_care", "self-care and independence", "What they can do alone for their age, and knowing what is safe."
    ),
)
OF_PARENTS = (
    Dimension(
        "basic_care", "Basic care, safety and protection", "Food, clothes, warmth, medical care, being kept safe."
    ),
    Dimension("warmth", "Emotional warmth and stability", "Affection, praise, and care that stays the same."),
    Dimension("guidance", "Guidance, boundaries and stimulation", "Rules, example, play and encouragement."),
)
OF_FAMILY = (
    Dimension(
        "relationships",
        "Relationships and wellbeing in the family",
        "Who gets on with whom, health of the adults, what the family has been through.",
    ),
    Dimension("home_money", "Housing, work and money", "The home, jobs, income and debts."),
    Dimension(
        "community", "Friends and community", "Who helps, and what is within reach: groups, services, transport."
    ),
)
DIMENSIONS = (*OF_CHILD, *OF_PARENTS, *OF_FAMILY)

SCALE = tuple(Option(str(number), str(number)) for number in range(11))
"""Nought to ten. The ends are said in the question."""


def page_key(dimension: Dimension) -> str:
    """Return the key of the page about a dimension."""
    return f"need-{dimension.key.replace('_', '-')}"


def _page(dimension: Dimension, *, per: Per, section: str, title: str) -> Page:
    return Page(
        key=page_key(dimension),
        section=section,
        title=title,
        per=per,
        questions=(
            Question(
                f"{dimension.key}_strengths",
                "What is going well?",
                Kind.LONG_TEXT,
                hint=dimension.hint,
                mandatory=True,
                not_known=True,
            ),
            Question(
                f"{dimension.key}_needs",
                "What is hard, or needed?",
                Kind.LONG_TEXT,
                hint="What you saw and heard. If nothing is needed here, say that.",
                mandatory=True,
                not_known=True,
            ),
        ),
    )


_REASON = Page(
    key="eha-reason",
    section="The reason",
    title="Why this assessment, and why now",
    questions=(
        Question(
            "reason",
            "What has led to it?",
            Kind.LONG_TEXT,
            hint="What was noticed, since when, and who asked for help.",
            mandatory=True,
        ),
        Question(
            "family_hopes",
            "What does the family hope for?",
            Kind.LONG_TEXT,
            hint="Each of them, in their words. What they would notice first if it went better.",
            mandatory=True,
            not_known=True,
        ),
        Question(
            "tried_before",
            "What has been tried already, and what changed?",
            Kind.LONG_TEXT,
            hint="By the family itself too. What helped a little is worth knowing.",
            mandatory=True,
            not_known=True,
        ),
    ),
)

_DAY = Page(
    key="child-day",
    section=VOICES,
    title="{name}: an ordinary day",
    per=Per.CHILD,
    questions=(
        Question(
            "day",
            "What is an ordinary day like for this child?",
            Kind.LONG_TEXT,
            hint="From waking to going to sleep, as the child would tell it. If unborn, say how the pregnancy is.",
            mandatory=True,
            not_known=True,
        ),
        Question(
            "child_scale",
            "From 0 to 10, how are things for them, in their own view?",
            Kind.SCALE,
            hint="10 means all is well, 0 means that it can't go on like this.",
            options=SCALE,
            not_known=True,
        ),
        Question(
            "child_scale_why",
            "What makes it that number, and what would move it up by one?",
            Kind.LONG_TEXT,
            when=(When("child_scale", tuple(one.value for one in SCALE)),),
        ),
    ),
)

_MEMBER_VOICE = Page(
    key="member-voice",
    section=VOICES,
    title="{name}: what they say",
    intro="Each person for themselves. Two people may see the same thing differently, and both count.",
    per=Per.MEMBER,
    questions=(
        Question(
            "voice_given",
            "Do you have this person's own view?",
            Kind.CHOICE,
            options=(Option("yes", "Yes"), Option("no", "No")),
            mandatory=True,
        ),
        Question(
            "voice",
            "What do they say?",
            Kind.LONG_TEXT,
            hint="What goes well, what worries them, what they want. Their own words where you can.",
            mandatory=True,
            when=(When("voice_given", ("yes",)),),
        ),
        Question(
            "member_scale",
            "From 0 to 10, how are things for the family, in their view?",
            Kind.SCALE,
            hint="10 means all is well, 0 means that it can't go on like this.",
            options=SCALE,
            not_known=True,
            when=(When("voice_given", ("yes",)),),
        ),
        Question(
            "member_scale_why",
            "What makes it that number, and what would move it up by one?",
            Kind.LONG_TEXT,
            when=(When("voice_given", ("yes",)), When("member_scale", tuple(one.value for one in SCALE))),
        ),
        Question(
            "voice_absent_because",
            "Why not?",
            Kind.LONG_TEXT,
            hint="For example lives far away, too young, or did not want to take part.",
            mandatory=True,
            when=(When("voice_given", ("no",)),),
        ),
    ),
)

_ANALYSIS = Page(
    key="analysis",
    section=ADDS_UP,
    title="Worried, working well, needs to happen",
    intro="Write it with the family, in words that they would use.",
    questions=(
        Question(
            "worried",
            "What are you worried about?",
            Kind.LONG_TEXT,
            hint="What has happened, and what may happen if nothing changes.",
            mandatory=True,
        ),
        Question(
            "harder",
            "What makes it harder?",
            Kind.LONG_TEXT,
            hint="What stands in the way. For example debts, illness, or a long journey to school.",
            not_known=True,
        ),
        Question(
            "working_well",
            "What is working well?",
            Kind.LONG_TEXT,
            hint="Strengths, and what keeps the children safe and well already.",
            mandatory=True,
            not_known=True,
        ),
        Question(
            "needs_to_happen",
            "What needs to happen?",
            Kind.LONG_TEXT,
            hint="What will be different for the children, and the next steps.",
            mandatory=True,
            not_known=True,
        ),
    ),
)

_SCALING = common.reworded(
    _OF_MARF["scaling"],
    section=ADDS_UP,
    title="How are things, from 0 to 10?",
    intro="0: it can't go on like this. 10: all is well. Your own number, and those of others who know the family.",
)

ASSESSMENT_PAGES = (
    _REASON,
    *(_page(one, per=Per.CHILD, section=CHILD_NEEDS, title=f"{{name}}: {one.name}") for one in OF_CHILD),
    *(_page(one, per=Per.REFERRAL, section=FAMILY_NEEDS, title=one.name) for one in (*OF_PARENTS, *OF_FAMILY)),
    common.reworded(_OF_MARF["child-view"], section=VOICES),
    _DAY,
    _MEMBER_VOICE,
    _ANALYSIS,
    _SCALING,
)

HARM_PAGES = tuple(
    common.reworded(
        _OF_MARF[key],
        section="Is any child at risk of harm?",
        intro="Asked for each child. If harm is possible, this becomes a referral, with all that you wrote.",
    )
    for key in ("harm", "circumstances")
)
"""As on the referral, so that each answer goes with it if it has to become one."""
