"""Pages of the MARF about one child's background, care and school."""

from referrals.record.domain.forms import codes
from referrals.record.domain.forms.parts import Kind, Option, Page, Per, Question, When

BORN = (When("unborn", ("no",), page="child-about"),)

IDENTITY = Page(
    key="child-identity",
    section="Children",
    title="{name}: background",
    intro="We ask so that people understand the family, and so that no group of children is overlooked. "
    "It never counts towards a level of need.",
    per=Per.CHILD,
    when=BORN,
    questions=(
        *codes.ethnicity_questions(
            "the child's", costs="Whoever visits can't prepare, and the area can't see whom it overlooks."
        ),
        Question("religion", "What is their religion or belief?", Kind.CHOICE, options=codes.RELIGIONS, not_known=True),
        Question("religion_other", "Which one?", Kind.TEXT, when=(When("religion", ("other",)),)),
    ),
)

_SOMEBODY_ELSE = (When("cared_by", ("other",)),)

CARE = Page(
    key="child-care",
    section="Children",
    title="{name}: who looks after them",
    per=Per.CHILD,
    when=BORN,
    questions=(
        Question(
            "cared_by",
            "Who looks after the child at home?",
            Kind.CHOICE,
            options=(
                Option("parent", "A parent, or somebody with parental responsibility"),
                Option("relative", "A grandparent, brother, sister, aunt, uncle or step-parent"),
                Option("other", "Somebody else", hint="A friend's family, a more distant relative, a host."),
                Option("looked_after", "A council placed the child", hint="Foster carers or a children's home."),
            ),
            mandatory=True,
            not_known=True,
            unknown_costs="If somebody else does, a council may have to be told, and nobody would know.",
        ),
        Question(
            "care_28_days",
            "Has that lasted 28 days, or is it meant to?",
            Kind.YES_NO,
            hint="Then it is private fostering if the child is under 16, or under 18 and disabled.",
            mandatory=True,
            when=_SOMEBODY_ELSE,
        ),
        Question("care_council_knows", "Has the council been told?", Kind.YES_NO, when=_SOMEBODY_ELSE),
        Question(
            "carer",
            "Who is it, since when, and who arranged it?",
            Kind.LONG_TEXT,
            limit=1000,
            not_known=True,
            when=_SOMEBODY_ELSE,
        ),
        Question(
            "immigration",
            "Does anybody's immigration status decide what help the child can get?",
            Kind.YES_NO,
            hint="If it makes no difference to the child's safety or help, answer no. You need not ask them.",
        ),
        Question(
            "immigration_status",
            "Which of these is so?",
            Kind.MULTI,
            options=codes.IMMIGRATION,
            not_known=True,
            when=(When("immigration", ("yes",)),),
        ),
        Question(
            "immigration_detail",
            "Whose status is it, and what follows from it?",
            Kind.LONG_TEXT,
            limit=1000,
            when=(When("immigration", ("yes",)),),
        ),
    ),
)

_AT_SCHOOL = (When("education", ("school",)),)

SCHOOL = Page(
    key="child-school",
    section="Children",
    title="{name}: school or nursery",
    per=Per.CHILD,
    when=BORN,
    questions=(
        Question(
            "education",
            "Where does the child learn?",
            Kind.CHOICE,
            options=(
                Option("school", "At a school, college or nursery, or with a childminder"),
                Option("home", "At home: the parents teach them"),
                Option("none", "Nowhere, although of school age"),
                Option("too_young", "Nowhere yet: too young"),
            ),
            mandatory=True,
            not_known=True,
            unknown_costs="School staff see the child most; nobody could ask them.",
        ),
        Question(
            "school",
            "Name of the school, college, nursery or childminder",
            Kind.TEXT,
            hint="Part of the name, and the town, will do to find it.",
            when=_AT_SCHOOL,
            finds_school=True,
        ),
        Question(
            "school_urn",
            "Its unique reference number (URN), if you have it",
            Kind.URN,
            hint="Six digits, from the register of schools.",
            when=_AT_SCHOOL,
        ),
        Question(
            "upn",
            "Unique pupil number (UPN), if you have it",
            Kind.UPN,
            hint="A letter and 12 more characters. The school has it.",
            when=_AT_SCHOOL,
        ),
        Question("upn_unknown", "If there is no UPN, why?", Kind.CHOICE, options=codes.UPN_UNKNOWN, when=_AT_SCHOOL),
        Question(
            "education_detail",
            "How long has it been so, and who knows?",
            Kind.LONG_TEXT,
            limit=1000,
            not_known=True,
            when=(When("education", ("home", "none")),),
        ),
    ),
)
