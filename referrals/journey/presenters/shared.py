"""The decision to share about one child in words, from its plain data: before sending and frozen alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_noop

from consent.domain.agreed_words import frozen_limits
from consent.domain.golden_rules import Met
from consent.domain.result import Scope, TellWhen, Verdict
from referrals.journey.presenters.citing import Cited, Reader

VERDICTS: dict[str, str] = {
    Verdict.MAY_SHARE.value: gettext_noop("It may be shared"),
    Verdict.MAY_SHARE_URGENT.value: gettext_noop("It may be shared at once"),
    Verdict.MAY_SHARE_FLAGGED.value: gettext_noop("It goes, and shows what is missing"),
    Verdict.TO_WEIGH.value: gettext_noop("Somebody else weighs it first"),
    Verdict.NEEDS_APPROVAL.value: gettext_noop("It waits for an approval"),
    Verdict.ADVICE_NEEDED.value: gettext_noop("It waits for advice"),
    Verdict.MAY_NOT.value: gettext_noop("It may not be shared as it stands"),
}
SCOPES: dict[str, str] = {
    Scope.NOTHING.value: "",
    Scope.ESSENTIALS.value: gettext_noop("Only who, where and the worry, until the missing answer is there."),
    Scope.AGREED_PARTS.value: gettext_noop("Only the parts that were agreed."),
    Scope.NEEDED.value: gettext_noop("What the front door needs to keep the child safe, and no more."),
}
TELLING: dict[str, str] = {
    TellWhen.TOLD.value: gettext_noop("Told"),
    TellWhen.BEFORE.value: gettext_noop("Tell before it goes"),
    TellWhen.AFTER.value: gettext_noop("Tell afterwards"),
    TellWhen.NOT_YET.value: gettext_noop("Do not tell yet"),
    TellWhen.ASK_FRONT_DOOR.value: gettext_noop("Ask the front door first"),
}
MET: dict[str, str] = {
    Met.MET.value: gettext_noop("Met"),
    Met.PARTLY.value: gettext_noop("Partly"),
    Met.MISSING.value: gettext_noop("Not recorded yet"),
}
# Facts that no page asks for in these words, or that stand on several pages.
MISSING: dict[str, str] = {
    "agreement": gettext_noop("What the family and the child say about sharing it"),
    "approval": gettext_noop("The approval that the area asks for"),
    "advice": gettext_noop("The advice that the area asks for"),
    "bases": gettext_noop("The lawful basis"),
    "chosen_bases_why": gettext_noop("Why another lawful basis was chosen"),
    "child_view": gettext_noop("The child's own view"),
    "purpose": gettext_noop("The purpose"),
    "recipients": gettext_noop("Who receives it"),
    "recipient_sections": gettext_noop("What each recipient needs"),
    "told_at": gettext_noop("When those concerned were told"),
    "told": gettext_noop("Who was told"),
    "harm": gettext_noop("Whether harm is possible"),
    "facts_apart_from_opinion": gettext_noop("Facts kept apart from opinion"),
}


@dataclass(frozen=True, slots=True)
class ToRecord:
    """Something that isn't recorded, or doesn't fit. `url` leads to the page that asks for it; empty: nothing is asked,
    or it is frozen."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class RuleAnswered:
    """One golden rule with how far it is met."""

    number: int
    text: str
    met: str
    evidence: tuple[str, ...]
    missing: tuple[ToRecord, ...]


@dataclass(frozen=True, slots=True)
class EditionAnswered:
    """The seven golden rules of one edition."""

    name: str
    note: str
    rules: tuple[RuleAnswered, ...]


@dataclass(frozen=True, slots=True)
class SharingShown:
    """The decision as the pages show it."""

    verdict: str
    scope: str
    agreed: tuple[str, ...]
    """Where agreement is limited, what was agreed to, by kind of recipient."""
    reasons: tuple[str, ...]
    guarded: bool
    tell: tuple[tuple[str, str], ...]
    bases: tuple[Cited, ...]
    rules: tuple[Cited, ...]
    golden_rules: tuple[RuleAnswered, ...]
    contradictions: tuple[ToRecord, ...]
    thoughts: tuple[Cited, ...]
    missing: tuple[ToRecord, ...]
    printed: EditionAnswered | None = None
    """The edition that the area's document prints, where it is another one."""


def _no_link(_question: str) -> str:
    return ""


def sharing_shown(
    decision: Mapping[str, Any], reader: Reader, labels: Mapping[str, str], *, links: Callable[[str], str] = _no_link
) -> SharingShown:
    """Return the decision in words. `decision` is what consent freezes, `labels` the questions' wording by key.

    `links` gives the page that asks a question, for a draft.
    """
    guard = decision["guard"]
    printed = decision.get("printed_rules")
    return SharingShown(
        verdict=gettext(VERDICTS[decision["verdict"]]),
        scope=gettext(SCOPES[decision["scope"]]),
        agreed=frozen_limits(decision),
        reasons=tuple(map(gettext, decision["reasons"])),
        guarded=bool(guard["because"]) and not guard["lifted"],
        tell=tuple((gettext(TELLING[one["when"]]), gettext(one["text"])) for one in decision["tell"]),
        bases=tuple(
            Cited(gettext(basis["name"]), basis["law"], gettext(basis["sentence"]))
            for basis in decision["bases"]
            if basis["id"] in decision["chosen_bases"]
        ),
        rules=tuple(
            reader.cited(rule, note="" if rule["certain"] else gettext("It may apply: a fact isn't known."))
            for rule in decision["rules"]
        ),
        golden_rules=tuple(_golden(rule, labels, links) for rule in decision["golden_rules"]),
        contradictions=tuple(
            ToRecord(gettext(one["text"]), links(one["question"])) for one in decision["contradictions"]
        ),
        thoughts=tuple(reader.cited(one) for one in decision["thoughts"]),
        missing=tuple(
            dict.fromkeys(ToRecord(gettext(one["text"]), links(one["question"])) for one in decision["missing"])
        ),
        printed=EditionAnswered(
            printed["name"], printed["note"], tuple(_golden(rule, labels, links) for rule in printed["rules"])
        )
        if printed
        else None,
    )


def _golden(rule: Mapping[str, Any], labels: Mapping[str, str], links: Callable[[str], str]) -> RuleAnswered:
    missing: dict[str, ToRecord] = {}
    for question in rule["missing"]:
        key = str(question).partition(":")[0]
        words = gettext(MISSING.get(key, "")) or labels.get(key) or key.replace("_", " ")
        missing.setdefault(words, ToRecord(words, links(question)))
    return RuleAnswered(
        number=rule["number"],
        text=gettext(rule["text"]),
        met=gettext(MET[rule["met"]]),
        evidence=tuple(map(gettext, rule["evidence"])),
        missing=tuple(missing.values()),
    )
