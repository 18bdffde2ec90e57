"""An area's routes as a table: the document's own, what holds everywhere, the front doors and the times."""

from collections.abc import Set
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from referrals.routing.domain.plan import DoorKey
from thresholds.domain.pack import Pack
from thresholds.presenters import routes_shown
from thresholds.presenters.told import Told, deadlines_shown

_NATIONAL = "nat-"
"""How the ids of rules begin that hold in every area."""
OF_THIS_SYSTEM = (
    (
        gettext_noop("Harm, an override, or it can't wait"),
        gettext_noop(
            "The main front door gets it, whatever else a route says. Out of hours the duty team gets it too."
        ),
    ),
    (
        gettext_noop("The child is in another area"),
        gettext_noop("Protection is that area's to give: its front door gets it first, and the home area is told."),
    ),
    (
        gettext_noop("Siblings"),
        gettext_noop("Each child goes by their own home and facts, so siblings may go different ways."),
    ),
    (
        gettext_noop("No home, or not known where"),
        gettext_noop("The area where the child is stands in. It can hand it on once the home is known."),
    ),
    (
        gettext_noop("The home is in an area that isn't here"),
        gettext_noop("This area gets it, and the practitioner rings that council too."),
    ),
    (
        gettext_noop("An allegation about somebody who works with children"),
        gettext_noop("It goes to the designated officer of the area where the person works, not of the child's home."),
    ),
    (
        gettext_noop("A fact that a route needs isn't known"),
        gettext_noop("The route speaks all the same, and the fact is asked. Nothing waits."),
    ),
    (
        gettext_noop("Early help beside another front door"),
        gettext_noop(
            "It gets no referral of its own: what is shared stays proportionate, and the other front door can "
            "step down."
        ),
    ),
    (
        gettext_noop("No route leads anywhere"),
        gettext_noop("The main front door takes it. No referral is without one."),
    ),
)
"""When, and what happens: the rules of `referrals.routing.domain.route`, which a test holds to it."""


@dataclass(frozen=True, slots=True)
class Door:
    """A front door of the area, and whether it receives through this system."""

    name: str
    here: bool
    routes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteTable:
    """Everything that decides where a referral goes."""

    local: tuple[Told, ...]
    national: tuple[Told, ...]
    everywhere: tuple[tuple[str, str], ...]
    doors: tuple[Door, ...]
    times: tuple[Told, ...]


def route_table(pack: Pack, *, here: Set[DoorKey]) -> RouteTable:
    """Return the whole table of a pack. `here` names the front doors whose teams receive through this system."""
    shown = {told.code: told for told in routes_shown(pack)}
    return RouteTable(
        local=tuple(shown[route.id] for route in pack.routes if not route.id.startswith(_NATIONAL)),
        national=tuple(shown[route.id] for route in pack.routes if route.id.startswith(_NATIONAL)),
        everywhere=tuple((gettext(when), gettext(what)) for when, what in OF_THIS_SYSTEM),
        doors=tuple(
            Door(
                name=door.name,
                here=(pack.area.slug, door.id) in here,
                routes=tuple(route.name for route in pack.routes if pack.door_of(route) is door),
            )
            for door in pack.front_doors
        ),
        times=deadlines_shown(pack),
    )
