"""The threshold check of one child in words, from its plain data: before sending and frozen alike."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext, gettext_noop, ngettext

from referrals.journey.presenters.citing import Cited, Reader
from referrals.journey.suggesting import RingFirst
from thresholds.domain.check_divergence import DivergenceKind
from thresholds.domain.check_result import IndicatedKind, Source
from thresholds.domain.check_when import Answer

PICKED_ON = "descriptors"
"""The page where what the words may mean is asked."""


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """A reason: what counts, the level that it points to, where that was read. `before` says what was chosen where that
    is another line of the document, and why this one counts instead; empty where it is what was chosen."""

    text: str
    level: str
    source: str
    note: str
    url: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class OverrideShown:
    """An override that speaks, with what to do. A source that all its steps share stands once. `ring` is who is rung
    first, None for what was sent: the number of then may be another one by now."""

    name: str
    certain: bool
    steps: tuple[Cited, ...]
    source: str
    url: str
    service: str = ""
    """Whom the pack says to ring first, by its code; empty for nobody."""
    ring: RingFirst | None = None


@dataclass(frozen=True, slots=True)
class AskedShown:
    """A fact that would change the result; `url` leads to the page where it is answered, and is empty for what was
    sent."""

    key: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class NotAnsweredShown:
    """What the words may mean and nobody answered, with the sentences; `url` leads to where it is answered, and is
    empty for what was sent. `child` is named where several children's stand together."""

    name: str
    words: tuple[str, ...]
    url: str = ""
    child: str = ""


@dataclass(frozen=True, slots=True)
class CheckShown:
    """The check as the pages show it. `judged` is empty where nothing was judged; `comparison` is the kind of
    divergence, empty where none was worked out; `asked_too` says who else looks at a level that was judged lower, and
    is empty where it wasn't, and for what was sent."""

    indicated: str
    judged: str
    divergence: str
    comparison: str
    stands_in: bool
    reasons: tuple[ReasonShown, ...]
    overrides: tuple[OverrideShown, ...]
    prompts: tuple[Cited, ...]
    questions: tuple[AskedShown, ...]
    protective: tuple[Cited, ...]
    harm_factors: tuple[Cited, ...]
    listed_only: tuple[Cited, ...]
    not_answered: tuple[NotAnsweredShown, ...] = ()
    exploitation: str = ""
    """What the exploitation indicator shows by itself; empty where no sign was seen."""
    asked_too: str = ""
    says_why: str = ""
    """Where the judgement's reason is written, while there is none; empty otherwise, and for what was sent."""

    @property
    def nothing_to_compare(self) -> bool:
        """Whether a judgement or an indicated level is missing."""
        return self.comparison == DivergenceKind.UNKNOWN.value


def check_shown(check: Mapping[str, Any], reader: Reader) -> CheckShown:
    """Return the check in words. `check` is what casework freezes for one child."""
    # What was frozen before there was such a list has none.
    passed_over = check.get("not_answered", ())
    return CheckShown(
        indicated=_indicated(check["indicated"], reader),
        judged=reader.level(check.get("judged")),
        divergence=_compared(check.get("divergence", {})),
        comparison=str(check.get("divergence", {}).get("kind", "")),
        stands_in=bool(check.get("stands_in")),
        reasons=tuple(_reason(one, reader) for one in check["reasons"]),
        overrides=tuple(_override(one, reader) for one in check["overrides"]),
        prompts=tuple(reader.cited(one) for one in check["prompts"]),
        questions=tuple(AskedShown(str(one["key"]), gettext(str(one["text"]))) for one in check["questions"]),
        protective=tuple(reader.cited(one, text="wording") for one in check["protective"]),
        harm_factors=tuple(reader.cited(one, text="wording") for one in check["harm_factors"]),
        listed_only=tuple(
            reader.cited(one, text="wording", note=str(one.get("why_not") or "")) for one in check["listed_only"]
        ),
        not_answered=tuple(NotAnsweredShown(str(one["name"]), tuple(one["words"])) for one in passed_over),
        exploitation=_exploitation(check.get("exploitation"), reader),
    )


