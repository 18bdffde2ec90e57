"""The early help assessment, first edition: its pages in order. Areas call it by their own names, from their packs."""

from dataclasses import replace

from referrals.record.domain.forms import common
from referrals.record.domain.forms.costs import with_costs
from referrals.record.domain.forms.eha_agreement import AGREEMENT_PAGES
from referrals.record.domain.forms.eha_assessment import ASSESSMENT_PAGES, HARM_PAGES
from referrals.record.domain.forms.eha_plan import PLAN_PAGES
from referrals.record.domain.forms.marf_level import LEVEL_PAGES
from referrals.record.domain.forms.marf_people import CHILD_PAGES, HOUSEHOLD_PAGES
from referrals.record.domain.forms.parts import Page, Specification

_DESK = Page(
    key="desk",
    section="Before you start",
    title="Who at your agency may see this",
    questions=(common.ABOUT_DESK,),
)
_CHILDREN = replace(
    common.reworded(common.CHILDREN, labels={"children_complete": "Have you added every child of the family?"}),
    title="Children in the family",
    intro="A whole family is assessed. Add each child, also one who is not born yet.",
)

EHA = Specification(
    version="eha-1",
    name="Early Help Assessment",
    pages=with_costs(
        (
            common.START,
            _DESK,
            _CHILDREN,
            *CHILD_PAGES,
            *HOUSEHOLD_PAGES,
            *HARM_PAGES,
            *ASSESSMENT_PAGES,
            *LEVEL_PAGES,
            *PLAN_PAGES,
            *AGREEMENT_PAGES,
        )
    ),
)


def is_assessment(version: str) -> bool:
    """Say whether a form of that version is an early help assessment."""
    return version.startswith("eha-")


def noun_of(version: str) -> str:
    """Return what something written on a form of that version is called in a sentence: "referral" or "assessment"."""
    return "assessment" if is_assessment(version) else "referral"
