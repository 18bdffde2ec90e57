"""How long a draft still takes: an estimate from the questions that are open, and said as one. It promises nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil

from referrals.record.domain.clean import is_asked
from referrals.record.domain.completeness import DONE, PageProgress, Status
from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.forms.parts import Kind, Question

# Minutes a question, judged by us and measured by nobody: pages say that it is an estimate.
_MINUTES: dict[Kind, float] = {
    Kind.LONG_TEXT: 2,
    Kind.DESCRIPTORS: 4,
    Kind.SIGNS: 3,
    Kind.HARM_FACTORS: 1,
    Kind.PROTECTIVE_FACTORS: 1,
}
_OTHERWISE = 0.5
_STEP = 5


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many questions that have to be answered are open, and about how many minutes they take: 0 where none is."""

    questions: int
    minutes: int


def estimate(progress: Iterable[PageProgress], draft: DraftAnswers) -> Estimate:
    """Return what is left: the questions still to answer, also with "not known", on pages begun and not begun.

    What may stay empty counts for nothing: nobody should be put off by what they needn't write. Rounded up to five
    minutes. Pages that nothing calls for count for nothing.
    """
    found = [question for one in progress for question in _open(one, draft)]
    minutes = sum(_MINUTES.get(question.kind, _OTHERWISE) for question in found)
    return Estimate(len(found), ceil(minutes / _STEP) * _STEP)


def _open(one: PageProgress, draft: DraftAnswers) -> list[Question]:
    if one.status in DONE:
        return []
    page = one.page
    if one.status is Status.IN_PROGRESS:
        return [question for question in page.questions if question.key in one.missing]
    person = None
    if one.person_id is not None:
        person = draft.person(page.per, one.person_id)
    answers, around = draft.of(page.key, person), draft.around(person)
    return [question for question in page.questions if question.mandatory and is_asked(question, answers, around)]
