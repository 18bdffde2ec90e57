"""Carrying answers from one form to another: what goes along, what is asked again, and where it was written.

Nothing is invented: each carried answer stands in the source, under the same question, or under one that asks the same
thing of the other form (`_SAME`); what the assessment says dimension by dimension is quoted into the history of a
referral, each line under its own heading. What has to be true at the moment of sending is asked again: danger, where a
child is and whether they are safe tonight, a judgement of level, agreement, which is given for one purpose; and an
answer that rules harm or risk out. Why: docs/adr/0025.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from referrals.record.domain.clean import Context, clean_answers
from referrals.record.domain.clean_values import Options
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms.eha_assessment import OF_CHILD, OF_FAMILY, OF_PARENTS
from referrals.record.domain.forms.parts import NOT_KNOWN, Answers, Page, Per, Question, Specification

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
_MOMENT = frozenset(
    {"where_now", "found_area", "safe_tonight", "missing_now", "children_complete", "household_complete"}
)
"""Questions whose answer holds for a moment only."""
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
}
"""Questions of which only an answer goes along that speaks of harm or risk: a no is asked again."""
_SAYS_NOTHING = frozenset({"none", "none_found", NOT_KNOWN})
"""Answers that say "nothing of this", or that it isn't known: asked again too."""
_SAME: dict[str, tuple[str, ...]] = {
    "what": ("worry", "reason"),
    "reason": ("what", "worry"),
    "copy_not_to": ("withhold",),
    "withhold": ("copy_not_to",),
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


def carry(
    source: DraftAnswers,
    form: Specification,
    *,
    from_assessment: bool,
    to_assessment: bool,
    today: date,
    options_for: OptionsFor,
) -> Carrying:
    """Return the answers of `source` that go along into `form`, cleaned as that form cleans. Pure, and total.

    `options_for` gives what the packs offer, for a child of the source or for the whole. A page of which nothing goes
    along is left out.
    """
    quoted = _quoted(source) if from_assessment and not to_assessment else ""

    def answers(per: Per, person: PersonAnswers | None, once: Mapping[str, Answers]) -> dict[str, Answers]:
        found: dict[str, Answers] = {}
        around = dict(once)
        asked_of = source.pages if person is None else person.pages
        for page in form.pages:
            if page.per is not per or page.key in ASKED_AGAIN:
                continue
            raw = dict(_of_page(page, asked_of))
            if quoted and person is None and any(one.key == HISTORY for one in page.questions):
                raw[HISTORY] = "\n\n".join(filter(None, (raw.get(HISTORY, ""), quoted)))
            if not raw:
                continue
            context = Context(today=today, harm_possible=True, options=options_for(person), around=around)
            cleaned = clean_answers(page, raw, context).answers
            around[page.key] = cleaned
            if cleaned:
                found[page.key] = cleaned
        return found

    once = answers(Per.REFERRAL, None, {})
    return Carrying(
        pages=once,
        children={one.id: answers(Per.CHILD, one, once) for one in source.children},
        members={one.id: answers(Per.MEMBER, one, once) for one in source.members},
    )


def _of_page(page: Page, answered: Mapping[str, Answers]) -> Iterator[tuple[str, Any]]:
    for question in page.questions:
        for key in (question.key, *_SAME.get(question.key, ())):
            value = _value(question, _found(answered, key))
            if value is not None:
                yield question.key, value
                break


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
    return None if value == NOT_KNOWN else value


def _quoted(source: DraftAnswers) -> str:
    """What an assessment says dimension by dimension, person by person, each line under its own heading."""
    lines = [
        *(
            _line(f"{name_of(child, Per.CHILD)}, {one.name}", child, one.key)
            for child in source.children
            for one in OF_CHILD
        ),
        *(_line(one.name, source, one.key) for one in (*OF_PARENTS, *OF_FAMILY)),
        *(_said(f"{name_of(member, Per.MEMBER)} says", member.get("voice")) for member in source.members),
    ]
    said = [line for line in lines if line]
    return "\n".join(["From the early help assessment:", *said]) if said else ""


def _line(heading: str, holder: DraftAnswers | PersonAnswers, key: str) -> str:
    parts = (
        _said("needed", holder.get(f"{key}_needs")),
        _said("going well", holder.get(f"{key}_strengths")),
    )
    told = "; ".join(filter(None, parts))
    return f"{heading}: {told}" if told else ""


def _said(what: str, value: object) -> str:
    return f"{what}: {value}" if isinstance(value, str) and value.strip() else ""
