"""The frozen threshold check of one child: judged beside indicated, every reason, and what would change it."""

from collections.abc import Iterable, Mapping
from typing import Any

from referrals.documents.domain.words import PackWords, humanised
from referrals.documents.presenters.blocks import (
    NOT_PROVIDED,
    Block,
    Notice,
    Part,
    Point,
    Text,
    details,
    listed,
    points_of,
    rows_of,
)

Frozen = Mapping[str, Any]

TITLE = "Threshold check"
JUDGED = "Level that the practitioner judged"
INDICATED = "Level that the document indicates"
_STANDING = "Guidance, never a gate: the practitioner judged first, and this stands beside it. Level is not harm."
_STANDS_IN = (
    "Checked with the document of another area, which stands in: the child's home area isn't known, or has none here."
)
_COMPARED = {
    "same": "They agree.",
    "judged_lower": "The practitioner judged lower than what is indicated.",
    "judged_higher": "The practitioner judged higher than what is indicated.",
    "unknown": "Can't be compared: the judgement or the facts are missing. That doesn't mean a low level.",
}
_NOT_ANSWERED = "The words may mean something that comes first. Whoever wrote them was asked and did not say."
_ABSENT = "No threshold check was made with this submission. That doesn't mean a low level."


def check_part(check: Frozen, judged: str, words: PackWords) -> Part:
    """Return the check as a part. `judged` is the practitioner's level as it reads; an empty check says so."""
    if not check:
        return Part(TITLE, (rows_of((JUDGED, judged)), Text(_ABSENT)))
    divergence, seen = check.get("divergence") or {}, check.get("exploitation")
    return Part(
        TITLE,
        (
            Text(_STANDING),
            *((Notice(_STANDS_IN),) if check.get("stands_in") else ()),
            rows_of(
                (JUDGED, judged or NOT_PROVIDED),
                (INDICATED, indicated_words(check, words)),
                ("The two compared", _compared(divergence)),
                *((("Exploitation indicator", _exploitation(seen, words)),) if seen else ()),
                (
                    "Threshold document",
                    f"{words.own_document or humanised(check['area'])}; version of {check['effective_from']}",
                ),
            ),
            *_overrides(check, words),
            *_not_answered(check),
            *points_of("Reasons, highest first", (_reason(one, words) for one in listed(check, "reasons"))),
            *points_of(
                "What the practitioner was asked to think about",
                (_prompt(one, words) for one in listed(check, "prompts")),
            ),
            *points_of(
                "Not known yet, and would change it", (_question(one, words) for one in listed(check, "questions"))
            ),
            *points_of("What makes harm more likely", _beside(listed(check, "harm_factors"), words)),
            *points_of(
                "What protects the child (doesn't lower the level)", _beside(listed(check, "protective"), words)
            ),
            *points_of("Chosen, but doesn't raise the level", _beside(listed(check, "listed_only"), words)),
            *points_of(
                "Chosen, and not in this version of the document",
                (Point(str(one)) for one in listed(check, "not_in_pack")),
            ),
            *points_of(
                "Circumstances that the answers, or what was chosen, point to",
                (Point(humanised(str(one))) for one in listed(check, "flags")),
            ),
        ),
    )


def _exploitation(seen: Frozen, words: PackWords) -> str:
    if seen["highest"] is None:
        return "None of the signs that were seen raises a level by itself."
    return f"Highest sign seen: {words.level(seen['highest'])}. Signs seen: {seen['seen']}. They are never added up."


def _compared(divergence: Frozen) -> str:
    below = divergence.get("below")
    if not below:
        return _COMPARED.get(divergence.get("kind", ""), NOT_PROVIDED)
    listed_for = (f"The document lists “{one.rstrip('.')}” for more than one level." for one in below["listed"])
    harm = "What would make it the higher one: significant harm, now or likely." if below["significant_harm"] else ""
    return " ".join(filter(None, ("The judgement lies below the upper end of what is indicated.", *listed_for, harm)))


def indicated_words(check: Frozen, words: PackWords) -> str:
    """Return the indicated level, range or "not known", and whether it may mean section 47; empty without a check."""
    if not check:
        return ""
    found = check["indicated"]
    if found["lowest"] is None:
        return "Not known: that is no level, least of all the lowest"
    reaches = ", which may mean section 47 (child protection)" if found["reaches_s47"] else ""
    return words.levels_between(found["lowest"], found["highest"]) + reaches


def _overrides(check: Frozen, words: PackWords) -> Iterable[Block]:
    for one in listed(check, "overrides"):
        if one["urgent"]:
            yield Notice(f"Urgent: {one['name']}")
    yield from points_of(
        "Circumstances with steps of their own, as the practitioner was given them",
        (_override(one, words) for one in listed(check, "overrides")),
    )


def _not_answered(check: Frozen) -> Iterable[Block]:
    """What the words may mean and nobody answered; nothing in what was frozen before there was such a list."""
    passed_over = listed(check, "not_answered")
    if passed_over:
        yield Notice(_NOT_ANSWERED)
    yield from points_of(
        "Not answered", (Point(str(one["name"]), tuple(f"“{said}”" for said in one["words"])) for one in passed_over)
    )


def _override(one: Frozen, words: PackWords) -> Point:
    return Point(
        str(one["name"]),
        details(
            "" if one["certain"] else "A fact on which it hangs isn't known. It speaks all the same.",
            f"Raises to: {words.level(one['raises_to'])}" if one["raises_to"] else "",
            *(_stated(step, words) for step in one["steps"]),
            one.get("note"),
            words.citation(one["citation"]),
        ),
    )


def _stated(step: Frozen, words: PackWords) -> str:
    source = words.citation(step.get("citation"))
    return f"{step['text']} ({source})" if source else str(step["text"])


def _reason(one: Frozen, words: PackWords) -> Point:
    return Point(
        str(one["wording"]),
        details(
            f"Level: {words.levels_between(one['lowest'], one['highest'])}",
            _instead(one, words),
            "The document gives it for another age. It counts, and is asked about." if one["outside_age"] else "",
            words.citation(one["citation"]),
        ),
    )


_ANSWERED = {"yes": "is answered yes", "no": "is answered no", "not_known": "isn't answered, or not known"}


def _instead(one: Frozen, words: PackWords) -> str:
    """What was chosen where another line of the document counts, and why; empty where it is what was chosen."""
    if one["chosen"] == one["id"]:
        return ""
    chosen = one.get("in_place_of")
    if not chosen:
        return "Shown in place of the milder twin that was chosen: a condition isn't known."
    level = words.levels_between(chosen["lowest"], chosen["highest"])
    return (
        f"Counts in place of what was chosen: “{str(chosen['wording']).rstrip('.')}” ({level}). "
        f"“{chosen['question']}” {_ANSWERED[chosen['answer']]}."
    )


def _prompt(one: Frozen, words: PackWords) -> Point:
    towards = f"Towards: {words.level(one['towards'])}" if one.get("towards") else ""
    return Point(str(one["text"]), details(towards, words.citation(one.get("citation"))))


def _question(one: Frozen, words: PackWords) -> Point:
    reach = one.get("could_reach")
    return Point(str(one["text"]), details(f"Could reach: {words.level(reach)}" if reach else ""))


def _beside(found: Iterable[Frozen], words: PackWords) -> Iterable[Point]:
    for one in found:
        yield Point(str(one["wording"]), details(one.get("why_not"), words.citation(one["citation"])))
