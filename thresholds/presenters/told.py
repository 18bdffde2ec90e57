"""Lists of a pack as its page shows them: each statement with more about it, and where it was read."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from thresholds.domain.duties import NoteKind
from thresholds.domain.form_settings import OwnKind
from thresholds.domain.needs import Override, Ring
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Statement
from thresholds.presenters.words import LEGAL, NOT_STATED, amount_in_words, source_of, when_in_words
from thresholds.wording import EARLY_HELP, EFFECTS, EVENTS, FLAGS, NOTES, SILENT

RINGS = {
    Ring.EMERGENCY: "999",
    Ring.POLICE: gettext_noop("the police on 101"),
    Ring.FRONT_DOOR: gettext_noop("the front door"),
    Ring.LADO: gettext_noop("the designated officer (LADO)"),
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
    return (
        gettext("Level %(number)s: %(level)s") % {"number": level.number, "level": level.name}
        if level.number is not None
        else level.name
    )


def levels_shown(pack: Pack) -> tuple[Told, ...]:
    """The levels, lowest first, with what each may mean in law."""
    shown = []
    for level in pack.levels:
        overlaps = ", ".join(pack.level(other).name for other in level.overlaps)
        details = [
            gettext(LEGAL[level.legal]),
            level.response,
            gettext("Overlaps with %(overlaps)s") % {"overlaps": overlaps} if overlaps else "",
            level.note,
        ]
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
        gettext("Urgent: nothing waits for an approval or a missing answer") if override.urgent else "",
        "" if override.tell_family else gettext("Don't tell the family until the front door says so"),
        gettext("Points to: %(legal)s") % {"legal": gettext(LEGAL[override.raises_to])}
        if override.raises_to != "none"
        else gettext("Moves no level by itself"),
        gettext("Only for a child who doesn't move about alone; not known counts as that")
        if override.not_mobile
        else "",
        override.note or "",
    ]
    return CardShown(
        id=override.id,
        name=mark(override.name),
        when=when_in_words(pack, override.when),
        ring=gettext(RINGS[override.ring]) if override.ring else "",
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
                        gettext("A warning sign: immediate help may be needed") if factor.warning else "",
                        gettext("About: %(said)s") % {"said": ", ".join(gettext(FLAGS[flag]) for flag in factor.flags)}
                        if factor.flags
                        else "",
                        gettext("Doesn't raise the level by itself: %(why_not)s") % {"why_not": factor.why_not}
                        if factor.why_not
                        else "",
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
        door = pack.door_of(route)
        if door is not None:
            leads.append(
                gettext("Ring first: %(door)s") % {"door": door.name}
                if route.ring_first
                else gettext("Goes to: %(door)s") % {"door": door.name}
            )
        leads += [step.text for step in route.steps]
        leads += [gettext("Your own duty: %(reminder)s") % {"reminder": route.reminder}] if route.reminder else []
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
            *(gettext(EFFECTS[effect]) for effect in rule.effects),
            *(gettext("Unless: %(reason)s") % {"reason": reason} for reason in rule.unless),
            gettext("From %(prompt_age)s on, weigh the child's own view") % {"prompt_age": rule.prompt_age}
            if rule.prompt_age is not None
            else "",
            rule.note or "",
        ]
        shown.append(Told(rule.text, "", tuple(filter(None, details)), source_of(pack, rule.citation), rule.id))
    return tuple(shown)


def deadlines_shown(pack: Pack) -> tuple[Told, ...]:
    """Who acts by when, statutory or local."""
    shown = []
    for deadline in pack.deadlines:
        amount = amount_in_words(deadline.amount, deadline.unit)
        time = (
            gettext("%(amount)s after %(event)s") % {"amount": amount, "event": gettext(EVENTS[deadline.after])}
            if amount
            else gettext("%(not_stated)s; set by the partnership") % {"not_stated": gettext(NOT_STATED)}
        )
        if deadline.outer_limit:
            time = gettext("At the latest %(time)s") % {"time": time}
        details = [
            gettext("By %(who)s") % {"who": deadline.who},
            gettext("Statutory") if deadline.statutory else gettext("Local"),
            deadline.note or "",
        ]
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
            (
                amount_in_words(stage.amount, stage.unit)
                or gettext("Time: %(not_stated)s") % {"not_stated": gettext(NOT_STATED).lower()},
            ),
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
    at = gettext(" and ").join(pack.level(level).name for level in says.levels)
    named = (
        (gettext("The plan that follows"), says.plan),
        (gettext("Analysed by"), says.analysis),
        (gettext("Led by the"), says.lead),
        (gettext("Measured by"), says.measure),
        (gettext("Sent to"), f"{door} ({at})" if door and at else door or gettext(NOT_STATED)),
    )
    details = tuple(f"{name}: {value}" for name, value in named if value)
    short = "" if says.short == says.assessment else gettext("In short: %(short)s.") % {"short": says.short}
    return (
        Told(says.assessment, short, details, source_of(pack, says.citation)),
        *(Told(gettext(EARLY_HELP[one.topic]), one.text, (), source_of(pack, one.citation)) for one in says.says),
    )


OWN_KINDS = {
    OwnKind.LINE: gettext_noop("One line"),
    OwnKind.WORDS: gettext_noop("In their own words"),
    OwnKind.CHOICE: gettext_noop("A choice"),
    OwnKind.DATE: gettext_noop("A date, as far as it is known"),
    OwnKind.YES_NO: gettext_noop("Yes or no"),
}


def form_shown(pack: Pack) -> tuple[Told, ...]:
    """What the partnership changes about the forms; empty where they are as everywhere."""
    form = pack.form
    titles = {page.id: page.title for page in form.own_pages}
    shown = (
        [Told(gettext("Not asked here"), ", ".join(page_named(page) for page in form.off), (), "")] if form.off else []
    )
    shown += [
        Told(gettext("%(page_named)s: another title") % {"page_named": page_named(one.page)}, one.title, (), "")
        for one in form.pages
    ]
    for said in form.questions:
        name = f"{page_named(said.page)}: {said.question.replace('_', ' ')}"
        needed = gettext("Has to be answered; not known is an answer") if said.mandatory else ""
        shown.append(Told(name, said.label or "", tuple(filter(None, [said.hint, needed])), ""))
    for own in form.own_questions:
        details = [
            gettext("On the page: %(title)s") % {"title": titles.get(own.page) or page_named(own.page)},
            gettext(OWN_KINDS[own.kind]) + "".join(f"; {option.label}" for option in own.options),
            own.hint or "",
            gettext("Has to be answered; not known is an answer") if own.mandatory else "",
            gettext("Not known: %(unknown_costs)s") % {"unknown_costs": own.unknown_costs} if own.unknown_costs else "",
        ]
        shown.append(
            Told(
                own.label,
                "",
                tuple(filter(None, details)),
                gettext("Key in exports: %(key)s") % {"key": own.key},
                own.key,
            )
        )
    return (*shown, Told(gettext("Decided"), form.note, (), "")) if form.note else tuple(shown)


def page_named(page: str) -> str:
    """A page of the forms by its key, in words."""
    return page.replace("-", " ").capitalize()


def golden_rules_shown(pack: Pack) -> Told:
    """Which edition of the golden rules counts, and which the document prints."""
    printed = pack.golden_rules.printed
    return Told(
        gettext("Edition of %(edition)s") % {"edition": pack.golden_rules.edition},
        pack.golden_rules.note or "",
        (gettext("The document prints the edition of %(printed)s") % {"printed": printed},) if printed else (),
        source_of(pack, pack.golden_rules.citation),
    )


def silences_shown(pack: Pack) -> tuple[Told, ...]:
    """What the partnership's document doesn't state."""
    return tuple(Told(gettext(SILENT[silence.topic]), silence.note or "", (), "") for silence in pack.silent)


def notes_shown(pack: Pack) -> tuple[Told, ...]:
    """Defects of the document and how we read it; `details` hold the id of the rule that makes one safe."""
    ordered = sorted(pack.notes, key=lambda note: list(NoteKind).index(note.kind))
    return tuple(
        Told(
            gettext(NOTES[note.kind]),
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
