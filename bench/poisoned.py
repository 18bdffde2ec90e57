"""`celery -A bench.poisoned worker`: the real worker, except that a worry with a certain word in it cannot be drawn."""

import django

from config.celery import app

django.setup()

from bench.poison import POISON  # noqa: E402 (needs the set-up above)
from referrals.documents import handlers  # noqa: E402 (needs the set-up above)

__all__ = ["app"]

_present = handlers.present  # type: ignore[attr-defined]


def _present_or_break(content, **others):  # type: ignore[no-untyped-def]  # passes on what it is given
    if POISON in str(content):
        raise RuntimeError(POISON)
    return _present(content, **others)


handlers.present = _present_or_break  # type: ignore[attr-defined]
