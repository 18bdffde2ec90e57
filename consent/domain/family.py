"""Whether a copy for the family may exist at all. Closed: what isn't known holds it back.

The guard of design rule 12 holds in every area. What was said since counts too: the decision to share is about the
answers that were sent, and nothing works it out anew when something is added.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from consent.domain.afterwards import Telling
from consent.domain.sections import PAGES, About
from referrals.record.domain.forms.family import is_written

_ASSESSMENT = "eha"
"""Kind of content that is made with the family: whether telling is a risk isn't asked there, what is going on is."""
_RISK, _GOING_ON = "risk_from_telling", "circumstances"
_SAYS_NOTHING = frozenset({About.NEEDS, About.DONE, About.EARLIER_HELP, About.WHO})
"""What a page is about whose chosen answers, added later, leave open whether telling is safe. Any other may speak of
harm, of where somebody is, or of who mustn't know; so may words."""


class Held(StrEnum):
    """Why no copy for the family can be made, or handed out."""

    NOT_SENT = "not_sent"
    UNDECIDED = "undecided"
    ABSOLUTE = "absolute"
    GUARDED = "guarded"
    ADDED = "added"
    BESIDE = "beside"

    @property
    def words(self) -> str:
        """The reason, as whoever wanted the copy reads it. None says what another record holds."""
        return _WORDS[self]

    @property
    def released_by(self) -> str:
        """What ends it, as whoever wanted the copy reads it; empty where nothing does, or where the reason says it."""
        return _RELEASED.get(self, "")


_ASK = "Ring the front door that has it, and ask. They record their answer here, under “Telling the family”."
_RELEASED = {Held.UNDECIDED: _ASK, Held.GUARDED: _ASK, Held.ADDED: f"{_ASK} It has to come after what is listed."}
_WORDS = {
    Held.NOT_SENT: "There is no copy for the family before it is sent, and none once it was withdrawn.",
    Held.UNDECIDED: "It is not answered whether telling the family is safe. A front door has to say that they may be "
    "told.",
    Held.ABSOLUTE: "The family must not be told of this. The area's document allows no exception, so there is no copy "
    "for them.",
    Held.GUARDED: "The family must not be told until the front door says so. Until then there is no copy for them.",
    Held.ADDED: "Something was added or said since that may make telling dangerous. A front door has to say first that "
    "the family may be told.",
    Held.BESIDE: "Whether the family may be told is not certain now. Ring the front door before you tell them.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFacts:
    """What the rule reads. `settled`: what was sent leaves nothing open. `ruled_at`: when a front door that has it, and
    whose yes is enough, last said that the family may be told; None where none did. `added_at`: when something was last
    added or said that may bear on it. `beside`: another record about the family, begun from this one or this one from
    it, or both from a third, holds telling back or isn't decided on."""

    sent: bool
    settled: bool
    telling: Telling
    ruled_at: datetime | None = None
    added_at: datetime | None = None
    beside: bool = False


def held_back(facts: FamilyFacts) -> Held | None:
    """Return why there can be no copy for the family; None where there may be one."""
    added_since = facts.added_at is not None and (facts.ruled_at is None or facts.ruled_at < facts.added_at)
    holds = {
        Held.NOT_SENT: not facts.sent,
        Held.ABSOLUTE: facts.telling.absolute,
        Held.GUARDED: facts.telling.guarded,
        Held.UNDECIDED: not facts.settled and not facts.telling.lifted,
        Held.ADDED: added_since,
        Held.BESIDE: facts.beside,
    }
    return next((held for held, true in holds.items() if true), None)


def settled(content: Mapping[str, Any] | None, *, decided: bool) -> bool:
    """Whether frozen content leaves nothing open that the guard is worked out from: a referral says that telling is no
    risk, and of each child it is answered what is going on. Not known is open, and so is a page that nobody filled in:
    something urgent goes without them. `decided`: the decision to share is on record."""
    if content is None or not decided or not content["children"]:
        return False
    if content["kind"] != _ASSESSMENT and _answer(content["pages"], _RISK) != "no":
        return False
    return all(_answer(child["pages"], _GOING_ON) for child in content["children"])


def _answer(pages: Iterable[Mapping[str, Any]], key: str) -> Any:
    """The answer to a question; None where it wasn't asked or answered, or isn't known."""
    asked = (one for page in pages for one in page["questions"] if one["key"] == key)
    found = next(asked, None)
    return found.get("answer") if found and found["answered"] and not found["not_known"] else None


def may_bear_on_telling(addendum: Mapping[str, Any]) -> bool:
    """Whether frozen later facts may make telling dangerous: words always may, wherever they were written, and so may
    a page that stands in no table. Which kind of school a child goes to, say, doesn't."""
    page = addendum.get("page") or {}
    written = any(one.get("answer") and is_written(str(one.get("kind"))) for one in page.get("questions", ()))
    return bool(addendum.get("words")) or written or PAGES.get(str(page.get("key", ""))) not in _SAYS_NOTHING
