"""Overrides that a child's form asked about, because of the words in it, and that nobody answered.

They are shown before it is sent and frozen with it: a card that was passed over is neither yes nor no, and whoever
reads the referral has to know (design, rule 3: unknown is not no). They stop nothing.
"""

from collections.abc import Iterable, Set
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.clock import day_of
from audit.domain.refusal import Refusal
from referrals.casework.domain.called import answered, left_open
from referrals.casework.domain.facts import child_facts, only_asked
from referrals.casework.domain.facts.narrative import narrative
from referrals.casework.domain.quoting import joined, quotations
from referrals.casework.packs import pack_of, packs_of
from referrals.record.domain.dismissed import Dismissed, SuggestedKind
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.parts import Kind, Specification
from referrals.record.models import Referral
from referrals.record.selectors import dismissed_of, form_of
from thresholds.domain.check import check
from thresholds.domain.check_result import ChildFacts, ThresholdCheck
from thresholds.domain.parts import AgencyKind
from thresholds.domain.suggest import overrides_called
from thresholds.selectors import PublishedPack, index_for


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """An override of the pack, with the sentences because of which it was asked."""

    id: str
    name: str
    words: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain JSON."""
        return {**asdict(self), "words": list(self.words)}


def not_answered(
    form: Specification,
    draft: DraftAnswers,
    child: PersonAnswers,
    published: PublishedPack,
    *,
    facts: ChildFacts,
    checked: ThresholdCheck,
    dismissed: Iterable[Dismissed],
) -> tuple[NotAnswered, ...]:
    """Return what the form asked about one child and nobody answered; nothing for a form that asks no such thing.

    What was written only as denied isn't among them. `draft` holds only what is asked.
    """
    if not any(question.kind is Kind.DESCRIPTORS for page in form.pages for question in page.questions):
        return ()
    texts = [one.text for one in narrative(draft, child)]
    found = overrides_called(index_for(published), joined(texts), age=facts.age)
    gone = {one.item for one in dismissed if one.kind is SuggestedKind.OVERRIDE}
    return tuple(
        NotAnswered(one.id, one.wording, tuple(each.sentence for each in quotations(texts, one.spans)))
        for one in left_open(found, answered(published.pack, facts, checked), gone)
        if not one.negated
    )


def left_without_answer(
    referral: Referral, draft: DraftAnswers, children: Set[UUID], *, now: datetime
) -> dict[UUID, int]:
    """Return how many such questions stand without an answer, by the id of each of `children` who has one.

    `now` is aware. Words are read only of those `children` of whom somebody wrote any: where there are none it costs no
    query, else as many for one as for several.
    """
    form = form_of(referral)
    asked = only_asked(form, draft)
    told = [child for child in asked.children if child.id in children and narrative(asked, child)]
    if not told:
        return {}
    packs, dismissed = packs_of(referral, draft, now=now), dismissed_of(referral)
    found = {}
    for child in told:
        try:
            published = pack_of(child, packs, referral)
        except Refusal:
            # The page of what fits has no document then either, and asks nothing.
            continue
        facts = child_facts(asked, child, agency=AgencyKind(referral.agency.kind), on=day_of(now))
        found[child.id] = len(
            not_answered(
                form,
                asked,
                child,
                published,
                facts=facts,
                checked=check(published.pack, facts),
                dismissed=dismissed.get(str(child.id), ()),
            )
        )
    return {child: count for child, count in found.items() if count}
