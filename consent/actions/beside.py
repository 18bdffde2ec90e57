"""What people say beside the decision to share: another lawful basis, agreement that changes, who was told."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from accounts.clock import day_of
from accounts.models import FrontDoorTeam
from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from audit.domain.wording import Detail
from consent.domain.agreed import agreed_parts, agreed_with
from consent.domain.bases import BASES
from consent.domain.facts import Said
from consent.domain.permissions import (
    check_choose_bases,
    check_record_told,
    check_rule_on_telling,
    check_say_agreement,
)
from consent.models import AgreementChange, BasesChoice, SaidSince, TellingRuling, Told
from consent.selectors import telling_of
from referrals.record.domain.clean_values import clean_text
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import RecordFacts
from referrals.record.models import Referral
from referrals.record.selectors import facts_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What somebody says about agreement now. `said_on` is None where the day isn't known."""

    said: Said
    said_on: date | None = None
    said_to: str = ""
    limits: str = ""
    words: str = ""
    agreed_parts: Collection[str] = ()
    agreed_with: Collection[str] = ()


@transaction.atomic
def choose_bases(*, referral: Referral, chosen: Iterable[str], why: str, by: Actor, now: datetime) -> BasesChoice:
    """Choose lawful bases instead of the suggested ones for a draft; return the choice. None chosen: as suggested.

    One whose facts aren't recorded is kept, shown as a contradiction and not relied on. Raises NotYours or Refusal for
    somebody who doesn't write the draft, for what isn't a basis at all, and for a choice without a reason.
    """
    row, facts = _locked(referral, by, now)
    check_choose_bases(by, facts)
    ids = sorted(set(chosen))
    if not set(ids) <= set(BASES):
        raise _refusal(row, "sharing.bases", "Choose from the lawful bases on the page.")
    reason = clean_text(why)
    if ids and not reason:
        raise _refusal(row, "sharing.bases", "Write why you choose another lawful basis.")
    choice = BasesChoice.objects.create(
        referral=row, chosen=ids, why=reason if ids else "", **_said(BasesChoice, row, by, now)
    )
    _note("sharing.bases", row, by, {"number": choice.number, "bases": ids})
    return choice


@transaction.atomic
def say_agreement(*, referral: Referral, person_id: UUID, saying: Saying, by: Actor, now: datetime) -> AgreementChange:
    """Record what a child or a household member says about agreement after it was submitted; return the row.

    Raises NotYours for somebody who isn't on the referral, NotYours or Refusal for who may not record it, and for a
    day that hasn't come.
    """
    row, facts = _locked(referral, by, now)
    check_say_agreement(by, facts)
    on_it = row.children.filter(pk=person_id).exists() or row.household.filter(pk=person_id).exists()
    if not on_it:
        raise NotYours(rule="sharing.agreement", subject_type="referral", subject_id=row.pk)
    _check_day(row, "sharing.agreement", saying.said_on, now)
    change = AgreementChange.objects.create(
        referral=row,
        about=person_id,
        said=saying.said.value,
        said_on=saying.said_on,
        said_to=clean_text(saying.said_to)[:200],
        **_limits(saying),
        words=clean_text(saying.words),
        **_said(AgreementChange, row, by, now),
    )
    _note("sharing.agreement", row, by, {"number": change.number, "said": change.said})
    return change


@transaction.atomic
def record_told(
    *, referral: Referral, about: str, told_on: date, told_by: str, words: str, by: Actor, now: datetime
) -> Told:
    """Record that somebody was told of the sharing, when, by whom and with which words; return the row. Said again
    about the same person it is a correction, and both are shown.

    It is recorded also where they should not have been told: then the front door has to know. Raises NotYours for
    somebody who isn't on the list, NotYours or Refusal for who may not, and without by whom, or for a day to come.
    """
    row, facts = _locked(referral, by, now)
    check_record_told(by, facts)
    if about not in {duty.about for duty in telling_of(row).duties}:
        raise NotYours(rule="sharing.told", subject_type="referral", subject_id=row.pk)
    _check_day(row, "sharing.told", told_on, now)
    who, said = clean_text(told_by)[:200], clean_text(words)
    if not who or not said:
        raise _refusal(row, "sharing.told", "Write who told them, and what was said.")
    told = Told.objects.create(
        referral=row, about=about, told_on=told_on, told_by=who, words=said, **_said(Told, row, by, now)
    )
    _note("sharing.told", row, by, {"number": told.number})
    return told


