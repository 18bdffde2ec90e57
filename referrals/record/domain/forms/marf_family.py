"""Pages of the MARF about the family's surroundings: addresses, who else is involved, orders and plans."""

from referrals.record.domain.forms import codes
from referrals.record.domain.forms.parts import DateRule, Kind, Option, Page, Per, Question, When

SECTION = "Family and household"

MEMBER_MORE = Page(
    key="member-more",
    section=SECTION,
    title="{name}: a little more, if you know it",
    intro="It helps whoever rings or visits. Leave out what you don't know.",
    per=Per.MEMBER,
    questions=(
        Question(
            "sex",
            "Sex",
            Kind.CHOICE,
            options=(Option("female", "Female"), Option("male", "Male"), Option("intersex", "Intersex")),
            not_known=True,
        ),
        Question("phone", "Phone number", Kind.PHONE, not_known=True),
        Question("language", "First language", Kind.TEXT, not_known=True),
        Question("interpreter", "Is an interpreter or signer needed?", Kind.YES_NO),
        *codes.ethnicity_questions("their"),
    ),
)

ADDRESSES = Page(
    key="previous-addresses",
    section=SECTION,
    title="Where the family lived before",
    intro="Other areas may know the family. The last five years are enough.",
    questions=(
        Question(
            "previous_addresses",
            "Earlier addresses, and other places where the children stay",
            Kind.ROWS,
            row_name="address",
            not_known=True,
            sorted_by="since",
            columns=(
                Question("where", "Address", Kind.LONG_TEXT, limit=1000, hint="The town or council area will do."),
                Question("since", "From", Kind.PARTIAL_DATE, date_rule=DateRule.PAST),
                Question("until", "To", Kind.PARTIAL_DATE),
                Question("why", "Who lived there, and why did they leave?", Kind.TEXT, limit=500),
            ),
        ),
    ),
)

AGENCIES = Page(
    key="agencies",
    section=SECTION,
    title="Who else works with the family",
    questions=(
        Question(
            "agencies",
            "Agencies involved",
            Kind.ROWS,
            row_name="agency",
            mandatory=True,
            not_known=True,
            unknown_costs="The front door has to ask every agency in turn.",
            columns=(
                Question("agency", "Agency or service", Kind.TEXT, hint="For example a health visitor, or probation."),
                Question("worker", "Who works with the family, and for whom of them?", Kind.TEXT),
                Question("contact", "Phone or e-mail", Kind.TEXT),
                Question("leads", "Are they the lead professional?", Kind.YES_NO),
            ),
        ),
        Question("team_around", "Is there a team around the family?", Kind.YES_NO),
        Question(
            "team_who",
            "Who is in it, and when did it last meet?",
            Kind.LONG_TEXT,
            limit=2000,
            not_known=True,
            when=(When("team_around", ("yes",)),),
        ),
    ),
)

ORDERS = Page(
    key="orders",
    section=SECTION,
    title="Court orders and plans",
    questions=(
        Question(
            "court_orders",
            "Are there court orders about the children?",
            Kind.TEXT,
            limit=1000,
            hint="For example an order about contact, or a non-molestation order. A care order is asked for later.",
            not_known=True,
            unknown_costs="Somebody may be let near the children whom a court keeps away.",
        ),
        Question(
            "plans",
            "Is there a plan for any of the children now?",
            Kind.MULTI,
            options=(
                Option("child_protection", "Child protection plan"),
                Option("child_in_need", "Child in need plan"),
                Option("looked_after", "Care plan of a child who is looked after"),
                Option("early_help", "Early help plan"),
                Option("other", "Another plan"),
                Option("none", "No plan", exclusive=True),
            ),
            not_known=True,
        ),
        Question(
            "plans_detail",
            "For whom is it, since when, and who leads it?",
            Kind.LONG_TEXT,
            limit=2000,
            not_known=True,
            when=(When("plans", ("child_protection", "child_in_need", "looked_after", "early_help", "other")),),
        ),
    ),
)

FAMILY_PAGES = (ADDRESSES, AGENCIES, ORDERS)
