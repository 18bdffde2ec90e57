"""The rounds that beat asks for, each seen by when it was last through: one that fails each time is silent, and so is
one that never comes. A watch that fails in silence would be worse than none, because everybody relies on it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from celery.signals import task_success
from django.conf import settings
from django.utils import timezone

from dispatch.models import Pulse

MISSED = 6
"""So many rounds in a row may be missed before one is called silent."""


@dataclass(frozen=True, slots=True)
class Round:
    """A task that beat asks for every so often, and when it was last through: None before the first time."""

    name: str
    every: timedelta
    at: datetime | None

    def silent(self, now: datetime) -> bool:
        """Whether it hasn't been through for too long at `now` (aware), or ever."""
        return self.at is None or now - self.at > MISSED * self.every


def rounds() -> tuple[Round, ...]:
    """Return every round that beat asks for, by name. One query."""
    found = dict(Pulse.objects.values_list("name", "at"))
    return tuple(Round(name, every, found.get(name)) for name, every in sorted(_asked().items()))


def watch_rounds() -> None:
    """Have every process of this program that runs such a task note that it was through, once it was."""
    task_success.connect(_through, dispatch_uid="dispatch.rounds")


def _through(sender: Any, **_others: Any) -> None:
    """Note it. Where a task raised, this isn't called."""
    if sender.name in _asked():
        Pulse.objects.update_or_create(name=sender.name, defaults={"at": timezone.now()})


def _asked() -> dict[str, timedelta]:
    asked = settings.CELERY_BEAT_SCHEDULE.values()
    return {str(one["task"]): timedelta(seconds=cast(float, one["schedule"])) for one in asked}
