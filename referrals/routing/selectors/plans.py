"""Making the plan of a referral: the pure rule, given the packs, the bank holidays and the teams that there are."""

from collections.abc import Mapping
from datetime import datetime

from accounts.clock import day_of
from accounts.models import FrontDoorTeam
from referrals.routing.domain.plan import DoorKey, ReferralPlan, RouteFacts
from referrals.routing.domain.route import route
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.pack import Pack
from thresholds.selectors import NoPackError, current_pack


def doors_here() -> frozenset[DoorKey]:
    """Return the front doors whose teams receive through this system, as area and door."""
    return frozenset(FrontDoorTeam.objects.filter(agency__is_active=True).values_list("area", "front_door").order_by())


def plan_referral(
    facts: Mapping[str, RouteFacts],
    *,
    packs: Mapping[str, Pack],
    own_area: str,
    now: datetime,
    shut: frozenset[DoorKey] = frozenset(),
) -> ReferralPlan:
    """Return the plan of each child, by child id as text; for a referral without a recorded child, under "".

    `packs` are those that the referral keeps, by area; further ones are those in force today. For a child whose home
    area isn't known or has no pack, the pack of where the child is stands in, or else that of the referrer's agency
    (`own_area`). `shut` are front doors that don't receive this one through this system. Raises NoPackError when that
    has none either: then the system serves no area that could take it.
    """
    found: dict[str, Pack] = dict(packs)
    areas = {one for each in facts.values() for one in (each.home_area, each.found_area, *each.workplace_areas) if one}
    for area in areas - found.keys():
        try:
            found[area] = current_pack(area, day_of(now)).pack
        except NoPackError:
            continue
    here = doors_here() - shut
    plans = {}
    for child, each in facts.items():
        at = next((area for area in (each.home_area, each.found_area) if area in found), None)
        pack = found[at] if at else found.get(own_area) or current_pack(own_area, day_of(now)).pack
        plans[child] = route(pack, each, now, bank_holidays(), others=found, here=here)
    return ReferralPlan(plans)
