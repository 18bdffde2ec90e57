"""A frozen submission cut down to what one front door is given. What it isn't given isn't in the result at all, so
that no page and no copy made from it can show it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

Frozen = Mapping[str, Any]
_NOTHING: Frozen = {}


def narrowed(content: Frozen, need: Frozen, *, recipient: str) -> dict[str, Any]:
    """Return `content` with only what `need` names: plain JSON of `consent.domain.recipients.Needed`, as recorded.

    Where all of it is needed that is the content itself, unchanged. Else it has the same layout and says of itself for
    whom it is, which other children there are, and what was left out. Raises KeyError, TypeError or ValueError for
    content that isn't what its layout says.
    """
    if need["whole"]:
        return dict(content)
    people, full = need["people"], set(need["children"])
    given = {child["id"] for child in content["children"]} & full
    others = {other["id"]: other for other in need["others"]}
    return {
        **content,
        "pages": _pages(content["pages"], need["pages"]),
        "children": [_without_level(_person(one, people), need) for one in content["children"] if one["id"] in given],
        "household": [_person(one, people) for one in content["household"]],
        "others": [
            _other(one, others[one["id"]], content, people) for one in content["children"] if one["id"] in others
        ],
        "attachments": [one for one in content.get("attachments", ()) if one["id"] in need.get("files", ())],
        "check": _of(content["check"], set(need["checks"]) | {""}),
        "sharing": _of(content["sharing"], given | {""}),
        "plan": {**content["plan"], "children": _of(content["plan"].get("children", {}), given | {""})},
        "missing": [one for one in content["missing"] if _kept(one["page"], one["person"], need) is not _LEFT_OUT],
        "flags": [one for one in content["flags"] if _keeps_flag(one, need)],
        # Which child such a page was about isn't kept, and its title holds a name.
        "left_out": [],
        "carried": [
            one for one in content.get("carried", ()) if _kept(one["page"], one["person"], need) is not _LEFT_OUT
        ],
        "not_for_family": [
            one for one in content.get("not_for_family", ()) if _kept(one["page"], one["person"], need) is not _LEFT_OUT
        ],
        "recipient": {"name": recipient, "purpose": need["purpose_words"]},
        "withheld": list(need["withheld"]),
    }


class _LeftOut:
    """Stands for a page that isn't kept."""


_LEFT_OUT = _LeftOut()


def _kept(page: str, person: str, need: Frozen) -> list[str] | _LeftOut | None:
    """The questions that are kept of a page, None for all of them."""
    pages = need["people"].get(person, {}) if person else need["pages"]
    found: list[str] | _LeftOut | None = pages.get(page, _LEFT_OUT)
    return found


def _keeps_flag(flag: Frozen, need: Frozen) -> bool:
    kept = _kept(flag["page"], flag["person"], need)
    return kept is None or (not isinstance(kept, _LeftOut) and flag["question"] in kept)


def _pages(pages: Iterable[Frozen], keep: Frozen) -> list[dict[str, Any]]:
    return list(_kept_pages(pages, keep))


def _kept_pages(pages: Iterable[Frozen], keep: Frozen) -> Iterator[dict[str, Any]]:
    for page in pages:
        if page["key"] in keep:
            questions = keep[page["key"]]
            yield {
                **page,
                "questions": [
                    question for question in page["questions"] if questions is None or question["key"] in questions
                ],
            }


def _person(person: Frozen, people: Frozen) -> dict[str, Any]:
    return {**person, "pages": _pages(person["pages"], people.get(person["id"], _NOTHING))}


def _without_level(child: dict[str, Any], need: Frozen) -> dict[str, Any]:
    """What was suggested about a child's level and dismissed goes with the threshold check."""
    return child if child["id"] in need["checks"] else {**child, "dismissed": []}


def _of(found: Frozen, ids: set[str]) -> dict[str, Any]:
    return {key: one for key, one in found.items() if key in ids}


def _other(child: Frozen, other: Frozen, content: Frozen, people: Frozen) -> dict[str, Any]:
    """Another child as a household member. Whether the family must not be told stays: it keeps the children safe."""
    sharing = content["sharing"].get(child["id"], {})
    return {
        "id": child["id"],
        "position": child["position"],
        "name": child["name"],
        "age": age_of(child, content["submitted_at"]),
        "doors": list(other["doors"]),
        "safety": other["safety"],
        "guard": sharing.get("guard", {}),
        "pages": _pages(child["pages"], people.get(child["id"], _NOTHING)),
    }


def age_of(child: Frozen, submitted_at: str) -> str:
    """Return how old a child was when it was submitted, in words; "Not known" where nothing says so.

    No date of birth: the age is enough for somebody who doesn't deal with the child.
    """
    asked = {one["key"]: one for page in child["pages"] for one in page["questions"] if one["answered"]}
    unborn = asked.get("unborn", _NOTHING).get("answer") == "yes"
    if unborn:
        expected = asked.get("expected", _NOTHING).get("reads", "")
        return f"Not born yet, expected {expected}" if expected else "Not born yet"
    years = _years(str(asked.get("born", _NOTHING).get("answer", "")), date.fromisoformat(submitted_at[:10]))
    return years or str(asked.get("about_age", _NOTHING).get("reads", "")) or "Not known"


def _years(born: str, on: date) -> str:
    """Whole years from a date as far as it is known: with the year alone it may be one less."""
    parts = born.split("-")
    if not all(part.isdecimal() for part in parts) or not 1 <= len(parts) <= 3 or len(parts[0]) != 4:
        return ""
    year, month, day = (*(int(part) for part in parts), 1, 1)[:3]
    years = on.year - year - ((on.month, on.day) < (month, day))
    if years < 0:
        return ""
    if years == 0:
        return "Under 1 year"
    return f"{'About ' if len(parts) == 1 else ''}{years} year{'' if years == 1 else 's'}"
