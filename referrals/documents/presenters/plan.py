"""The frozen plan: who receives the referral of each child, who is rung first, and the clocks."""

from collections.abc import Iterator, Mapping
from typing import Any

from referrals.documents.domain.words import PackWords, humanised
from referrals.documents.presenters.blocks import (
    NOT_STATED,
    Block,
    Notice,
    Part,
    Point,
    Text,
    details,
    listed,
    moment,
    points_of,
)
from thresholds.domain.assessments import conditional_name

Frozen = Mapping[str, Any]

TITLE = "Where it goes"
_ABSENT = "No plan was recorded with this submission."


def destinations(plan: Frozen) -> tuple[Point, ...]:
    """Return every front door of the whole referral once, urgent ones first, as frozen."""
    return tuple(
        Point(
            f"{one['door_name']}, {one['area_name']}",
            details(_how(one)),
        )
        for one in listed(plan, "destinations")
    )


def plan_part(plan: Frozen, words: PackWords) -> Part:
    """Return the plan of one child as a part; an empty one says so."""
    if not plan:
        return Part(TITLE, (Text(_ABSENT),))
    return Part(
        TITLE,
        (
            *_stands_in(plan),
            *_ring(plan.get("ring_first")),
            *points_of("Who receives it", (_intake(one, words) for one in listed(plan, "intakes"))),
            *points_of("Clocks", (_clock(one, words) for one in listed(plan, "clocks"))),
            *points_of("What only the practitioner can do", (_duty(one, words) for one in listed(plan, "duties"))),
            *points_of("Steps", (_step(one, words) for one in listed(plan, "steps"))),
            *points_of(
                "Help named for the same facts", (_alternative(one, words) for one in listed(plan, "alternatives"))
            ),
            *points_of("Why it is urgent", (Point(str(one["text"])) for one in listed(plan, "urgent_reasons"))),
            *points_of(
                "Not known yet, and would change it", (Point(str(one["text"])) for one in listed(plan, "questions"))
            ),
        ),
    )


def _stands_in(plan: Frozen) -> Iterator[Block]:
    if plan["stands_in"]:
        yield Notice(
            f"Planned with the document of {humanised(plan['area'])}, which stands in: the child's home area isn't "
            "known, or has no document here."
        )


def _ring(ring: Frozen | None) -> Iterator[Block]:
    if not ring:
        return
    if ring["emergency"]:
        yield Notice("In immediate danger: 999 first.")
    if ring["note"]:
        yield Notice(str(ring["note"]))
    lines = [line for line in (ring["ring_now"], *ring["others"]) if line]
    yield from points_of(f"To be rung first: {ring['area_name']}", (_line(line) for line in lines))


def _line(line: Frozen) -> Point:
    number = line["number"] or NOT_STATED
    unconfirmed = "" if line["confirmed"] or not line["number"] else "Number not confirmed."
    return Point(f"{line['name']}: {number}", details(unconfirmed, line["hours"], line["note"]))


def _intake(one: Frozen, words: PackWords) -> Point:
    return Point(
        f"{one['door_name']}, {one['area_name']}",
        details(
            _how(one),
            *(_why(why, words) for why in one["why"]),
            *(_line(line).text for line in one["lines"]),
            *one["channels"],
        ),
    )


def _how(one: Frozen) -> str:
    return " ".join(
        (
            "Urgent." if one["urgent"] else "Not urgent.",
            "To be rung first." if one["ring_first"] else "",
            "" if one["here"] else "It doesn't receive through this system: it has to be reached another way.",
        )
    ).strip()


def _why(one: Frozen, words: PackWords) -> str:
    uncertain = "" if one.get("certain", True) else "a fact on which it hangs isn't known"
    behind = "; ".join(part for part in (words.citation(one["citation"]), uncertain) if part)
    return f"{one['text']} ({behind})" if behind else str(one["text"])


def _clock(one: Frozen, words: PackWords) -> Point:
    due = moment(one["due_at"]) or NOT_STATED
    return Point(
        f"{conditional_name(one['deadline'], one['name'])}: {due}",
        details(
            f"Runs for {one['who']}" if one["who"] else "",
            "Statutory" if one["statutory"] else "",
            "The latest time allowed, not one to aim for." if one["outer_limit"] else "",
            "Counted from the moment of the plan, until the act itself is recorded." if one["provisional"] else "",
            one["note"],
            words.citation(one["citation"]),
        ),
    )


def _duty(one: Frozen, words: PackWords) -> Point:
    uncertain = "" if one["certain"] else "A fact on which it hangs isn't known."
    return Point(str(one["text"]), details(uncertain, words.citation(one["citation"])))


def _step(one: Frozen, words: PackWords) -> Point:
    return Point(str(one["text"]), details(words.citation(one["citation"])))


def _alternative(one: Frozen, words: PackWords) -> Point:
    return Point(
        str(one["door_name"]),
        details(_why(one["why"], words), *(_why(step, words) for step in one["steps"])),
    )
