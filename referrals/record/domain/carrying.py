"""Carrying answers from one form to another: what goes along, what is asked again, and where it was written.

Nothing is invented: each carried answer stands in the source, under the same question, or under one that asks the same
thing of the other form (`_SAME`); what a referral has no question of its own for is quoted into its history
(`quoting`), so that no words are lost. What has to be true at the moment of sending is asked again: danger, where a
child is and whether they are safe tonight, a judgement of level, agreement, which is given for one purpose; and an
answer that rules harm or risk out. Why: docs/adr/0025.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from referrals.record.domain.clean import Context, clean_answers
from referrals.record.domain.clean_values import Options
from referrals.record.domain.dates import latest
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.parts import NOT_KNOWN, Answers, Page, Per, Question, Specification
from referrals.record.domain.quoting import ADDED, cut, quoted

ASKED_AGAIN = frozenset(
    {
        # Danger, what is true only now, why now, and who writes.
        *("start", "desk", "ring-first", "reason", "referrer"),
        # Agreement to one thing is no agreement to another, and a judgement is of its day.
        *("child-sharing", "child-understands", "child-care-order", "member-sharing", "without-agreement"),
        *("judged", "indicated", "what-it-holds"),
    }
)
"""Pages of which nothing goes along."""
ONCE_DECIDED = frozenset({"harm"})
"""Pages of which nothing goes along either, once a front door has decided on what they said and an assessment follows:
what was feared then has been looked at, and whether harm is possible is asked of today."""
_MOMENT = frozenset(
    {
        *("where_now", "condition_now", "found_area", "safe_tonight", "missing_now"),
        *("children_complete", "household_complete"),
        # Whose duty it is, and whether it was done, is said by whoever writes now.
        *("fgm_regulated", "fgm_reported"),
        # Whether a protective parent is there, and the like: an answer of its day decides between two descriptors.
        "conditions",
    }
)
"""Questions whose answer holds for a moment only."""
_WAS_SO = frozenset({"condition_now"})
"""Of these, what was seen then is worth knowing: it is quoted like other words."""
_ONLY_THESE: dict[str, frozenset[str]] = {
    "harm": frozenset({"yes", "suspected", "not_sure"}),
    "injured": frozenset({"yes"}),
    "alleged": frozenset({"yes"}),
    "alleged_works_with_children": frozenset({"yes"}),
    "alleged_contact": frozenset({"yes"}),
    "dash": frozenset({"yes"}),
    "open_case": frozenset({"yes"}),
    "risk_from_telling": frozenset({"yes"}),
    "identities_to_protect": frozenset({"yes"}),
    "care_28_days": frozenset({"yes"}),
    "moves_about": frozenset({"no"}),
    "works_with_children": frozenset({"yes"}),
    "fgm_known": frozenset({"yes"}),
}
"""Questions of which only an answer goes along that speaks of harm or risk: what would rule it out is asked again."""
_ONLY_IN_ROWS: dict[str, frozenset[str]] = {"works": frozenset({"yes"}), "reach": frozenset({"yes"})}
"""The same of the cells of a list: whether somebody who is alleged to harm works with children, or can reach one."""
_SAYS_NOTHING = frozenset({"none", "none_found", NOT_KNOWN})
"""Answers that say "nothing of this", or that it isn't known: asked again too."""
_SAME: dict[str, tuple[str, ...]] = {
    "what": ("worry", "reason"),
    "reason": ("what", "worry"),
    "copy_not_to": ("withhold",),
    "withhold": ("copy_not_to",),
    "risk_from_telling_why": ("why_not_told",),
}
"""By key of a question of the target: questions of the source that ask for the same, in the order of preference."""
HISTORY = "history"

OptionsFor = Callable[[PersonAnswers | None], Options]


@dataclass(frozen=True, slots=True)
class Carrying:
    """What goes along, as answers of the target's pages: once for the referral, and for each of the people of the
    source, by their ids there."""

    pages: Mapping[str, Answers]
    children: Mapping[UUID, Mapping[str, Answers]]
    members: Mapping[UUID, Mapping[str, Answers]]
    besides: str = ""
    """Words of the source that the target has no question for, not even its history: read there, and not carried."""


