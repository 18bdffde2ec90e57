"""Scoped reads of this room. The pages get counts; only the worker reads what was submitted, and keeps none of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Agency
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from referrals.oversight.domain.permissions import check_backtest, check_see_backtest
from referrals.oversight.models import Backtest
from referrals.record.domain.lifecycle import State
from referrals.record.models import PageAnswers, Submission
from thresholds.domain.pack import Pack
from thresholds.selectors import NoPackError, open_drafts, pack_version, pack_versions, versions_of

PAST = [State.SENT.value, State.CLOSED.value]
"""Referrals that were sent, whatever came of them. Those withdrawn, or still waiting at their agency, don't count."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pack that can be tried. `key` is what a form posts."""

    key: str
    name: str
    pack: Pack


def area_of(actor: Actor) -> str | None:
    """Return the slug of the area that the actor's agency belongs to; None without an agency."""
    agency = Agency.objects.filter(pk=actor.agency_id).first() if actor.agency_id else None
    return agency.own_area if agency else None


def candidates_of(area: str, on: date) -> tuple[Candidate, ...]:
    """Return what can be tried in an area: open drafts, then every published version, each newest first."""
    drafts = tuple(
        Candidate(key=f"draft-{draft.pk}", name=draft.name[:200], pack=draft.pack()) for draft in open_drafts(area)
    )
    packs = pack_versions(area)
    return drafts + tuple(
        Candidate(
            key=f"version-{line.version_id}",
            name=f"Version from {line.effective_from:%-d %B %Y}, revision {line.revision}",
            pack=packs[line.version_id].pack,
        )
        for line in versions_of(area, on)
    )


def backtests_of(actor: Actor) -> QuerySet[Backtest]:
    """Return the backtests of the actor's area, newest first. Raises Refusal for anybody but a partnership manager."""
    check_backtest(actor)
    return Backtest.objects.filter(area=area_of(actor) or "").select_related("asked_by").defer("pack_body")


def backtest_for(actor: Actor, backtest_id: UUID) -> Backtest:
    """Return one backtest. Raises Refusal for anybody but a partnership manager, NotYours for another area's."""
    check_backtest(actor)
    found = Backtest.objects.select_related("asked_by").filter(pk=backtest_id).first()
    if found is None:
        raise NotYours(rule="backtest.read", subject_type="backtest", subject_id=backtest_id)
    check_see_backtest(actor, own_area=area_of(actor), area=found.area, backtest_id=backtest_id)
    return found


def past_submissions(area: str, until: datetime) -> QuerySet[Submission]:
    """Return the submissions that count for an area: the last one up to `until` (aware) of each sent referral with a
    child whose home is there, in the order of their ids. For counting and for the worker, never for a page."""
    later = Submission.objects.filter(referral_id=OuterRef("referral_id"), number__gt=OuterRef("number"), at__lte=until)
    child_of_area = PageAnswers.objects.filter(
        referral_id=OuterRef("referral_id"), child__isnull=False, answers__contains={"home_area": area}
    )
    return (
        Submission.objects.filter(~Exists(later), Exists(child_of_area), at__lte=until, referral__state__in=PAST)
        .select_related("referral__agency")
        .order_by("pk")
    )


def next_submissions(backtest: Backtest, most: int) -> Iterator[Submission]:
    """Return the submissions after those that are counted, at most `most`, a few at a time."""
    rows = past_submissions(backtest.area, backtest.until)
    if backtest.cursor is not None:
        rows = rows.filter(pk__gt=backtest.cursor)
    return iter(rows[:most].iterator(chunk_size=50))


class OwnPacks:
    """Finds the pack that a submission names, each once in a slice."""

    def __init__(self) -> None:
        self._found: dict[tuple[Any, Any], Pack | None] = {}

    def __call__(self, named: Mapping[str, Any]) -> Pack | None:
        """Return the pack of that version; None where there is none of that digest any more."""
        key = (named.get("version"), named.get("sha256"))
        if key not in self._found:
            self._found[key] = self._read(*key)
        return self._found[key]

    def _read(self, version: Any, sha256: Any) -> Pack | None:
        if not isinstance(version, int):
            return None
        try:
            published = pack_version(version)
        except NoPackError:
            return None
        return published.pack if published.sha256 == sha256 else None


@dataclass(frozen=True, slots=True)
class Names:
    """What ids read as, the tried pack's first, then those of the area's published versions."""

    levels: Mapping[str, str]
    order: Mapping[str, int]
    """Order of the tried pack's levels, lowest first."""
    s47: frozenset[str]
    """Levels that can mean section 47, in any of these packs."""
    domains: Mapping[str, str]
    wordings: Mapping[str, str]


def names_for(backtest: Backtest) -> Names:
    """Return what the ids of a backtest's counts read as."""
    published = pack_versions(backtest.area)
    packs = [backtest.pack()]
    # `on` only says which version is in force, and that plays no part here.
    packs += [published[line.version_id].pack for line in versions_of(backtest.area, backtest.until.date())]
    levels: dict[str, str] = {}
    domains: dict[str, str] = {}
    wordings: dict[str, str] = {}
    for pack in packs:
        for level in pack.levels:
            levels.setdefault(level.id, level.name)
        for domain in pack.domains:
            domains.setdefault(domain.id, domain.name)
        for one, wording in _worded(pack):
            wordings.setdefault(one, wording)
    s47 = frozenset(level.id for pack in packs for level in pack.levels if level.legal.reaches_s47)
    return Names(levels, packs[0].level_order, s47, domains, wordings)


def agency_names() -> dict[str, str]:
    """Return the names of all agencies by their id as text. Agencies are no secret; people stand nowhere here."""
    return {str(pk): name for pk, name in Agency.objects.values_list("pk", "name")}


def _worded(pack: Pack) -> Iterator[tuple[str, str]]:
    """Everything that can be chosen or speak, with its words."""
    yield from ((one.id, one.wording) for one in pack.descriptors)
    yield from ((one.id, one.wording) for one in pack.protective_factors)
    yield from ((one.id, one.wording) for one in pack.harm_factors)
    yield from ((one.id, one.name) for one in pack.overrides)
    for category in pack.exploitation.categories if pack.exploitation else ():
        yield from ((one.id, one.wording) for one in category.signs)
