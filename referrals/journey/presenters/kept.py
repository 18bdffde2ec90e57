"""What somebody typed and didn't save, as the form of its page takes it, and as a list."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext

from audit.domain.actor import Actor
from referrals.journey.steps import page_url
from referrals.record.domain.draft import DraftAnswers, name_of
from referrals.record.domain.forms.parts import Specification
from referrals.record.domain.forms.wording import worded
from referrals.record.models import Referral
from referrals.record.selectors import Kept
from referrals.record.selectors.keeping import Unsaved

DISCARD = "discard-typed"
"""The button that lets go of it."""


def as_posted(kept: Kept) -> QueryDict:
    """The fields as if they had just been posted."""
    posted = QueryDict(mutable=True)
    for name, value in kept.fields:
        posted.appendlist(name, value)
    return posted


def keep_url(referral: Referral, page: str, person_id: UUID | None) -> str:
    """Where the page's script posts what is typed."""
    where = {"referral_id": referral.pk, "page": page}
    if person_id is None:
        return reverse("journey:keep", kwargs=where)
    return reverse("journey:keep_person", kwargs={**where, "person_id": person_id})


@dataclass(frozen=True, slots=True)
class UnsavedShown:
    """A page on which something was typed and not saved: by the reader, or by somebody else, whose words it doesn't
    show. `former`: by somebody who held it then, and can't save it any more."""

    title: str
    url: str
    by: str
    mine: bool
    former: bool = False


def unsaved_shown(
    referral: Referral,
    form: Specification,
    draft: DraftAnswers,
    unsaved: Iterable[Unsaved],
    actor: Actor,
    *,
    former: Collection[UUID],
) -> tuple[UnsavedShown, ...]:
    """Return the pages, each with a link. `former` are the ids of those who held the draft before."""
    found = []
    for one in unsaved:
        page = worded(form.page(one.page), gettext)
        person = draft.person(page.per, one.person_id)
        title = page.title_for(name_of(person, page.per) if person else "")
        mine = one.by_id == actor.person_id
        url = page_url(referral, one.page, one.person_id)
        found.append(UnsavedShown(title, url, one.by, mine, former=one.by_id in former))
    return tuple(found)
