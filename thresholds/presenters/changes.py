"""What changed between two packs, for people who never saw the file: names for codes, changed words marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext, gettext_noop, ngettext

from thresholds.domain.cautions import Caution, Look
from thresholds.domain.difference import Change, FieldChange, Kind, PartName
from thresholds.domain.pack import Pack
from thresholds.domain.tables import words as headings
from thresholds.presenters.codes import Names, names_in
from thresholds.wording import FLAGS

PARTS = {
    PartName.PACK: gettext_noop("The pack itself"),
    PartName.DOCUMENTS: gettext_noop("Sources"),
    PartName.LEVELS: gettext_noop("Levels of need"),
    PartName.DOMAINS: gettext_noop("Domains"),
    PartName.CONDITIONS: gettext_noop("Conditions"),
    PartName.DESCRIPTORS: gettext_noop("Descriptors"),
    PartName.OVERRIDES: gettext_noop("What outranks every level"),
    PartName.CATEGORIES: gettext_noop("Categories of exploitation"),
    PartName.SIGNS: gettext_noop("Signs of exploitation"),
    PartName.PROTECTIVE_FACTORS: gettext_noop("Protective factors"),
    PartName.HARM_FACTORS: gettext_noop("What makes harm likelier"),
    PartName.SERVICES: gettext_noop("Services and next steps"),
    PartName.FRONT_DOORS: gettext_noop("Front doors"),
    PartName.ROUTES: gettext_noop("Routes"),
    PartName.CONSENT_RULES: gettext_noop("Agreement and telling"),
    PartName.DEADLINES: gettext_noop("Deadlines"),
    PartName.STAGES: gettext_noop("Stages of disagreement"),
    PartName.FORM_PAGES: gettext_noop("Titles of the form's pages"),
    PartName.FORM_QUESTIONS: gettext_noop("Questions of the form"),
    PartName.OWN_PAGES: gettext_noop("Own pages of the form"),
    PartName.OWN_QUESTIONS: gettext_noop("Own questions of the form"),
    PartName.SILENCES: gettext_noop("Not stated"),
    PartName.NOTES: gettext_noop("Notes on the document"),
}
KINDS = {
    Kind.ADDED: (gettext_noop("Added"), "govuk-tag--green"),
    Kind.REMOVED: (gettext_noop("Removed"), "govuk-tag--red"),
    Kind.MOVED: (gettext_noop("Moved"), "govuk-tag--purple"),
    Kind.REWORDED: (gettext_noop("Reworded"), "govuk-tag--blue"),
    Kind.CHANGED: (gettext_noop("Changed"), "govuk-tag--grey"),
    Kind.REORDERED: (gettext_noop("New order"), "govuk-tag--grey"),
}
MOVED = {
    False: gettext_noop("Moved to a lower level"),
    True: gettext_noop("Moved to a higher level"),
    None: gettext_noop("Moved"),
}
"""By whether the item was raised; None where that can't be said."""
LOOKS = {
    Look.DOOR_GONE: gettext_noop("This front door is taken out"),
    Look.NUMBER_GONE: gettext_noop("This number is taken out"),
    Look.MAIN_DOOR: gettext_noop("Another front door takes the worried call"),
    Look.ROUTE_GONE: gettext_noop("This route is taken out"),
    Look.ROUTE_CHANGED: gettext_noop("This route leads elsewhere, or speaks under other facts"),
    Look.OVERRIDE_GONE: gettext_noop("This no longer outranks every level"),
    Look.OVERRIDE_CHANGED: gettext_noop("What outranks every level works differently here"),
    Look.FLAGGED_LOWERED: gettext_noop("Lowered, although it may outrank every level"),
    Look.FLAGGED_GONE: gettext_noop("Taken out, although it may outrank every level"),
    Look.FLAG_LOST: gettext_noop("No longer marked as a circumstance that rules or the guard on telling ask about"),
    Look.HARM_GONE: gettext_noop("This sign of harm is taken out"),
    Look.HARM_LOWERED: gettext_noop("This sign of harm is lowered"),
    Look.RAISES_NOTHING: gettext_noop("This no longer raises or warns of anything"),
    Look.TWIN_LOST: gettext_noop("This no longer hangs on the condition that it hung on: a higher one may not show"),
    Look.ORDER: gettext_noop("The order is another one, and the order decides what is graver"),
    Look.HOURS: gettext_noop("Its hours, or who is rung when it is closed, are others"),
    Look.WHOLE_PICTURE: gettext_noop("Several needs together prompt later than before, or never"),
    Look.LEVEL_WEAKER: gettext_noop("This level is taken out, or means less in law"),
    Look.TELLING: gettext_noop("A rule that guards against delay or telling is taken out or changed"),
    Look.NOT_ASKED: gettext_noop("This page of the form is no longer asked here"),
    Look.CONFIRMED: gettext_noop("This number now stands as confirmed. Somebody must have checked it"),
    Look.REUSED: gettext_noop("This id stood for something else. Old records keep it: give the new item a new id"),
}

