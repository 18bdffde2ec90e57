"""Overrides that a child's form asked about, because of the words in it, and that nobody answered.

They are shown before it is sent and frozen with it: a card that was passed over is neither yes nor no, and whoever
reads the referral has to know (design, rule 3: unknown is not no). They stop nothing.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from referrals.casework.domain.called import answered, left_open
from referrals.casework.domain.facts.narrative import narrative
from referrals.casework.domain.quoting import joined, quotations
from referrals.record.domain.dismissed import Dismissed, SuggestedKind
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.parts import Kind, Specification
from thresholds.domain.check_result import ChildFacts, ThresholdCheck
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