def _exploitation(seen: Mapping[str, Any] | None, reader: Reader) -> str:
    if not seen:
        return ""
    if seen["highest"] is None:
        return gettext("None of the signs that were seen raises a level by itself.")
    return ngettext(
        "The highest sign seen is at %(level)s (%(number)s sign). Signs are never added up.",
        "The highest sign seen is at %(level)s (%(number)s signs). Signs are never added up.",
        seen["seen"],
    ) % {"level": reader.level(seen["highest"]), "number": seen["seen"]}


def _compared(divergence: Mapping[str, Any]) -> str:
    """How judgement and document stand to each other, and what would make it the higher of two levels."""
    words = [gettext(str(divergence.get("text", "")))] if divergence.get("text") else []
    below = divergence.get("below") or {}
    words += [
        gettext("The document lists “%(wording)s” for more than one level.") % {"wording": one.rstrip(".")}
        for one in below.get("listed", ())
    ]
    if below.get("significant_harm"):
        words.append(gettext("What would make it the higher one: significant harm, now or likely."))
    return " ".join(words)


def _range(lowest: str, highest: str) -> str:
    if lowest == highest:
        return lowest
    return gettext("%(lowest)s to %(highest)s") % {"lowest": lowest, "highest": highest}


def _indicated(indicated: Mapping[str, Any], reader: Reader) -> str:
    if indicated["kind"] == IndicatedKind.UNKNOWN.value:
        return gettext("Not known. That doesn't mean a low level.")
    lowest, highest = reader.level(indicated["lowest"]), reader.level(indicated["highest"])
    words = _range(lowest, highest)
    return (
        gettext("%(words)s. It can mean child protection (section 47).") % {"words": words}
        if indicated["reaches_s47"]
        else f"{words}."
    )


def _reason(reason: Mapping[str, Any], reader: Reader) -> ReasonShown:
    lowest, highest = reader.level(reason["lowest"]), reader.level(reason["highest"])
    notes = []
    instead = reason.get("in_place_of")
    if reason["source"] == Source.DESCRIPTOR.value and reason["chosen"] != reason["id"] and not instead:
        # Frozen before it was written down what had been chosen.
        notes.append(gettext("The higher of two, while what it depends on isn't known."))
    if reason["outside_age"]:
        notes.append(gettext("The document gives it for another age."))
    return ReasonShown(
        text=str(reason["wording"]),
        level=_range(lowest, highest),
        source=reader.source(reason["citation"]),
        note=" ".join(notes),
        url=reader.url(reason),
        before=_instead(instead, reader) if instead else "",
    )


_WHY_INSTEAD: dict[str, str] = {
    Answer.NOT_KNOWN.value: gettext_noop(
        "It depends on “%(question)s”, which isn't answered yet, or not known. Until it is, the document's higher line "
        "counts:"
    ),
    Answer.YES.value: gettext_noop("“%(question)s” is answered yes, so another line of the document counts:"),
    Answer.NO.value: gettext_noop("“%(question)s” is answered no, so another line of the document counts:"),
}


def _instead(instead: Mapping[str, Any], reader: Reader) -> str:
    """What was chosen, by its own words and level, and why another line of the document counts."""
    level = _range(reader.level(instead["lowest"]), reader.level(instead["highest"]))
    chosen = gettext("Chosen: “%(wording)s” (%(level)s).") % {
        "wording": str(instead["wording"]).rstrip("."),
        "level": level,
    }
    return f"{chosen} {gettext(_WHY_INSTEAD[instead['answer']]) % {'question': instead['question']}}"


def _override(override: Mapping[str, Any], reader: Reader) -> OverrideShown:
    source = reader.source(override["citation"])
    steps = (reader.cited(step) for step in override["steps"])
    return OverrideShown(
        name=str(override["name"]),
        certain=bool(override["certain"]),
        steps=tuple(replace(one, source="", url="") if one.source == source else one for one in steps),
        source=source,
        url=reader.url(override),
        service=str(override.get("ring") or ""),
    )
