"""What the picker's own buttons do beside saving the page: dismiss and take back, answer an override, copy choices."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from accounts.clock import day_of
from audit.domain.refusal import Refusal
from referrals.journey.offers import Offers, about_exploitation
from referrals.journey.opening import Opened
from referrals.journey.page_form import PageForm
from referrals.journey.picker import Around, Sibling, saved_choices
from referrals.journey.steps import page_url
from referrals.journey.suggesting import KINDS, suggestions_for
from referrals.record import actions
from referrals.record.domain.dismissed import SuggestedKind
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms.parts import NOT_KNOWN, Page, Per
from referrals.record.models import Referral
from referrals.record.selectors import form_of, saved_page
from thresholds.domain.pack import Pack
from thresholds.selectors import NoPackError, current_pack, index_for

ABOUT_EXPLOITATION = "exploitation"
_CIRCUMSTANCES = "circumstances"
_DESCRIPTORS = "descriptors"
_WORRY = "concern"
STAYS_AT: dict[str, str] = {
    "add": "#chosen",
    "copy": "#chosen",
    "dismiss": "#suggested",
    "restore": "#suggested",
    "answer": "#called-for",
}
"""Where on the page somebody finds themself again who pressed one of its buttons."""
_OTHER_PAGE = {SuggestedKind.DESCRIPTOR: "exploitation", SuggestedKind.SIGN: "descriptors"}


def around_picker(
    opened: Opened, draft: DraftAnswers, page: Page, person: PersonAnswers | None, offers: Offers, *, about: str = ""
) -> Around:
    """Return what stands around the choices on a page with a picker: nothing for other pages, or while no pack of the
    child's home area is known. `about`: what the page was opened for."""
    kind = next((KINDS[question.kind] for question in page.questions if question.kind in KINDS), None)
    if kind is None or person is None:
        return Around()
    if offers.published is None:
        return _without_pack(opened, draft, person, kind)
    pack = offers.published.pack
    opens = about_exploitation(pack) if about == ABOUT_EXPLOITATION else ()
    return Around(
        suggestions=suggestions_for(opened.referral, draft, person, offers.published, kind=kind, now=opened.now),
        siblings=_siblings(draft, person) if kind is SuggestedKind.DESCRIPTOR else (),
        index=index_for(offers.published),
        name=name_of(person, Per.CHILD),
        opened=frozenset(one.domain for one in pack.descriptors if one.id in opens),
        other_url=page_url(opened.referral, _OTHER_PAGE[kind], person.id) if _lists_other(pack, kind) else "",
        worry_url=page_url(opened.referral, _WORRY) if _WORRY in form_of(opened.referral).by_key else "",
    )


def _lists_other(pack: Pack, kind: SuggestedKind) -> bool:
    """Whether the document lists anything to choose on the other page."""
    return pack.exploitation is not None if kind is SuggestedKind.DESCRIPTOR else bool(pack.descriptors)


def _without_pack(opened: Opened, draft: DraftAnswers, person: PersonAnswers, kind: SuggestedKind) -> Around:
    """Where no document of the child's home is held, what outranks every document is asked about all the same: it is
    national, and the numbers are those of the agency's own area."""
    try:
        published = current_pack(opened.referral.agency.own_area, day_of(opened.now))
    except NoPackError:
        return Around()
    found = suggestions_for(opened.referral, draft, person, published, kind=kind, now=opened.now)
    return Around(suggestions=replace(found, items=(), others=()), name=name_of(person, Per.CHILD))


def _siblings(draft: DraftAnswers, person: PersonAnswers) -> tuple[Sibling, ...]:
    """The other children of the same area who have choices."""
    area = person.get("home_area")
    found = (
        Sibling(one.id, name_of(one, Per.CHILD), saved_choices(one.get("descriptors")))
        for one in draft.children
        if one.id != person.id and one.get("home_area") == area
    )
    return tuple(one for one in found if one.chosen)


def act(request: HttpRequest, opened: Opened, form: PageForm, child: PersonAnswers) -> bool:
    """Do what the picker's button asks, before the page itself is saved. False: a reason is missing, and the form says
    so."""
    verb, about = form.pressed
    if verb == "dismiss":
        return _dismiss(opened, form, child, about)
    if verb == "restore":
        _restore(opened, child, about)
    elif verb == "answer":
        _answer(request, opened, form, child, about)
    return True


