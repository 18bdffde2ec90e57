"""The multi-agency referral form, first edition: its pages in order."""

from referrals.record.domain.forms import common
from referrals.record.domain.forms.costs import with_costs
from referrals.record.domain.forms.marf_about import REASON, REFERRER
from referrals.record.domain.forms.marf_level import LEVEL_PAGES
from referrals.record.domain.forms.marf_people import CHILD_PAGES, HOUSEHOLD_PAGES
from referrals.record.domain.forms.marf_sharing import DONE_PAGES, SHARING_PAGES
from referrals.record.domain.forms.marf_worry import WORRY_PAGES
from referrals.record.domain.forms.parts import Page, Specification

_DESK = Page(
    key="desk",
    section="Before you start",
    title="Who at your agency may see this",
    questions=(common.ABOUT_DESK,),
)

MARF = Specification(
    version="marf-1",
    name="Multi-agency referral",
    pages=with_costs(
        (
            common.START,
            _DESK,
            REASON,
            REFERRER,
            common.CHILDREN,
            *CHILD_PAGES,
            *HOUSEHOLD_PAGES,
            *WORRY_PAGES,
            *LEVEL_PAGES,
            *SHARING_PAGES,
            *DONE_PAGES,
        )
    ),
)
