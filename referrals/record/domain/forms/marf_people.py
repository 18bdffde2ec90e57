"""Pages of the MARF about the children, their home and their household."""

from referrals.record.domain.forms import codes, common
from referrals.record.domain.forms.marf_child import BORN, CARE, IDENTITY, SCHOOL
from referrals.record.domain.forms.marf_family import FAMILY_PAGES, MEMBER_MORE
from referrals.record.domain.forms.parts import DateRule, Kind, Option, Page, Per, Question, When

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
    when=BORN,
    questions=(
        Question("disabled", "Is the child disabled, or do they have special educational needs?", Kind.YES_NO),
        Question(
            "disabilities",
            "What is harder for the child than for others of their age?",
            Kind.MULTI,
            options=codes.DISABILITIES,
            not_known=True,
            when=(When("disabled", ("yes",)),),
        ),
        Question(
            "disability",
            "What is the diagnosis? If there is none, what do you see?",
            Kind.LONG_TEXT,
            not_known=True,
            when=(When("disabled", ("yes",)),),
        ),
        Question(
            "ehcp",
            "Is there an education, health and care plan (EHCP)?",
            Kind.CHOICE,
            options=(Option("yes", "Yes"), Option("assessed", "It is being assessed"), Option("no", "No")),
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
        Question(
            "condition_now",
            "How is the child now?",
            Kind.LONG_TEXT,
            limit=2000,
            hint="What you see: hurt, ill, hungry, frightened or well. Of an unborn child, how the mother is. "
            "If a doctor is needed, get one first.",
            not_known=True,
        ),
        common.FOUND_AREA,
        common.SAFE_TONIGHT,
        Question(
            "phone",
            "The child's own phone number, if they have one",
            Kind.PHONE,
            hint="Only if somebody can ring it without danger to the child.",
        ),
    ),
)

_SERVICES = Page(
    key="child-services",
    section="Children",
    title="{name}: health and social worker",
    per=Per.CHILD,
    questions=(
        Question("gp", "GP practice", Kind.TEXT, hint="For an unborn child, the mother's.", not_known=True),
        Question(
            "nhs_number",
            "NHS number, if you have it",
            Kind.NHS_NUMBER,
            hint="10 digits, for example 999 000 0018. Children with like names are told apart by it.",
        ),
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
        Question(
            "social_worker_phone",
            "Phone number of the social worker or team",
            Kind.PHONE,
            not_known=True,
            when=(When("open_case", ("yes",)),),
        ),
    ),
)

CHILD_PAGES = (_ABOUT, IDENTITY, _NEEDS, _HOME, CARE, SCHOOL, _SERVICES)

_HOUSEHOLD = Page(
    key="household",
    section="Family and household",
    title="Family and household",
    intro="Add each person who lives in the home, each parent wherever they live, brothers and sisters who live "
    "elsewhere, and others who matter to the children.",
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
        Question("siblings_elsewhere", "Do brothers or sisters of the children live elsewhere?", Kind.YES_NO),
        Question(
            "regular_visitors",
            "Who comes regularly or stays overnight, and isn't added above?",
            Kind.TEXT,
            limit=1000,
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
            unknown_costs="It is then not clear who may agree for the child.",
        ),
        Question("in_home", "Do they live in the child's home?", Kind.YES_NO, mandatory=True),
        Question("born", "Date of birth", Kind.PARTIAL_DATE, not_known=True, date_rule=DateRule.PAST),
        Question("about_age", "About how old, if you don't know the date of birth", Kind.TEXT),
        Question("contact", "Address, if it is another one", Kind.LONG_TEXT, limit=1000, not_known=True),
        Question("works_with_children", "Do they work or volunteer with children?", Kind.YES_NO),
    ),
)

HOUSEHOLD_PAGES = (_HOUSEHOLD, _MEMBER, MEMBER_MORE, *FAMILY_PAGES)
