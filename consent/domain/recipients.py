"""What each recipient needs of a submission: the golden rule "necessary, proportionate" as a rule and not as a tick.

- Immediate protection needs all of it, and so does the usual referral of one child.
- Children who go to the recipient are there in full. Other children of the referral stand there as household members:
  name, age, and who deals with them. Of a child of whom harm is possible, or not ruled out, it also gets what bears on
  safety: harm, circumstances, what the child says and shows.
- The designated officer (LADO) gets what an allegation needs: the child, where they are, the worry, who works with
  children, what was done.
- Where agreement was limited and no harm is possible, only who, where, the worry and what bears on safety, and the
  parts that were agreed to for this kind of front door (`agreed`); of one that wasn't agreed to, nothing more.
- The worry itself is one story about all the children. Nobody gets it in part.

- A file goes with whom it is about. One that is about all the children is like the worry, which goes to everybody; no
  program can tell what it shows, so where agreement is limited it goes only if files were agreed to.

What is left out is named, with the reason. An unknown is shown, never hidden. Sources: the information sharing advice
(share what is necessary and proportionate, and no less than safety needs) and the safety rules of the design.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from consent.domain.bounds import Bounds, in_order, is_left_out, parts_for
from consent.domain.files import goes
from consent.domain.people import State
from consent.domain.recipient_facts import Receiver, Somebody, Submitted
from consent.domain.result import Scope
from consent.domain.sections import (
    BEARS_ON_SAFETY,
    EVERYTHING,
    FOR_ALLEGATION,
    MEMBER_IN_SHORT,
    WHOLE,
    About,
    Kept,
    Part,
    about_of,
)
from thresholds.domain.check_result import plain
from thresholds.domain.doors import Kind

Pages = Mapping[str, Kept]
"""By key of page, the questions that are kept of it."""

NO_IMMEDIATE_DANGER = frozenset({"likely", "no"})
"""Answers to the first question that rule out a danger of this moment. "Not sure" and no answer don't."""
_NARROW = frozenset({Scope.AGREED_PARTS, Scope.ESSENTIALS})
_TELLS_OF_HARM = frozenset({"harm", "circumstances"})
"""What is added later about a child of whom nothing spoke of harm may be just that."""
_NO_CIRCUMSTANCES = frozenset({"none"})


class Purpose(StrEnum):
    """What a front door receives a referral for."""

    PROTECT_NOW = "protect_now"
    PROTECT = "protect"
    ALLEGATION = "allegation"
    HELP = "help"


PURPOSES: dict[Purpose, str] = {
    Purpose.PROTECT_NOW: "to protect a child who may be in danger now",
    Purpose.PROTECT: "to decide what the child needs to be safe and well",
    Purpose.ALLEGATION: "to deal with an allegation about somebody who works with children",
    Purpose.HELP: "to offer the family help",
}
_OF_KIND = {Kind.LADO: Purpose.ALLEGATION, Kind.EARLY_HELP: Purpose.HELP, Kind.CONSULTATION: Purpose.HELP}


class Because(StrEnum):
    """Why something is left out."""

    OTHER_DOOR = "other_door"
    PURPOSE = "purpose"
    AGREEMENT = "agreement"
    NOT_AGREED = "not_agreed"
    """They agreed, and not that this front door has it."""


