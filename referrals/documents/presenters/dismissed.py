"""What the system suggested for one child from the practitioner's words, and they said doesn't fit."""

from collections.abc import Iterator, Mapping
from typing import Any

from referrals.documents.presenters.blocks import Part, Point, Points, Text, details, listed, moment

Frozen = Mapping[str, Any]

TITLE = "Suggested and dismissed"
_STANDING = (
    "The system suggested these from the words of the referral. Whoever wrote it said that they don't fit. Nothing "
    "follows from that: judge for yourself."
)
_OVERRIDE = "override"


def dismissed_parts(child: Frozen) -> Iterator[Part]:
    """Yield the part about a child's dismissed suggestions, those with steps of their own first; nothing for none."""
    dismissed = listed(child, "dismissed")
    if dismissed:
        first = [one for one in dismissed if one["kind"] == _OVERRIDE]
        others = [one for one in dismissed if one["kind"] != _OVERRIDE]
        points = tuple(_point(one) for one in (*first, *others))
        yield Part(TITLE, (Text(_STANDING), Points("Dismissed", points)))


def _point(one: Frozen) -> Point:
    return Point(
        str(one["wording"]),
        details(
            f"The words: “{one['quote']}”" if one["quote"] else "",
            f"Why it doesn't fit: {one['reason']}" if one["reason"] else "",
            f"By {one['by']}, {moment(one['at'])}",
        ),
    )
