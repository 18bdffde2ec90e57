"""Which kinds of work can be sent another way, and how. Each room registers its own in `handlers.py`."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.translation import gettext

from audit.domain.actor import Actor
from dispatch.domain.other_ways import Line, OtherWays
from dispatch.domain.promise import References
from dispatch.models import OutboxRow

Find = Callable[[References, datetime], OtherWays | None]
Through = Callable[[OutboxRow, str, Actor], None]

_ways: dict[str, tuple[Find, Through | None]] = {}


def register(kind: str, find: Find, through: Through | None = None) -> None:
    """Let work of this kind be sent another way. `find` says how, None where nobody is known any more; `through` takes
    a gateway of those, in the caller's transaction. ValueError when the kind has ways already."""
    if kind in _ways:
        raise ValueError(f"work of kind {kind} has other ways already")
    _ways[kind] = (find, through)


def has_ways(kind: str) -> bool:
    """Say whether work of this kind is for somebody who can be reached another way."""
    return kind in _ways


def ways_of(row: OutboxRow, *, now: datetime) -> OtherWays | None:
    """Return how a piece of work can be sent another way; None for work that is for nobody, such as a copy."""
    found = _ways.get(row.kind)
    return found[0](row.references, now) if found else None


def take(row: OutboxRow, way: str, *, by: Actor) -> None:
    """Take another gateway for a piece of work, in the caller's transaction."""
    _find, through = _ways[row.kind]
    assert through is not None  # only who registers it names gateways
    through(row, way, by)


def of_email(references: References, now: datetime) -> OtherWays | None:
    """An e-mail says only that somebody should look: whoever it is for can be rung instead."""
    if "person_id" not in references:
        return None
    person = get_user_model().objects.filter(pk=str(references["person_id"])).first()
    if person is None:
        return None
    note = "" if person.phone else gettext("No phone number is kept for them: ring their agency.")
    return OtherWays(
        for_whom=person.full_name,
        say=gettext("Tell them to sign in: something waits for them on their pages. Say no more by phone."),
        lines=(Line(", ".join(filter(None, (person.full_name, person.job_title))), person.phone or None, note),),
    )
