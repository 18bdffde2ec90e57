"""The answers of a referral while it is written: pure data, the way rules read them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from referrals.record.domain.forms.parts import NOT_KNOWN, Answers, Page, Per


@dataclass(frozen=True, slots=True)
class PersonAnswers:
    """A child or household member with the answers of the pages about them, by key of page."""

    id: UUID
    position: int
    pages: Mapping[str, Answers] = field(default_factory=dict)

    def get(self, question: str) -> Any:
        """Return the answer to a question about this person, whichever page asks it; None when there is none."""
        for answers in self.pages.values():
            if question in answers:
                return answers[question]
        return None


@dataclass(frozen=True, slots=True)
class DraftAnswers:
    """All that has been answered: pages of the referral by key, and the people in their order."""

    pages: Mapping[str, Answers] = field(default_factory=dict)
    children: tuple[PersonAnswers, ...] = ()
    members: tuple[PersonAnswers, ...] = ()

    def get(self, question: str) -> Any:
        """Return the answer to a question of the referral as a whole; None when there is none."""
        for answers in self.pages.values():
            if question in answers:
                return answers[question]
        return None

    def people(self, per: Per) -> tuple[PersonAnswers | None, ...]:
        """Return whom a page is asked for: (None,) for the referral itself, else the children or the members."""
        return {Per.REFERRAL: (None,), Per.CHILD: self.children, Per.MEMBER: self.members}[per]

    def of(self, page: str, person: PersonAnswers | None = None) -> Answers:
        """Return the answers of a page, empty when it has none."""
        return (self.pages if person is None else person.pages).get(page, {})

    def around(self, person: PersonAnswers | None) -> dict[str, Answers]:
        """Return the pages that conditions of a page may ask about: the referral's, and those of the same person."""
        return {**self.pages, **(person.pages if person else {})}

    def with_page(self, page: Page, person: PersonAnswers | None, answers: Answers) -> "DraftAnswers":
        """Return the draft as it is once `answers` are those of the page."""
        if person is None:
            return replace(self, pages={**self.pages, page.key: answers})
        changed = replace(person, pages={**person.pages, page.key: answers})
        people = tuple(changed if one.id == person.id else one for one in self.people(page.per) if one is not None)
        return replace(self, children=people) if page.per is Per.CHILD else replace(self, members=people)

    def person(self, per: Per, person_id: UUID | None) -> PersonAnswers | None:
        """Return the child or member of that id, None for the referral itself; KeyError when there is no such one."""
        if per is Per.REFERRAL and person_id is None:
            return None
        for person in self.people(per):
            if person is not None and person.id == person_id:
                return person
        raise KeyError(person_id)

    def home_areas(self) -> tuple[str, ...]:
        """Return the slugs of the children's home areas, in the children's order, each once; unknown ones left out."""
        answered = [child.get("home_area") for child in self.children]
        return tuple(dict.fromkeys(area for area in answered if area and area not in {NOT_KNOWN, "elsewhere"}))

    def applies(self, page: Page, person: PersonAnswers | None = None) -> bool:
        """Say whether a page is asked, for this person."""
        around = self.around(person)
        return all(when.holds(around.get(when.page, {})) for when in page.when)

    def calls_for(self, page: Page, person: PersonAnswers | None = None) -> bool:
        """Say whether a page is asked for, of this person: one that is asked only of some can be opened all the same,
        and once it has answers it counts like any other."""
        around = self.around(person)
        asked = all(when.holds(around.get(when.page, {})) for when in page.called_for)
        return self.applies(page, person) and (asked or bool(self.of(page.key, person)))


def name_of(person: PersonAnswers, per: Per) -> str:
    """Return what a child or member is called on pages: their name, or "Child 2" while none is known."""
    words = [person.get(key) for key in ("given_names", "family_name", "full_name")]
    name = " ".join(word for word in words if isinstance(word, str) and word)
    return name or f"{'Child' if per is Per.CHILD else 'Person'} {person.position}"
