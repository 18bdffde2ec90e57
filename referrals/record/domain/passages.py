"""An answer by where it stands, and which of a draft's answers a copy for the family could hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from referrals.record.domain.clean import is_asked
from referrals.record.domain.draft import DraftAnswers, name_of
from referrals.record.domain.forms.family import fit_of, is_written
from referrals.record.domain.forms.parts import Specification


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
class Written:
    """What somebody wrote where a copy for the family could hold it."""

    passage: Passage
    person: UUID | None
    title: str
    label: str
    words: str


def written_for_family(form: Specification, draft: DraftAnswers) -> Iterator[Written]:
    """Yield the words of a draft that could go to the family, in the order of the form: none that no copy would hold
    anyway."""
    for page in form.pages:
        for person in draft.people(page.per):
            if not draft.calls_for(page, person):
                continue
            answers, around = draft.of(page.key, person), draft.around(person)
            title = page.title_for(name_of(person, page.per) if person else "")
            for question in page.questions:
                fit = fit_of(page.key, question.key) is not None and is_written(question.kind.value)
                words = answers.get(question.key)
                if fit and isinstance(words, str) and words and is_asked(question, answers, around):
                    about = person.id if person else None
                    passage = Passage(page.key, str(about or ""), question.key)
                    yield Written(passage, about, title, question.label, words)
