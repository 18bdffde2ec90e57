"""What somebody is told before they end a role. Rooms above register who says what, in `handlers.py`."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from accounts.clock import day_of
from accounts.models import Membership, Person
from accounts.selectors import memberships_on
from audit.domain.actor import Actor

Warn = Callable[[Person, UUID, Actor, datetime], str]
"""Given the person, the agency that they leave, who asks and when: a sentence, empty where there is nothing to say."""

_warnings: list[Warn] = []


def register(warn: Warn) -> Warn:
    """Have a room's sentence shown to whoever ends somebody's last role in an agency. It tells nothing that they may
    not know."""
    _warnings.append(warn)
    return warn


def warnings_for(membership: Membership, by: Actor, *, now: datetime) -> list[str]:
    """Return what is to be said before this role ends; nothing where the person keeps another role in the agency."""
    person, agency_id = membership.person, membership.agency_id
    kept = memberships_on(person, day_of(now)).filter(agency_id=agency_id).exclude(pk=membership.pk)
    if kept.exists():
        return []
    return [said for warn in _warnings if (said := warn(person, agency_id, by, now))]