def copied_from(form: PageForm) -> Sibling | None:
    """Return the child whose choices the button asks to copy; None for every other button."""
    verb, about = form.pressed
    return next((one for one in form.beside.siblings if verb == "copy" and str(one.id) == about), None)


def with_choices(raw: dict[str, Any], sibling: Sibling | None) -> dict[str, Any]:
    """Return what was posted with the sibling's choices after it; what was chosen already stays as it is."""
    if sibling is None:
        return raw
    chosen = list(raw.get(_DESCRIPTORS, ()))
    known = {one["id"] for one in chosen}
    more = [{"id": one, "evidence": evidence} for one, evidence in sibling.chosen.items() if one not in known]
    return {**raw, _DESCRIPTORS: [*chosen, *more]}


def say_copied(request: HttpRequest, form: PageForm, sibling: Sibling | None) -> None:
    """Say what was copied, by name; nothing where nothing was."""
    if sibling is None:
        return
    wording = {item.id: item.wording for group in form.offers.descriptors for item in group.items}
    before = {one["id"] for one in form.raw().get(_DESCRIPTORS, ())}
    copied = [wording.get(one, one) for one in sibling.chosen if one not in before]
    if copied:
        named = "; ".join(copied)
        messages.success(
            request,
            gettext("Copied from %(sibling)s, with what shows it: %(named)s. Check that each is true of %(beside)s.")
            % {"sibling": sibling.name, "named": named, "beside": form.beside.name},
        )


def _dismiss(opened: Opened, form: PageForm, child: PersonAnswers, key: str) -> bool:
    suggestions = form.beside.suggestions
    found = suggestions.find(key) if suggestions else None
    if found is None:
        return True
    reason = form.posted.get(f"reason-{key}", "") if form.posted is not None else ""
    try:
        actions.dismiss_suggestion(
            referral=opened.referral,
            child_id=child.id,
            kind=found.kind,
            item=found.id,
            wording=found.wording,
            quote=found.evidence,
            reason=reason,
            by=opened.actor,
            now=opened.now,
        )
    except Refusal as refusal:
        if refusal.rule != "suggestion.dismiss":
            raise
        form.refuse_reason(key, refusal.reason)
        return False
    return True


def _restore(opened: Opened, child: PersonAnswers, key: str) -> None:
    kind, _, item = key.partition(":")
    if kind in {one.value for one in SuggestedKind}:
        actions.take_back_dismissal(
            referral=opened.referral,
            child_id=child.id,
            kind=SuggestedKind(kind),
            item=item,
            by=opened.actor,
            now=opened.now,
        )


def _answer(request: HttpRequest, opened: Opened, form: PageForm, child: PersonAnswers, flag: str) -> None:
    """Record a circumstance as known or suspected, because the practitioner says so."""
    suggestions = form.beside.suggestions
    offered = {
        answer.flag: card
        for card in (suggestions.cards if suggestions else ())
        for answer in card.answers
        if answer.flag
    }
    if flag not in offered:
        return
    referral: Referral = opened.referral
    saved = saved_page(referral, _CIRCUMSTANCES, child.id)
    question = form_of(referral).page(_CIRCUMSTANCES).question(_CIRCUMSTANCES)
    alone = {option.value for option in question.options if option.exclusive}
    ticked = [one for one in saved.answers.get(_CIRCUMSTANCES) or [] if one not in alone | {NOT_KNOWN}]
    try:
        actions.save_page(
            referral=referral,
            page=_CIRCUMSTANCES,
            answers={_CIRCUMSTANCES: list(dict.fromkeys([*ticked, flag]))},
            version=saved.version,
            by=opened.actor,
            now=opened.now,
            person_id=child.id,
        )
    except actions.Conflict:
        messages.error(
            request, gettext("Somebody saved the circumstances at the same moment. Look, and answer once more.")
        )
        return
    messages.success(
        request,
        gettext("Recorded as known or suspected: %(name)s. Ring first, then write on.") % {"name": offered[flag].name},
    )
