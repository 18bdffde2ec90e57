"""The facts about one child that the decision to share reads."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from consent.domain.agreed import agreed_parts, agreed_with
from consent.domain.facts import Form, NotSeeking, Person, Recipient, Relation, Said, SharingFacts, Word
from consent.domain.people import answers, state
from consent.domain.rules import child_too
from referrals.casework.domain.facts.asked import (
    NOBODY_YET,
    age,
    answer,
    chosen,
    harm,
    moment_of,
    text,
    yes_or_no,
)
from referrals.casework.domain.facts.child import can_not_wait, flags, moves_about
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from thresholds.domain.check_result import ThresholdCheck
from thresholds.domain.check_when import Answer
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgencyKind, Agreement

# "Who are they to the child?" is answered in words. Read from the gravest reading to the lightest: somebody whose
# refusal may count is taken to be one who may speak, and whoever holds parental responsibility counts by that answer.
_CARERS = re.compile(r"\b(step|grand|foster|great|god|carer|guardian|partner|aunt|auntie|uncle)", re.IGNORECASE)
_PARENTS = re.compile(r"\b(mother|father|mum|mummy|mam|dad|daddy|parent|parents)\b", re.IGNORECASE)
_SIBLINGS = re.compile(
    r"\b(brother|sister|sibling|cousin|son|daughter|baby|half-?brother|half-?sister)\b", re.IGNORECASE
)
_ADULT = 18
AUTHORITY = Relation.LOCAL_AUTHORITY.value
"""Stands for the local authority among the people: it is no row of the referral."""
_NOT_REACHED = NotSeeking.NOT_REACHED
_NOT_SEEKING = {reason.value for reason in NotSeeking}
_SAID = {said.value for said in Said}


def sharing_facts(
    draft: DraftAnswers,
    child: PersonAnswers,
    *,
    form: Form = Form.MARF,
    at: datetime,
    on: date,
    agency: AgencyKind | None,
    check: ThresholdCheck | None,
    judged: str | None,
    urgent: bool,
    out_of_hours: bool | None,
    recipients: Iterable[Recipient] = (),
    approvals: tuple[Word, ...] = (),
    nobody_to_ask: bool = False,
) -> SharingFacts:
    """Return what is recorded about sharing one child's information.

    `form` says what is to be sent. `draft` holds only what is asked. `at` is the aware moment of the decision and `on`
    England's day of it; `urgent` and `recipients` come from the route plan. Raises ValueError for a naive `at`.
    """
    risk, risk_why = _risk_from_telling(draft)
    view, view_absent = _view(draft, child)
    people = tuple(_people(draft, child, on))
    return SharingFacts(
        form=form,
        at=at,
        people=people,
        harm=harm(child),
        flags=(check.flags if check else frozenset()) | flags(draft, child),
        levels=_levels(check, judged),
        judged=judged is not None,
        urgent=urgent,
        cannot_wait=can_not_wait(draft),
        age=age(child, on),
        moves_about=moves_about(child),
        agency=agency,
        open_case=yes_or_no(child.get("open_case")),
        out_of_hours=out_of_hours,
        care_order=answer(child.get("care_order")),
        competent=answer(child.get("competent")),
        competence_reasoning=text(child.get("competence_reasoning")) or text(child.get("capacity_why")),
        capacity=answer(child.get("capacity")),
        not_seeking=_reasons(draft.get("not_seeking")).union(*(one.not_seeking for one in people)),
        not_seeking_why=_first(draft.get("not_seeking_why"), *(one.not_seeking_why for one in people)),
        tried=_first(draft.get("tried"), *(one.not_seeking_why for one in people if _NOT_REACHED in one.not_seeking)),
        why_without=text(draft.get("why_without")),
        risk_from_telling=risk,
        risk_from_telling_why=risk_why,
        telling_unanswered=form is Form.MARF and draft.get("risk_from_telling") is None,
        approvals=approvals,
        nobody_to_ask=nobody_to_ask,
        purpose=text(draft.get("needs_to_happen")) or text(draft.get("worried")) or text(draft.get("worry")),
        recipients=tuple(recipients),
        special_category=answer(draft.get("special_category")),
        criminal_offence=answer(draft.get("criminal_offence")),
        asked_under_s47=draft.get("asked_under_s47") == "yes",
        child_view=view,
        child_view_absent_why=view_absent,
        facts_apart_from_opinion=answer(draft.get("facts_apart_from_opinion")),
        identities_to_protect=answer(draft.get("identities_to_protect")),
        identities_how=text(draft.get("identities_how")),
    )


def agreement_of(pack: Pack, facts: SharingFacts) -> frozenset[Agreement] | None:
    """Return what the family answered, in the words of a pack's routes; None while nothing is known."""
    return answers(state(facts, child_too=child_too(pack, facts)), facts)