@dataclass(frozen=True, slots=True)
class Other:
    """Another child of the referral, whom other front doors deal with. `safety`: what bears on safety goes along."""

    id: str
    safety: bool
    doors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that the recipient doesn't get: about whom (empty: the referral), which pages, and why."""

    about: str
    what: tuple[str, ...]
    because: Because
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """What one recipient gets. `whole`: everything, as it was submitted."""

    purpose: Purpose
    whole: bool
    limited: bool
    """Agreement was limited for all the children, no harm is possible: who, where, the worry and `parts`."""
    parts: tuple[Part, ...]
    """Where it is `limited`, what was agreed to of that which isn't about one child."""
    limits: Mapping[str, tuple[Part, ...]]
    """By id of each child whose agreement is limited, what was agreed to of that child's pages."""
    children: tuple[str, ...]
    """Ids of the children who are there in full."""
    others: tuple[Other, ...]
    pages: Pages
    people: Mapping[str, Pages]
    """By id of child or household member, what is kept of the pages about them."""
    checks: tuple[str, ...]
    """Ids of the children whose threshold check is there."""
    files: tuple[str, ...]
    """Ids of the files that are there."""
    gets: tuple[str, ...]
    """What is there, in a few words each."""
    withheld: tuple[Withheld, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON, as it is recorded: with the purpose in words, so that whoever reads it needs no rule."""
        body: dict[str, Any] = plain(self)
        return {**body, "purpose_words": PURPOSES[self.purpose]}


def needed(submitted: Submitted, receiver: Receiver) -> Needed:
    """What this receiver needs of what was submitted. Pure and deterministic; refuses nothing.

    Somebody of whom it isn't known who deals with them counts as the receiver's own.
    """
    known = {child.id for child in submitted.children}
    named = set(receiver.children) & known or known
    mine = named | {child.id for child in submitted.children if not child.doors}
    own = tuple(child for child in submitted.children if child.id in mine)
    purpose = purpose_of(submitted, receiver, own)
    if purpose is Purpose.PROTECT_NOW:
        return _all(submitted, purpose)
    limits = {child.id: parts_for(child.agreed, receiver.kind) for child in own if _limited(submitted, child)}
    owns = {child.id: _own_limit(submitted, child, receiver) for child in own}
    limited = bool(own) and len(limits) == len(own)
    everybodys = _bounds(purpose, frozenset[Part]().union(*limits.values()) if limited else None)
    others = tuple(
        Other(child.id, bears_on_safety(child), child.doors) for child in submitted.children if child.id not in mine
    )
    # A child who can decide and agrees lets what they agree to about themself go, whatever the parents said of theirs.
    of_child = {
        **{child: _bounds(purpose, parts) for child, parts in owns.items()},
        **{other.id: _of_other(purpose, safety=other.safety) for other in others},
    }
    people = {
        **{child.id: of_child[child.id].pages(child.pages) for child in submitted.children},
        **{member.id: _of_member(member, everybodys, purpose) for member in submitted.household},
    }
    checks = tuple(child.id for child in own if of_child[child.id].level)
    pages = everybodys.pages(submitted.pages)
    safety = {other.id: other.safety for other in others}
    files = tuple(one.id for one in submitted.files if goes(one.about, limited=everybodys.no_files, safety=safety))
    withheld = tuple(
        _withheld(
            submitted,
            mine=mine,
            pages=pages,
            people=people,
            checks=checks,
            files=files,
            because=_because(purpose, own, receiver, limits),
        )
    )
    return Needed(
        purpose=purpose,
        whole=not withheld,
        limited=limited,
        parts=in_order(everybodys.parts),
        limits={
            child.id: in_order(parts) for child in own if (parts := _own_limit(submitted, child, receiver)) is not None
        },
        children=tuple(child.id for child in own),
        others=others,
        pages=pages,
        people=people,
        checks=checks,
        files=files,
        gets=tuple(_gets(submitted, own, others, withheld)) if withheld else (ALL_OF_IT,),
        withheld=withheld,
    )


def purpose_of(submitted: Submitted, receiver: Receiver, own: Iterable[Somebody]) -> Purpose:
    """What it is for. Immediate protection: a danger of this moment isn't ruled out, it went with the first facts, or
    a child of whom harm is possible may not be safe tonight."""
    purpose = _OF_KIND.get(receiver.kind, Purpose.PROTECT) if receiver.kind else Purpose.PROTECT
    if purpose is not Purpose.PROTECT:
        return purpose
    unsafe = any(
        child.safe_tonight == "no" or (harm_not_ruled_out(child) and child.safe_tonight != "yes") for child in own
    )
    now = submitted.first_facts or submitted.danger not in NO_IMMEDIATE_DANGER or unsafe
    return Purpose.PROTECT_NOW if now else purpose


def harm_not_ruled_out(child: Somebody) -> bool:
    """Whether harm is possible by the child's own answer, or by the decision to share; unanswered is possible."""
    return child.harm != "no" or child.harm_possible


def bears_on_safety(child: Somebody) -> bool:
    """Whether what is said about this child bears on the safety of another: harm isn't ruled out, or a circumstance is
    known, suspected, or not answered."""
    return (
        harm_not_ruled_out(child)
        or child.circumstances is None
        or not _NO_CIRCUMSTANCES.issuperset(child.circumstances)
    )


def gives(need: Mapping[str, Any], page: str, person: str = "") -> bool:
    """Whether a page that is added later, of the referral or about somebody, goes to the recipient. `need` is what was
    recorded (`Needed.to_dict`). A page that would have been cut is given whole: it was added because it matters."""
    if need["whole"]:
        return True
    purpose = Purpose(need["purpose"])
    other = next((one for one in need["others"] if one["id"] == person), None)
    if other is not None:
        safety = other["safety"] or page in _TELLS_OF_HARM
        return _of_other(purpose, safety=safety).page(page) != ()
    # What was recorded before parts could be agreed to names none.
    parts = need.get("parts", ()) if need["limited"] else None
    if person in need["children"] and "limits" in need:
        parts = need["limits"].get(person)
    agreed_to = None if parts is None else frozenset(Part(one) for one in parts)
    return _bounds(purpose, agreed_to).page(page) != ()


def addendum_goes(need: Mapping[str, Any], content: Mapping[str, Any]) -> bool:
    """Whether an addendum goes to the recipient: `content` is what was frozen of it. Words go to everybody, as the
    worry does: no program can tell which child they are about."""
    page = content.get("page")
    return not page or gives(need, page["key"], content.get("person", ""))


def _all(submitted: Submitted, purpose: Purpose) -> Needed:
    people = (*submitted.children, *submitted.household)
    return Needed(
        purpose=purpose,
        whole=True,
        limited=False,
        parts=(),
        limits={},
        children=tuple(child.id for child in submitted.children),
        others=(),
        pages=dict.fromkeys(submitted.pages, WHOLE),
        people={one.id: dict.fromkeys(one.pages, WHOLE) for one in people},
        checks=tuple(child.id for child in submitted.children),
        files=tuple(one.id for one in submitted.files),
        gets=(ALL_OF_IT,),
        withheld=(),
    )


def _limited(submitted: Submitted, child: Somebody) -> bool:
    """Whether agreement narrows what goes of a child: the decision to share says so, and nothing speaks of harm. What
    isn't about one child is narrowed where this holds for all that go there."""
    return not submitted.urgent and child.scope in _NARROW and not harm_not_ruled_out(child)


def _own_limit(submitted: Submitted, child: Somebody, receiver: Receiver) -> frozenset[Part] | None:
    """What limits the pages about a child. One who can decide and agreed to all of it, against the parents' word, has
    no limit of their own."""
    if not _limited(submitted, child) or (child.agreement is State.CHILD_ONLY and child.agreed_own is None):
        return None
    return parts_for(child.agreed_own, receiver.kind)


def _because(
    purpose: Purpose, own: Iterable[Somebody], receiver: Receiver, limits: Mapping[str, frozenset[Part]]
) -> Because:
    if purpose is Purpose.ALLEGATION:
        return Because.PURPOSE
    left_out = any(child.id in limits and is_left_out(child.agreed, receiver.kind) for child in own)
    return Because.NOT_AGREED if left_out else Because.AGREEMENT


def _bounds(purpose: Purpose, parts: frozenset[Part] | None = None) -> Bounds:
    allegation = purpose is Purpose.ALLEGATION
    return Bounds(FOR_ALLEGATION if allegation else EVERYTHING, parts, in_short=allegation)


def _of_other(purpose: Purpose, *, safety: bool) -> Bounds:
    """Another front door's child: what bears on safety, or the bare line."""
    allegation = purpose is Purpose.ALLEGATION
    return Bounds(BEARS_ON_SAFETY if safety else frozenset(), in_short=allegation)


def _of_member(member: Somebody, bounds: Bounds, purpose: Purpose) -> dict[str, Kept]:
    """A person of the household: in short where the purpose or their agreement asks for no more."""
    in_short = (purpose is Purpose.ALLEGATION and member.works_with_children == "no") or (
        bounds.parts is not None and member.said != "given"
    )
    kept = bounds.pages(member.pages)
    return {page: MEMBER_IN_SHORT if in_short and about_of(page) is About.WHO else one for page, one in kept.items()}


def _gets(
    submitted: Submitted, own: tuple[Somebody, ...], others: tuple[Other, ...], withheld: tuple[Withheld, ...]
) -> Iterator[str]:
    yield "The worry, all of it"
    in_part = {(one.about, one.because) for one in withheld}
    for child in own:
        part = any((child.name, because) in in_part for because in _OF_ITSELF)
        yield f"{child.name}, {'in part' if part else 'in full'}"
    names = {child.id: child.name for child in submitted.children}
    for other in others:
        more = ", and what bears on safety" if other.safety else ""
        yield f"{names[other.id]}, as a household member{more}"


def _withheld(
    submitted: Submitted,
    *,
    mine: Set[str],
    pages: Pages,
    people: Mapping[str, Pages],
    checks: tuple[str, ...],
    files: tuple[str, ...],
    because: Because,
) -> Iterator[Withheld]:
    once = tuple(title for page, title in submitted.pages.items() if pages.get(page, ()) is not WHOLE)
    if once:
        yield Withheld("", once, because, REASONS[because])
    for somebody in (*submitted.children, *submitted.household):
        kept = people[somebody.id]
        left = [title for page, title in somebody.pages.items() if kept.get(page, ()) is not WHOLE]
        if somebody.id in mine and somebody.id not in checks:
            left.append(CHECK)
        if not left:
            continue
        other = somebody in submitted.children and somebody.id not in mine
        why = Because.OTHER_DOOR if other else because
        reason = REASONS[why]
        if other:
            reason = (
                f"{_listed(somebody.doors)} {'deals' if len(somebody.doors) == 1 else 'deal'} with {somebody.name}."
            )
        yield Withheld(somebody.name, tuple(left), why, reason)
    names = {child.id: child.name for child in submitted.children}
    for file in submitted.files:
        if file.id not in files:
            not_agreed = Because.AGREEMENT if because is Because.PURPOSE else because
            why = Because.OTHER_DOOR if file.about in names and file.about not in mine else not_agreed
            # A file's own name may say whom it is about.
            yield Withheld(names.get(file.about, ""), (f"File {file.number}",), why, REASONS[why])


ALL_OF_IT = "All of it, as it was submitted"
CHECK = "Threshold check"
REASONS: dict[Because, str] = {
    Because.OTHER_DOOR: "Another front door deals with this child.",
    Because.PURPOSE: "Dealing with the allegation doesn't need it.",
    Because.AGREEMENT: "Agreement covers a part, or isn't on record, and nothing that is known speaks of harm.",
    Because.NOT_AGREED: "They didn't agree that this front door has it, and nothing that is known speaks of harm.",
}
_OF_ITSELF = frozenset(Because) - {Because.OTHER_DOOR}


def _listed(names: tuple[str, ...]) -> str:
    if not names:
        return "Another front door"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