@transaction.atomic
def rule_on_telling(
    *, referral: Referral, team: FrontDoorTeam, may_tell: bool, lifts: bool, why: str, by: Actor, now: datetime
) -> TellingRuling:
    """Say for a front door whether the family may be told; return the row. The caller has checked that `by` decides for
    `team`, and whether a yes of it `lifts` the guard.

    Raises NotYours or Refusal unless `by` decides at a front door that has it, without a reason, and for a yes where
    the area's document allows no exception.
    """
    row, facts = _locked(referral, by, now)
    absolute = telling_of(row).absolute
    check_rule_on_telling(by, facts, may_tell=may_tell, absolute=absolute)
    reason = clean_text(why)
    if not reason:
        raise _refusal(row, "sharing.telling", "Write why: the referrer reads it.")
    ruling = TellingRuling.objects.create(
        referral=row, team=team, may_tell=may_tell, lifts=lifts, why=reason, **_said(TellingRuling, row, by, now)
    )
    _note("sharing.telling", row, by, {"number": ruling.number, "may_tell": may_tell})
    return ruling


@transaction.atomic
def end_telling_word(
    *, referral: Referral, team: FrontDoorTeam, why: str, by: Actor, now: datetime
) -> TellingRuling | None:
    """Keep that a front door which spoke about telling the family has handed the referral over; return the row, None
    where it never spoke or that is kept already. Its yes ends with that, its no when the next front door has spoken.

    `why` says to whom it went. The caller has checked that `by` accepted it there.
    """
    row = Referral.objects.select_for_update().get(pk=referral.pk)
    last = TellingRuling.objects.filter(referral=row, team=team).order_by("number").last()
    if last is None or last.let_go:
        return None
    ruling = TellingRuling.objects.create(
        referral=row,
        team=team,
        may_tell=last.may_tell,
        lifts=last.lifts,
        let_go=True,
        why=clean_text(why),
        **_said(TellingRuling, row, by, now),
    )
    _note("sharing.telling_ends", row, by, {"number": ruling.number})
    return ruling


def keep_said_since(*, referral: Referral, where: SaidSince.Where, by: Actor, now: datetime) -> None:
    """Keep, in the caller's transaction, that words came to a referral which may make telling the family dangerous:
    until a front door has spoken after them there is no copy for the family. The caller has checked and recorded the
    words themselves. What comes to a draft is passed over: it is asked when that is submitted."""
    if referral.state == State.DRAFT.value:
        return
    SaidSince.objects.create(referral=referral, where=where, at=now, by_id=by.person_id, by_name=by.name[:200])


def _limits(saying: Saying) -> dict[str, Any]:
    """What a limited agreement lets go, and to whom; None where they didn't say."""
    if saying.said is not Said.LIMITED:
        return {"limits": ""}
    parts, among = agreed_parts(list(saying.agreed_parts)), agreed_with(list(saying.agreed_with))
    return {
        "limits": clean_text(saying.limits),
        "agreed_parts": None if parts is None else sorted(parts),
        "agreed_with": None if among is None else sorted(among),
    }


def _locked(referral: Referral, by: Actor, now: datetime) -> tuple[Referral, RecordFacts]:
    row = Referral.objects.select_for_update().get(pk=referral.pk)
    return row, facts_for(row, by, now=now)


def _said(model: type[models.Model], referral: Referral, by: Actor, now: datetime) -> dict[str, Any]:
    """The columns that every row has. The referral is locked, so that numbers are given once."""
    number = model._default_manager.filter(referral=referral).count() + 1
    return {"number": number, "at": now, "by_id": by.person_id, "by_name": by.name[:200]}


def _check_day(referral: Referral, rule: str, day: date | None, now: datetime) -> None:
    if day is not None and day > day_of(now):
        raise _refusal(referral, rule, "The day must be today or in the past.")


def _refusal(referral: Referral, rule: str, reason: str) -> Refusal:
    return Refusal(reason, rule=rule, subject_type="referral", subject_id=referral.pk)


def _note(verb: str, referral: Referral, by: Actor, detail: Detail) -> None:
    record(verb, by=by, subject_type="referral", subject_id=referral.pk, detail=detail)
