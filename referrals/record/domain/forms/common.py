"""Questions and options that more than one form asks."""

from collections.abc import Mapping
from dataclasses import replace

from referrals.record.domain.forms.parts import DateRule, Kind, Option, Page, Per, Question, When

HARM_OPTIONS = (
    Option("yes", "Yes"),
    Option("suspected", "I suspect it"),
    Option("not_sure", "I am not sure"),
    Option("no", "No"),
)
POSSIBLE_HARM = ("yes", "suspected", "not_sure")

SEX_OPTIONS = (Option("female", "Female"), Option("male", "Male"), Option("intersex", "Intersex"))

ABOUT_DESK = Question(
    "about_desk",
    "Is this about somebody at your safeguarding desk, their family, or a colleague who may cause harm?",
    Kind.CHOICE,
    hint="Your safeguarding desk is your designated safeguarding lead and their deputies. "
    "If you answer yes or not sure, none of them can see this referral.",
    options=(Option("no", "No"), Option("yes", "Yes"), Option("not_sure", "I am not sure")),
    mandatory=True,
)

UNBORN = Question(
    "unborn",
    "Has this child been born?",
    Kind.CHOICE,
    options=(Option("no", "Yes, born"), Option("yes", "No, the child is expected")),
    mandatory=True,
)
_BORN = (When("unborn", ("no",)),)
_EXPECTED = (When("unborn", ("yes",)),)

NAMES = (
    Question("given_names", "First names", Kind.TEXT, hint="As far as you know them.", mandatory=True, not_known=True),
    Question("family_name", "Family name", Kind.TEXT, mandatory=True, not_known=True),
)
BIRTH = (
    Question(
        "born",
        "Date of birth",
        Kind.PARTIAL_DATE,
        hint="For example, 27 3 2015. The month and year, or the year alone, will do if that is what you know.",
        mandatory=True,
        not_known=True,
        date_rule=DateRule.CHILD_BIRTH,
        when=_BORN,
    ),
    Question(
        "about_age",
        "About how old, if you don't know the date of birth",
        Kind.TEXT,
        hint="For example, about 3 years old.",
        when=_BORN,
    ),
    Question(
        "expected",
        "Date when the baby is due",
        Kind.PARTIAL_DATE,
        hint="The month will do if that is what you know.",
        mandatory=True,
        not_known=True,
        date_rule=DateRule.EXPECTED_BIRTH,
        when=_EXPECTED,
    ),
)
SEX = Question("sex", "Sex", Kind.CHOICE, options=SEX_OPTIONS, mandatory=True, not_known=True)

HOME_AREA = Question(
    "home_area",
    "Which council area is this child's home in?",
    Kind.AREA,
    hint="It decides which front door receives the referral. For an unborn child, the mother's home.",
    options=(Option("elsewhere", "Another area"),),
    mandatory=True,
    not_known=True,
)
WHERE_NOW = Question(
    "where_now",
    "Where is the child now?",
    Kind.LONG_TEXT,
    hint="The place, and who is with them.",
    mandatory=True,
    not_known=True,
)
FOUND_AREA = Question(
    "found_area",
    "Which council area is the child in now?",
    Kind.AREA,
    hint="If the child needs protection today, the area where they are has to act.",
    options=(Option("elsewhere", "Another area"),),
    mandatory=True,
    not_known=True,
)
SAFE_TONIGHT = Question(
    "safe_tonight", "Will the child be safe tonight?", Kind.YES_NO, mandatory=True, hint="Not known is an answer too."
)
HARM = Question(
    "harm",
    "Has this child been significantly harmed, or are they likely to be?",
    Kind.CHOICE,
    hint="Abuse or neglect that did, or could do, serious damage to their health or development. "
    "If you can't tell, choose “I am not sure”: it counts as possible harm.",
    options=HARM_OPTIONS,
    mandatory=True,
)

START = Page(
    key="start",
    section="Before you start",
    title="Is a child in danger, or likely to be harmed?",
    intro="If a child is in danger now, call 999 first.",
    questions=(
        Question(
            "danger",
            "Is a child in danger now, or likely to be harmed?",
            Kind.CHOICE,
            options=(
                Option("now", "Yes, in danger now"),
                Option("likely", "Yes, harmed or likely to be harmed"),
                Option("not_sure", "I am not sure"),
                Option("no", "No"),
            ),
            mandatory=True,
        ),
        Question(
            "cannot_wait",
            "Can this wait until the next working day?",
            Kind.CHOICE,
            options=(
                Option("no", "Yes, it can wait"),
                Option("yes", "No, it can't wait"),
                Option("not_sure", "I am not sure"),
            ),
            mandatory=True,
        ),
    ),
)

CHILDREN = Page(
    key="children",
    section="Children",
    title="Children you are worried about",
    intro="Add each child, also one who is not born yet.",
    lists=Per.CHILD,
    questions=(
        Question(
            "children_complete",
            "Have you added every child you are worried about?",
            Kind.YES_NO,
            hint="Brothers, sisters and other children in the home may be at risk too.",
            mandatory=True,
        ),
    ),
)

RING_FIRST = Page(
    key="ring-first",
    section="What has been done",
    title="Have you rung the front door?",
    intro="If a child has been harmed or may be, ring first and then write. In immediate danger, call 999.",
    questions=(
        Question(
            "rang",
            "Have you, or has a colleague, rung about this?",
            Kind.CHOICE,
            options=(
                Option("yes", "Yes"),
                Option("tried", "We tried and reached nobody"),
                Option("no", "No"),
            ),
            mandatory=True,
        ),
        Question(
            "rang_whom",
            "Which service, and who did you speak to?",
            Kind.TEXT,
            mandatory=True,
            not_known=True,
            when=(When("rang", ("yes", "tried")),),
        ),
        Question(
            "rang_by",
            "Who rang?",
            Kind.TEXT,
            mandatory=True,
            not_known=True,
            when=(When("rang", ("yes", "tried")),),
        ),
        Question(
            "rang_on",
            "On which day?",
            Kind.DATE,
            mandatory=True,
            not_known=True,
            date_rule=DateRule.PAST,
            when=(When("rang", ("yes", "tried")),),
        ),
        Question(
            "rang_at",
            "At about what time?",
            Kind.TIME,
            hint="For example, 4:30pm.",
            when=(When("rang", ("yes", "tried")),),
        ),
        Question(
            "rang_advice",
            "What were you advised to do?",
            Kind.LONG_TEXT,
            mandatory=True,
            not_known=True,
            when=(When("rang", ("yes",)),),
        ),
        Question("rang_police", "Have the police been called?", Kind.YES_NO),
        Question("police_reference", "Police reference", Kind.TEXT, when=(When("rang_police", ("yes",)),)),
    ),
)


def reworded(
    page: Page,
    *,
    section: str = "",
    title: str = "",
    intro: str = "",
    labels: Mapping[str, str] | None = None,
) -> Page:
    """Return a page of one form as another form asks it: the same keys and kinds of answer, in other words.

    What is left out stays as it is. Raises KeyError for the label of a question that the page doesn't ask.
    """
    said = dict(labels or {})
    questions = tuple(replace(one, label=said.pop(one.key, one.label)) for one in page.questions)
    if said:
        raise KeyError(sorted(said))
    return replace(
        page,
        section=section or page.section,
        title=title or page.title,
        intro=intro or page.intro,
        questions=questions,
    )
