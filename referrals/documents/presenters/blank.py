"""A form to print and fill in by hand, with a guide for one area: made from the form's specification and the area's
pack, so that it asks what the pages ask, in the same words.

What only the system can ask is left out: who at the agency may see it, and the comparison with the document. Where a
pack's own list is too long to print, there is room to write instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from referrals.documents.presenters.blocks import Drawing, Figure, Mark
from referrals.record.domain.forms.body import SIDES, regions_of
from referrals.record.domain.forms.parts import (
    CHOICE_KINDS,
    DATE_KINDS,
    NOT_KNOWN,
    Kind,
    Option,
    Page,
    Per,
    Question,
    Specification,
    When,
)
from thresholds.domain.doors import Status
from thresholds.domain.duties import Topic
from thresholds.domain.pack import Pack
from thresholds.presenters import source_of
from thresholds.presenters.doors import DoorShown, door_shown

LEFT_OUT = frozenset({"desk", "indicated"})
_ROWS, _BODY_ROWS = 4, 6
_TALL, _SHORT = 4, 2
"""Lines for an answer in several lines, and for one with a narrower limit."""
_TOPICS = (Topic.AGREEMENT, Topic.SHARING_WITHOUT, Topic.TELLING, Topic.NOT_TELLING)
_WHOM: dict[Per, str] = {
    Per.REFERRAL: "Fill in these pages once.",
    Per.CHILD: "Fill in these pages for each child, also one who isn't born yet. Print them again for another child.",
    Per.MEMBER: "Fill in these pages for each person of the household or family. Print them again for another person.",
}


_OF: dict[Per, str] = {Per.REFERRAL: "", Per.CHILD: "each child", Per.MEMBER: "each person"}
"""Ends the title of a section, so that its pages are told apart from those that are filled in once."""
_SOMEBODY: dict[Per, str] = {Per.REFERRAL: "", Per.CHILD: "the child", Per.MEMBER: "this person"}
"""Stands for a name that nobody knows before it is filled in."""


@dataclass(frozen=True, slots=True)
class Space:
    """Room for one answer: boxes to tick, a date, a line or several, a table, or the outline of a body."""

    label: str
    hint: str = ""
    only_if: str = ""
    ticks: tuple[str, ...] = ()
    date: bool = False
    lines: int = 0
    columns: tuple[str, ...] = ()
    rows: int = 0
    drawing: Drawing | None = None
    unknown: str = ""
    """The box for "not known", with what that costs; empty where the question has none."""

    @property
    def blank_lines(self) -> range:
        """One for each line, for the template."""
        return range(self.lines)

    @property
    def blank_rows(self) -> range:
        """One for each row of the table."""
        return range(self.rows)


@dataclass(frozen=True, slots=True)
class BlankPage:
    """One page of the form under its title."""

    title: str
    intro: str
    spaces: tuple[Space, ...]


@dataclass(frozen=True, slots=True)
class BlankSection:
    """Pages that belong together. A part begins with the first that is about somebody: it is printed again for the
    next one, and `whom` says so."""

    title: str
    whom: str
    pages: tuple[BlankPage, ...]
    begins_part: bool


@dataclass(frozen=True, slots=True)
class LevelTold:
    """A level of need in a few words."""

    name: str
    meaning: str
    response: str


@dataclass(frozen=True, slots=True)
class RuleTold:
    """What the document says about agreement or telling, and where."""

    text: str
    unless: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Guide:
    """What to do first in this area, whom to ring, its levels, and what it says about agreement."""

    area: str
    partnership: str
    document: str
    first: tuple[str, ...]
    main: DoorShown
    doors: tuple[DoorShown, ...]
    unconfirmed: bool
    levels: tuple[LevelTold, ...]
    rules: tuple[RuleTold, ...]


@dataclass(frozen=True, slots=True)
class BlankForm:
    """The whole to print. `version` is the form's, `in_force` the first day of the area's pack."""

    name: str
    version: str
    in_force: str
    guide: Guide
    sections: tuple[BlankSection, ...]


def blank_form(form: Specification, pack: Pack, *, name: str = "") -> BlankForm:
    """Return the form without answers, for one area; `name` is what the area calls it, where that is another name."""
    begins = pack.effective_from
    return BlankForm(
        name=name or form.name,
        version=form.version,
        in_force=f"{begins.day} {begins:%B %Y}",
        guide=guide_of(pack),
        sections=tuple(_sections(form, pack)),
    )


def guide_of(pack: Pack) -> Guide:
    """Return what somebody has to know before they begin, in the words that the system's pages use."""
    main = door_shown(pack, pack.doors_by_id[pack.main_door])
    document = next((one.title for one in pack.documents if one.id == "threshold"), "")
    lines = [line for door in pack.front_doors for line in door.numbers]
    where = "The numbers are on this page."
    if not any(line.numbers for line in main.lines):
        where = "No number of theirs is stated: get it from your safeguarding lead or the council before you set out."
    return Guide(
        area=pack.area.name,
        partnership=pack.area.partnership,
        document=document,
        first=(
            "A child in immediate danger: call 999. Stay with the child if you can.",
            f"Harmed, or likely to be: ring {main.name} before you write. {where}",
            "Tell your designated safeguarding lead, unless it is about them, their family or a colleague.",
            "Talk with the family first, unless that could put a child or anybody else at risk, or lose evidence.",
            "Write down what you saw and heard, in the child's own words. Don't ask what leads them.",
            "Paper reaches nobody: type it into the system, or read it out on the phone, today.",
        ),
        main=main,
        doors=tuple(
            door_shown(pack, door)
            for door in pack.front_doors
            if door.id != pack.main_door and any(line.number for line in door.numbers)
        ),
        unconfirmed=any(line.status is Status.UNCONFIRMED for line in lines),
        levels=tuple(LevelTold(one.name, one.meaning, one.response or "") for one in pack.levels),
        rules=tuple(
            RuleTold(rule.text, rule.unless, source_of(pack, rule.citation))
            for rule in pack.consent_rules
            if rule.topic in _TOPICS
        ),
    )


