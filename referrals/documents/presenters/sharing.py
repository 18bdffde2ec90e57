"""The frozen decision to share of one child: what was decided, on which basis, and each golden rule answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consent.domain.agreed_words import frozen_limits
from referrals.documents.domain.words import PackWords, humanised
from referrals.documents.presenters.blocks import (
    Block,
    Notice,
    Part,
    Point,
    Section,
    Text,
    details,
    listed,
    moment,
    points_of,
    rows_of,
    yes_no,
)

Frozen = Mapping[str, Any]

TITLE = "Decision to share"
DO_NOT_TELL = "The family must not be told of this, nor see it, until the front door says so."
DO_NOT_TELL_EVER = "The family must not be told of this, nor see it: the area's document makes no exception."
REFUSED = "Agreement was refused, and no harm is expected. Read what was said, and why it goes all the same."
IN_PART = "They agreed to a part only. What isn't here they kept back; ask them before you ask for more, or pass it on."
NOT_RECORDED = "Agreement isn't on record, and no harm is expected. Ask the family before you act on it."
_NOT_AGREED = frozenset({"may_share_flagged", "may_share_urgent", "to_weigh", "needs_approval", "advice_needed"})
HISTORY = "The decision to share, over time"
_HISTORY = "The last one counts. What came after this copy was made stands with the referral itself."
_ABSENT = "No decision to share was recorded with this submission."
_VERDICTS = {
    "may_share": "May be shared",
    "may_share_urgent": "May be shared at once, because it is urgent",
    "may_share_flagged": "Goes with what is missing shown: nobody could be asked first",
    "to_weigh": "Somebody else at the agency weighs it first",
    "needs_approval": "An approval is needed first",
    "advice_needed": "Advice is needed first",
    "may_not": "May not be shared",
}
_SCOPES = {
    "nothing": "Nothing",
    "essentials": "Who, where and the worry",
    "agreed_parts": "The parts that were agreed to",
    "needed": "What the purpose needs",
}
_TELLING = {
    "told": "Told",
    "before": "To be told before",
    "after": "To be told afterwards",
    "not_yet": "Must not be told yet",
    "ask_front_door": "Ask the front door first",
}
_MET = {"met": "Met", "partly": "Met in part", "missing": "Not answered yet"}


def sharing_part(decision: Frozen, words: PackWords) -> Part:
    """Return the decision as a part; an empty one says so."""
    if not decision:
        return Part(TITLE, (Text(_ABSENT),))
    return Part(
        TITLE,
        (
            *guard_notices(decision),
            rows_of(
                ("Decided", _VERDICTS.get(decision["verdict"], humanised(decision["verdict"]))),
                ("How much", _SCOPES.get(decision["scope"], humanised(decision["scope"]))),
                ("Agreement", humanised(decision["agreement"])),
                ("Is harm possible?", yes_no(decision["harm_possible"])),
                ("Is it urgent?", yes_no(decision["urgent"])),
                ("Decided at", moment(decision["at"])),
            ),
            *points_of(_limits_label(decision), (Point(line) for line in frozen_limits(decision))),
            *points_of("Why", (Point(str(one)) for one in listed(decision, "reasons"))),
            *points_of("Lawful basis", (_basis(one) for one in _relied_on(decision))),
            *rows_if("Why another lawful basis", decision.get("chosen_bases_why", "")),
            *points_of("Approval and advice", (_ask(one, words) for one in listed(decision, "asks"))),
            *points_of("Who is told", (_tell(one, words) for one in listed(decision, "tell"))),
            *points_of(
                "The golden rules, answered from the record",
                (_rule(one, decision) for one in listed(decision, "golden_rules")),
            ),
            *_printed(decision),
            *points_of("What the area's document says", (_said(one, words) for one in listed(decision, "rules"))),
            *points_of("Thought about", (_said(one, words) for one in listed(decision, "thoughts"))),
            *points_of("Still to be recorded", (Point(str(one["text"])) for one in listed(decision, "missing"))),
            *points_of(
                "Answers that don't fit together", (_said(one, words) for one in listed(decision, "contradictions"))
            ),
            *_for_family(decision),
        ),
    )


def _limits_label(decision: Frozen) -> str:
    """What was agreed to, and whether that binds whoever has it."""
    binds = decision["scope"] in {"agreed_parts", "nothing"}
    return "Agreed to, and no more" if binds else "Agreed to (recorded; it holds nothing back)"


def rows_if(label: str, text: str) -> tuple[Block, ...]:
    """Return one row where there is something to say; nothing else."""
    return (rows_of((label, text)),) if text else ()


def _printed(decision: Frozen) -> tuple[Block, ...]:
    """The edition that the document prints, where it is another one."""
    printed = decision.get("printed_rules")
    if not printed:
        return ()
    label = f"The edition that the area's document prints: {printed['name']}"
    return (Text(printed["note"]), *points_of(label, (_rule(one, decision) for one in printed["rules"])))


def _for_family(decision: Frozen) -> tuple[Block, ...]:
    """The decision in words that a parent could read; nothing at all while the family must not be told."""
    if guard_notices(decision):
        return ()
    return points_of("In words that a parent could read", (Point(str(one)) for one in decision.get("explained", ())))


@dataclass(frozen=True, slots=True)
class Recorded:
    """One row of the record of sharing: what called for it, why in somebody's words, and what it came to."""

    number: int
    because: str
    note: str
    by: str
    at: datetime
    decisions: Mapping[str, Frozen]


