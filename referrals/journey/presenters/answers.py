"""Answers as summary cards: of a draft, with links that change them, and of what was frozen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from referrals.documents.files import FileShown
from referrals.journey.presenters.titles import said_title
from referrals.journey.steps import page_url, steps_of
from referrals.record.domain.completeness import PageProgress
from referrals.record.domain.dismissed import Dismissed, SuggestedKind
from referrals.record.domain.document import WordingFor, page_document
from referrals.record.domain.draft import DraftAnswers, name_of
from referrals.record.domain.forms.parts import Per
from referrals.record.domain.forms.wording import worded
from referrals.record.models import Referral
from referrals.record.selectors import dismissed_of, form_of

INDICATED = "indicated"
"""The page that shows what the document indicates."""


@dataclass(frozen=True, slots=True)
class Card:
    """One page's answers, as the summary list takes them. `change_url` is empty for what is frozen."""

    title: str
    rows: tuple[dict[str, Any], ...]
    change_url: str = ""

    @property
    def options(self) -> dict[str, Any]:
        """The card's title, and its link."""
        title = {"text": self.title, "heading_level": 3}
        if not self.change_url:
            return {"title": title}
        link = {"href": self.change_url, "text": gettext("Change"), "visually_hidden_text": self.title}
        return {"title": title, "actions": {"items": [link]}}


@dataclass(frozen=True, slots=True)
class CardSection:
    """The cards of one section, or of one child."""

    name: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A page with answers missing, or with something that stands out."""

    title: str
    url: str
    messages: tuple[str, ...]


def draft_cards(
    referral: Referral,
    draft: DraftAnswers,
    wording_for: WordingFor,
    *,
    indicated: Mapping[UUID, tuple[dict[str, Any], ...]],
    with_links: bool = True,
) -> tuple[CardSection, ...]:
    """Return the draft's answers by section; `with_links` each card leads to its page, and from there back to
    checking. Pages without an answer are left out: what is missing stands in a list of its own.

    `indicated` are rows of each child who was judged, with what the document indicates: they stand on the card of the
    page that shows it, whether or not anything was answered there."""
    form = form_of(referral)
    sections: dict[str, list[Card]] = {}
    for step in steps_of(form, draft):
        person = draft.person(step.page.per, step.person_id)
        document = page_document(worded(step.page, gettext), draft, person, wording_for(person))
        told = indicated.get(step.person_id, ()) if step.person_id and step.page.key == INDICATED else ()
        if not told and not _is_answered(document):
            continue
        url = f"{step.url(referral)}?from=check" if with_links else ""
        card = Card(document["title"], (*told, *_rows(document["questions"])), url)
        sections.setdefault(step.page.section, []).append(card)
    return tuple(CardSection(gettext(name), tuple(cards)) for name, cards in sections.items())


def files_section(referral: Referral, files: Iterable[FileShown]) -> CardSection:
    """Return the files that go along as a card, also while there are none: somebody may have forgotten one."""
    rows = tuple(
        {
            "key": {"text": gettext("File %(number)s") % {"number": one.number}},
            "value": {"text": _lines("\n".join(filter(None, (one.name, one.description, f"{gettext(one.state)}."))))},
        }
        for one in files
    )
    none = ({"key": {"text": gettext("Files")}, "value": {"text": gettext("None")}},)
    return CardSection(
        gettext("Files"),
        (Card(gettext("Files that go along"), rows or none, reverse("journey:files", args=[referral.pk])),),
    )


def dismissed_sections(referral: Referral, draft: DraftAnswers) -> tuple[CardSection, ...]:
    """Return what was suggested and dismissed, child by child: it goes along too. Each leads to the page where it can
    be taken back. Nothing where nothing was dismissed."""
    by_child = dismissed_of(referral)
    cards = tuple(
        Card(
            gettext("%(name)s: suggested and dismissed") % {"name": name_of(child, Per.CHILD)},
            tuple(_dismissed(one.as_data()) for one in by_child[str(child.id)]),
            f"{page_url(referral, _picked_on(by_child[str(child.id)]), child.id)}?from=check",
        )
        for child in draft.children
        if by_child.get(str(child.id))
    )
    return (CardSection(gettext("Suggested and dismissed"), cards),) if cards else ()


def _picked_on(dismissed: Sequence[Dismissed]) -> str:
    """The page where the first of them can be taken back."""
    return "exploitation" if dismissed[0].kind is SuggestedKind.SIGN else "descriptors"


def frozen_cards(content: Mapping[str, Any]) -> tuple[CardSection, ...]:
    """Return the frozen answers: the children first, each with all pages about them, then the rest by section.

    Pages without an answer are left out: the content lists them as missing.
    """
    sections: dict[str, list[Card]] = {}
    for page in filter(_is_answered, content["pages"]):
        sections.setdefault(page["section"], []).append(frozen_card(page))
    found = (
        *(_about(child) for child in content["children"]),
        *(CardSection(name, tuple(cards)) for name, cards in sections.items()),
        *(_about(member) for member in content["household"]),
    )
    return tuple(section for section in found if section.cards)


def gaps_of(referral: Referral, progress: Sequence[PageProgress]) -> tuple[tuple[Gap, ...], tuple[Gap, ...]]:
    """Return what isn't answered yet, and what stands out, page by page."""
    missing, odd = [], []
    for one in progress:
        url = page_url(referral, one.page.key, one.person_id) + "?from=check"
        if one.person_id is None and "{name}" in one.page.title:
            continue
        if one.missing:
            missing.append(Gap(said_title(one), url, _missing(one)))
        if one.problems:
            odd.append(Gap(said_title(one), url, tuple(gettext(problem.message) for problem in one.problems)))
    return tuple(missing), tuple(odd)


