"""The copy for the family, in words for a parent or a young person. Pure: the same part gives the same copy.

It says nothing about what was left out but that something may have been, always in the same words: a list would tell
what it keeps back.
"""

from dataclasses import dataclass
from datetime import date

from referrals.documents.domain.family import FamilyPart, Frozen
from referrals.documents.domain.words import NO_WORDS
from referrals.documents.presenters.answers import parts_of
from referrals.documents.presenters.blocks import Part, Section, Text, rows_of

_WHAT = {
    True: (
        "This is your copy of what was written down when we looked, with you, at what would help your family. "
        "Nobody has to take part. Whoever agreed can say at any time that they no longer do.",
        "The people who are named in it help with what was agreed.",
        "It is looked at again with you, to see what has changed.",
    ),
    False: (
        "Somebody who works with your family was worried, and told children's social care. This is your copy of what "
        "they wrote. It is about help for children. It is not about blame.",
        "A social worker reads it, and decides within one working day what should happen next.",
        "They may talk to you, to the children, and to people who work with your family, such as a teacher or a nurse.",
        "They tell you what they decide, and why.",
    ),
}
"""By whether it is an assessment: what it is, then what happens next. One working day stands in Working Together to
Safeguard Children."""
_ASK = (
    "You may not agree with all of it. Say so: your own words can be put beside it.",
    "If you would like it read out to you, in another language, in larger print or in pictures, ask for that.",
)
_PARTS = (
    "Some things may be missing from this copy, to keep people safe and because others have a right to privacy too. "
    "You can ask to see what is kept about you. Whoever gave you this can say how."
)


_TITLES = {
    "reason": "Why now",
    "concern": "The worry",
    "agency-action": "What has been done to help",
    "eha-reason": "Why we looked at this together",
    "child-view": "Your own view",
    "child-sharing": "What you said about sharing it",
    "member-sharing": "What you said about sharing it",
    "child-day": "An ordinary day",
    "member-voice": "What you said",
}
_LABELS = {
    "referral_type": "What they think is needed",
    "referral_reason": "Why now",
    "what": "What they are worried about",
    "happened_on": "When it happened, or started",
    "worried": "What people are worried about",
    "done": "What has been done so far, and what changed",
    "will_do": "What goes on being done",
    "view": "What you said or showed",
    "view_wants": "What you want to happen",
    "said": "Whether you agreed",
    "said_on": "When you said so",
    "limits": "What you agreed to",
    "words": "Your words",
    "day": "What an ordinary day is like",
    "child_scale": "From 0 to 10, how things are for you",
    "child_scale_why": "Why that number",
    "voice": "Your words",
    "member_scale": "From 0 to 10, how things are for the family",
    "member_scale_why": "Why that number",
    "lead_name": "Who holds the plan together",
}
"""Of pages and questions whose own words speak to whoever wrote it. The answers stay as they were written."""


@dataclass(frozen=True, slots=True)
class FamilyCopy:
    """What the template draws."""

    reference: str
    name: str
    recipient: str
    made_on: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the copy says of itself. `name` is what the area calls the form, `by` who hands it out, `ask` whom they can
    ask and how."""

    reference: str
    name: str
    assessment: bool
    recipient: str
    by: str
    ask: str
    made_on: date


def present_family(part: FamilyPart, about: About) -> FamilyCopy:
    """Return the copy of what goes to the family."""
    what, *following = _WHAT[about.assessment]
    made = f"{about.made_on.day} {about.made_on:%B %Y}"
    return FamilyCopy(
        reference=about.reference,
        name=about.name,
        recipient=about.recipient,
        made_on=made,
        sections=(
            Section(
                "About this copy",
                (),
                (Text(what), rows_of(("For", about.recipient), ("From", about.by), ("Made on", made))),
            ),
            *_section("What was written", part.pages),
            *(one for name, pages in part.children for one in _section(f"About {name}", pages)),
            *_section("What you said yourself", part.own),
            Section("What happens next", (), tuple(Text(one) for one in following)),
            Section("Whom you can ask", (), (rows_of(("Ask", about.ask)), *(Text(one) for one in _ASK))),
            Section("What this copy leaves out", (), (Text(_PARTS),)),
        ),
    )


def _section(title: str, pages: tuple[Frozen, ...]) -> tuple[Section, ...]:
    parts: tuple[Part, ...] = parts_of(map(_for_readers, pages), {}, NO_WORDS)
    return (Section(title, parts),) if parts else ()


def _for_readers(page: Frozen) -> Frozen:
    questions = [{**one, "label": _LABELS.get(one["key"], one["label"])} for one in page["questions"]]
    return {**page, "title": _TITLES.get(page["key"], page["title"]), "questions": questions}
