"""What is done about sharing after it was submitted: who is told, what people say about agreement, every decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from consent.domain.afterwards import Duty, DutyState, Telling, ruling_remark
from consent.domain.agreed import ticked_in_words
from consent.domain.agreed_words import frozen_limits
from consent.domain.decide import STATES
from consent.domain.explain import explain_frozen
from consent.domain.facts import Relation, Said
from consent.domain.people import State as Agreed
from consent.models import AgreementChange, SharingRecord, TellingRuling, Told
from referrals.casework.selectors import SAID_NOW, ruling_said
from referrals.journey.presenters.shared import VERDICTS
from referrals.record.models import Referral

NOT_ON_RECORD: dict[str, str] = {
    Relation.PARENT.value: gettext_noop("A parent, or whoever has parental responsibility"),
    Relation.CHILD.value: gettext_noop("The child"),
    Relation.LOCAL_AUTHORITY.value: gettext_noop("The local authority, which shares parental responsibility"),
}
"""Somebody who has to be told and whom the referral doesn't name."""
_LIMITS = frozenset({"agreed_parts", "agreed_with", "limits"})


@dataclass(frozen=True, slots=True)
class ToldShown:
    """One record that somebody was told. `corrected`: a later one about the same person counts."""

    on: date
    told_by: str
    words: str
    by: str
    at: datetime
    corrected: bool


@dataclass(frozen=True, slots=True)
class DutyShown:
    """Somebody to tell. `url` leads to recording that it was done."""

    about: str
    name: str
    state: str
    waits: bool
    forbidden: bool
    known: bool
    text: str
    url: str
    told: tuple[ToldShown, ...]


@dataclass(frozen=True, slots=True)
class RulingShown:
    """What a front door said about telling the family. `remark`: what that is still worth, where it handed it over."""

    words: str
    why: str
    remark: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TellingShown:
    """Who has to be told, with the guard on it and what front doors said."""

    guarded: bool
    absolute: bool
    because: tuple[str, ...]
    duties: tuple[DutyShown, ...]
    rulings: tuple[RulingShown, ...]

    @property
    def waiting(self) -> int:
        """How many are still to be told."""
        return sum(duty.waits for duty in self.duties)


@dataclass(frozen=True, slots=True)
class SaidShown:
    """What somebody said about agreement after it was submitted. `replaced`: something later counts."""

    words: str
    on: date | None
    to: str
    ticked: tuple[str, ...]
    limits: str
    quoted: str
    by: str
    at: datetime
    replaced: bool


