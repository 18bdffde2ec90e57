"""What a submission and an addendum hold: the answers with each question's wording, and all that was decided with them.

The PDF, the record page and the front door read this and nothing else, so that a later wording changes no old referral.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from referrals.record.domain import dates
from referrals.record.domain.attachments import FrozenFile
from referrals.record.domain.clean import is_answered, is_asked
from referrals.record.domain.completeness import OptionsFor, PageProgress, completeness
from referrals.record.domain.dismissed import DismissedByChild
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms.parts import (
    CHOICE_KINDS,
    DATE_KINDS,
    NOT_KNOWN,
    Answers,
    Kind,
    Page,
    Per,
    Question,
    Specification,
)
from referrals.record.domain.left_out import of_another_area
from referrals.record.domain.passages import Passage

FORMAT = 1
"""Number of this layout; a reader of frozen content looks at it first."""

Wording = Mapping[str, str]
"""What ids of the packs (areas, levels, descriptors, factors, conditions) read as, by id."""
WordingFor = Callable[[PersonAnswers | None], Wording]
"""The wording for a child, or for the referral as a whole: siblings may have different packs."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who wrote or submitted, as known at that time."""

    person_id: str
    name: str
    job_title: str
    agency_id: str
    agency: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Heading:
    """What a submission says about itself. `submitted_at` is aware. `packs` names each pack version with its digest.
    `called` is the area's own name for the form, empty where it has the form's."""

    reference: str
    referral_id: str
    kind: str
    number: int
    author: Writer
    submitted_by: Writer
    submitted_at: datetime
    home_area: str
    urgent_because: tuple[str, ...]
    packs: tuple[Mapping[str, Any], ...]
    called: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What other rooms worked out for this submission, each as plain JSON: the check per child, the decision to share,
    and the plan."""

    check: Mapping[str, Any]
    sharing: Mapping[str, Any]
    plan: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CarriedPage:
    """A page that began with answers of an earlier form: its key, whom it is about, the reference of that form, the day
    on which they were written there, and whether somebody has looked at them since."""

    page: str
    person: UUID | None
    reference: str
    written_on: date
    looked_at: bool


def submission_document(
    form: Specification,
    draft: DraftAnswers,
    heading: Heading,
    decided: Decided,
    *,
    wording_for: WordingFor,
    today: date,
    options_for: OptionsFor,
    dismissed: DismissedByChild,
    files: Iterable[FrozenFile] = (),
    carried: Sequence[CarriedPage] = (),
    not_for_family: Iterable[Passage] = (),
) -> dict[str, Any]:
    """Return the content of a submission as plain JSON, ready for `canonical_json`.

    `files` go along, by name and digest; whether one can be opened isn't frozen. Each child has what was suggested and
    `dismissed` beside their answers; what was `carried` from an earlier form is named with it, and so is what is
    `not_for_family`. What is missing or implausible is listed, not refused. Pages that no longer apply are left out and
    named.
    Raises ValueError when `submitted_at` is naive.
    """
    if heading.submitted_at.tzinfo is None:
        raise ValueError("a submission's time needs a time zone")
    progress = completeness(form, draft, today=today, options_for=options_for)
    answers = answers_document(form, draft, wording_for=wording_for)
    return {
        "format": FORMAT,
        "reference": heading.reference,
        "referral": heading.referral_id,
        "kind": heading.kind,
        "number": heading.number,
        "form": {
            "version": form.version,
            "name": heading.called or form.name,
            "sha256": form.sha256,
        },
        "packs": [dict(pack) for pack in heading.packs],
        "author": asdict(heading.author),
        "submitted_by": asdict(heading.submitted_by),
        "submitted_at": heading.submitted_at.isoformat(),
        "home_area": heading.home_area,
        "urgent_because": list(heading.urgent_because),
        "pages": answers["pages"],
        "children": [
            {**child, "dismissed": [one.as_data() for one in dismissed.get(child["id"], ())]}
            for child in answers["children"]
        ],
        "household": answers["household"],
        "attachments": [one.as_data() for one in files],
        "check": dict(decided.check),
        "sharing": dict(decided.sharing),
        "plan": dict(decided.plan),
        "missing": [_missing(page) for page in progress if page.missing],
        "flags": [_flag(page, problem.field, problem.message) for page in progress for problem in page.problems],
        "left_out": _left_out(form, draft),
        "carried": _carried(carried, progress),
        "not_for_family": [one.as_data() for one in sorted(not_for_family)],
    }


def answers_document(form: Specification, draft: DraftAnswers, *, wording_for: WordingFor) -> dict[str, Any]:
    """Return the answers as they are frozen: `pages` of the referral, and those of each of the `children` and of the
    `household`. Pages that no longer apply are left out."""
    return {
        "pages": _pages(form, draft, Per.REFERRAL, None, wording_for(None)),
        "children": [_person(form, draft, Per.CHILD, child, wording_for(child)) for child in draft.children],
        "household": [_person(form, draft, Per.MEMBER, member, wording_for(None)) for member in draft.members],
    }


def page_document(page: Page, draft: DraftAnswers, person: PersonAnswers | None, wording: Wording) -> dict[str, Any]:
    """Return one page as it is frozen: title, and each question that was asked with its wording and answer."""
    answers, around = draft.of(page.key, person), draft.around(person)
    name = name_of(person, page.per) if person else ""
    return {
        "key": page.key,
        "section": page.section,
        "title": page.title_for(name),
        "questions": [
            _question(question, answers, wording) for question in page.questions if is_asked(question, answers, around)
        ],
    }


def reading(question: Question, answers: Answers, wording: Wording) -> str:
    """Return an answer as people read it; "Not known" or "Not provided" where there is none."""
    if question.key not in answers:
        return "Not known" if answers.get(question.not_known_key) else "Not provided"
    value = answers[question.key]
    labels = {**wording, **{option.value: option.label for option in question.choices}}
    if question.kind in DATE_KINDS:
        return dates.reads(value)
    lines = _LINES.get(question.kind)
    if lines is not None:
        return "\n".join(lines(question, value, labels))
    if isinstance(value, list):
        return "\n".join(str(labels.get(one, one)) for one in value)
    return str(labels.get(value, value)) if question.kind in CHOICE_KINDS else str(value)


def rows_reading(question: Question, rows: list[Mapping[str, Any]], wording: Wording) -> list[dict[str, str]]:
    """Return the rows of a list as people read them: the label of each column that says something to its answer.

    Where the question names a column of dates, the earliest comes first and what has no date last; else they stand as
    they were given.
    """
    by = question.sorted_by
    ordered = sorted(rows, key=lambda row: dates.order(row.get(by))) if by else rows
    return [
        {column.label: reading(column, row, wording) for column in question.columns if column.key in row}
        for row in ordered
    ]


def _descriptor_lines(_question: Question, value: Any, labels: Wording) -> list[str]:
    return [f"{labels.get(one['id'], one['id'])}: {one['evidence'] or 'Not provided'}" for one in value]


def _condition_lines(_question: Question, value: Any, labels: Wording) -> list[str]:
    said = {"yes": "Yes", "no": "No", NOT_KNOWN: "Not known"}
    return [f"{labels.get(key, key)}: {said[value[key]]}" for key in sorted(value)]


def _body_lines(_question: Question, value: Any, labels: Wording) -> list[str]:
    return [f"{labels.get(one['id'], one['id'])}: {one['words'] or 'Not described'}" for one in value]


def _row_lines(question: Question, value: Any, labels: Wording) -> list[str]:
    rows = enumerate(rows_reading(question, value, labels), start=1)
    return [f"{number}. " + "; ".join(f"{label}: {reads}" for label, reads in row.items()) for number, row in rows]


_LINES: dict[Kind, Callable[[Question, Any, Wording], list[str]]] = {
    Kind.DESCRIPTORS: _descriptor_lines,
    Kind.CONDITIONS: _condition_lines,
    Kind.BODY: _body_lines,
    Kind.ROWS: _row_lines,
}


def _question(question: Question, answers: Answers, wording: Wording) -> dict[str, Any]:
    frozen: dict[str, Any] = {
        "key": question.key,
        "kind": question.kind.value,
        "label": question.label,
        "hint": question.hint,
        "answered": is_answered(question, answers),
        "not_known": answers.get(question.key) == NOT_KNOWN or bool(answers.get(question.not_known_key)),
        "reads": reading(question, answers, wording),
    }
    if question.key in answers:
        frozen["answer"] = answers[question.key]
        if question.kind is Kind.ROWS:
            rows = rows_reading(question, answers[question.key], wording)
            labels = [column.label for column in question.columns]
            frozen["rows"] = [[[label, row[label]] for label in labels if label in row] for row in rows]
    return frozen


def _pages(
    form: Specification, draft: DraftAnswers, per: Per, person: PersonAnswers | None, wording: Wording
) -> list[dict[str, Any]]:
    return [
        page_document(page, draft, person, wording)
        for page in form.pages
        if page.per is per and draft.calls_for(page, person)
    ]


def _person(
    form: Specification, draft: DraftAnswers, per: Per, person: PersonAnswers, wording: Wording
) -> dict[str, Any]:
    return {
        "id": str(person.id),
        "position": person.position,
        "name": name_of(person, per),
        "pages": _pages(form, draft, per, person, wording),
    }


def _missing(progress: PageProgress) -> dict[str, Any]:
    return {
        "page": progress.page.key,
        "title": progress.title,
        "person": str(progress.person_id or ""),
        "questions": list(progress.missing),
    }


def _flag(progress: PageProgress, field: str, message: str) -> dict[str, str]:
    return {
        "page": progress.page.key,
        "title": progress.title,
        "person": str(progress.person_id or ""),
        "question": field,
        "message": message,
    }


def _carried(carried: Sequence[CarriedPage], progress: tuple[PageProgress, ...]) -> list[dict[str, Any]]:
    by_page = {(one.page, one.person): one for one in carried}
    found = ((shown, by_page.get((shown.page.key, shown.person_id))) for shown in progress)
    return [
        {
            "page": shown.page.key,
            "title": shown.title,
            "person": str(shown.person_id or ""),
            "from": one.reference,
            "written_on": one.written_on.isoformat(),
            "looked_at": one.looked_at,
        }
        for shown, one in found
        if one is not None
    ]


def _left_out(form: Specification, draft: DraftAnswers) -> list[dict[str, str]]:
    """Pages that no longer apply by their titles, and what only another area's form asks with its words: nobody has a
    page left on which to read it."""
    no_longer = [
        {"page": page.key, "title": page.title_for(name_of(person, page.per) if person else "")}
        for page in form.pages
        for person in draft.people(page.per)
        if draft.of(page.key, person) and not draft.applies(page, person)
    ]
    return no_longer + [
        {"page": page, "title": f"{one.title}: {one.question}", "words": one.words}
        for page, one in of_another_area(form, draft)
    ]
