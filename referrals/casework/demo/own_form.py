"""An invented draft in which a partnership changes its forms: to be looked at, and published by whoever tries it."""

from datetime import datetime

from accounts.clock import day_of
from accounts.demo import TELFORD
from audit.domain.actor import Actor
from thresholds.actions import keep_draft
from thresholds.domain.form_settings import (
    FormSettings,
    OwnKind,
    OwnOption,
    OwnPage,
    OwnQuestion,
    PageTitle,
    QuestionSetting,
)
from thresholds.selectors import current_pack

OWN_FORM = FormSettings(
    off=("scaling",),
    pages=(PageTitle(page="agencies", title="Who else helps the family"),),
    questions=(
        QuestionSetting(page="analysis", question="working_well", label="What is going well, and who makes it so?"),
        QuestionSetting(page="child-services", question="gp", mandatory=True),
    ),
    own_pages=(OwnPage(id="local-help", follows="agencies", title="Help close to home"),),
    own_questions=(
        OwnQuestion(
            id="family-hub",
            page="local-help",
            kind=OwnKind.CHOICE,
            label="Does the family use a family hub?",
            options=(
                OwnOption(id="often", label="Yes, every week"),
                OwnOption(id="sometimes", label="Now and then"),
                OwnOption(id="never", label="No"),
            ),
            mandatory=True,
            unknown_costs="Help that is there already may be offered a second time.",
        ),
        OwnQuestion(
            id="hub-since",
            page="local-help",
            kind=OwnKind.DATE,
            label="Since when?",
            hint="The year is enough.",
        ),
        OwnQuestion(
            id="young-carers-group",
            page="child-needs",
            kind=OwnKind.YES_NO,
            label="Does the child go to the young carers' group?",
        ),
    ),
    note="An example of a demonstration. No partnership has decided it.",
)


def keep_own_form(*, by: Actor, now: datetime) -> None:
    """Keep the pack that applies at `now`, with these forms, as a draft of the demonstration's partnership."""
    pack = current_pack(TELFORD, day_of(now)).pack.model_copy(update={"form": OWN_FORM})
    keep_draft(pack=pack, source="yaml", note="Example: our own questions", by=by, now=now)
