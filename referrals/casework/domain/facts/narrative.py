"""What somebody wrote in their own words about the worry: what suggestions are made from.

What is going well, what should happen and what was done are left out: their words would suggest worries that nobody
has.
"""

from dataclasses import dataclass

from referrals.casework.domain.facts.asked import words_in
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.eha_assessment import OF_CHILD, OF_FAMILY, OF_PARENTS

_OWN = (
    *("harm_what", "condition_now", "body", "injury", "view", "view_wants", "day"),
    *(f"{one.key}_needs" for one in OF_CHILD),
)
_SHARED = (
    *("what", "source_detail", "history", "chronology", "adults_detail", "worried", "alleged_who", "alleged_others"),
    *("worry", "child_said", "who_harms"),
    *("reason", "harder", *(f"{one.key}_needs" for one in (*OF_PARENTS, *OF_FAMILY))),
)
"""Keys of questions of every form; the order in which they are read."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What was written in answer to one question. `own`: it was asked about this child alone."""

    question: str
    text: str
    own: bool


def narrative(draft: DraftAnswers, child: PersonAnswers) -> tuple[Passage, ...]:
    """Return what was written about one child, and about all of them together, empty answers left out."""
    found = [
        *(Passage(key, words_in(child.get(key), sentences=True), own=True) for key in _OWN),
        *(Passage(key, words_in(draft.get(key), sentences=True), own=False) for key in _SHARED),
    ]
    return tuple(one for one in found if one.text.strip())
