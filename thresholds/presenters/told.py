"""Lists of a pack as its page shows them: each statement with more about it, and where it was read."""

from collections.abc import Callable
from dataclasses import dataclass

from thresholds.domain.duties import NoteKind
from thresholds.domain.form_settings import OwnKind
from thresholds.domain.needs import Override, Ring
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Statement
from thresholds.presenters.words import LEGAL, NOT_STATED, amount_in_words, source_of, when_in_words
from thresholds.wording import EARLY_HELP, EFFECTS, EVENTS, FLAGS, NOTES, SILENT

RINGS = {
    Ring.EMERGENCY: "999",
    Ring.POLICE: "the police on 101",
    Ring.FRONT_DOOR: "the front door",
    Ring.LADO: "the designated officer (LADO)",
}


Mark = Callable[[str], str]
"""Gives words back with what was searched for marked, as safe HTML; or just as they are."""


def unmarked(words: str) -> str:
    """The words as they are."""
    return words


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a list: what, more about it, and where it was read. `code` is its permanent id, where it has one."""

    name: str
    text: str
    details: tuple[str, ...]
    source: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class CardShown:
    """A national override with its action card. `ring` is who is rung first, empty for nobody."""

    id: str
    name: str
    when: str
    ring: str
    steps: tuple[Told, ...]
    details: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class LevelServices:
    """What is offered and what comes next at one level."""

    level: str
    services: tuple[str, ...]
    steps: tuple[Told, ...]
    source: str


def statement(pack: Pack, one: Statement) -> Told:
    """A statement with its source."""
    return Told("", one.text, (), source_of(pack, one.citation))


def level_name(pack: Pack, level_id: str) -> str:
    """A level's name with the number that the document gives it, for example "Level 2: Early Help"."""
    level = pack.level(level_id)
    return f"Level {level.number}: {level.name}" if level.number is not None else level.name


def levels_shown(pack: Pack) -> tuple[Told, ...]:
    """The levels, lowest first, with what each may mean in law."""
    shown = []
    for level in pack.levels:
        overlaps = ", ".join(pack.level(other).name for other in level.overlaps)
        details = [LEGAL[level.legal], level.response, f"Overlaps with {overlaps}" if overlaps else "", level.note]
        shown.append(
            Told(
                level_name(pack, level.id),
                level.meaning,
                tuple(filter(None, details)),
                source_of(pack, level.citation),
                f"level-{level.id}",
            )
        )
    return tuple(shown)


def domains_shown(pack: Pack) -> tuple[Told, ...]:
    """The document's domains, with the heading that each stands under."""
    return tuple(
        Told(domain.name, domain.meaning, tuple(filter(None, [domain.group])), source_of(pack, domain.citation))
        for domain in pack.domains
    )


def card_shown(pack: Pack, override: Override, mark: Mark = unmarked) -> CardShown:
    """An override as its action card."""
    details = [
        "Urgent: nothing waits for an approval or a missing answer" if override.urgent else "",
        "" if override.tell_family else "Don’t tell the family until the front door says so",
        f"Points to: {LEGAL[override.raises_to]}" if override.raises_to != "none" else "Moves no level by itself",
        "Only for a child who doesn’t move about alone; not known counts as that" if override.not_mobile else "",
        override.note or "",
    ]
    return CardShown(
        id=override.id,
        name=mark(override.name),
        when=when_in_words(pack, override.when),
        ring=RINGS[override.ring] if override.ring else "",
        steps=tuple(statement(pack, step) for step in override.steps),
        details=tuple(filter(None, details)),
        source=source_of(pack, override.citation),
    )


