"""What the ids and codes of a pack's fields read as, where two packs are compared: a person never saw the file."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_noop

from thresholds.domain.difference import PartName
from thresholds.domain.doors import ChannelKind, Kind, Status, Weekday
from thresholds.domain.duties import Topic
from thresholds.domain.pack import DocumentKind, Pack
from thresholds.presenters.told import OWN_KINDS, RINGS, page_named
from thresholds.presenters.words import LEGAL
from thresholds.wording import (
    AGENCIES,
    AGREEMENT,
    EARLY_HELP,
    EFFECTS,
    EVENTS,
    FLAGS,
    HARM,
    NOTES,
    SILENT,
    TAKES,
    UNITS,
)

Names = Callable[[PartName, str, str], str]
"""Part of the pack, name of the field, its value: what the value reads as."""

_TOPICS = {
    Topic.AGREEMENT: gettext_noop("Agreement"),
    Topic.SHARING_WITHOUT: gettext_noop("Sharing without agreement"),
    Topic.COMPETENCE: gettext_noop("When a child can decide for themself"),
    Topic.NOT_SEEKING: gettext_noop("Not asking for agreement"),
    Topic.REFUSAL: gettext_noop("What follows a refusal"),
    Topic.TELLING: gettext_noop("Telling the family"),
    Topic.NOT_TELLING: gettext_noop("Not telling the family"),
    Topic.RECORDING: gettext_noop("What is recorded"),
}
_SOURCES = {
    DocumentKind.THRESHOLD: gettext_noop("The threshold document"),
    DocumentKind.PAGE: gettext_noop("A web page"),
    DocumentKind.LAW: gettext_noop("Law"),
    DocumentKind.GUIDANCE: gettext_noop("Guidance"),
}
_DOORS = {
    Kind.SOCIAL_CARE: gettext_noop("Children's social care"),
    Kind.OUT_OF_HOURS: gettext_noop("Out of hours"),
    Kind.CONSULTATION: gettext_noop("Advice for professionals"),
    Kind.EARLY_HELP: gettext_noop("Early help"),
    Kind.LADO: gettext_noop("Designated officer (LADO)"),
    Kind.POLICE: gettext_noop("Police"),
    Kind.CHANNEL: gettext_noop("Channel"),
    Kind.EXPLOITATION: gettext_noop("Exploitation"),
    Kind.DISABILITY: gettext_noop("Disability"),
    Kind.SOCIAL_WORKER: gettext_noop("Allocated social worker"),
}
_CHANNELS = {
    ChannelKind.PHONE: gettext_noop("Phone"),
    ChannelKind.FORM: gettext_noop("Form"),
    ChannelKind.EMAIL: gettext_noop("E-mail"),
}
_STATUS = {
    Status.STATED: gettext_noop("Stated"),
    Status.UNCONFIRMED: gettext_noop("Unconfirmed"),
    Status.NOT_STATED: gettext_noop("Not stated"),
}


def _codes(*words: Mapping[Any, str]) -> Mapping[str, str]:
    return {str(code): said for each in words for code, said in each.items()}


_CODES: Mapping[str, Mapping[str, str]] = {
    "flags": _codes(FLAGS),
    "effects": _codes(EFFECTS),
    "takes": _codes(TAKES),
    "harm": _codes(HARM),
    "agreement": _codes(AGREEMENT),
    "agencies": _codes(AGENCIES),
    "unit": _codes(UNITS),
    "after": _codes(EVENTS),
    "legal": _codes(LEGAL),
    "raises_to": _codes(LEGAL),
    "ring": _codes(RINGS),
    "status": _codes(_STATUS),
    "days": {day.value: day.value.capitalize() for day in Weekday},
}
_OF_PART: Mapping[tuple[PartName, str], Mapping[str, str]] = {
    (PartName.PACK, "topic"): _codes(EARLY_HELP),
    (PartName.SILENCES, "topic"): _codes(SILENT),
    (PartName.CONSENT_RULES, "topic"): _codes(_TOPICS),
    (PartName.DOCUMENTS, "kind"): _codes(_SOURCES),
    (PartName.NOTES, "kind"): _codes(NOTES),
    (PartName.FRONT_DOORS, "kind"): _codes(_DOORS, _CHANNELS),
    (PartName.OWN_QUESTIONS, "kind"): _codes(OWN_KINDS),
}


def names_in(pack: Pack) -> Names:
    """Return what reads ids and codes of this pack; what has no words of its own stays as it is, but for days."""
    levels = {level.id: level.name for level in pack.levels}
    doors = {door.id: door.name for door in pack.front_doors}
    stands_for = _words_by_id(pack)
    domains = {domain.id: domain.name for domain in pack.domains}
    conditions = {condition.id: condition.question for condition in pack.conditions}
    categories = {one.id: one.name for one in (pack.exploitation.categories if pack.exploitation else ())}
    own: dict[str, Mapping[str, str]] = {
        **_CODES,
        **dict.fromkeys(("level", "up_to", "levels", "overlaps"), levels),
        **dict.fromkeys(("door", "out_of_hours", "main_door"), doors),
        # What names another item of the pack: the twin of a descriptor, the same sign elsewhere, who takes up a note.
        **dict.fromkeys(("id", "also", "handled_by"), stands_for),
        "order": {**stands_for, **conditions, **categories, **domains, **doors, **levels},
        "domain": domains,
        "document": {document.id: document.title for document in pack.documents},
        "condition": conditions,
        "category": categories,
        **dict.fromkeys(("off", "page"), _pages(pack)),
    }
    return lambda part, name, value: _listed(value, _OF_PART.get((part, name)) or own.get(name, {}))


def _pages(pack: Pack) -> dict[str, str]:
    """Titles of the pages of the forms that the pack names."""
    form = pack.form
    named = {
        *form.off,
        *(one.page for one in form.pages),
        *(one.page for one in form.questions),
        *(one.page for one in form.own_questions),
    }
    return {page: page_named(page) for page in named} | {one.id: one.title for one in form.own_pages}


def _words_by_id(pack: Pack) -> dict[str, str]:
    """What each item reads as that another one may name."""
    signs = [sign for one in (pack.exploitation.categories if pack.exploitation else ()) for sign in one.signs]
    return {
        **{one.id: one.wording for one in pack.descriptors},
        **{one.id: one.wording for one in signs},
        **{one.id: one.name for one in pack.overrides},
        **{one.id: one.name for one in pack.routes},
        **{one.id: one.name for one in pack.deadlines},
        **{one.id: one.wording for one in pack.protective_factors},
        **{one.id: one.wording for one in pack.harm_factors},
        **{one.id: one.text for one in pack.consent_rules},
        **{one.id: one.text for one in pack.notes},
    }


def _listed(value: str, names: Mapping[str, str]) -> str:
    return "; ".join(gettext(names.get(entry, "")) or _day(entry) for entry in value.split(" | "))


def _day(entry: str) -> str:
    """A day as people write it; anything else as it stands."""
    try:
        day = dt.datetime.strptime(entry, "%Y-%m-%d").replace(tzinfo=dt.UTC)
    except ValueError:
        return entry
    return date_format(day, "j F Y")