_FLAGS = {str(flag): words for flag, words in FLAGS.items()}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a text, and whether they are among those that changed."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class FieldShown:
    """A field before and after; an empty side has no pieces."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One change: what it is about, what kind it is, and its fields."""

    anchor: str
    title: str
    id: str
    tags: tuple[tuple[str, str], ...]
    way: str
    reused: bool
    both: bool
    """Whether there is a before and an after to show side by side."""
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, slots=True)
class CautionShown:
    """One thing to look at, with the place on the page where its change stands."""

    title: str
    what: str
    detail: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The page of a comparison."""

    look: tuple[CautionShown, ...]
    counts: tuple[tuple[str, int], ...]
    parts: tuple[tuple[str, tuple[ChangeShown, ...]], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing changed."""
        return not self.parts


def comparison(old: Pack, new: Pack, changes: Sequence[Change], look: Sequence[Caution]) -> Comparison:
    """The comparison of two packs for its page."""
    parts = []
    for part in PartName:
        found = tuple(_change(change, old, new) for change in changes if change.part is part)
        if found:
            parts.append((gettext(PARTS[part]), found))
    return Comparison(tuple(_caution(caution) for caution in look), tuple(_counts(changes)), tuple(parts))


def _counts(changes: Sequence[Change]) -> Iterator[tuple[str, int]]:
    """How many there are of each kind. Of those that moved, up and down apart: they mean opposite things."""
    for kind in Kind:
        found = [change for change in changes if kind in change.kinds]
        ways = MOVED if kind is Kind.MOVED else {None: KINDS[kind][0]}
        for way, words in ways.items():
            number = sum(kind is not Kind.MOVED or change.raised is way for change in found)
            if number:
                yield gettext(words), number


def _caution(caution: Caution) -> CautionShown:
    detail = caution.detail
    if caution.part in {PartName.DESCRIPTORS, PartName.SIGNS, PartName.HARM_FACTORS} and detail:
        detail = "; ".join(gettext(_FLAGS.get(flag, flag)) for flag in detail.split(", "))
    if caution.open_work:
        lie = ngettext(
            "%(number)s referral lies there undecided", "%(number)s referrals lie there undecided", caution.open_work
        ) % {"number": caution.open_work}
        detail = ". ".join(filter(None, [detail, lie]))
    return CautionShown(gettext(LOOKS[caution.look]), caution.what, detail, _anchor(caution.part, caution.id))


def _anchor(part: PartName, id_: str) -> str:
    return f"{part.value.replace('_', '-')}-{id_ or 'order'}"


def _change(change: Change, old: Pack, new: Pack) -> ChangeShown:
    single = {Kind.ADDED, Kind.REMOVED} & set(change.kinds)
    before_names, after_names = names_in(old), names_in(new)
    fields = [_field(change.part, field, before_names, after_names) for field in change.fields if field.field != "id"]
    return ChangeShown(
        anchor=_anchor(change.part, change.id),
        title=_title(change, old, new),
        id=change.id if change.part is not PartName.PACK else "",
        tags=tuple((gettext(KINDS[kind][0]), KINDS[kind][1]) for kind in change.kinds),
        way={True: gettext("to a higher level"), False: gettext("to a lower level"), None: ""}[change.raised],
        reused=change.reused,
        both=not single,
        fields=tuple(fields),
    )