def carry(
    source: DraftAnswers,
    form: Specification,
    *,
    source_form: Specification,
    today: date,
    options_for: OptionsFor,
    added: tuple[str, ...] = (),
    decided: bool = False,
) -> Carrying:
    """Return the answers of `source` that go along into `form`, cleaned as that form cleans. Pure, and total.

    `added` are lines of what was added to the source later, each with its day and author.
    `source_form` is what the source was written on; `options_for` gives what the packs offer, for a child of the source
    or for the whole. A page of which nothing goes along is left out. `decided`: a front door has decided that early
    help follows, so that of `ONCE_DECIDED` nothing goes along.
    """
    again = ASKED_AGAIN | ONCE_DECIDED if decided else ASKED_AGAIN
    context = Context(today=today, harm_possible=True)

    def answers(per: Per, person: PersonAnswers | None, once: Mapping[str, Answers]) -> dict[str, Answers]:
        found: dict[str, Answers] = {}
        around = dict(once)
        asked_of = source.pages if person is None else person.pages
        for page in form.pages:
            if page.per is not per or page.key in again:
                continue
            raw = dict(_of_page(page, asked_of))
            if _born_since(raw, today):
                del raw["unborn"]
            if not raw:
                continue
            here = replace(context, options=options_for(person), around=around)
            cleaned = clean_answers(page, raw, here).answers
            around[page.key] = cleaned
            if cleaned:
                found[page.key] = cleaned
        return found

    once = answers(Per.REFERRAL, None, {})
    found = Carrying(
        pages=once,
        children={one.id: answers(Per.CHILD, one, once) for one in source.children},
        members={one.id: answers(Per.MEMBER, one, once) for one in source.members},
    )
    return _with_quoted(found, source, source_form, form, context, added=added)


def _with_quoted(
    found: Carrying,
    source: DraftAnswers,
    source_form: Specification,
    form: Specification,
    context: Context,
    *,
    added: tuple[str, ...],
) -> Carrying:
    """Add to the history, where the form has one, all words of the source that nothing else of it carries.

    An assessment has none, and gets none: a family reads it, and a referral holds what was said in confidence.
    """
    page = next((page for page in form.pages if any(one.key == HISTORY for one in page.questions)), None)
    carried: dict[UUID | None, Mapping[str, Answers]] = {None: found.pages}
    for id_, of_person in (*found.children.items(), *found.members.items()):
        carried[id_] = of_person
    asked = [page for page in source_form.pages if page.key not in ASKED_AGAIN]
    words = quoted(source, asked, carried, same=_SAME, leaving_out=_MOMENT - _WAS_SO)
    words = "\n\n".join(filter(None, (words, cut("\n".join([ADDED, *added])) if added else "")))
    if page is None:
        return replace(found, besides=words)
    if not words:
        return found
    answers = found.pages.get(page.key, {})
    history = "\n\n".join(filter(None, (answers.get(HISTORY, ""), words)))
    cleaned = clean_answers(page, {**answers, HISTORY: history}, replace(context, around=found.pages)).answers
    return replace(found, pages={**found.pages, page.key: cleaned})


def _of_page(page: Page, answered: Mapping[str, Answers]) -> Iterator[tuple[str, Any]]:
    for question in page.questions:
        for key in (question.key, *_SAME.get(question.key, ())):
            value = _value(question, _found(answered, key))
            if value is not None:
                yield question.key, value
                break
        else:
            # Who wrote why the family must not be told has said that telling is a risk, and the rules read it so.
            if question.key == "risk_from_telling" and _found(answered, "why_not_told"):
                yield question.key, "yes"


def _found(answered: Mapping[str, Answers], key: str) -> Any:
    return next(
        (answers[key] for page, answers in answered.items() if key in answers and page not in ASKED_AGAIN), None
    )


def _value(question: Question, value: Any) -> Any:
    """The answer as it goes along; None where it doesn't."""
    if value is None or question.key in _MOMENT:
        return None
    only = _ONLY_THESE.get(question.key)
    if only is not None:
        return value if value in only else None
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return [one for one in value if one not in _SAYS_NOTHING] or None
    if question.columns and isinstance(value, list):
        return [dict(_cells(row)) for row in value if isinstance(row, Mapping)] or None
    return None if value == NOT_KNOWN else value


def _born_since(raw: Mapping[str, Any], today: date) -> bool:
    """Whether a child who was not born yet is due by now: nothing that asks for an age would speak of them."""
    due = raw.get("expected")
    try:
        return raw.get("unborn") == "yes" and isinstance(due, str) and latest(due) < today
    except ValueError:
        return False


def _cells(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        only = _ONLY_IN_ROWS.get(key)
        if only is None or value in only:
            yield key, value
