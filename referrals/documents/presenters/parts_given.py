"""What a copy for one front door says of itself: the other children, and what was left out and how to get it."""

from collections.abc import Iterator, Mapping
from typing import Any

from referrals.documents.domain.words import NO_WORDS, PackWords
from referrals.documents.presenters.answers import parts_of
from referrals.documents.presenters.blocks import Block, Part, Point, Section, Text, details, listed, points_of, rows_of

Frozen = Mapping[str, Any]

OTHERS = "Other children of this referral"
LEFT_OUT = "Not in this part"
_OTHERS_GUIDE = (
    "Other front doors deal with these children. They stand here as members of the household. Where harm to one of "
    "them is possible, or isn't ruled out, what bears on safety is here too."
)
_HOW = (
    "Ask the referrer for it, in the system or by telephone. If a child needs protection now, the front door opens all "
    "of it in the system at once, and says why."
)


def part_sections(content: Frozen) -> tuple[Section, ...]:
    """Return both, for a page that shows the answers in its own way; nothing for the whole."""
    return (*left_out(content), *other_children(content, NO_WORDS))


def other_children(content: Frozen, words: PackWords) -> Iterator[Section]:
    """Return the children whom other front doors deal with; nothing where there are none."""
    others = listed(content, "others")
    if others:
        yield Section(OTHERS, tuple(part for one in others for part in _other(one, words)), (Text(_OTHERS_GUIDE),))


def left_out(content: Frozen) -> Iterator[Section]:
    """Return for whom this part was made, what isn't in it and why; nothing for the whole."""
    recipient = content.get("recipient")
    if not recipient:
        return
    author = content["submitted_by"]
    yield Section(
        LEFT_OUT,
        (),
        (
            Text(f"This part is for {recipient['name']}, {recipient['purpose']}."),
            *points_of("Left out", (_point(one) for one in listed(content, "withheld"))),
            Text(_HOW),
            rows_of(
                ("The referrer", ", ".join(one for one in (author["name"], author["phone"], author["email"]) if one))
            ),
        ),
    )


def _point(one: Frozen) -> Point:
    what = "; ".join(one["what"])
    return Point(f"{one['about']}: {what}" if one["about"] else what, details(one["reason"]))


def _other(one: Frozen, words: PackWords) -> Iterator[Part]:
    known: tuple[Block, ...] = (
        rows_of(
            ("Age", one["age"]),
            ("Relationship", "Another child of this referral"),
            ("Who deals with them", "; ".join(one["doors"])),
        ),
    )
    yield Part(one["name"], known)
    yield from parts_of(one["pages"], {}, words)
