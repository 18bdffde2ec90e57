"""From the answers of a form to the facts that the rules ask about. Nothing else knows the keys of the questions.

One module a rule: `child` for the threshold check, `sharing` for the decision to share, `routing` for the route plan.
An answer that is missing, or "not known", becomes the rule's own "not known", never a no.
"""

from referrals.casework.domain.facts.asked import NOBODY_YET, children_of, judged_level, only_asked
from referrals.casework.domain.facts.child import can_not_wait, child_facts
from referrals.casework.domain.facts.routing import route_facts
from referrals.casework.domain.facts.sharing import agreement_of, sharing_facts
from referrals.casework.domain.facts.uninvolved import known, passages, person_of

__all__ = [
    "NOBODY_YET",
    "agreement_of",
    "can_not_wait",
    "child_facts",
    "children_of",
    "judged_level",
    "known",
    "only_asked",
    "passages",
    "person_of",
    "route_facts",
    "sharing_facts",
]
