"""Counts of a backtest, and nothing that names anybody. Slices are counted apart and added up."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from referrals.oversight.domain.recheck import Direction, Moved


class Left(StrEnum):
    """Why a child of the area was not re-checked."""

    OLD_FORM = "old_form"
    NO_PACK = "no_pack"
    NOT_READABLE = "not_readable"


@dataclass(slots=True)
class Tally:
    """What was counted. `agencies` are counted by id, `domains` by id; a child may count in several domains."""

    referrals: int = 0
    children: int = 0
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    agencies: dict[str, Counter[str]] = field(default_factory=dict)
    domains: dict[str, Counter[str]] = field(default_factory=dict)
    because: dict[str, Counter[str]] = field(default_factory=dict)
    missing: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    s47_lost: int = 0
    s47_gained: int = 0
    drifted: int = 0
    """Children whose frozen result today's rules would not give again with the very same pack."""

    def count(self, moved: Moved, *, agency: str, frozen: str | None) -> None:
        """Count one child. `frozen` is what was indicated when the referral was submitted; None: not kept."""
        self.children += 1
        self.moves[moved.before, moved.after] += 1
        direction = moved.direction.value
        self.agencies.setdefault(agency, Counter())[direction] += 1
        for domain in moved.domains:
            self.domains.setdefault(domain, Counter())[direction] += 1
        for reason in moved.because:
            self.because.setdefault(reason, Counter())[direction] += 1
        self.missing.update(moved.missing)
        self.s47_lost += moved.s47_lost
        self.s47_gained += moved.s47_gained
        self.drifted += frozen is not None and frozen != moved.before

    def leave(self, why: Left) -> None:
        """Count one that was not re-checked."""
        self.left[why.value] += 1

    def add(self, other: "Tally") -> None:
        """Add another tally's counts to these."""
        self.referrals += other.referrals
        self.children += other.children
        self.s47_lost += other.s47_lost
        self.s47_gained += other.s47_gained
        self.drifted += other.drifted
        self.moves.update(other.moves)
        self.missing.update(other.missing)
        self.left.update(other.left)
        for mine, theirs in (
            (self.agencies, other.agencies),
            (self.domains, other.domains),
            (self.because, other.because),
        ):
            for key, counts in theirs.items():
                mine.setdefault(key, Counter()).update(counts)

    def direction(self, direction: Direction) -> int:
        """How many children moved this way."""
        return sum(counts[direction.value] for counts in self.agencies.values())

    def as_data(self) -> dict[str, Any]:
        """Plain JSON; `of_data` gives the same tally back."""
        return {
            "referrals": self.referrals,
            "children": self.children,
            "moves": [[before, after, count] for (before, after), count in sorted(self.moves.items())],
            "agencies": {key: dict(counts) for key, counts in self.agencies.items()},
            "domains": {key: dict(counts) for key, counts in self.domains.items()},
            "because": {key: dict(counts) for key, counts in self.because.items()},
            "missing": dict(self.missing),
            "left": dict(self.left),
            "s47_lost": self.s47_lost,
            "s47_gained": self.s47_gained,
            "drifted": self.drifted,
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> "Tally":
        """The tally of plain JSON; an empty mapping is an empty tally."""
        return cls(
            referrals=data.get("referrals", 0),
            children=data.get("children", 0),
            moves=Counter({(before, after): count for before, after, count in data.get("moves", ())}),
            agencies={key: Counter(counts) for key, counts in data.get("agencies", {}).items()},
            domains={key: Counter(counts) for key, counts in data.get("domains", {}).items()},
            because={key: Counter(counts) for key, counts in data.get("because", {}).items()},
            missing=Counter(data.get("missing", {})),
            left=Counter(data.get("left", {})),
            s47_lost=data.get("s47_lost", 0),
            s47_gained=data.get("s47_gained", 0),
            drifted=data.get("drifted", 0),
        )