def links_to(referral: Referral, progress: Iterable[PageProgress]) -> tuple[Gap, ...]:
    """Return links to these pages, each with the wording of what isn't answered on it."""
    links = []
    for one in progress:
        links.append(
            Gap(said_title(one), page_url(referral, one.page.key, one.person_id) + "?from=check", _missing(one))
        )
    return tuple(links)


def _missing(progress: PageProgress) -> tuple[str, ...]:
    """The wording of what isn't answered on a page."""
    labels = {question.key: question.label for question in progress.page.questions}
    return tuple(gettext(labels[key]) for key in progress.missing if key in labels)


def names_of(draft: DraftAnswers) -> dict[str, str]:
    """The children's names by id as text."""
    return {str(child.id): name_of(child, Per.CHILD) for child in draft.children}


def labels_of(referral: Referral) -> dict[str, str]:
    """The wording of every question of the referral's form by key."""
    form = form_of(referral)
    return {question.key: gettext(question.label) for page in form.pages for question in page.questions}


def _about(person: Mapping[str, Any]) -> CardSection:
    cards = [frozen_card(page) for page in filter(_is_answered, person["pages"])]
    if person.get("dismissed"):
        cards.append(Card(gettext("Suggested and dismissed"), tuple(_dismissed(one) for one in person["dismissed"])))
    return CardSection(person["name"], tuple(cards))


def _dismissed(one: Mapping[str, Any]) -> dict[str, Any]:
    lines = [f"“{one['quote']}”"] if one["quote"] else []
    lines += [gettext("Why it doesn't fit: %(reason)s") % {"reason": one["reason"]}] if one["reason"] else []
    return {
        "key": {"text": one["wording"]},
        "value": {"text": _lines("\n".join([*lines, gettext("Dismissed by %(by)s") % {"by": one["by"]}]))},
    }


def _is_answered(page: Mapping[str, Any]) -> bool:
    return any(question["answered"] for question in page["questions"])


def frozen_card(page: Mapping[str, Any]) -> Card:
    """One frozen page as a card."""
    return Card(page["title"], _rows(page["questions"]))


def _rows(questions: Sequence[Mapping[str, Any]]) -> tuple[dict[str, Any], ...]:
    """What was answered. What should have been stands in a list of its own."""
    return tuple({"key": {"text": one["label"]}, "value": {"text": _said(one)}} for one in questions if one["answered"])


def _said(question: Mapping[str, Any]) -> SafeString:
    if not question.get("rows"):
        return _lines(question["reads"])
    rows = (
        (
            format_html_join(
                SafeString("<br>"), "<strong>{}:</strong> {}", ((label, _lines(said)) for label, said in row)
            ),
        )
        for row in question["rows"]
    )
    return format_html('<ol class="govuk-list govuk-list--number govuk-list--spaced">{}</ol>', _items(rows))


def _items(rows: Iterable[tuple[SafeString]]) -> SafeString:
    return format_html_join("", "<li>{}</li>", rows)


def _lines(text: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.split("\n")))
