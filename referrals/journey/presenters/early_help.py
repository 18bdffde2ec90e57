"""What an area's document says of early help assessments: before one is begun, and beside its pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from accounts.clock import day_of
from accounts.selectors import own_area_of
from audit.domain.actor import Actor
from referrals.journey.presenters.citing import Cited
from referrals.record.domain.forms.eha_plan import ACTION_PAGES
from referrals.record.selectors import Called, assessment_in
from thresholds.domain.duties import Effect
from thresholds.domain.early_help import EarlyHelpTopic
from thresholds.domain.pack import Pack
from thresholds.presenters import source_of
from thresholds.selectors import NoPackError, current_pack

_MEANING = frozenset({Effect.REFUSAL_ALONE_RAISES_NOTHING, Effect.REFUSAL_MAY_SIGNAL_RISK})
"""Effects by which a document says what a refusal means."""
TOPICS: dict[str, tuple[EarlyHelpTopic, ...]] = {
    "eha-reason": (EarlyHelpTopic.ASSESSMENT,),
    "harm": (EarlyHelpTopic.STEP_UP,),
    "analysis": (EarlyHelpTopic.ANALYSIS,),
    "scaling": (EarlyHelpTopic.ANALYSIS,),
    "team": (EarlyHelpTopic.TEAM,),
    "lead": (EarlyHelpTopic.LEAD,),
    "measures": (EarlyHelpTopic.MEASURE,),
    "review": (EarlyHelpTopic.REVIEW,),
    "copies": (EarlyHelpTopic.SENDING,),
    ACTION_PAGES[0].key: (EarlyHelpTopic.REVIEW,),
}
"""Which statements of a document belong to which page of the assessment."""


@dataclass(frozen=True, slots=True)
class EarlyHelpShown:
    """The area's assessment before it is begun. `area` is empty where no pack is held for it."""

    called: Called
    area: str
    says: tuple[Cited, ...]


def early_help_in(actor: Actor, *, now: datetime) -> EarlyHelpShown:
    """Return what the document of the actor's own area says of the assessment itself. `now` is aware."""
    try:
        pack = current_pack(own_area_of(actor) or "", day_of(now)).pack
    except NoPackError:
        return EarlyHelpShown(assessment_in(None), "", ())
    return EarlyHelpShown(assessment_in(pack), pack.area.name, statements(pack, EarlyHelpTopic.ASSESSMENT))


def statements(pack: Pack, *topics: EarlyHelpTopic) -> tuple[Cited, ...]:
    """Return what the document says about these topics, each with its source."""
    says = pack.early_help.says if pack.early_help else ()
    return tuple(Cited(one.text, source_of(pack, one.citation)) for one in says if one.topic in topics)


@dataclass(frozen=True, slots=True)
class RefusalShown:
    """What a refusal means in an area. `says` is empty where its document doesn't say."""

    area: str
    says: tuple[Cited, ...]


def refusals_in(packs: Iterable[Pack]) -> tuple[RefusalShown, ...]:
    """Return what each area's document says of a refusal that stands alone, without harm; each area once."""
    found = {
        pack.area.slug: RefusalShown(
            pack.area.name,
            tuple(
                Cited(rule.text, source_of(pack, rule.citation))
                for rule in pack.consent_rules
                if not _MEANING.isdisjoint(rule.effects)
            ),
        )
        for pack in packs
    }
    return tuple(found.values())


def beside_page(pack: Pack, page: str) -> tuple[Cited, ...]:
    """Return what stands beside a page of the assessment: the document's own names first, then what it asks."""
    return (*_named(pack, page), *statements(pack, *TOPICS.get(page, ())))


def _named(pack: Pack, page: str) -> tuple[Cited, ...]:
    """The area's names for what a page asks about, said to be not stated where it has none."""
    says = pack.early_help
    name, value = {
        "analysis": (gettext("The approach"), says.analysis if says else None),
        "lead": (gettext("Whoever leads is called"), says.lead if says else None),
        "measures": (gettext("The outcome measure"), says.measure if says else None),
    }.get(page, ("", None))
    if not name:
        return ()
    if says is None or value is None:
        return (Cited(gettext("%(name)s: not stated by the partnership.") % {"name": name}),)
    return (Cited(f"{name}: {value}.", source_of(pack, says.citation)),)
