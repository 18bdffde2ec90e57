"""The free text of a referral, and what is known of those who are on it, for the rule about uninvolved people."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from consent.domain.uninvolved import Known, Passage
from referrals.casework.domain.facts.asked import words_in
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms.eha_plan import MOST_ACTIONS
from referrals.record.domain.forms.parts import Answers, Kind, Page, Per, Specification

_ABOUT_THOSE_ON_IT = frozenset(
    {
        *("given_names", "family_name", "known_as", "full_name", "relationship", "contact", "address", "postcode"),
        *("nhs_number", "school", "gp", "social_worker", "social_worker_phone", "safe_contact", "where_now"),
        *("agencies", "alleged_others", "previous_addresses", "team_who", "carer", "regular_visitors", "phone"),
        *("referrer_phone", "referrer_email", "referrer_stand_in"),
        *("alleged_who", "alleged_workplace", "who_harms", "rang_whom", "rang_by", "said_to"),
        *("lead_name", "lead_contact", "lead_choice", "team", "copy_to", "copy_not_to", "signature"),
        *(f"action_{number}_who" for number in range(1, MOST_ACTIONS + 1)),
    }
)
"""Questions that ask for just such details. Their answers are known, and aren't looked through."""
_NAMES = frozenset(
    {
        "given_names",
        "family_name",
        "known_as",
        "full_name",
        "alleged_who",
        "who_harms",
        "rang_by",
        "said_to",
        "lead_name",
    }
)
_FREE = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.POSTCODE, Kind.PHONE, Kind.EMAIL, Kind.NHS_NUMBER})
_LISTS = frozenset({Kind.DESCRIPTORS, Kind.ROWS, Kind.BODY})


def passages(form: Specification, draft: DraftAnswers) -> tuple[Passage, ...]:
    """Return what was written freely, question by question in the order of the form."""
    return tuple(
        Passage(page.key, str(person.id) if person else "", key, text)
        for page, person, answers in _pages(form, draft)
        for key, text in _written(page, answers)
        if key not in _ABOUT_THOSE_ON_IT
    )


def known(form: Specification, draft: DraftAnswers, *, names: Iterable[str], texts: Iterable[str]) -> Known:
    """Return who and what belongs on the referral; `names` and `texts` are those of the writers and front doors."""
    asked = [(key, text) for page, _, answers in _pages(form, draft) for key, text in _written(page, answers)]
    people = (
        *(name_of(child, Per.CHILD) for child in draft.children),
        *(name_of(member, Per.MEMBER) for member in draft.members),
    )
    return Known(
        names=(*names, *people, *(text for key, text in asked if key in _NAMES)),
        texts=(*texts, *(text for key, text in asked if key in _ABOUT_THOSE_ON_IT)),
    )


def person_of(passage: Passage) -> UUID | None:
    """Return the id of whom the page is about."""
    return UUID(passage.person) if passage.person else None


def _pages(form: Specification, draft: DraftAnswers) -> Iterator[tuple[Page, PersonAnswers | None, Answers]]:
    for page in form.pages:
        for person in draft.people(page.per):
            if draft.applies(page, person):
                yield page, person, draft.of(page.key, person)


def _written(page: Page, answers: Answers) -> Iterator[tuple[str, str]]:
    for question in page.questions:
        value = answers.get(question.key)
        if question.kind in _FREE and isinstance(value, str):
            yield question.key, value
        elif question.kind in _LISTS and isinstance(value, list):
            yield question.key, words_in(value)