def _people(draft: DraftAnswers, child: PersonAnswers, on: date) -> Iterator[Person]:
    """The child, and everybody of the household. Brothers and sisters who are referred too speak for themselves."""
    if child.id != NOBODY_YET.id and child.get("unborn") != "yes":
        yield _person(child, Relation.CHILD)
        if child.get("care_order") == "yes":
            yield _authority(child)
    for member in draft.members:
        yield _person(member, _relation(member, on))


def _authority(child: PersonAnswers) -> Person:
    """The local authority, which shares parental responsibility under a care order."""
    said = child.get("authority_said")
    return Person(
        id=AUTHORITY,
        relation=Relation.LOCAL_AUTHORITY,
        said=Said(said) if said in _SAID else Said.NOT_KNOWN,
        said_at=moment_of(child.get("authority_said_on")),
        asked_by=text(child.get("authority_who")) or None,
        words=text(child.get("authority_who")),
    )


def _person(person: PersonAnswers, relation: Relation) -> Person:
    said = person.get("said")
    return Person(
        id=str(person.id),
        relation=relation,
        parental_responsibility=answer(person.get("parental_responsibility")),
        said=Said(said) if said in _SAID else Said.NOT_KNOWN,
        said_at=moment_of(person.get("said_on")),
        asked_by=text(person.get("said_to")) or None,
        limits=text(person.get("limits")),
        agreed_parts=agreed_parts(person.get("agreed_parts")),
        agreed_with=agreed_with(person.get("agreed_with")),
        words=text(person.get("words")),
        told_at=moment_of(person.get("told_on")),
        information_shared=person.get("information_shared") != "no",
        not_seeking=_reasons(person.get("not_asked_because")) if said == Said.NOT_SOUGHT.value else frozenset(),
        not_seeking_why=text(person.get("not_asked_why")) if said == Said.NOT_SOUGHT.value else "",
    )


def _reasons(value: object) -> frozenset[NotSeeking]:
    return frozenset(NotSeeking(one) for one in chosen(value) if one in _NOT_SEEKING)


def _first(*answers: object) -> str:
    """The first answer in words."""
    return next((words for one in answers if (words := text(one))), "")


def _relation(member: PersonAnswers, on: date) -> Relation:
    words = text(member.get("relationship"))
    held = answer(member.get("parental_responsibility"))
    child = _SIBLINGS.search(words) or (age(member, on).oldest is not None and (age(member, on).oldest or 0) < _ADULT)
    if child and held is not Answer.YES and not _PARENTS.search(words):
        return Relation.OTHER_CHILD
    if _CARERS.search(words):
        return Relation.CARER
    if _PARENTS.search(words):
        return Relation.PARENT
    # Nobody says who they are: not taken for somebody whose word doesn't count.
    return Relation.CARER if held is Answer.YES or (not words and held is not Answer.NO) else Relation.OTHER_ADULT


def _levels(check: ThresholdCheck | None, judged: str | None) -> frozenset[str] | None:
    levels = (check.levels if check else frozenset()) | ({judged} if judged else frozenset())
    return levels or None


def _risk_from_telling(draft: DraftAnswers) -> tuple[bool, str]:
    """Whether telling is a risk. "Not known" is one: the family isn't told until the front door says so."""
    asked = draft.get("risk_from_telling")
    if asked is not None:
        return asked != "no", text(draft.get("risk_from_telling_why"))
    why = text(draft.get("why_not_told"))
    return bool(why.strip()), why


def _view(draft: DraftAnswers, child: PersonAnswers) -> tuple[str, str]:
    """The child's own view, and why there is none."""
    absent = text(child.get("view_absent_because"))
    if not absent and draft.get("child_said_not_known"):
        absent = "Not known when the first facts were sent."
    return text(child.get("view")) or text(draft.get("child_said")), absent