def _sections(form: Specification, pack: Pack) -> Iterator[BlankSection]:
    """What is asked once, then of each child, then of each person, so that a part can be printed again."""
    for per, whom in _WHOM.items():
        pages = [page for page in form.pages if page.per is per and page.key not in LEFT_OUT]
        for number, title in enumerate(dict.fromkeys(page.section for page in pages)):
            shown = (_page(form, page, pack) for page in pages if page.section == title)
            yield BlankSection(
                title=_section_title(title, _OF[per]),
                whom=whom if number == 0 else "",
                pages=tuple(page for page in shown if page.spaces),
                begins_part=number == 0,
            )


def _section_title(title: str, whose: str) -> str:
    if not whose or whose in title:
        return title
    return f"{title} {_begun(whose)}" if title.endswith("?") else f"{title}: {whose}"


def _begun(words: str) -> str:
    """Words as a sentence begins with them."""
    return f"{words[:1].upper()}{words[1:]}"


def _page(form: Specification, page: Page, pack: Pack) -> BlankPage:
    whole = [*page.when, *page.called_for]
    asked = _only_if(form, page, tuple(whole))
    return BlankPage(
        title=_begun(page.title_for(_SOMEBODY[page.per])),
        intro=" ".join(part for part in (asked, page.intro) if part),
        spaces=tuple(_spaces(form, page, pack)),
    )


def _spaces(form: Specification, page: Page, pack: Pack) -> Iterator[Space]:
    """One space a question. Questions in the same words, of which one answer opens each, share one: on paper the whole
    list stands at once."""
    asked = [question for question in page.questions if question.kind is not Kind.CONDITIONS]
    for label, run in groupby(asked, key=lambda question: question.label):
        alike = list(run)
        spaces = [_space(form, page, question, pack) for question in alike]
        if len(spaces) == 1:
            yield spaces[0]
        else:
            ticks = tuple(tick for space in spaces for tick in space.ticks)
            yield Space(label=label, ticks=ticks, unknown=spaces[0].unknown)


def _space(form: Specification, page: Page, question: Question, pack: Pack) -> Space:
    shared: dict[str, Any] = {
        "label": question.label,
        "hint": question.hint,
        "only_if": _only_if(form, page, question.when),
    }
    unknown = _unknown(question)
    if question.kind is Kind.ROWS:
        columns = tuple(column.label for column in question.columns)
        return Space(**shared, columns=columns, rows=_ROWS, unknown=unknown)
    if question.kind is Kind.BODY:
        return Space(
            **shared,
            drawing=outline(),
            columns=("Number on the body", "What is seen"),
            rows=_BODY_ROWS,
            unknown=unknown,
        )
    if question.kind in {Kind.DESCRIPTORS, Kind.SIGNS}:
        words = f"The list is in the threshold document of {pack.area.name}. Without it, write what you can."
        shared["hint"] = f"{question.hint} {words}".strip()
        return Space(**shared, columns=("What fits", "What you saw or heard"), rows=_ROWS, unknown=unknown)
    ticks = _ticks(question, pack)
    if ticks:
        return Space(**shared, ticks=ticks, unknown=unknown)
    if question.kind in DATE_KINDS:
        return Space(**shared, date=True, unknown=unknown)
    lines = 1 if question.kind is not Kind.LONG_TEXT else _SHORT if question.limit else _TALL
    return Space(**shared, lines=lines, unknown=unknown)


def _ticks(question: Question, pack: Pack) -> tuple[str, ...]:
    listed: tuple[str, ...] = ()
    if question.kind is Kind.LEVEL:
        listed = tuple(level.name for level in pack.levels)
    elif question.kind is Kind.PROTECTIVE_FACTORS:
        listed = tuple(one.wording for one in pack.protective_factors)
    elif question.kind is Kind.HARM_FACTORS:
        listed = tuple(one.wording for one in pack.harm_factors)
    elif question.kind is Kind.AREA:
        return ()
    return (*listed, *(_tick(option) for option in question.choices if option.value != NOT_KNOWN))


def _tick(option: Option) -> str:
    return f"{option.label} ({option.hint.rstrip('.')})" if option.hint else option.label


def _unknown(question: Question) -> str:
    known = question.kind in CHOICE_KINDS and any(option.value == NOT_KNOWN for option in question.choices)
    if not (known or question.has_tick):
        return ""
    return f"Not known. {question.unknown_costs}" if question.unknown_costs else "Not known"


def _only_if(form: Specification, page: Page, conditions: tuple[When, ...]) -> str:
    """Say under which answers something is asked; nothing where it always is."""
    said = []
    for when in conditions:
        asking = (form.page(when.page) if when.page else page).question(when.question)
        labels = {option.value: option.label for option in asking.choices}
        answers = [labels.get(value, value) for value in when.among]
        either = " or ".join(f"“{one}”" for one in answers) if len(answers) < 5 else "any of these"
        said.append(f"“{asking.label.rstrip('?:')}”: {either}")
    return f"Only if {', and '.join(said)}." if said else ""


def outline() -> Drawing:
    """Return the body without a mark, front and back, to draw on."""
    return Drawing(
        tuple(
            Figure(
                name, f"Outline of a body, {name.lower()}", tuple(Mark(region.shape, 0) for region in regions_of(side))
            )
            for side, name in SIDES.items()
        )
    )
