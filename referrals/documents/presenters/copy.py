"""A whole frozen submission as the sections of its copy."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from referrals.documents.domain.words import NO_WORDS, PackWords, humanised
from referrals.documents.presenters.answers import parts_of, question_of, reading_of, sections_of
from referrals.documents.presenters.blocks import (
    NOT_PROVIDED,
    Block,
    Notice,
    Part,
    Point,
    Row,
    Section,
    Text,
    details,
    gathered,
    listed,
    moment,
    points_of,
    rows_of,
)
from referrals.documents.presenters.check import INDICATED, JUDGED, check_part, indicated_words
from referrals.documents.presenters.dismissed import dismissed_parts
from referrals.documents.presenters.files import files_section
from referrals.documents.presenters.parts_given import left_out, other_children
from referrals.documents.presenters.plan import destinations, plan_part
from referrals.documents.presenters.sharing import (
    Recorded,
    agreement_notices,
    guard_notices,
    history_section,
    sharing_part,
)
from referrals.record.domain import dates

Frozen = Mapping[str, Any]

FORMAT = 1
"""The layout of frozen content that this reads (`referrals.record.domain.document.FORMAT`)."""

ASSESSMENT = "eha"
"""Kind of content that is an early help assessment."""
WORRY = "The worry"
HOUSEHOLD = "Family and household"
_URGENT = {
    "send_now": "Sent with the first facts, because it could not wait.",
    "danger": "A child is in danger, may be, or is likely to be harmed.",
    "harm": "Significant harm is possible.",
    "harm_not_answered": "The question about significant harm is open.",
    "cannot_wait": "The practitioner says that it can't wait.",
    "override": "A circumstance calls for urgent steps.",
    "judged_level": "The level that the practitioner judged may mean section 47.",
    "indicated_level": "The level that the document indicates may mean section 47.",
}
_CARD = ("born", "about_age", "expected", "sex", "harm", "where_now", "safe_tonight")
"""Keys of questions that whoever opens a referral asks first. Their labels come with the frozen answers."""
_IF_GIVEN = frozenset({"about_age", "expected"})
_RANG = "rang"
_FIRST = (
    *("referral_type", "referral_reason", "referrer_phone", "referrer_email", "referrer_best_time"),
    *("referrer_stand_in", _RANG, "danger_to_visitors", "safe_contact", "withhold"),
)
"""Keys of what has to be known before anybody acts on the referral: it stands on the first page too."""
# A longer answer stands with its question further down.
_ROOM = 300
_SEE_BELOW = "A longer answer: see below"
_GUIDE = (
    "What was submitted, as it was at that moment. It is for the front doors named here and for those at the agency "
    "who may see the referral. It holds what people said about a child in confidence: don't pass it on, and don't "
    "give it to the family."
)
_GUIDE_OF_ASSESSMENT = (
    "What was submitted, as it was at that moment. It is for the teams named here and for those at the agency who may "
    "see it. Who of the family and the team gets a copy, and who must not, stands under copies and sharing."
)
_LATER = (
    "What was learned after this submission is no part of it. Each later fact is an addendum, a document of its own "
    "beside it; so are messages, decisions and outcomes. Look in the system for them."
)


@dataclass(frozen=True, slots=True)
class Copy:
    """What the template draws. `sha256` is the digest of the submission, `packs` the versions of the thresholds.

    `recipient` is for whom this part was made, empty for the whole.
    """

    reference: str
    form: str
    recipient: str
    submitted_at: str
    submitted_at_iso: str
    sha256: str
    packs: str
    notices: tuple[Notice, ...]
    sections: tuple[Section, ...]


class UnknownFormat(ValueError):
    """The content has a layout that this version can't read."""


def present(content: Frozen, *, sha256: str, words: Mapping[str, PackWords], recorded: Sequence[Recorded] = ()) -> Copy:
    """Return the copy of frozen content. `words` are those of its packs by slug of the area, `recorded` the record of
    sharing up to now, whose rows stand beside each other.

    Every answer appears, with its question; what isn't there reads "Not provided". Raises UnknownFormat for another
    layout of content, and KeyError, TypeError or ValueError for content that isn't what its layout says.
    """
    if content.get("format") != FORMAT:
        raise UnknownFormat("this version can't read the layout of the content")
    named = {area: words.get(area, NO_WORDS) for area in (pack["area"] for pack in content["packs"])}
    own = named.get(content["home_area"], NO_WORDS)
    packs = "; ".join(
        f"{named[pack['area']].area or humanised(pack['area'])} {pack['effective_from']} revision {pack['revision']}"
        for pack in content["packs"]
    )
    return Copy(
        reference=content["reference"],
        form=content["form"]["name"],
        recipient=content.get("recipient", {}).get("name", ""),
        submitted_at=moment(content["submitted_at"]),
        submitted_at_iso=content["submitted_at"],
        sha256=sha256,
        packs=packs or "none",
        notices=_notices(content),
        sections=_with_history(tuple(_sections(content, own, named, sha256)), content, recorded),
    )


