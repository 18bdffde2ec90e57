"""Sending what fails another way: by another gateway of whoever it is for, or by hand, with a record of it."""

from dataclasses import dataclass

BY_HAND = "by_hand"
"""Name of the way that needs no gateway. The value is stored."""
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A number to ring: whose it is, None where no number is known, and what has to be known of it."""

    name: str
    number: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class OtherWays:
    """How something that fails can reach whoever it is for.

    `for_whom` names them, `say` what to tell them; both hold nothing of a family. `gateways` are other ways that the
    system can take, by name. `replaces`: once it went another way it needn't be tried any more; otherwise it is tried
    on all the same, because only that puts it where it belongs.
    """

    for_whom: str
    say: str
    lines: tuple[Line, ...]
    gateways: tuple[tuple[str, str], ...] = ()
    replaces: bool = True

    def label(self, way: str) -> str:
        """Return the name of one of its ways; ValueError for another."""
        labels = {BY_HAND: "By hand", **dict(self.gateways)}
        try:
            return labels[way]
        except KeyError:
            raise ValueError(f"there is no way {way}") from None
