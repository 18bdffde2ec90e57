"""What the packs offer to a page: the areas, and the levels, descriptors and factors of one child's home area."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext

from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms.parts import Kind, Option
from referrals.record.models import Referral
from referrals.record.selectors import packs_for
from thresholds.domain.needs import Condition, Descriptor, ExploitationSign
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Flag
from thresholds.selectors import PublishedPack, areas


@dataclass(frozen=True, slots=True)
class Item:
    """Something to tick. `words` are what a search looks into; `group` names where it stands; `hint` says why it raises
    nothing, where it doesn't."""

    id: str
    wording: str
    words: str
    group: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Items under one heading: a domain, or a category of exploitation."""

    id: str
    name: str
    items: tuple[Item, ...]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """What can be chosen on a page. `area_name` is empty while no pack of the child's home area is known."""

    areas: tuple[Option, ...] = ()
    area_name: str = ""
    levels: tuple[Option, ...] = ()
    descriptors: tuple[Group, ...] = ()
    signs: tuple[Group, ...] = ()
    protective_factors: tuple[Option, ...] = ()
    harm_factors: tuple[Option, ...] = ()
    conditions: tuple[Condition, ...] = ()
    conditions_of: dict[str, str] = field(default_factory=dict)
    """By id of a descriptor that hangs on a condition: the condition's id."""
    published: PublishedPack | None = None
    """The pack that offers it; None while no pack of the child's home area is known."""

    def options(self, kind: Kind) -> tuple[Option, ...]:
        """Options of a kind of question that the packs answer; empty for the others."""
        return {
            Kind.AREA: self.areas,
            Kind.LEVEL: self.levels,
            Kind.PROTECTIVE_FACTORS: self.protective_factors,
            Kind.HARM_FACTORS: self.harm_factors,
        }.get(kind, ())

    def groups(self, kind: Kind) -> tuple[Group, ...]:
        """Groups of a kind of question that is answered with the picker; empty for the others."""
        return {Kind.DESCRIPTORS: self.descriptors, Kind.SIGNS: self.signs}.get(kind, ())

    def conditions_for(self, chosen: frozenset[str]) -> tuple[Condition, ...]:
        """The conditions on which the chosen descriptors hang."""
        wanted = {self.conditions_of[one] for one in chosen if one in self.conditions_of}
        return tuple(condition for condition in self.conditions if condition.id in wanted)


EXPLOITATION = frozenset(
    {Flag.SEXUAL_EXPLOITATION, Flag.CRIMINAL_EXPLOITATION, Flag.GANG, Flag.TRAFFICKING, Flag.MISSING}
)


def about_exploitation(pack: Pack) -> tuple[str, ...]:
    """Return the ids of the descriptors about exploitation: what a document says of it without an indicator of its
    own."""
    return tuple(one.id for one in pack.descriptors if EXPLOITATION.intersection(one.flags))


def offers_for(referral: Referral, draft: DraftAnswers, person: PersonAnswers | None, *, now: datetime) -> Offers:
    """Return what is offered for a child, or for the referral as a whole; `now` is aware."""
    area = person.get("home_area") if person else referral.home_area
    published = packs_for(referral, draft, now=now).get(area) if isinstance(area, str) else None
    listed = tuple(Option(one.slug, one.name) for one in areas())
    return _offers(listed, published) if published else Offers(areas=listed)


def _offers(listed: tuple[Option, ...], published: PublishedPack) -> Offers:
    pack = published.pack
    return Offers(
        areas=listed,
        area_name=pack.area.name,
        levels=tuple(Option(level.id, level.name, hint=level.meaning) for level in pack.levels),
        descriptors=_descriptors(pack),
        signs=_signs(pack),
        protective_factors=tuple(Option(one.id, one.wording) for one in pack.protective_factors),
        harm_factors=tuple(Option(one.id, one.wording) for one in pack.harm_factors),
        conditions=pack.conditions,
        conditions_of={one.id: one.twin.condition for one in pack.descriptors if one.twin},
        published=published,
    )


def _descriptors(pack: Pack) -> tuple[Group, ...]:
    # The gravest first, without naming the level: the practitioner judges before the document is shown.
    ordered = sorted(pack.descriptors, key=lambda one: -pack.level_order[one.level])
    return tuple(
        Group(
            domain.id,
            domain.name,
            tuple(_item(one, domain.name) for one in ordered if one.domain == domain.id),
        )
        for domain in pack.domains
    )


def _item(one: Descriptor | ExploitationSign, group: str) -> Item:
    hint = (
        ""
        if one.raises
        else gettext("Listed in the document; it doesn't raise the level by itself. %(why_not)s")
        % {"why_not": one.why_not}
    )
    return Item(one.id, one.wording, " ".join([one.wording, *one.terms]).lower(), group, hint)


def _signs(pack: Pack) -> tuple[Group, ...]:
    if pack.exploitation is None:
        return ()
    order = pack.level_order
    return tuple(
        Group(
            category.id,
            category.name,
            tuple(_item(one, category.name) for one in sorted(category.signs, key=lambda sign: -order[sign.level])),
        )
        for category in pack.exploitation.categories
    )