def _with_history(sections: tuple[Section, ...], content: Frozen, recorded: Sequence[Recorded]) -> tuple[Section, ...]:
    """The record of sharing before what is about the copy itself."""
    names = {child["id"]: child["name"] for child in content["children"]}
    return (*sections[:-1], *history_section(recorded, names), sections[-1])


def _sections(content: Frozen, own: PackWords, named: Mapping[str, PackWords], sha256: str) -> Iterator[Section]:
    by_section = sections_of(content["pages"])
    words_of_child = {child["id"]: _words_of(child, content, named, own) for child in content["children"]}
    yield _about(content, own)
    yield from left_out(content)
    yield _at_a_glance(content, words_of_child)
    if WORRY in by_section:
        yield Section(WORRY, parts_of(by_section.pop(WORRY), {}, own))
    for number, child in enumerate(content["children"], start=1):
        yield _child(number, child, content, words_of_child[child["id"]])
    yield from other_children(content, own)
    yield from _without_child(content, own)
    yield _household(content, by_section.pop(HOUSEHOLD, []), own)
    for title, pages in by_section.items():
        # Sections of the form that are asked once beside each child's pages: "Children" and the like.
        yield Section(_once(title, content), parts_of(pages, {}, own))
    yield from files_section(content)
    yield from _carried(content)
    yield from _gaps(content)
    yield _this_copy(content, named, sha256)


def _about(content: Frozen, own: PackWords) -> Section:
    author, by = content["author"], content["submitted_by"]
    contact = ", ".join(part for part in (by["phone"], by["email"]) if part)
    rows = [
        ("Reference", content["reference"]),
        ("Submitted", moment(content["submitted_at"])),
        ("Written by", _writer(author)),
        ("Submitted by", _writer(by)),
        ("How to reach them", contact),
        ("Agency", by["agency"]),
        ("Home area", own.area or humanised(content["home_area"])),
    ]
    if author == by:
        rows[2:4] = [("Written and submitted by", _writer(by))]
    if content["number"] > 1:
        rows.append(("Submission", f"Number {content['number']}. It replaces the earlier ones."))
    rows += _known_first(content)
    because = (Point(_URGENT.get(code, humanised(code))) for code in content["urgent_because"])
    return Section(
        "About this assessment" if content["kind"] == ASSESSMENT else "About this referral",
        parts=(),
        lead=(
            Text(_GUIDE_OF_ASSESSMENT if content["kind"] == ASSESSMENT else _GUIDE),
            rows_of(*rows),
            *points_of("Urgent, because", because),
            *points_of("It goes to", destinations(content["plan"])),
        ),
    )


def _known_first(content: Frozen) -> Iterator[tuple[str, str]]:
    for key in _FIRST:
        question = question_of(content["pages"], key)
        if question and (question["answered"] or key == _RANG):
            yield question["label"], _in_short(question["reads"])


def _in_short(reads: str) -> str:
    return reads if len(reads) <= _ROOM else _SEE_BELOW


def _writer(writer: Frozen) -> str:
    return ", ".join(part for part in (writer["name"], writer["job_title"]) if part)


def _notices(content: Frozen) -> tuple[Notice, ...]:
    found: list[Block] = [Notice("Urgent")] if content["urgent_because"] else []
    for decision in content["sharing"].values():
        found += (*guard_notices(decision), *agreement_notices(decision))
    for other in content.get("others", ()):
        found += guard_notices(other)
    return tuple(dict.fromkeys(one for one in found if isinstance(one, Notice)))


def _at_a_glance(content: Frozen, words: Mapping[str, PackWords]) -> Section:
    children = enumerate(content["children"], start=1)
    cards = tuple(_card(number, child, content, words[child["id"]]) for number, child in children)
    lead = () if cards else (Text("No child is named in this submission."),)
    return Section("Children at a glance", cards, lead)


def _card(number: int, child: Frozen, content: Frozen, words: PackWords) -> Part:
    asked = {question["key"]: question for page in child["pages"] for question in page["questions"]}
    # Of the ways to give an age, one is enough.
    shown = [asked[key] for key in _CARD if key in asked and (key not in _IF_GIVEN or asked[key]["answered"])]
    facts: list[Row | Block] = [Row(one["label"], _in_short(one["reads"])) for one in shown]
    facts += [
        Row("Home area", reading_of(child["pages"], "home_area") or NOT_PROVIDED),
    ]
    if _has_check(content, child):
        facts += [
            Row(JUDGED, reading_of(child["pages"], "judged_level") or NOT_PROVIDED),
            Row(INDICATED, indicated_words(_of_child(content, "check", child), words) or NOT_PROVIDED),
        ]
    return Part(_child_title(number, child), gathered(facts), card=True)


def _child_title(number: int, child: Frozen) -> str:
    return f"Child {number}: {child['name']}"


