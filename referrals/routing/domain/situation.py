"""What the facts about one child mean for routing: which routes speak, and what makes it urgent."""

import datetime as dt
from collections.abc import Mapping, Set
from dataclasses import dataclass

from referrals.routing.domain.plan import Ask, RouteFacts
from thresholds.domain.check_overrides import overrides_that_speak
from thresholds.domain.check_result import OverrideShown
from thresholds.domain.check_when import Answer, Circumstances, holds
from thresholds.domain.doors import Route
from thresholds.domain.hours import is_open
from thresholds.domain.needs import Ring
from thresholds.domain.pack import Pack
from thresholds.domain.parts import Flag, When
from thresholds.domain.urgency import UrgentBecause, UrgentReason, urgent

# A level that may mean section 47 need not be harm (homelessness and respite stand there too): it is urgent, and the
# document's own route says whether it is rung first.
_JUDGEMENT_ONLY = frozenset({UrgentBecause.JUDGED_LEVEL, UrgentBecause.INDICATED_LEVEL})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A route that speaks. Not `certain`: a fact on which it hangs isn't known."""

    route: Route
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One child's facts at one moment, as routes read them."""

    pack: Pack
    known: Mapping[str, Pack]
    """Packs by area, that of the plan among them."""
    facts: RouteFacts
    now: dt.datetime
    holidays: Set[dt.date]
    at: Circumstances
    overrides: tuple[OverrideShown, ...]
    urgent_reasons: tuple[UrgentReason, ...]
    spoken: tuple[Spoken, ...]
    """In the order of the pack: most urgent first."""

    @property
    def urgent(self) -> bool:
        """Whether it waits for nothing."""
        return bool(self.urgent_reasons)

    @property
    def protective(self) -> bool:
        """Whether the area's main door has to have it, whatever else the document names.

        An allegation against a professional alone is urgent for the designated officer, and nobody else's.
        """
        return any(not self._is_for_lado_only(reason) for reason in self.urgent_reasons)

    @property
    def now_needed(self) -> bool:
        """Whether somebody has to be rung before anything is written, at any hour."""
        return any(
            reason.because not in _JUDGEMENT_ONLY and not self._is_for_lado_only(reason)
            for reason in self.urgent_reasons
        )

    @property
    def emergency(self) -> bool:
        """Whether 999 comes first."""
        return any(override.ring is Ring.EMERGENCY for override in self.overrides)

    @property
    def found_pack(self) -> Pack | None:
        """The pack of the area where the child is, if that is another one and the child needs protection there."""
        found = self.facts.found_area
        if not self.protective or found is None or found == self.pack.area.slug:
            return None
        return self.known.get(found)

    @property
    def fgm_duty(self) -> bool | None:
        """Whether the practitioner still has to report a known case of FGM themself (Female Genital Mutilation Act
        2003, section 5B); None while it may be."""
        answers = {self.facts.fgm_known, self.facts.regulated}
        if Flag.FGM not in self.at.flags or Answer.NO in answers or self.facts.fgm_reported:
            return False
        return True if answers == {Answer.YES} else None

    @property
    def workplace_open(self) -> bool:
        """Whether it isn't known, of somebody whom an allegation is about, in which area they work."""
        alleged = Flag.ALLEGATION_AGAINST_PROFESSIONAL in self.at.flags
        return alleged and (self.facts.workplace_open or not self.facts.workplace_areas)

    def _is_for_lado_only(self, reason: UrgentReason) -> bool:
        return reason.because is UrgentBecause.OVERRIDE and any(
            override.id == reason.about and override.ring is Ring.LADO for override in self.overrides
        )


def situation(
    pack: Pack, facts: RouteFacts, now: dt.datetime, holidays: Set[dt.date], others: Mapping[str, Pack]
) -> Situation:
    """Return what `facts` mean in `pack` at `now` (aware, else ValueError); `others` are packs of further areas.

    Levels of a check or a judgement made with another area's pack are not known here: the same id means another thing.
    """
    check = facts.check if facts.check is not None and facts.check.area == pack.area.slug else None
    judged = facts.judged if facts.judged in pack.level_order else None
    known_flags = facts.check.flags if facts.check else frozenset()
    flags = known_flags | facts.flags
    further = overrides_that_speak(pack, Circumstances(flags=facts.flags - known_flags, harm=facts.harm, age=facts.age))
    shown = facts.check.overrides if facts.check else ()
    overrides = (*shown, *(one for one in further if one.id not in {other.id for other in shown}))
    reasons = urgent(pack, harm=facts.harm, check=check, judged=judged, cannot_wait=facts.cannot_wait).reasons
    told = {reason.about for reason in reasons if reason.because is UrgentBecause.OVERRIDE}
    reasons += tuple(
        UrgentReason(UrgentBecause.OVERRIDE, override.name, override.id)
        for override in overrides
        if override.urgent and override.id not in told
    )
    opened = is_open(pack.doors_by_id[pack.main_door], now, holidays)
    at = Circumstances(
        flags=flags,
        harm=facts.harm,
        levels=_levels(pack, facts, judged),
        age=facts.age,
        agency=facts.agency,
        agreement=facts.agreement,
        open_case=facts.open_case,
        out_of_hours=None if opened is None else not opened,
    )
    return Situation(
        pack=pack,
        known={**others, pack.area.slug: pack},
        facts=facts,
        now=now,
        holidays=holidays,
        at=at,
        overrides=overrides,
        urgent_reasons=reasons,
        spoken=tuple(
            Spoken(route, certain=held is True) for route in pack.routes if (held := holds(route.when, at)) is not False
        ),
    )


def _levels(pack: Pack, facts: RouteFacts, judged: str | None) -> frozenset[str] | None:
    """The judged level and every level of the indicated range; None while there is neither."""
    levels = {judged} if judged is not None else set()
    order = pack.level_order
    if facts.check is not None and facts.check.area == pack.area.slug:
        places = [order[level] for level in facts.check.levels if level in order]
        if places:
            levels |= {level.id for level in pack.levels[min(places) : max(places) + 1]}
    return frozenset(levels) or None


def open_facts(when: When, at: Circumstances) -> tuple[Ask, ...]:
    """Return the facts that `when` asks and that aren't known. The hour is nobody's to answer."""
    asked = (
        (Ask.HARM, bool(when.harm) and at.harm is None),
        (Ask.LEVEL, bool(when.levels) and at.levels is None),
        (Ask.AGE, when.age is not None and at.age.within(when.age) is None),
        (Ask.AGENCY, bool(when.agencies) and at.agency is None),
        (Ask.AGREEMENT, bool(when.agreement) and at.agreement is None),
        (Ask.OPEN_CASE, when.open_case is not None and at.open_case is None),
    )
    return tuple(ask for ask, is_open_question in asked if is_open_question)


def is_fgm_report(route: Route) -> bool:
    """Whether a route reminds of the personal report of a known FGM case: the duty of a regulated professional."""
    return route.reminder is not None and route.when.flags == (Flag.FGM,)
