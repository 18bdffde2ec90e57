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
_NO_TIME = timedelta()


@dataclass(frozen=True, slots=True)
class Round:
    """A task that beat asks for every so often, what it does in the schedule's words, and when it was last through,
    which is None before the first time."""

    name: str
    words: str
    every: timedelta
    at: datetime | None

    def silent(self, now: datetime, *, since: datetime | None = None, at_least: timedelta = _NO_TIME) -> bool:
        """Whether it hasn't been through for too long at `now` (aware), or ever.

        `since` is when whoever asks began to look (aware): what was missed before that, while all stood still, isn't
        counted. `at_least` is how long it has to be silent, however often it is asked for.
        """
        seen = max((moment for moment in (self.at, since) if moment is not None), default=None)
        return seen is None or now - seen > max(MISSED * self.every, at_least)


def rounds() -> tuple[Round, ...]:
    """Return every round that beat asks for, by name. One query."""
    found = dict(Pulse.objects.values_list("name", "at"))
    return tuple(Round(name, words, every, found.get(name)) for name, (words, every) in sorted(_asked().items()))


def watch_rounds() -> None:
    """Have every process of this program that runs such a task note that it was through, once it was."""
    task_success.connect(_through, dispatch_uid="dispatch.rounds")


def _through(sender: Any, **_others: Any) -> None:
    """Note it. Where a task raised, this isn't called."""
    if sender.name in _asked():
        Pulse.objects.update_or_create(name=sender.name, defaults={"at": timezone.now()})


def _asked() -> dict[str, tuple[str, timedelta]]:
    """Words and interval of each task that beat asks for, by its name."""
    schedule = settings.CELERY_BEAT_SCHEDULE
    return {
        str(one["task"]): (words, timedelta(seconds=cast(float, one["schedule"]))) for words, one in schedule.items()
    }
