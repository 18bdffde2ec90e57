"""The facts about one child that the threshold check reads."""

from datetime import date

from referrals.casework.domain.facts.asked import age, answer, area, chosen, harm, rows_of, text, yes_or_no
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.parts import NOT_KNOWN
from thresholds.domain.check_result import ChildFacts
from thresholds.domain.check_when import Answer
from thresholds.domain.parts import AgencyKind, Flag, Harm

_FLAGS = {flag.value for flag in Flag}
_NONE_FOUND = "none_found"
_NOT_MOVING = frozenset({"no", NOT_KNOWN})


def child_facts(draft: DraftAnswers, child: PersonAnswers, *, agency: AgencyKind | None, on: date) -> ChildFacts:
    """Return what is recorded about one child. `draft` holds only what is asked; `on` is England's day."""
    return ChildFacts(
        descriptors=_descriptors(child),
        signs=frozenset(chosen(child.get("signs"))),
        harm_factors=frozenset(chosen(child.get("harm_factors"))),
        protective_factors=frozenset(_protective(child)),
        protective_found=_protective_found(child),
        conditions={key: answer(value) for key, value in _conditions(child).items()},
        flags=flags(draft, child),
        harm=harm(child),
        age=age(child, on),
        moves_about=moves_about(child),
        agency=agency,
        open_case=yes_or_no(child.get("open_case")),
    )


def moves_about(child: PersonAnswers) -> Answer:
    """Return whether the child moves about by themself. "An injury, and the child does not move about alone" says that
    they don't, unless the question itself is answered yes: that is a contradiction, and is asked about."""
    answered = answer(child.get("moves_about"))
    said_not = Flag.NON_MOBILE_INJURY.value in chosen(child.get("circumstances"))
    return Answer.NO if said_not and answered is Answer.NOT_KNOWN else answered


def flags(draft: DraftAnswers, child: PersonAnswers) -> frozenset[Flag]:
    """Return the circumstances that the answers themselves tell, known or suspected.

    Danger now, an allegation against somebody who works with children, and what the adults at home live with, are asked
    once for the referral: they count for each child. That the child told it is a disclosure where harm to that child
    isn't answered no. A child who is missing now is in danger now. Living with somebody who is no close relative counts
    as private fostering unless it is known to be short; an injury of a child who doesn't move about, or of whom
    somebody has answered that it isn't known, is one of its own kind.
    """
    adults = chosen(draft.get("adults_have"))
    found = {Flag(one) for one in chosen(child.get("circumstances")) if one in _FLAGS}
    derived = (
        (
            Flag.IMMEDIATE_DANGER,
            draft.get("danger") == "now" or child.get("safe_tonight") == "no" or child.get("missing_now") == "yes",
        ),
        (Flag.ALLEGATION_AGAINST_PROFESSIONAL, _works_with_children(draft)),
        (Flag.NON_MOBILE_INJURY, child.get("injured") == "yes" and child.get("moves_about") in _NOT_MOVING),
        (Flag.PRIVATE_FOSTERING, child.get("cared_by") == "other" and child.get("care_28_days") != "no"),
        (Flag.UNACCOMPANIED, "alone" in chosen(child.get("immigration_status"))),
        (Flag.NOT_IN_EDUCATION, child.get("education") == "none"),
        (Flag.DOMESTIC_ABUSE, "domestic_abuse_now" in adults),
        (Flag.PARENTAL_MENTAL_HEALTH, "mental_health" in adults),
        (Flag.PARENTAL_SUBSTANCE_MISUSE, "substances" in adults),
        (Flag.DISCLOSURE, "child" in chosen(draft.get("source")) and harm(child) is not Harm.NO),
        (Flag.DISABILITY, child.get("disabled") == "yes"),
        (Flag.UNBORN, child.get("unborn") == "yes"),
    )
    return frozenset(found | {flag for flag, holds in derived if holds})


def _works_with_children(draft: DraftAnswers) -> bool:
    """Whether anybody who is alleged to cause harm works with children."""
    others = (one.get("works") for one in rows_of(draft.get("alleged_others")))
    return "yes" in {draft.get("alleged_works_with_children"), *others}


def workplaces_of(draft: DraftAnswers) -> tuple[frozenset[str], bool]:
    """The areas where those work with children who are alleged to cause harm, and whether of one of them it isn't known
    which area that is."""
    working = [draft.get("alleged_area")] if draft.get("alleged_works_with_children") == "yes" else []
    working += [one.get("work_area") for one in rows_of(draft.get("alleged_others")) if one.get("works") == "yes"]
    found = [area(one) for one in working]
    return frozenset(one for one in found if one is not None), None in found


def may_work_with_children(draft: DraftAnswers) -> bool:
    """Whether somebody is alleged to cause harm of whom it isn't known whether they work with children, and nobody is
    known to: not known is not no. A form that asks only who may be causing harm leaves it open."""
    if _works_with_children(draft):
        return False
    alleged = draft.get("alleged") == "yes" and draft.get("alleged_works_with_children") != "no"
    others = any(one.get("works") != "no" for one in rows_of(draft.get("alleged_others")))
    named = text(draft.get("who_harms")).strip() not in {"", NOT_KNOWN}
    return alleged or others or named


def can_not_wait(draft: DraftAnswers) -> bool:
    """Say whether the practitioner says that it can't wait, or isn't sure, or that a child is in danger or likely to be
    harmed: the first question of all, which no later answer takes back."""
    return draft.get("cannot_wait") in {"yes", "not_sure"} or draft.get("danger") in {"now", "likely", "not_sure"}


def _descriptors(child: PersonAnswers) -> frozenset[str]:
    value = child.get("descriptors")
    return frozenset(one["id"] for one in value) if isinstance(value, list) else frozenset()


def _conditions(child: PersonAnswers) -> dict[str, object]:
    value = child.get("conditions")
    return dict(value) if isinstance(value, dict) else {}


def _protective(child: PersonAnswers) -> set[str]:
    return set(chosen(child.get("protective"))) - {_NONE_FOUND}


def _protective_found(child: PersonAnswers) -> Answer:
    if _protective(child) or text(child.get("protective_detail")).strip():
        return Answer.YES
    return Answer.NO if _NONE_FOUND in chosen(child.get("protective")) else Answer.NOT_KNOWN
