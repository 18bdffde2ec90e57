"""Words for what a pack holds: sources, ages, times, and the facts under which a rule speaks."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext, gettext_noop, ngettext

from thresholds.domain.duties import Silent, Unit
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgeBand, Citation, LegalMeaning, When
from thresholds.wording import AGENCIES, AGREEMENT, FLAGS, HARM

NOT_STATED = gettext_noop("Not stated by the partnership")
LEGAL = {
    LegalMeaning.NONE: gettext_noop("No statutory meaning"),
    LegalMeaning.S17: gettext_noop("Child in need (section 17)"),
    LegalMeaning.S47: gettext_noop("Child protection (section 47)"),
    LegalMeaning.MIXED: gettext_noop("Child in need or child protection (sections 17 and 47)"),
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
            return f"{gettext(NOT_STATED)}. {silence.note or ''}".strip()
    return ""


def amount_in_words(amount: int | None, unit: Unit | None) -> str:
    """A time as people say it; empty where nobody states one."""
    if amount is None or unit is None:
        return ""
    return _AMOUNTS[unit](amount) % {"number": amount}


_AMOUNTS: dict[Unit, Callable[[int], str]] = {
    Unit.HOURS: lambda number: ngettext("%(number)s hour", "%(number)s hours", number),
    Unit.WORKING_HOURS: lambda number: ngettext("%(number)s working hour", "%(number)s working hours", number),
    Unit.DAYS: lambda number: ngettext("%(number)s day", "%(number)s days", number),
    Unit.WORKING_DAYS: lambda number: ngettext("%(number)s working day", "%(number)s working days", number),
    Unit.MONTHS: lambda number: ngettext("%(number)s month", "%(number)s months", number),
}


def age_in_words(age: AgeBand) -> str:
    """An age band as people say it."""
    if age.unborn:
        return gettext("Unborn child")
    if age.from_years is None:
        return gettext("Under %(under_years)s") % {"under_years": age.under_years}
    if age.under_years is None:
        return gettext("Aged %(from_years)s or over") % {"from_years": age.from_years}
    last = age.under_years - 1
    return (
        gettext("Aged %(from_years)s") % {"from_years": age.from_years}
        if last == age.from_years
        else gettext("Aged %(from_years)s to %(last)s") % {"from_years": age.from_years, "last": last}
    )


def when_in_words(pack: Pack, when: When) -> str:
    """The facts under which a rule speaks, as a sentence."""
    said: list[str] = []
    if when.flags:
        said.append(either(gettext(FLAGS[flag]) for flag in when.flags))
    if when.harm:
        said.append(
            gettext("significant harm: %(either)s") % {"either": either(gettext(HARM[harm]) for harm in when.harm)}
        )
    if when.levels:
        said.append(gettext("level %(levels)s") % {"levels": either(pack.level(level).name for level in when.levels)})
    if when.age:
        said.append(age_in_words(when.age).lower())
    if when.agencies:
        said.append(
            gettext("referrer from %(either)s") % {"either": either(gettext(AGENCIES[kind]) for kind in when.agencies)}
        )
    if when.agreement:
        said.append(
            gettext("agreement %(answers)s")
            % {"answers": either(gettext(AGREEMENT[answer]) for answer in when.agreement)}
        )
    if when.open_case is not None:
        said.append(
            gettext("the child has a social worker") if when.open_case else gettext("the child has no social worker")
        )
    if when.out_of_hours is not None:
        said.append(gettext("out of hours") if when.out_of_hours else gettext("in office hours"))
    return gettext("When: %(facts)s") % {"facts": gettext("; and ").join(said)} if said else gettext("Always")


def either(words: Iterable[str]) -> str:
    """The words with commas, and "or" before the last. ValueError for none."""
    *others, last = words
    return gettext("%(others)s or %(last)s") % {"others": ", ".join(others), "last": last} if others else last
