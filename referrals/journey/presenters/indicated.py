"""What the document indicates for one child, shown once the practitioner has judged, and what is asked then."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from referrals.casework.domain.facts.answering import Place, asked_at, place_of
from referrals.casework.domain.facts.asked import text
from referrals.casework.preparing import Prepared, PreparedChild, prepare
from referrals.journey.opening import Opened
from referrals.journey.presenters.answers import INDICATED
from referrals.journey.presenters.checked import PICKED_ON, CheckShown, check_shown
from referrals.journey.presenters.citing import Reader
from referrals.journey.presenters.sending import LOWER_WORDS
from referrals.journey.steps import Origin, first_needed, page_url
from referrals.journey.suggesting import ring_first
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.parts import PICKED_KINDS, Kind, Page, Per
from referrals.record.models import Referral
from referrals.record.selectors import form_of
from thresholds.domain.check_divergence import DivergenceKind
from thresholds.domain.needs import Ring

NOTHING = "nothing"
"""The answer that is stored where there is nothing to compare: the page asks nothing then."""

BREAK = SafeString("<br>")
_DIFFERS = frozenset({"yes", "no"})
_ANSWERS: dict[str, frozenset[str]] = {
    DivergenceKind.SAME.value: frozenset({"same", "no"}),
    DivergenceKind.JUDGED_LOWER.value: _DIFFERS,
    DivergenceKind.JUDGED_HIGHER.value: _DIFFERS,
    DivergenceKind.UNKNOWN.value: frozenset({NOTHING}),
}


def indicated_for(opened: Opened, page: Page, person: PersonAnswers | None) -> CheckShown | None:
    """Return the child's check for the page that shows it; None for every other page."""
    if page.key != INDICATED or person is None:
        return None
    prepared = prepare(referral=opened.referral, now=opened.now)
    child = prepared.child(str(person.id))
    shown = check_shown(child.check_as_data(), Reader.of(child.pack))
    return replace(
        shown,
        asked_too=gettext(LOWER_WORDS[prepared.desk]) if child.divergence.asks_dsl else "",
        not_answered=tuple(
            replace(one, url=page_url(opened.referral, PICKED_ON, person.id) + Origin(INDICATED, person.id).query)
            for one in shown.not_answered
        ),
        overrides=tuple(
            replace(one, ring=ring_first(child.pack.pack, Ring(one.service), opened.now)) if one.service else one
            for one in shown.overrides
        ),
        questions=tuple(replace(one, url=_url(opened.referral, one.key, person)) for one in shown.questions),
        says_why=_says_why(opened.referral, person),
    )


def indicated_rows(
    referral: Referral, draft: DraftAnswers, prepared: Prepared
) -> dict[UUID, tuple[dict[str, Any], ...]]:
    """Return rows with what the document indicates, why, and what outranks it, for each child who was judged: nothing
    of the level shows before."""
    judged = [child for child in draft.children if _was_judged(referral, draft, child)]
    return {child.id: _rows(prepared.child(str(child.id))) for child in judged}


def _was_judged(referral: Referral, draft: DraftAnswers, person: PersonAnswers) -> bool:
    form = form_of(referral)
    page = form.by_key.get(INDICATED)
    return page is not None and first_needed(form, page, draft, person) is None


def _rows(child: PreparedChild) -> tuple[dict[str, Any], ...]:
    shown = check_shown(child.check_as_data(), Reader.of(child.pack))
    told = (
        (gettext("The document indicates"), (shown.indicated,)),
        (gettext("What it rests on"), tuple(f"{one.text.rstrip('.')}: {one.level}" for one in shown.reasons)),
        (gettext("Exploitation indicator"), (shown.exploitation,) if shown.exploitation else ()),
        (gettext("What the answers call for first"), tuple(one.name for one in shown.overrides)),
    )
    return tuple(
        {"key": {"text": key}, "value": {"text": format_html_join(BREAK, "{}", ((one,) for one in lines))}}
        for key, lines in told
        if lines
    )


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A child who was judged another level than the document indicates, without a reason, and where it is given."""

    name: str
    url: str


def unexplained(referral: Referral, draft: DraftAnswers, prepared: Prepared) -> tuple[Unexplained, ...]:
    """Return the children of whom it isn't said why judgement and document differ."""
    place = place_of(form_of(referral), "differs_because", Per.CHILD)
    children = {str(child.id): child for child in draft.children} if place else {}
    return tuple(
        Unexplained(child.name, page_url(referral, INDICATED, person.id) + "?from=check")
        for child in prepared.children
        if child.divergence.needs_reason
        and (person := children.get(child.id)) is not None
        and not text(person.get("differs_because")).strip()
    )


def _says_why(referral: Referral, person: PersonAnswers) -> str:
    """Where the reason for the judgement is written, while there is none; empty once there is one."""
    place = place_of(form_of(referral), "judged_because", Per.CHILD)
    if place is None or text(person.get("judged_because")).strip():
        return ""
    return page_url(referral, place.page.key, person.id) + Origin(INDICATED, person.id).query + _fragment(place, "")


def _url(referral: Referral, key: str, person: PersonAnswers) -> str:
    """The page where a fact is answered, which leads back here; empty where the form doesn't ask it."""
    place = asked_at(form_of(referral), key)
    if place is None:
        return ""
    return page_url(referral, place.page.key, person.id) + Origin(INDICATED, person.id).query + _fragment(place, key)


def _fragment(place: Place, key: str) -> str:
    """Where on its page the question stands, as the page's form names it."""
    if place.question.kind in PICKED_KINDS:
        return "#chosen"
    if place.question.kind is Kind.CONDITIONS:
        return f"#id_condition-{key.partition(':')[2]}"
    return f"#id_{place.question.key}"


def asked_about(page: Page, check: CheckShown | None) -> Page:
    """Return the page with the answers that make sense beside this check; every other page as it is."""
    if check is None:
        return page
    sensible = _ANSWERS[check.comparison]
    return replace(
        page,
        questions=tuple(
            replace(one, options=tuple(option for option in one.options if option.value in sensible))
            if one.key == "keeps_judgement"
            else one
            for one in page.questions
        ),
    )
