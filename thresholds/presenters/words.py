"""Words for what a pack holds: sources, ages, times, and the facts under which a rule speaks."""

from collections.abc import Iterable

from thresholds.domain.duties import Silent, Unit
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgeBand, Citation, LegalMeaning, When
from thresholds.wording import AGENCIES, AGREEMENT, FLAGS, HARM, UNITS

NOT_STATED = "Not stated by the partnership"
LEGAL = {
    LegalMeaning.NONE: "No statutory meaning",
    LegalMeaning.S17: "Child in need (section 17)",
    LegalMeaning.S47: "Child protection (section 47)",
    LegalMeaning.MIXED: "Child in need or child protection (sections 17 and 47)",
}


def source_of(pack: Pack, citation: Citation) -> str:
    """A citation in words; the area's own document is "the document", any other is named."""
    if citation.document == "threshold":
        return citation.reads()
    return f"{pack.documents_by_id[citation.document].title}, {citation.reads()}"


def not_stated(pack: Pack, topic: Silent) -> str:
    """That the document doesn't state `topic`, with what the pack notes about it; empty where it is no silence."""
    for silence in pack.silent:
        if silence.topic is topic:
            return f"{NOT_STATED}. {silence.note or ''}".strip()
    return ""


def amount_in_words(amount: int | None, unit: Unit | None) -> str:
    """A time as people say it; empty where nobody states one."""
    if amount is None or unit is None:
        return ""
    words = UNITS[unit]
    return f"{amount} {words.removesuffix('s') if amount == 1 else words}"


def age_in_words(age: AgeBand) -> str:
    """An age band as people say it."""
    if age.unborn:
        return "Unborn child"
    if age.from_years is None:
        return f"Under {age.under_years}"
    if age.under_years is None:
        return f"Aged {age.from_years} or over"
    last = age.under_years - 1
    return f"Aged {age.from_years}" if last == age.from_years else f"Aged {age.from_years} to {last}"


def when_in_words(pack: Pack, when: When) -> str:
    """The facts under which a rule speaks, as a sentence."""
    said: list[str] = []
    if when.flags:
        said.append(either(FLAGS[flag] for flag in when.flags))
    if when.harm:
        said.append(f"significant harm: {either(HARM[harm] for harm in when.harm)}")
    if when.levels:
        said.append(f"level {either(pack.level(level).name for level in when.levels)}")
    if when.age:
        said.append(age_in_words(when.age).lower())
    if when.agencies:
        said.append(f"referrer from {either(AGENCIES[kind] for kind in when.agencies)}")
    if when.agreement:
        said.append(f"agreement {either(AGREEMENT[answer] for answer in when.agreement)}")
    if when.open_case is not None:
        said.append("the child has a social worker" if when.open_case else "the child has no social worker")
    if when.out_of_hours is not None:
        said.append("out of hours" if when.out_of_hours else "in office hours")
    return f"When: {'; and '.join(said)}" if said else "Always"


def either(words: Iterable[str]) -> str:
    """The words with commas, and "or" before the last. ValueError for none."""
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last
