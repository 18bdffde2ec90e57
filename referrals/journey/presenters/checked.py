"""The threshold check of one child in words, from its plain data: before sending and frozen alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from referrals.journey.presenters.citing import Cited, Reader
from thresholds.domain.check_divergence import DivergenceKind
from thresholds.domain.check_result import IndicatedKind, Source

PICKED_ON = "descriptors"
"""The page where what the words may mean is asked."""


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """A reason: what was chosen, the level that it points to, where that was read."""

    text: str
    level: str
    source: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class OverrideShown:
    """An override that speaks, with what to do."""

    name: str
    certain: bool
    steps: tuple[Cited, ...]
    source: str
    url: str


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
    asked_too: str = ""

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
        divergence=gettext(str(check.get("divergence", {}).get("text", ""))),
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
    )


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
    if reason["source"] == Source.DESCRIPTOR.value and reason["chosen"] != reason["id"]:
        notes.append(gettext("The higher of two, while what it depends on isn't known."))
    if reason["outside_age"]:
        notes.append(gettext("The document gives it for another age."))
    return ReasonShown(
        text=str(reason["wording"]),
        level=_range(lowest, highest),
        source=reader.source(reason["citation"]),
        note=" ".join(notes),
        url=reader.url(reason),
    )


def _override(override: Mapping[str, Any], reader: Reader) -> OverrideShown:
    return OverrideShown(
        name=str(override["name"]),
        certain=bool(override["certain"]),
        steps=tuple(reader.cited(step) for step in override["steps"]),
        source=reader.source(override["citation"]),
        url=reader.url(override),
    )
