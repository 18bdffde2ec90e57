"""What makes a draft urgent, from its answers alone. What a threshold check adds is known when it is submitted.

Design rule: harm yes, suspected or not sure; or the practitioner says that it can't wait. "Not sure" counts as yes:
unknown is not no.
"""

from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.forms import specification
from referrals.record.domain.forms.common import POSSIBLE_HARM

SEND_NOW = "send_now"
DANGER = "danger"
HARM = "harm"
CANNOT_WAIT = "cannot_wait"
_FIRST_PAGES = frozenset({"start", "desk"})


def urgent_because(version: str, draft: DraftAnswers) -> tuple[str, ...]:
    """Return the codes of the reasons why it is urgent, empty when none is known.

    `version` is the form's. Raises KeyError for a form that never was.
    """
    reasons = []
    if specification(version).version.startswith("send-now"):
        reasons.append(SEND_NOW)
    if draft.get("danger") in {"now", "likely", "not_sure"}:
        reasons.append(DANGER)
    if any(child.get("harm") in POSSIBLE_HARM for child in draft.children):
        reasons.append(HARM)
    if draft.get("cannot_wait") in {"yes", "not_sure"}:
        reasons.append(CANNOT_WAIT)
    return tuple(reasons)


def harm_possible(version: str, draft: DraftAnswers) -> bool:
    """Say whether harm is possible, so that nothing may block: it is urgent, or danger has not been asked about yet."""
    return bool(urgent_because(version, draft)) or draft.get("danger") is None


def is_empty(draft: DraftAnswers) -> bool:
    """Say whether nothing was written: nobody is on it, and beyond the first questions no page has an answer."""
    return not (draft.children or draft.members) and all(
        not answers for page, answers in draft.pages.items() if page not in _FIRST_PAGES
    )


def harm_ruled_out(version: str, draft: DraftAnswers) -> bool:
    """Say whether harm is answered no for every child, with at least one on it, and nothing else makes it possible."""
    answered_no = bool(draft.children) and all(child.get("harm") == "no" for child in draft.children)
    return answered_no and not harm_possible(version, draft)
