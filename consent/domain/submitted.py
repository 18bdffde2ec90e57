"""A frozen submission as the rule about recipients reads it."""

from collections.abc import Iterable, Mapping
from typing import Any

from consent.domain.agreed import Among, agreed_of
from consent.domain.files import File
from consent.domain.people import State
from consent.domain.recipient_facts import Somebody, Submitted
from consent.domain.result import Scope

Frozen = Mapping[str, Any]

_NEVER_ASKED = frozenset({State.NOT_SOUGHT.value, State.NOT_KNOWN.value})
_NOTHING_AGREED = [{"recipients": among.value, "parts": None, "own": None} for among in Among]


def submitted_of(
    content: Frozen, *, sharing: Frozen | None = None, plan: Frozen | None = None, urgent: bool = False
) -> Submitted:
    """Return what `content` says. `sharing`, `plan` and `urgent` are those of the moment of sending, where they have
    moved on since it was frozen: an approval given meanwhile, another front door in the evening.

    Raises KeyError, TypeError or ValueError for content that isn't what its layout says.
    """
    decided = content["sharing"] if sharing is None else sharing
    doors = _doors(content["plan"] if plan is None else plan)
    return Submitted(
        first_facts=content["kind"] == "send_now",
        danger=_chosen(content["pages"], "danger"),
        urgent=urgent or bool(content["urgent_because"]),
        pages=_titles(content["pages"]),
        children=tuple(
            _somebody(child, decided.get(child["id"], {}), doors.get(child["id"], ())) for child in content["children"]
        ),
        household=tuple(_somebody(member, {}, ()) for member in content["household"]),
        # What was frozen before files could be added names none.
        files=tuple(File(one["id"], one["number"], one["about"]) for one in content.get("attachments", ())),
    )


def scope_of(value: str | None) -> Scope | None:
    """How much may go. What went although nothing might is what somebody let pass since: then nothing narrows it."""
    return Scope(value) if value and value != Scope.NOTHING.value else None


def as_said_since(decision: Frozen) -> Frozen | None:
    """Return a decision that came of what was said later, as the next front door is held to it; None where nobody took
    anything back, and what it went with counts.

    Taking agreement back never gives more than limiting it: where the decision lets nothing go, because of a refusal, a
    withdrawal, or a limit that doesn't reach where it would go, only what always goes does. One that says of harm that
    it is possible narrows nothing all the same.
    """
    if decision["scope"] != Scope.NOTHING.value:
        return decision
    if decision["agreement"] in _NEVER_ASKED:
        return None
    if decision["agreement"] == State.LIMITED.value and decision.get("agreed"):
        return {**decision, "scope": Scope.AGREED_PARTS.value}
    return {**decision, "scope": Scope.ESSENTIALS.value, "agreed": _NOTHING_AGREED}


def _somebody(person: Frozen, decision: Frozen, doors: tuple[str, ...]) -> Somebody:
    pages = person["pages"]
    circumstances = _answer(pages, "circumstances")
    found = agreed_of(decision)
    return Somebody(
        id=person["id"],
        name=person["name"],
        pages=_titles(pages),
        harm=_chosen(pages, "harm"),
        circumstances=tuple(circumstances) if isinstance(circumstances, list) else None,
        safe_tonight=_chosen(pages, "safe_tonight"),
        said=_chosen(pages, "said"),
        works_with_children=_chosen(pages, "works_with_children"),
        doors=doors,
        scope=scope_of(decision.get("scope")),
        agreement=State(decision["agreement"]) if decision.get("agreement") else None,
        harm_possible=bool(decision.get("harm_possible", True)),
        agreed={one.recipients: one.parts for one in found} if found else None,
        agreed_own={one.recipients: one.own for one in found} if found else None,
    )


def _doors(plan: Frozen) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for door in plan.get("destinations", ()):
        for child in door["children"]:
            found.setdefault(child, []).append(f"{door['door_name']}, {door['area_name']}")
    return {child: tuple(names) for child, names in found.items()}


def _titles(pages: Iterable[Frozen]) -> dict[str, str]:
    # A page of which nothing was asked holds nothing that could be left out.
    return {page["key"]: page["title"] for page in pages if page["questions"]}


def _answer(pages: Iterable[Frozen], key: str) -> object:
    for page in pages:
        for question in page["questions"]:
            if question["key"] == key and "answer" in question:
                return question["answer"]
    return None


def _chosen(pages: Iterable[Frozen], key: str) -> str | None:
    found = _answer(pages, key)
    return found if isinstance(found, str) else None