def _title(change: Change, old: Pack, new: Pack) -> str:
    """What the change is about, in words: the item's own, or the name of the field of the pack."""
    if change.part is PartName.PACK:
        return headings.heading(change.id, ())
    if not change.id:
        return gettext("Order")
    return _words_of(new, change) or _words_of(old, change) or change.id


def _words_of(pack: Pack, change: Change) -> str:
    if change.part in {PartName.SERVICES, PartName.SILENCES}:
        name = "level" if change.part is PartName.SERVICES else "topic"
        return names_in(pack)(change.part, name, change.id)
    if change.part is PartName.STAGES:
        return next((stage.name for stage in pack.escalation.stages if str(stage.number) == change.id), "")
    if change.part in {PartName.CATEGORIES, PartName.SIGNS}:
        categories = pack.exploitation.categories if pack.exploitation else ()
        signs = {sign.id: sign.wording for category in categories for sign in category.signs}
        return (signs | {category.id: category.name for category in categories}).get(change.id, "")
    if change.part in _OF_FORM:
        return _words_of_form(pack, change)
    for one in getattr(pack, change.part.value):
        if one.id == change.id:
            fields = ("wording", "name", "question", "title", "text")
            return next((str(getattr(one, field)) for field in fields if hasattr(one, field)), "")
    return ""


_OF_FORM = frozenset({PartName.FORM_PAGES, PartName.FORM_QUESTIONS, PartName.OWN_PAGES, PartName.OWN_QUESTIONS})


def _words_of_form(pack: Pack, change: Change) -> str:
    said = {
        PartName.FORM_PAGES: {one.page: one.title for one in pack.form.pages},
        PartName.FORM_QUESTIONS: {f"{one.page}-{one.question}": one.label or "" for one in pack.form.questions},
        PartName.OWN_PAGES: {one.id: one.title for one in pack.form.own_pages},
        PartName.OWN_QUESTIONS: {one.id: one.label for one in pack.form.own_questions},
    }
    return said[change.part].get(change.id, "")


def _field(part: PartName, change: FieldChange, before: Names, after: Names) -> FieldShown:
    steps = change.field.split(".")
    name = steps[-1].partition("[")[0]
    old = None if change.before is None else before(part, name, change.before)
    new = None if change.after is None else after(part, name, change.after)
    left, right = _marked(old, new)
    return FieldShown(_label(part, steps), left, right)


def _label(part: PartName, steps: Sequence[str]) -> str:
    """The heading that the spreadsheet gives the field, so that both speak alike."""
    if steps == ["order"]:
        return gettext("Order")
    if part is PartName.PACK:
        return headings.heading(steps[-1], ())
    shown = []
    for step in steps[:-1]:
        name, _, number = step.partition("[")
        shown.append(f"{headings.group(name)} {number.rstrip(']')}".strip())
    return ": ".join([*shown, headings.heading(steps[-1].partition("[")[0], ())])


def _marked(old: str | None, new: str | None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in pieces, with the words marked that only one of them has. Where only one is there, nothing is."""
    if old is None or new is None:
        return _whole(old), _whole(new)
    a, b = re.findall(r"\s+|[^\s]+", old), re.findall(r"\s+|[^\s]+", new)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if a1 > a0:
            left.append(Piece("".join(a[a0:a1]), tag != "equal"))
        if b1 > b0:
            right.append(Piece("".join(b[b0:b1]), tag != "equal"))
    return tuple(left), tuple(right)


def _whole(text: str | None) -> tuple[Piece, ...]:
    return () if text is None else (Piece(text, marked=False),)


def mistakes_shown(mistakes: Iterable[object]) -> tuple[str, ...]:
    """Mistakes of an uploaded file as lines."""
    return tuple(str(mistake) for mistake in mistakes)
