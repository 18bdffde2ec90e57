"""From what the record of sharing misses to the page that asks for it."""

from collections.abc import Callable
from uuid import UUID

from django.urls import reverse

from referrals.journey.steps import page_url, steps_of
from referrals.record.domain.draft import DraftAnswers
from referrals.record.domain.forms.parts import Per, Specification
from referrals.record.models import Referral
from referrals.record.selectors import form_of

LinkFor = Callable[[str, str], str]
"""The address of the page for a question, by the child's id and the question as consent names it; empty: none asks."""

# Consent names facts; where the form asks for one under another key, or on a page that isn't of the form.
ASKED_AS: dict[str, str] = {
    "said_at": "said_on",
    "asked_by": "said_to",
    "told_at": "told_on",
    "age": "born",
    "child_agreement": "said",
    "local_authority": "authority_said",
    "purpose": "needs_to_happen",
    "child_view": "view_given",
    "not_seeking_why": "not_seeking",
}
PAGES: dict[str, str] = {
    "recipients": "journey:plan",
    "recipient_sections": "journey:plan",
    "bases": "journey:bases",
    "chosen_bases_why": "journey:bases",
}
LISTS = frozenset({"agreement", "told"})
"""Asked about everybody of the household."""


def link_for(referral: Referral, draft: DraftAnswers) -> LinkFor:
    """Return a function that gives the address of the page which asks a question of consent's."""
    form = form_of(referral)
    steps = steps_of(form, draft)
    children = {str(child.id) for child in draft.children}
    members = {str(member.id) for member in draft.members}

    def url(child_id: str, question: str) -> str:
        key, _, about = question.partition(":")
        if key in PAGES:
            return reverse(PAGES[key], args=[referral.pk])
        if key in LISTS and about not in children | members:
            return _household(referral, form, draft, child_id if about == "child" else "")
        person = about if about in children | members else child_id
        per = Per.MEMBER if person in members else Per.CHILD
        asked = ASKED_AS.get(key, key)
        for step in steps:
            whose = str(step.person_id) == person if step.person_id else True
            if whose and step.page.per in {per, Per.REFERRAL} and any(one.key == asked for one in step.page.questions):
                return step.url(referral)
        return ""

    return url


def _household(referral: Referral, form: Specification, draft: DraftAnswers, child_id: str) -> str:
    if child_id:
        return page_url(referral, "child-sharing", UUID(child_id)) if "child-sharing" in form.by_key else ""
    if draft.members:
        return page_url(referral, "member-sharing", draft.members[0].id)
    return page_url(referral, "household") if "household" in form.by_key else ""
