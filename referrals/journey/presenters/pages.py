"""What stands around a page of the form: where it leads, who is listed on it, and both texts after a conflict."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop, ngettext

from referrals.journey.steps import CHECK, Origin, later_steps, page_url, step_after
from referrals.record.actions import Conflict
from referrals.record.domain.document import Wording, reading
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms import CURRENT
from referrals.record.domain.forms.parts import Page, Per, Specification
from referrals.record.domain.forms.wording import worded
from referrals.record.models import Referral
from referrals.record.selectors import form_of


@dataclass(frozen=True, slots=True)
class BackLink:
    """Where a page's back link leads, in words."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class PersonListed:
    """Somebody on the page where people are added."""

    name: str
    filled: bool
    change_url: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class PeopleListed:
    """All of them, and where one more is added."""

    kind: str
    people: tuple[PersonListed, ...]
    add_url: str
    add_text: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """One question whose two answers differ. `taken` is the side that was chosen before, empty where none was."""

    key: str
    label: str
    yours: str
    theirs: str
    taken: str = ""


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """What two people wrote at once."""

    by: str
    at: datetime | None
    rows: tuple[ConflictRow, ...]


class OnPage(Protocol):
    """What `url_after` needs to know of the walker."""

    referral: Referral
    page: Page
    person_id: UUID | None

    @property
    def origin(self) -> Origin:
        """Where the page was opened from."""


def name_in(draft: DraftAnswers, page: Page, person: PersonAnswers | None) -> str:
    """What the person of a page is called; empty for a page of the referral."""
    return name_of(person, page.per) if person and draft else ""


_BACK = {
    "descriptors": gettext_noop("Back to what fits"),
    "indicated": gettext_noop("Back to what the document indicates"),
}


def back_link(referral: Referral, origin: Origin) -> BackLink:
    """Back to where the page was opened from."""
    if origin.page == CHECK:
        return BackLink(gettext("Back to check your answers"), reverse("journey:check", args=[referral.pk]))
    if origin.page:
        return BackLink(gettext(_BACK[origin.page]), page_url(referral, origin.page, origin.person_id))
    return BackLink(gettext("Back to the task list"), reverse("journey:tasks", args=[referral.pk]))


@dataclass(frozen=True, slots=True)
class LaterPage:
    """A page of the full form that can be added."""

    title: str
    url: str


def later_pages(referral: Referral, draft: DraftAnswers) -> tuple[LaterPage, ...]:
    """The pages of the full form that can follow the first facts."""
    pages = []
    for step in later_steps(form_of(referral, version=CURRENT["marf"]), draft):
        where = {"referral_id": referral.pk, "page": step.page.key}
        person = draft.person(step.page.per, step.person_id)
        if step.person_id is None:
            url = reverse("journey:add_page", kwargs=where)
        else:
            url = reverse("journey:add_person_page", kwargs={**where, "person_id": step.person_id})
        pages.append(LaterPage(worded(step.page, gettext).title_for(name_in(draft, step.page, person)), url))
    return tuple(pages)


def url_after(form: Specification, draft: DraftAnswers, walk: OnPage) -> str:
    """Where Continue leads: back to where the page was opened from, else to the next page of the section, else to the
    task list.

    The short form has no sections to choose from: it leads from page to page and then to checking.
    """
    referral = walk.referral
    if walk.page.key == "indicated":
        person = draft.person(walk.page.per, walk.person_id)
        if draft.of("indicated", person).get("keeps_judgement") == "no":
            return page_url(referral, "judged", walk.person_id)
    if walk.origin.page:
        return back_link(referral, walk.origin).url
    short = referral.kind == Referral.Kind.SEND_NOW.value
    following = step_after(form, draft, walk.page, walk.person_id, within_section=not short)
    if following is not None:
        return following.url(referral)
    return reverse("journey:check" if short else "journey:tasks", args=[referral.pk])


def people_listed(referral: Referral, draft: DraftAnswers, page: Page) -> PeopleListed | None:
    """The people of a page that lists them; None for other pages."""
    if page.lists is None:
        return None
    child = page.lists is Per.CHILD
    about = "child-about" if child else "member-about"
    people = [person for person in draft.people(page.lists) if person is not None]
    return PeopleListed(
        kind=gettext("Children") if child else gettext("People"),
        people=tuple(
            PersonListed(
                name=name_of(person, page.lists),
                filled=bool(person.pages),
                change_url=page_url(referral, about, person.id),
                remove_url=reverse("journey:remove", args=[referral.pk, person.id]),
            )
            for person in people
        ),
        add_url=reverse("journey:add_child" if child else "journey:add_member", args=[referral.pk]),
        add_text=_add_text(child=child, another=bool(people)),
    )


def _add_text(*, child: bool, another: bool) -> str:
    if child:
        return gettext("Add another child") if another else gettext("Add a child")
    return gettext("Add another person") if another else gettext("Add a person")


def dropped_words(labels: Sequence[str]) -> str:
    """Say which answers went because their question is no longer asked."""
    named = "; ".join(f"“{label}”" for label in labels)
    return gettext(
        "No longer asked, so the answer isn't sent: %(named)s. The words are kept on the task list until you send."
    ) % {"named": named}


def left_out_words(titles: Sequence[str]) -> str:
    """Say which pages no longer apply although they have answers."""
    named = "; ".join(f"“{title}”" for title in titles)
    return gettext(
        "No longer applies, and isn't sent: %(named)s. What you wrote there is kept on the task list until you send."
    ) % {"named": named}


def own_form_words(before: Specification, after: Specification) -> str:
    """Say what the form asks more or less now that its area is known; nothing where it asks the same."""
    was, now = _asked(before), _asked(after)
    more = len(now - was)
    off = [worded(page, gettext) for page in before.pages if page.key not in after.by_key]
    gone = [page.title_for(gettext("each child")) for page in off]
    said = [ngettext("%(number)s more question", "%(number)s more questions", more) % {"number": more}] if more else []
    said += [gettext("not %(titles)s") % {"titles": ", ".join(f"“{title}”" for title in gone)}] if gone else []
    return (
        gettext("In the area of this home the form asks %(said)s. The task list has it.")
        % {"said": gettext(" and ").join(said)}
        if said
        else ""
    )


def _asked(form: Specification) -> set[str]:
    return {question.key for page in form.pages for question in page.questions}


def conflict_shown(page: Page, conflict: Conflict, wording: Wording) -> ConflictShown:
    """Both answers of every question where they differ."""
    rows = []
    for question in page.questions:
        yours, theirs = (reading(question, answers, wording) for answers in (conflict.yours, conflict.theirs))
        if yours != theirs:
            rows.append(ConflictRow(question.key, question.label, yours, theirs))
    return ConflictShown(conflict.saved_by, conflict.saved_at, tuple(rows))