def factors_shown(
    pack: Pack, kept: frozenset[str] | None = None, mark: Mark = unmarked
) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Protective factors, and what makes harm likelier; of `kept` ids only, where given."""
    protective = tuple(
        Told(mark(factor.wording), "", (), source_of(pack, factor.citation), factor.id)
        for factor in pack.protective_factors
        if kept is None or factor.id in kept
    )
    harm = tuple(
        Told(
            mark(factor.wording),
            "",
            tuple(
                filter(
                    None,
                    [
                        "A warning sign: immediate help may be needed" if factor.warning else "",
                        f"About: {', '.join(FLAGS[flag] for flag in factor.flags)}" if factor.flags else "",
                        f"Raises nothing by itself: {factor.why_not}" if factor.why_not else "",
                    ],
                )
            ),
            source_of(pack, factor.citation),
            factor.id,
        )
        for factor in pack.harm_factors
        if kept is None or factor.id in kept
    )
    return protective, harm


def services_shown(pack: Pack) -> tuple[LevelServices, ...]:
    """Services and next steps, in the order of levels."""
    ordered = sorted(pack.services, key=lambda one: pack.level_order[one.level])
    return tuple(
        LevelServices(
            level=level_name(pack, one.level),
            services=one.services,
            steps=tuple(statement(pack, step) for step in one.next_steps),
            source=source_of(pack, one.citation),
        )
        for one in ordered
    )


def routes_shown(pack: Pack) -> tuple[Told, ...]:
    """Every route: when it speaks, and where it leads. Also what `manage.py routes` prints."""
    shown = []
    for route in pack.routes:
        leads = []
        if route.door is not None:
            door = pack.doors_by_id[route.door]
            leads.append(f"Ring first: {door.name}" if route.ring_first else f"Goes to: {door.name}")
        leads += [step.text for step in route.steps]
        leads += [f"Your own duty: {route.reminder}"] if route.reminder else []
        shown.append(
            Told(route.name, when_in_words(pack, route.when), tuple(leads), source_of(pack, route.citation), route.id)
        )
    return tuple(shown)


def consent_rules_shown(pack: Pack) -> tuple[Told, ...]:
    """What the document asks about agreement and telling."""
    shown = []
    for rule in pack.consent_rules:
        details = [
            when_in_words(pack, rule.when),
            *(EFFECTS[effect] for effect in rule.effects),
            *(f"Unless: {reason}" for reason in rule.unless),
            f"From {rule.prompt_age} on, weigh the child’s own view" if rule.prompt_age is not None else "",
            rule.note or "",
        ]
        shown.append(Told(rule.text, "", tuple(filter(None, details)), source_of(pack, rule.citation), rule.id))
    return tuple(shown)


def deadlines_shown(pack: Pack) -> tuple[Told, ...]:
    """Who acts by when, statutory or local."""
    shown = []
    for deadline in pack.deadlines:
        amount = amount_in_words(deadline.amount, deadline.unit)
        time = f"{amount} after {EVENTS[deadline.after]}" if amount else f"{NOT_STATED}; set by the partnership"
        if deadline.outer_limit:
            time = f"At the latest {time}"
        details = [f"By {deadline.who}", "Statutory" if deadline.statutory else "Local", deadline.note or ""]
        name = deadline.name
        shown.append(Told(name, time, tuple(filter(None, details)), source_of(pack, deadline.citation), deadline.id))
    return tuple(shown)


def escalation_shown(pack: Pack) -> tuple[Told, tuple[Told, ...]]:
    """The policy on disagreements, and its stages."""
    policy = Told(
        pack.escalation.policy or "",
        pack.escalation.note or "",
        tuple(filter(None, [pack.escalation.address])),
        source_of(pack, pack.escalation.citation),
    )
    stages = tuple(
        Told(
            f"{stage.number}. {stage.name}",
            stage.who,
            (amount_in_words(stage.amount, stage.unit) or f"Time: {NOT_STATED.lower()}",),
            source_of(pack, stage.citation),
        )
        for stage in pack.escalation.stages
    )
    return policy, stages


def early_help_shown(pack: Pack) -> tuple[Told, ...]:
    """What the assessment of early help is called, and what the document asks of one; empty where it names none."""
    says = pack.early_help
    if says is None:
        return ()
    door = pack.doors_by_id[says.door].name if says.door else ""
    named = (
        ("The plan that follows", says.plan),
        ("Analysed by", says.analysis),
        ("Led by the", says.lead),
        ("Measured by", says.measure),
        ("Sent to", door or NOT_STATED),
    )
    details = tuple(f"{name}: {value}" for name, value in named if value)
    short = "" if says.short == says.assessment else f"In short: {says.short}."
    return (
        Told(says.assessment, short, details, source_of(pack, says.citation)),
        *(Told(EARLY_HELP[one.topic], one.text, (), source_of(pack, one.citation)) for one in says.says),
    )


OWN_KINDS = {
    OwnKind.LINE: "One line",
    OwnKind.WORDS: "In their own words",
    OwnKind.CHOICE: "A choice",
    OwnKind.DATE: "A date, as far as it is known",
    OwnKind.YES_NO: "Yes or no",
}


def form_shown(pack: Pack) -> tuple[Told, ...]:
    """What the partnership changes about the forms; empty where they are as everywhere."""
    form = pack.form
    titles = {page.id: page.title for page in form.own_pages}
    shown = [Told("Not asked here", ", ".join(page_named(page) for page in form.off), (), "")] if form.off else []
    shown += [Told(f"{page_named(one.page)}: another title", one.title, (), "") for one in form.pages]
    for said in form.questions:
        name = f"{page_named(said.page)}: {said.question.replace('_', ' ')}"
        needed = "Has to be answered; not known is an answer" if said.mandatory else ""
        shown.append(Told(name, said.label or "", tuple(filter(None, [said.hint, needed])), ""))
    for own in form.own_questions:
        details = [
            f"On the page: {titles.get(own.page) or page_named(own.page)}",
            OWN_KINDS[own.kind] + "".join(f"; {option.label}" for option in own.options),
            own.hint or "",
            "Has to be answered; not known is an answer" if own.mandatory else "",
            f"Not known: {own.unknown_costs}" if own.unknown_costs else "",
        ]
        shown.append(Told(own.label, "", tuple(filter(None, details)), f"Key in exports: {own.key}", own.key))
    return (*shown, Told("Decided", form.note, (), "")) if form.note else tuple(shown)


def page_named(page: str) -> str:
    """A page of the forms by its key, in words."""
    return page.replace("-", " ").capitalize()


def golden_rules_shown(pack: Pack) -> Told:
    """Which edition of the golden rules counts, and which the document prints."""
    printed = pack.golden_rules.printed
    return Told(
        f"Edition of {pack.golden_rules.edition}",
        pack.golden_rules.note or "",
        (f"The document prints the edition of {printed}",) if printed else (),
        source_of(pack, pack.golden_rules.citation),
    )


def silences_shown(pack: Pack) -> tuple[Told, ...]:
    """What the partnership's document doesn't state."""
    return tuple(Told(SILENT[silence.topic], silence.note or "", (), "") for silence in pack.silent)


def notes_shown(pack: Pack) -> tuple[Told, ...]:
    """Defects of the document and how we read it; `details` hold the id of the rule that makes one safe."""
    ordered = sorted(pack.notes, key=lambda note: list(NoteKind).index(note.kind))
    return tuple(
        Told(
            NOTES[note.kind],
            note.text,
            tuple(filter(None, [note.handled_by])),
            source_of(pack, note.citation),
            note.id,
        )
        for note in ordered
    )


def conditions_shown(pack: Pack) -> tuple[Told, ...]:
    """The questions on which descriptors hang."""
    return tuple(Told(one.question, "", (), source_of(pack, one.citation), one.id) for one in pack.conditions)


def sources_shown(pack: Pack) -> tuple[Told, ...]:
    """Every document that is cited."""
    return tuple(
        Told(document.title, document.edition or "", tuple(filter(None, [document.address])), "")
        for document in pack.documents
    )
