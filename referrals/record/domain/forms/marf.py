"""The multi-agency referral form, first edition: its pages in order."""

from referrals.record.domain.forms import common
from referrals.record.domain.forms.marf_level import LEVEL_PAGES
from referrals.record.domain.forms.marf_people import CHILD_PAGES, HOUSEHOLD_PAGES
from referrals.record.domain.forms.marf_sharing import DONE_PAGES, SHARING_PAGES
from referrals.record.domain.forms.marf_worry import WORRY_PAGES
from referrals.record.domain.forms.parts import Kind, Option, Page, Question, Specification

_START = Page(
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

_DESK = Page(
    key="desk",
    section="Before you start",
    title="Who at your agency may see this",
    questions=(common.ABOUT_DESK,),
)

MARF = Specification(
    version="marf-1",
    name="Multi-agency referral",
    pages=(
        _START,
        _DESK,
        common.CHILDREN,
        *CHILD_PAGES,
        *HOUSEHOLD_PAGES,
        *WORRY_PAGES,
        *LEVEL_PAGES,
        *SHARING_PAGES,
        *DONE_PAGES,
    ),
)
