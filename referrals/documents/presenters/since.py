"""What has been recorded since a submission, as the sections of its document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from referrals.documents.domain.words import NO_WORDS, PackWords, humanised
from referrals.documents.presenters.blocks import (
    Block,
    Narrative,
    Notice,
    Part,
    Row,
    Section,
    Text,
    details,
    gathered,
    moment,
    points_of,
    rows_of,
)
from referrals.documents.presenters.copy import UnknownFormat
from referrals.documents.presenters.sharing import Recorded, recorded_points
from referrals.record.domain import dates

Frozen = Mapping[str, Any]

FORMAT = 1
"""The layout of the text that this reads."""
_GUIDE = (
    "What people recorded after the submission, up to the time above. The copy of the submission stays as it was; read "
    "the two together. It holds what people said in confidence: don't pass it on, and don't give it to the family."
)
_UNTIL = "This front door let go of the referral then. What came later isn't for it."
_SAID = {
    "given": "Agreed to all of it",
    "limited": "Agreed to some of it",
    "refused": "Said no",
    "withdrawn": "Took the agreement back",
    "not_sought": "Not asked",
    "not_known": "Not known",
}
_NOBODYS_NAME = {
    "parent": "A parent, or whoever has parental responsibility",
    "child": "The child",
    "local_authority": "The local authority",
}


@dataclass(frozen=True, slots=True)
class SinceDocument:
    """What the template draws. `sha256` is the digest of the text that it is drawn from, `follows` that of the copy."""

    reference: str
    recipient: str
    at: str
    at_iso: str
    sha256: str
    follows: str
    packs: str
    notices: tuple[Notice, ...]
    sections: tuple[Section, ...]


def present_since(content: Frozen, *, sha256: str, at: datetime, words: Mapping[str, PackWords]) -> SinceDocument:
    """Return the document of what was recorded since. `at` is when it was put together, `words` are those of the packs.

    Raises UnknownFormat for another layout, and KeyError, TypeError or ValueError for content that isn't one.
    """
    if content.get("format") != FORMAT:
        raise UnknownFormat("this version can't read the layout of the content")
    packs = "; ".join(
        f"{words.get(pack['area'], NO_WORDS).area or humanised(pack['area'])} {pack['effective_from']} "
        f"revision {pack['revision']}"
        for pack in content["packs"]
    )
    return SinceDocument(
        reference=content["reference"],
        recipient=content["recipient"],
        at=moment(at.isoformat()),
        at_iso=at.isoformat(),
        sha256=sha256,
        follows=content["copy_sha256"],
        packs=packs or "none",
        notices=tuple(Notice(one) for one in content["notices"]),
        sections=tuple(_sections(content, moment(at.isoformat()), sha256, packs)),
    )


def _sections(content: Frozen, at: str, sha256: str, packs: str) -> Iterator[Section]:
    until = moment(content["until"])
    yield Section(
        "About this document",
        (),
        (
            rows_of(
                ("Referral", content["reference"]),
                ("Follows", f"Submission {content['submission']}, {moment(content['submitted_at'])}"),
                ("Recorded up to", until or at),
            ),
            *((Text(_UNTIL),) if until else ()),
            Text(_GUIDE),
        ),
    )
    yield from _section("Added later", (_addendum(one) for one in content["addenda"]))
    yield from _section("What was said about agreement", (_said(one, content) for one in content["agreement"]))
    yield from _section("Who was told", _told(content))
    yield from _section("Whether the family may be told", (_ruling(one) for one in content["rulings"]))
    yield from _decisions(content)
    yield Section(
        "What it follows, and how to check it",
        (),
        (
            rows_of(
                ("SHA-256 of the copy it follows", content["copy_sha256"] or "The copy had not been made then"),
                ("SHA-256 of the submission", content["submission_sha256"]),
                ("SHA-256 of what this document holds", sha256),
                ("Put together", at),
                ("Threshold documents", packs),
            ),
        ),
    )


def _section(title: str, parts: Iterable[Part]) -> Iterator[Section]:
    found = tuple(parts)
    if found:
        yield Section(title, found)


def _addendum(one: Frozen) -> Part:
    title = f"Addendum {one['number']}"
    named = one["title"] if one["title"] == title else f"{title}: {one['title']}"
    blocks: list[Row | Block] = [Row(label, reads) for label, reads in one["questions"]]
    if one["words"]:
        blocks.append(Narrative("In words", one["words"]))
    return Part(named, (*gathered(blocks), rows_of(*_recorded(one), ("SHA-256", one["sha256"]))))


def _said(one: Frozen, content: Frozen) -> Part:
    who = content["names"].get(one["about"], "Somebody whose information is shared")
    when = [("On", dates.reads(one["said_on"]))] if one["said_on"] else []
    to = [("Said to", one["said_to"])] if one["said_to"] else []
    return Part(
        f"{who}: {_SAID[one['said']]}",
        (
            rows_of(*when, *to, *_recorded(one)),
            *(Text(line) for line in one["ticked"]),
            *_narratives(("To what it is limited, in their words", one["limits"]), ("What they said", one["words"])),
        ),
    )


def _told(content: Frozen) -> Iterator[Part]:
    last = {one["about"]: place for place, one in enumerate(content["told"])}
    for place, one in enumerate(content["told"]):
        who = content["names"].get(one["about"]) or _NOBODYS_NAME.get(one["about"], "Somebody")
        corrected = " A later record of this counts." if last[one["about"]] != place else ""
        yield Part(
            who,
            (
                rows_of(("Told on", dates.reads(one["told_on"])), ("Told by", one["told_by"]), *_recorded(one)),
                *((Text(corrected.strip()),) if corrected else ()),
                *_narratives(("What was said", one["words"])),
            ),
        )


def _ruling(one: Frozen) -> Part:
    return Part(one["said"], (rows_of(*_recorded(one)), *_narratives(("Why", one["why"]))))


def _decisions(content: Frozen) -> Iterator[Section]:
    rows = tuple(
        Recorded(
            one["number"],
            one["because"],
            one["note"],
            one["by"],
            datetime.fromisoformat(one["at"]),
            one["children"],
        )
        for one in content["decisions"]
    )
    lead = Text("Each is a new record beside the earlier ones. The last one counts.")
    if rows:
        yield Section(
            "The decision to share, recorded anew",
            (),
            (lead, *points_of("Recorded", recorded_points(rows, content["names"]))),
        )


def _recorded(one: Frozen) -> tuple[tuple[str, str], ...]:
    return (("Recorded by", ", ".join(details(one["by"], moment(one["at"])))),)


def _narratives(*pairs: tuple[str, str]) -> tuple[Block, ...]:
    return tuple(Narrative(label, text) for label, text in pairs if text)