def history_section(rows: Sequence[Recorded], names: Mapping[str, str]) -> tuple[Section, ...]:
    """Return every row of the record as a section, where there is more than one: a correction is a new row, and both
    are shown. `names` are those of the children by id."""
    if len(rows) < 2:
        return ()
    return (Section(HISTORY, (), (Text(_HISTORY), *points_of("Recorded", recorded_points(rows, names)))),)


def recorded_points(rows: Iterable[Recorded], names: Mapping[str, str]) -> tuple[Point, ...]:
    """Return rows of the record of sharing, each as a point."""
    return tuple(_recorded(row, names) for row in rows)


def _recorded(row: Recorded, names: Mapping[str, str]) -> Point:
    came_to = (
        f"{names.get(child, 'The child')}: {_VERDICTS.get(one['verdict'], humanised(one['verdict']))}. "
        f"Agreement: {humanised(one['agreement'])}."
        for child, one in row.decisions.items()
    )
    who = f"{row.by}, {moment(row.at.isoformat())}"
    return Point(f"{row.number}. {row.because}", details(row.note, *came_to, who))


def agreement_notices(decision: Frozen) -> tuple[Notice, ...]:
    """Return what nobody must overlook about agreement where no harm is possible; nothing where it stands."""
    if decision.get("harm_possible"):
        return ()
    if decision.get("scope") == "agreed_parts" and decision.get("agreed"):
        return (Notice(IN_PART),)
    if decision.get("verdict") not in _NOT_AGREED:
        return ()
    return (Notice(REFUSED if decision["agreement"] in {"refused", "withdrawn", "disputed"} else NOT_RECORDED),)


def guard_notices(decision: Frozen) -> tuple[Block, ...]:
    """Return the warning while the family must not be told; nothing else."""
    guard = decision.get("guard") or {}
    if not guard.get("because") or guard.get("lifted"):
        return ()
    return (Notice(DO_NOT_TELL_EVER if guard.get("absolute") else DO_NOT_TELL),)


def _relied_on(decision: Frozen) -> list[Frozen]:
    chosen = set(listed(decision, "chosen_bases"))
    return [basis for basis in listed(decision, "bases") if basis["id"] in chosen]


def _basis(one: Frozen) -> Point:
    policy = "Needs an appropriate policy document." if one["policy_document"] else ""
    return Point(str(one["name"]), details(one["sentence"], one["law"], policy))


def _ask(one: Frozen, words: PackWords) -> Point:
    return Point(
        str(one["text"]),
        details(
            humanised(one["state"]),
            "Asked beside the sending, because it is urgent. This is the system's rule." if one["overridden"] else "",
            *one["exempt"],
            words.citation(one["citation"]),
        ),
    )


def _tell(one: Frozen, words: PackWords) -> Point:
    who = humanised(one["relation"]) if one["relation"] else "Front door"
    when = _TELLING.get(one["when"], humanised(one["when"]))
    return Point(f"{who}. {when}: {one['text']}", details(words.citation(one.get("citation"))))


def _rule(one: Frozen, decision: Frozen) -> Point:
    asked = {missing["question"]: missing["text"] for missing in listed(decision, "missing")}
    open_ones = (f"Not recorded: {asked.get(key, humanised(key.partition(':')[0]))}" for key in one["missing"])
    return Point(
        f"Rule {one['number']}: {one['text']}",
        details(_MET.get(one["met"], humanised(one["met"])) + ".", *one["evidence"], *dict.fromkeys(open_ones)),
    )


def _said(one: Frozen, words: PackWords) -> Point:
    uncertain = "" if one.get("certain", True) else "A fact on which it hangs isn't known."
    return Point(str(one["text"]), details(uncertain, one.get("note"), words.citation(one.get("citation"))))
