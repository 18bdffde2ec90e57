"""Whether what somebody types may take the place of what was kept of it before."""

from dataclasses import dataclass
from enum import StrEnum


class NotKept(StrEnum):
    """Why what is typed isn't kept. It loses nothing: it stands in the window in which it was typed."""

    OTHER_WINDOW = "other_window"
    SAVED = "saved"
    TOO_LARGE = "too_large"


WHY: dict[NotKept, str] = {
    NotKept.OTHER_WINDOW: "You have typed on this page in another window too. What you type here is not kept until you "
    "press the button below; both are shown then.",
    NotKept.SAVED: "You have saved this page in another window. What you type here is not kept until you press the "
    "button below; both are shown then.",
    NotKept.TOO_LARGE: "This is more than can be kept as you type. Press the button below to save it.",
}


@dataclass(frozen=True, slots=True)
class Before:
    """What was kept before, by which window, counted from 1."""

    tab: str
    number: int


def check_keep(
    before: Before | None, *, tab: str, number: int, version: int, saved_version: int, saved_by_them: bool
) -> NotKept | None:
    """Return why what is typed isn't kept, None where it is.

    `number` is that of the keeping which the window shows or has made, 0 for none. A window goes on from its own
    keeping, also where it never heard that the last one arrived; or from the one that it was opened with. What the same
    person saved after the window was opened isn't hidden behind older words of theirs. What a colleague saved
    meanwhile doesn't matter here: nothing is overwritten by keeping, and saving shows both.
    """
    if saved_by_them and saved_version > version:
        return NotKept.SAVED
    if before is not None and before.tab != tab and before.number != number:
        return NotKept.OTHER_WINDOW
    return None