@dataclass(frozen=True, slots=True)
class PersonAgreeing:
    """A child or member with what they have said."""

    name: str
    first: str
    limited: tuple[str, ...]
    said: tuple[SaidShown, ...]
    url: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One row of the record of sharing: what it came to for each child, and what called for it."""

    number: int
    because: str
    note: str
    by: str
    at: datetime
    counts: bool
    children: tuple[tuple[str, str, str], ...]
    """Name, what it came to, and what agreement stood."""


def people_in(content: Mapping[str, Any]) -> dict[str, str]:
    """The names of children and household as they were submitted, by id as text."""
    return {one["id"]: one["name"] for one in (*content["children"], *content["household"])}


def telling_shown(
    referral: Referral,
    telling: Telling,
    told: Iterable[Told],
    rulings: Iterable[TellingRuling],
    names: Mapping[str, str],
    *,
    until: datetime | None = None,
) -> TellingShown:
    """Return who has to be told, in words. For a front door that let go of it `until` then: what it knew, and no duty
    any more; where anything has been said since, nobody there tells the family anything."""
    if until is not None:
        known = [one for one in rulings if one.at <= until]
        newer = any(one.at > until for one in rulings)
        return TellingShown(
            guarded=telling.guarded or newer,
            absolute=telling.absolute,
            because=() if newer else telling.because,
            duties=(),
            rulings=_of_doors(known),
        )
    by_person: dict[str, list[Told]] = {}
    for one in told:
        by_person.setdefault(one.about, []).append(one)
    return TellingShown(
        guarded=telling.guarded,
        absolute=telling.absolute,
        because=telling.because,
        duties=tuple(_duty(referral, duty, by_person.get(duty.about, []), names) for duty in telling.duties),
        rulings=_of_doors(rulings),
    )


def _of_doors(rulings: Iterable[TellingRuling]) -> tuple[RulingShown, ...]:
    return tuple(
        RulingShown(
            ruling_said(one), one.why, ruling_remark(may_tell=one.may_tell, let_go=one.let_go), one.by_name, one.at
        )
        for one in rulings
    )


def name_of(about: str, names: Mapping[str, str]) -> str:
    """Return what somebody who has to be told is called."""
    return names.get(about) or gettext(NOT_ON_RECORD.get(about, gettext_noop("Somebody whose information is shared")))


def _duty(referral: Referral, duty: Duty, told: list[Told], names: Mapping[str, str]) -> DutyShown:
    text = duty.text
    if duty.ask_first and duty.state is DutyState.DO_NOT_TELL:
        text = gettext("Ask the front door how and when to tell them, so that it doesn't reach the family.")
    return DutyShown(
        about=duty.about,
        name=name_of(duty.about, names),
        state=gettext(_STATES[duty.state]),
        waits=duty.open,
        forbidden=duty.state is DutyState.DO_NOT_TELL,
        known=duty.state is DutyState.TOLD_ALTHOUGH,
        text=text,
        url=reverse("journey:told", args=[referral.pk, duty.about]),
        told=tuple(
            ToldShown(one.told_on, one.told_by, one.words, one.by_name, one.at, corrected=one is not told[-1])
            for one in told
        ),
    )


_STATES: dict[DutyState, str] = {
    DutyState.DO_NOT_TELL: gettext_noop("Do not tell"),
    DutyState.OPEN: gettext_noop("To be told"),
    DutyState.DONE: gettext_noop("Told"),
    DutyState.TOLD_ALTHOUGH: gettext_noop("Knows, and should not"),
}


def agreeing_shown(
    referral: Referral, changes: Iterable[AgreementChange], content: Mapping[str, Any]
) -> tuple[PersonAgreeing, ...]:
    """Return everybody on the referral with what they said when it was submitted and since."""
    by_person: dict[str, list[AgreementChange]] = {}
    for one in changes:
        by_person.setdefault(str(one.about), []).append(one)
    return tuple(
        PersonAgreeing(
            name=one["name"],
            first=_first(one["pages"]),
            limited=_limited_first(one["pages"]),
            said=tuple(_said(row, replaced=row is not rows[-1]) for row in rows),
            url=reverse("journey:agreement_of", args=[referral.pk, one["id"]]),
        )
        for one in (*content["children"], *content["household"])
        for rows in [by_person.get(one["id"], [])]
    )


def _first(pages: Iterable[Mapping[str, Any]]) -> str:
    reads = [question["reads"] for page in pages for question in page["questions"] if question["key"] == "said"]
    return gettext(reads[0]) if reads else gettext("Not asked about")


def _limited_first(pages: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """What a limited agreement was limited to when it was submitted."""
    return tuple(
        f"{question['label']} {'; '.join(question['reads'].splitlines())}"
        for page in pages
        for question in page["questions"]
        if question["key"] in _LIMITS and question["answered"]
    )


def _said(row: AgreementChange, *, replaced: bool) -> SaidShown:
    return SaidShown(
        words=gettext(SAID_NOW[Said(row.said)]),
        on=row.said_on,
        to=row.said_to,
        ticked=ticked_in_words(row.agreed_parts, row.agreed_with),
        limits=row.limits,
        quoted=row.words,
        by=row.by_name,
        at=row.at,
        replaced=replaced,
    )


def last_by(records: Iterable[SharingRecord], until: datetime | None) -> SharingRecord | None:
    """Return the row of the record of sharing that counts, or counted at `until`; None where there was none."""
    found = [one for one in records if until is None or one.at <= until]
    return found[-1] if found else None


def decisions_shown(records: Iterable[SharingRecord], names: Mapping[str, str]) -> tuple[DecisionRow, ...]:
    """Return every row of the record, the last first: a correction stands beside what it corrects."""
    rows = list(records)
    return tuple(
        DecisionRow(
            number=row.number,
            because=gettext(SharingRecord.Because(row.because).label),
            note=row.note,
            by=row.by.full_name,
            at=row.at,
            counts=row is rows[-1],
            children=tuple(
                (names.get(child, gettext("The child")), gettext(VERDICTS[one["verdict"]]), _agreement(one))
                for child, one in row.decision.items()
            ),
        )
        for row in reversed(rows)
    )


def _agreement(decision: Mapping[str, Any]) -> str:
    """What agreement stood, and to what it was limited."""
    return " ".join((STATES[Agreed(decision["agreement"])], *(f"{line}." for line in frozen_limits(decision))))


def what_it_changes(kept: SharingRecord) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what the agreement that stands now changes, and what it doesn't, for the row that counts."""
    decisions = list(kept.decision.values())
    harm = any(one["harm_possible"] for one in decisions)
    agreed = all(one["agreement"] in {"given", "limited"} for one in decisions)
    stays = [
        gettext("What was sent was sent lawfully, on a basis in law, and stays on record."),
        gettext("Who has read it has read it. Every reading is recorded."),
    ]
    if harm:
        stays.append(gettext("Harm is possible, so the work to protect the child goes on."))
    if agreed:
        limits = dict.fromkeys(f"{line}." for one in decisions for line in frozen_limits(one))
        if limits:
            return (gettext("Agreement stands for a part. What goes on from here keeps to it."), *limits), tuple(stays)
        return (gettext("Agreement stands. The front door may offer help on it."),), tuple(stays)
    changes = [
        gettext("Taking up help is a choice: the front door asks the family again before it gives any."),
        gettext("Nothing more is passed on unless harm is possible, or somebody weighs it and writes down why."),
    ]
    if not harm:
        changes.append(gettext("If nothing but the agreement spoke for it, the front door can end the work."))
    return tuple(changes), tuple(stays)


def for_family(
    kept: SharingRecord, telling: Telling, names: Mapping[str, str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the decision about each child in words that a parent could read; nothing while the family isn't told."""
    if telling.guarded:
        return ()
    return tuple(
        (names.get(child, gettext("The child")), explain_frozen(one, lifted=telling.lifted))
        for child, one in kept.decision.items()
    )
