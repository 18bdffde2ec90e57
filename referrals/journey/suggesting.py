"""What the child's document lists that the practitioner's own words may mean: proposed, never chosen for them.

The level isn't shown: judgement comes before it. Overrides stand apart with the first steps of their action card.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from accounts.clock import day_of
from referrals.casework.domain.called import answered, left_open
from referrals.casework.domain.facts import child_facts, only_asked
from referrals.casework.domain.facts.answering import Place, asked_at, circumstances_for, elsewhere_for, place_of
from referrals.casework.domain.facts.asked import chosen
from referrals.casework.domain.facts.narrative import narrative
from referrals.casework.domain.quoting import Piece, Quotation, joined, named_instead, quotations
from referrals.journey.steps import Origin, page_url
from referrals.record.domain.dismissed import Dismissed, SuggestedKind
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms.parts import Kind, Per, Specification
from referrals.record.models import Referral
from referrals.record.selectors import dismissed_of, form_of
from thresholds.bank_holidays import bank_holidays
from thresholds.domain import doors
from thresholds.domain.at_once import MOST_READ, at_once, cannot_wait
from thresholds.domain.check import check
from thresholds.domain.help_now import HelpLine, area_lines, help_line
from thresholds.domain.needs import Override, Ring
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgeBand, AgencyKind
from thresholds.domain.suggest import Suggestion, suggest
from thresholds.presenters.words import age_in_words
from thresholds.selectors import PublishedPack, index_for

STEPS_SHOWN = 2
KINDS: dict[Kind, SuggestedKind] = {
    Kind.DESCRIPTORS: SuggestedKind.DESCRIPTOR,
    Kind.SIGNS: SuggestedKind.SIGN,
}
"""What is suggested for a question that is answered with the picker."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A sentence that somebody wrote, with the words marked, and the question that it answered."""

    pieces: tuple[Piece, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """One suggestion. `group` names its domain or category; `evidence` is what its evidence box starts with. `benign`:
    the document lists it, and it raises nothing by itself. `pressing`: it stands on the page whatever comes before.
    `for_age`: the age that the document gives it for, where this child isn't of that; `may_be_about`: another child of
    the referral, whose name stands in the words while this one's doesn't."""

    kind: SuggestedKind
    id: str
    wording: str
    group: str
    quoted: tuple[Quoted, ...]
    evidence: str
    negated: bool
    outside_age: bool
    benign: bool = False
    pressing: bool = False
    for_age: str = ""
    may_be_about: str = ""

    @property
    def key(self) -> str:
        """How buttons name it."""
        return f"{self.kind.value}:{self.id}"


@dataclass(frozen=True, slots=True)
class RingFirst:
    """Who is rung first: a service number, or a line of the area; `line` is None where the partnership states none."""

    service: str
    line: HelpLine | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A way to say that it is so: a circumstance to record (`flag`), or a link to the question that tells it."""

    text: str
    flag: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """An override: with `suggested`, its words may stand in what was written; without, the answers call for it, and
    `answers` then lead to one that doesn't fit with that, `recorded` to where its circumstance was recorded."""

    id: str
    name: str
    steps: tuple[str, ...]
    ring: RingFirst | None
    suggested: Suggested | None = None
    answers: tuple[Answer, ...] = ()
    recorded: Answer | None = None


@dataclass(frozen=True, slots=True)
class DismissedShown:
    """A dismissed suggestion. `anew`: other words than those that were dismissed may mean it now."""

    dismissed: Dismissed
    anew: bool

    @property
    def key(self) -> str:
        """How buttons name it."""
        return f"{self.dismissed.kind.value}:{self.dismissed.item}"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a page suggests for one child. `written`: whether there is anything to read; `others`: what is suggested
    beside it, for the page of the other kind."""

    kind: SuggestedKind
    written: bool = False
    called_for: tuple[Card, ...] = ()
    cards: tuple[Card, ...] = ()
    items: tuple[Suggested, ...] = ()
    others: tuple[Suggested, ...] = ()
    dismissed: tuple[DismissedShown, ...] = ()

    def find(self, key: str) -> Suggested | None:
        """Return what stands suggested under that key; None for what isn't."""
        asked = (card.suggested for card in self.cards)
        return next((one for one in (*asked, *self.items) if one is not None and one.key == key), None)

    def evidence_of(self, item: str) -> str:
        """Return what the evidence box of a chosen suggestion starts with; empty for what wasn't suggested."""
        return next((one.evidence for one in self.items if one.id == item), "")

    def without(self, picked: Iterable[str]) -> tuple[Suggested, ...]:
        """Return the first suggestions that aren't chosen, with the pressing ones of the rest."""
        gone = set(picked)
        return at_once([one for one in self.items if one.id not in gone], lambda one: one.pressing)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One child's words, read with one pack."""

    referral: Referral
    form: Specification
    child: PersonAnswers
    pack: Pack
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    benign: frozenset[str]
    ages: Mapping[str, AgeBand]
    """By id of a descriptor: the age that the document gives it for."""
    others: tuple[str, ...]
    """Names of the other children."""
    moves: bool
    """Whether the child is said to move about by themself."""
    now: datetime

    def suggested(self, one: Suggestion) -> Suggested:
        """A suggestion of the engine, with what was written."""
        found = quotations(self.texts, one.spans)
        evidence = "\n".join(quotation.sentence for quotation in found)
        age = self.ages.get(one.id) if one.outside_age else None
        return Suggested(
            kind=SuggestedKind(one.kind.value),
            id=one.id,
            wording=one.wording,
            group=_group_name(self.pack, one),
            quoted=tuple(Quoted(quotation.pieces, self._source(quotation)) for quotation in found),
            evidence=evidence,
            negated=one.negated,
            outside_age=one.outside_age,
            benign=one.id in self.benign,
            pressing=cannot_wait(one),
            for_age=age_in_words(age) if age else "",
            may_be_about=named_instead(evidence, name_of(self.child, Per.CHILD), self.others),
        )

    def _source(self, quotation: Quotation) -> str:
        """The question that was answered with it; empty where only one was."""
        return self.labels[quotation.passage] if len(self.labels) > 1 else ""

    def card(self, override: Override, suggested: Suggested | None) -> Card:
        """The action card's first steps, and the ways to answer it where it is only suggested."""
        return Card(
            id=override.id,
            name=override.name,
            steps=tuple(step.text for step in override.steps[:STEPS_SHOWN]),
            ring=ring_first(self.pack, override.ring, self.now) if override.ring else None,
            suggested=suggested,
            answers=tuple(self._answers(override) if suggested else self._against(override)),
            recorded=None if suggested else self._recorded(override),
        )

    def _recorded(self, override: Override) -> Answer | None:
        """The question where the circumstance of an override was ticked; None where another answer told it."""
        ticked = set(chosen(self.child.get("circumstances")))
        if ticked.isdisjoint(flag.value for flag in override.when.flags):
            return None
        place = place_of(self.form, "circumstances", Per.CHILD)
        return self._link(place, self.child.id) if place else None

    def _link(self, place: Place, person: UUID | None) -> Answer:
        """A link to a question, which leads back here."""
        origin = Origin("descriptors", self.child.id).query
        return Answer(place.question.label, url=page_url(self.referral, place.page.key, person) + origin)

    def _against(self, override: Override) -> Iterator[Answer]:
        """The answer because of which an override doesn't hold although its circumstance is recorded."""
        place = asked_at(self.form, "moves_about") if override.not_mobile and self.moves else None
        if place is not None:
            yield self._link(place, self.child.id)

    def _answers(self, override: Override) -> Iterator[Answer]:
        for one in circumstances_for(self.form, override.when.flags):
            yield Answer(gettext("Known or suspected: %(option)s") % {"option": one.option.label}, flag=one.flag.value)
        for place in elsewhere_for(self.form, override.when.flags):
            yield self._link(place, self.child.id if place.page.per is Per.CHILD else None)


def suggestions_for(
    referral: Referral,
    draft: DraftAnswers,
    child: PersonAnswers,
    published: PublishedPack,
    *,
    kind: SuggestedKind,
    now: datetime,
) -> Suggestions:
    """Return what is suggested for a child on the page for `kind`, with what was dismissed there.

    Overrides stand on the page of descriptors only. One query; nothing is written, and nothing leaves this machine.
    """
    form, pack = form_of(referral), published.pack
    asked = only_asked(form, draft)
    child = next(one for one in asked.children if one.id == child.id)
    facts = child_facts(asked, child, agency=AgencyKind(referral.agency.kind), on=day_of(now))
    passages = narrative(asked, child)
    labels = {question.key: question.label for page in form.pages for question in page.questions}
    reading = _Reading(
        referral=referral,
        form=form,
        child=child,
        pack=pack,
        labels=tuple(labels[one.question] for one in passages),
        texts=tuple(one.text for one in passages),
        benign=_benign(pack),
        ages=_ages(pack),
        others=tuple(name_of(one, Per.CHILD) for one in asked.children if one.id != child.id),
        moves=facts.moves_about.known is True,
        now=now,
    )
    found = suggest(index_for(published), joined(reading.texts), age=facts.age, limit=MOST_READ)
    on_page = (SuggestedKind.OVERRIDE, kind) if kind is SuggestedKind.DESCRIPTOR else (kind,)
    dismissed = [one for one in dismissed_of(referral).get(str(child.id), ()) if one.kind in on_page]
    gone = {(one.kind, one.item) for one in dismissed}
    speaking = answered(pack, facts, check(pack, facts))
    gone_overrides = {item for kind_of, item in gone if kind_of is SuggestedKind.OVERRIDE}
    overrides = {one.id: one for one in pack.overrides}
    listed = [reading.suggested(one) for one in found.descriptors if (_kind_of(one), one.id) not in gone]
    with_cards = kind is SuggestedKind.DESCRIPTOR
    return Suggestions(
        kind=kind,
        written=bool(passages),
        called_for=tuple(
            reading.card(one, None) for one in pack.overrides if with_cards and one.id in speaking and one.ring
        ),
        cards=tuple(
            reading.card(overrides[one.id], reading.suggested(one))
            for one in (left_open(found.overrides, speaking, gone_overrides) if with_cards else ())
        ),
        items=tuple(one for one in listed if one.kind is kind),
        others=tuple(one for one in listed if one.kind is not kind and one.id not in facts.signs),
        dismissed=tuple(_dismissed(dismissed, (*found.overrides, *found.descriptors), reading)),
    )


def _kind_of(one: Suggestion) -> SuggestedKind:
    return SuggestedKind(one.kind.value)


def _dismissed(
    dismissed: Sequence[Dismissed], found: Sequence[Suggestion], reading: _Reading
) -> Iterator[DismissedShown]:
    """What stands dismissed; never suggested as new again, and other words for it are pointed out."""
    now = {(_kind_of(one), one.id): reading.suggested(one) for one in found}
    for one in dismissed:
        again = now.get((one.kind, one.item))
        yield DismissedShown(one, anew=again is not None and bool(again.evidence) and again.evidence != one.quote)


def _group_name(pack: Pack, one: Suggestion) -> str:
    if one.kind.value == SuggestedKind.SIGN.value and pack.exploitation is not None:
        return next((category.name for category in pack.exploitation.categories if category.id == one.domain), "")
    return next((domain.name for domain in pack.domains if domain.id == one.domain), "")


def _benign(pack: Pack) -> frozenset[str]:
    """The ids of what the document lists although it raises nothing by itself."""
    categories = pack.exploitation.categories if pack.exploitation else ()
    return frozenset(
        [one.id for one in pack.descriptors if not one.raises]
        + [sign.id for category in categories for sign in category.signs if not sign.raises]
    )


def _ages(pack: Pack) -> dict[str, AgeBand]:
    """The ages that the document gives, by id of a descriptor."""
    return {one.id: one.age for one in pack.descriptors if one.age is not None}


def ring_first(pack: Pack, ring: Ring, now: datetime) -> RingFirst:
    """Return who is rung first in this area at `now`: a service number, or the door's line for the hour."""
    if ring in {Ring.EMERGENCY, Ring.POLICE}:
        return RingFirst(ring.value, None)
    if ring is Ring.FRONT_DOOR:
        return RingFirst("", area_lines(pack, now, bank_holidays()).ring_now)
    officer = next((door for door in pack.front_doors if door.kind is doors.Kind.LADO), None)
    numbers = officer.numbers if officer else ()
    return RingFirst("", help_line(officer, numbers[0]) if officer and numbers else None)