def _child(number: int, child: Frozen, content: Frozen, words: PackWords) -> Section:
    check = _of_child(content, "check", child)
    plan = content["plan"].get("children", {}).get(child["id"], {})
    return Section(
        _child_title(number, child),
        (
            *parts_of(child["pages"], check, words),
            *dismissed_parts(child),
            *_check(content, child, words),
            sharing_part(_of_child(content, "sharing", child), words),
            plan_part(plan, words),
        ),
    )


def _check(content: Frozen, child: Frozen, words: PackWords) -> Iterator[Part]:
    if _has_check(content, child):
        judged = reading_of(child["pages"], "judged_level")
        yield check_part(_of_child(content, "check", child), judged, words)


def _has_check(content: Frozen, child: Frozen) -> bool:
    """Whether the level of need stands here: a part without it says that it was left out, not that there is none."""
    return "recipient" not in content or child["id"] in content["check"]


def _without_child(content: Frozen, words: PackWords) -> Iterator[Section]:
    """What was worked out before any child was recorded stands under the empty id."""
    check, sharing = content["check"].get("", {}), content["sharing"].get("", {})
    plan = content["plan"].get("children", {}).get("", {})
    if check or sharing or plan:
        yield Section(
            "Worked out without a child recorded",
            (check_part(check, "", words), sharing_part(sharing, words), plan_part(plan, words)),
        )


def _household(content: Frozen, pages: Iterable[Frozen], words: PackWords) -> Section:
    members = tuple(
        Part(_member_title(member, part.title), part.blocks)
        for member in content["household"]
        for part in parts_of(member["pages"], {}, words)
    )
    lead = () if content["household"] else (Text("Nobody of the family or household is named in this submission."),)
    return Section(HOUSEHOLD, (*members, *parts_of(pages, {}, words)), lead)


def _member_title(member: Frozen, title: str) -> str:
    return title if member["name"] in title else f"{member['name']}: {title}"


def _once(title: str, content: Frozen) -> str:
    per_child = {page["section"] for child in content["children"] for page in child["pages"]}
    return f"{title}, for all of them together" if title in per_child else title


def _carried(content: Frozen) -> Iterator[Section]:
    # Content that was frozen before answers could be carried over has no such list.
    found = content.get("carried", ())
    if found:
        lead = Text("These pages began with answers of an earlier form. What was true then may have changed.")
        points = (
            Point(
                str(one["title"]),
                details(
                    f"From {one['from']}, written {dates.reads(one['written_on'])}",
                    "" if one["looked_at"] else "Not looked at since",
                ),
            )
            for one in found
        )
        yield Section("Carried over from an earlier form", (), (lead, *points_of("Pages", points)))


def _gaps(content: Frozen) -> Iterator[Section]:
    labels = _labels(content)
    lead = (
        *points_of("Not answered", (_missing(one, labels) for one in listed(content, "missing"))),
        *points_of("Looks wrong, and was carried along", (_flag(one) for one in listed(content, "flags"))),
        *points_of(
            "Written, and left out because it no longer applied",
            (Point(str(one["title"]), details(one.get("words"))) for one in listed(content, "left_out")),
        ),
    )
    if lead:
        yield Section("What is missing or doesn't fit", (), (Text("None of it held anything back."), *lead))


def _labels(content: Frozen) -> dict[str, str]:
    people = (*content["children"], *content["household"])
    pages = [*content["pages"], *(page for person in people for page in person["pages"])]
    return {question["key"]: question["label"] for page in pages for question in page["questions"]}


def _missing(one: Frozen, labels: Mapping[str, str]) -> Point:
    return Point(str(one["title"]), details(*(labels.get(key, humanised(key)) for key in one["questions"])))


def _flag(one: Frozen) -> Point:
    return Point(f"{one['title']}: {one['message']}")


def _this_copy(content: Frozen, named: Mapping[str, PackWords], sha256: str) -> Section:
    packs = (
        Point(
            f"{named[pack['area']].area or humanised(pack['area'])}, in force from {pack['effective_from']}, "
            f"revision {pack['revision']}",
            details(f"SHA-256 {pack['sha256']}"),
        )
        for pack in content["packs"]
    )
    return Section(
        "About this copy",
        parts=(),
        lead=(
            Text(_LATER),
            rows_of(
                ("Form", f"{content['form']['name']}, {content['form']['version']}"),
                ("SHA-256 of the form", content["form"]["sha256"]),
                ("SHA-256 of the submission", sha256),
            ),
            *points_of("Threshold documents", packs),
        ),
    )


def _of_child(content: Frozen, part: str, child: Frozen) -> Frozen:
    found: Frozen = content[part].get(child["id"], {})
    return found


def _words_of(child: Frozen, content: Frozen, named: Mapping[str, PackWords], own: PackWords) -> PackWords:
    """The words of the pack that the child's own check was made with; the referral's own where there is none."""
    area = _of_child(content, "check", child).get("area", "")
    return named.get(area, own)
