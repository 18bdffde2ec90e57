"""An answer by where it stands, and which of a draft's answers a copy for the family could hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from referrals.record.domain import dates
from referrals.record.domain.clean import is_asked
from referrals.record.domain.draft import DraftAnswers, name_of
from referrals.record.domain.forms.family import fit_of, is_written
from referrals.record.domain.forms.parts import DATE_KINDS, NOT_KNOWN, Question, Specification


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """One answer: its page, the id of whom that page is about as text (empty for the referral), and its question."""

    page: str
    person: str
    question: str

    @property
    def code(self) -> str:
        """The passage as one word, for a form to post."""
        return f"{self.page}:{self.person}:{self.question}"

    def as_data(self) -> dict[str, str]:
        """Return it as plain JSON, for freezing."""
        return {"page": self.page, "person": self.person, "question": self.question}


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered where a copy for the family could hold it. `written`: in somebody's own words."""

    passage: Passage
    person: UUID | None
    title: str
    label: str
    words: str
    written: bool


def answered_for_family(form: Specification, draft: DraftAnswers) -> Iterator[Answered]:
    """Yield the answers of a draft that could go to the family, in the order of the form: none that no copy would hold
    anyway."""
    for page in form.pages:
        for person in draft.people(page.per):
            if not draft.calls_for(page, person):
                continue
            answers, around = draft.of(page.key, person), draft.around(person)
            title = page.title_for(name_of(person, page.per) if person else "")
            for question in page.questions:
                answer = answers.get(question.key)
                if not isinstance(answer, str) or answer in {"", NOT_KNOWN}:
                    continue
                if fit_of(page.key, question.key) is not None and is_asked(question, answers, around):
                    about = person.id if person else None
                    passage = Passage(page.key, str(about or ""), question.key)
                    written = is_written(question.kind.value)
                    yield Answered(passage, about, title, question.label, _words(question, answer), written)


def _words(question: Question, answer: str) -> str:
    if question.kind in DATE_KINDS:
        return dates.reads(answer)
    return next((option.label for option in question.choices if option.value == answer), answer)
