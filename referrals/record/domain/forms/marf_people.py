"""Pages of the MARF about the children, their home and their household."""

from referrals.record.domain.forms import common
from referrals.record.domain.forms.parts import DateRule, Kind, Page, Per, Question, When

_BORN = (When("unborn", ("no",), page="child-about"),)

_ABOUT = Page(
    key="child-about",
    section="Children",
    title="About {name}",
    per=Per.CHILD,
    in_row=True,
    questions=(
        common.UNBORN,
        *common.NAMES,
        Question("known_as", "Other names they use or have used", Kind.TEXT),
        *common.BIRTH,
        common.SEX,
    ),
)

_NEEDS = Page(
    key="child-needs",
    section="Children",
    title="{name}: needs",
    intro="This helps people to talk with the child, and to see when an injury needs explaining.",
    per=Per.CHILD,
    when=_BORN,
    questions=(
        Question("disabled", "Is the child disabled, or do they have special educational needs?", Kind.YES_NO),
        Question(
            "disability",
            "What is the disability or need?",
            Kind.LONG_TEXT,
            not_known=True,
            when=(When("disabled", ("yes",)),),
        ),
        Question(
            "moves_about",
            "Does the child move about by themselves?",
            Kind.YES_NO,
            hint="Crawling, walking, or moving a wheelchair. A bruise on a child who doesn't needs a doctor today.",
            mandatory=True,
        ),
        Question(
            "communication",
            "How does the child communicate best?",
            Kind.TEXT,
            hint="For example speech, signs, pictures or a device.",
            limit=1000,
            not_known=True,
        ),
        Question("language", "First language", Kind.TEXT, not_known=True),
        Question("interpreter", "Is an interpreter or signer needed?", Kind.YES_NO, mandatory=True),
    ),
)

_HOME = Page(
    key="child-home",
    section="Children",
    title="{name}: home, and where they are now",
    per=Per.CHILD,
    questions=(
        Question(
            "address",
            "Home address",
            Kind.LONG_TEXT,
            limit=1000,
            hint="For an unborn child, the mother's address.",
            mandatory=True,
            not_known=True,
        ),
        Question("postcode", "Postcode", Kind.POSTCODE, hint="For example TF1 1AA.", mandatory=True, not_known=True),
        common.HOME_AREA,
        Question(
            "address_reason",
            "If the child lives there for a special reason, what is it?",
            Kind.TEXT,
            limit=1000,
            hint="For example staying with a relative or friend, foster care or a refuge.",
        ),
        common.WHERE_NOW,
        common.FOUND_AREA,
        common.SAFE_TONIGHT,
    ),
)

_SERVICES = Page(
    key="child-services",
    section="Children",
    title="{name}: school, health and social worker",
    per=Per.CHILD,
    questions=(
        Question("school", "School, college, nursery or childminder", Kind.TEXT, not_known=True),
        Question("gp", "GP practice", Kind.TEXT, not_known=True),
        Question("nhs_number", "NHS number, if you have it", Kind.TEXT),
        Question(
            "open_case",
            "Does the child have a social worker now?",
            Kind.YES_NO,
            hint="If yes, ring them as well.",
            mandatory=True,
        ),
        Question(
            "social_worker",
            "Name of the social worker and their team",
            Kind.TEXT,
            not_known=True,
            when=(When("open_case", ("yes",)),),
        ),
        Question("other_services", "Who else works with the child or family?", Kind.LONG_TEXT, not_known=True),
    ),
)

CHILD_PAGES = (_ABOUT, _NEEDS, _HOME, _SERVICES)

_HOUSEHOLD = Page(
    key="household",
    section="Family and household",
    title="Family and household",
    intro="Add each person who lives in the home, each parent wherever they live, and others who matter.",
    lists=Per.MEMBER,
    questions=(
        Question(
            "household_complete",
            "Have you added everybody you know of?",
            Kind.YES_NO,
            mandatory=True,
        ),
        Question(
            "safe_contact",
            "What is a safe way and time to contact the family?",
            Kind.TEXT,
            limit=1000,
            not_known=True,
        ),
        Question(
            "danger_to_visitors",
            "Is there anything a visitor to the home has to know to be safe?",
            Kind.TEXT,
            limit=1000,
            hint="For example weapons, dogs, or threats to staff.",
            not_known=True,
        ),
        Question(
            "court_orders",
            "Are there court orders about the children?",
            Kind.TEXT,
            limit=1000,
            hint="For example a care order, or an order about contact.",
            not_known=True,
        ),
    ),
)

_MEMBER = Page(
    key="member-about",
    section="Family and household",
    title="About {name}",
    per=Per.MEMBER,
    in_row=True,
    questions=(
        Question("full_name", "Name", Kind.TEXT, mandatory=True, not_known=True),
        Question(
            "relationship",
            "Who are they to the child or children?",
            Kind.TEXT,
            hint="For example mother, stepfather, or grandmother of one of them: say of whom.",
            mandatory=True,
            not_known=True,
        ),
        Question(
            "parental_responsibility",
            "Do they have parental responsibility?",
            Kind.YES_NO,
            hint="The legal duties and rights of a parent. A carer may not have it.",
            mandatory=True,
        ),
        Question("in_home", "Do they live in the child's home?", Kind.YES_NO, mandatory=True),
        Question("born", "Date of birth", Kind.PARTIAL_DATE, not_known=True, date_rule=DateRule.PAST),
        Question("about_age", "About how old, if you don't know the date of birth", Kind.TEXT),
        Question("contact", "Address, if it is another one, and phone", Kind.LONG_TEXT, limit=1000, not_known=True),
        Question("works_with_children", "Do they work or volunteer with children?", Kind.YES_NO),
    ),
)

HOUSEHOLD_PAGES = (_HOUSEHOLD, _MEMBER)
