"""What a row of the authorisation table says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

OPEN = 200
TO_SIGN_IN = 302
REFUSED = 403
AS_IF_NOT_THERE = 404


@dataclass(frozen=True)
class Row:
    """One address, asked in one way for one record: the status that each person of the world is answered with.

    `expect` names people of `world.PEOPLE` (and "nobody", who has not signed in); whoever it doesn't name is answered
    with `otherwise`. `record` names what the address is about: a key of the world's `records`.
    """

    name: str
    expect: Mapping[str, int]
    otherwise: int
    nobody: int = TO_SIGN_IN
    method: str = "GET"
    record: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)

    def status_for(self, person: str) -> int:
        """The status that this person is answered with."""
        return self.nobody if person == "nobody" else self.expect.get(person, self.otherwise)

    def __str__(self) -> str:
        return f"{self.method} {self.name}{f' of {self.record}' if self.record else ''}"


def everybody(name: str, *, method: str = "GET", status: int = OPEN, nobody: int = OPEN, **more: Any) -> Row:
    """A page that doesn't ask who you are."""
    return Row(name, {}, status, nobody=nobody, method=method, **more)


def signed_in(name: str, *, method: str = "GET", status: int = OPEN, **more: Any) -> Row:
    """A page for anybody who has signed in."""
    return Row(name, {}, status, method=method, **more)


def only(
    name: str, *people: str, status: int = OPEN, otherwise: int = REFUSED, method: str = "GET", **more: Any
) -> Row:
    """A page for these people; anybody else who has signed in is answered with `otherwise`."""
    return Row(name, dict.fromkeys(people, status), otherwise, method=method, **more)
