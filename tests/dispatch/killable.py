"""`celery -A tests.dispatch.killable worker`: the real worker, except that a promise can say at which step it dies,
and that TEST_SLICE says how many submissions a slice of a backtest has."""

import os

import django

from config.celery import app

django.setup()

from dispatch import leases  # noqa: E402 (needs the set-up above)
from dispatch.models import OutboxRow  # noqa: E402
from referrals.oversight import handlers as backtests  # noqa: E402
from tests.dispatch import kinds  # noqa: E402

__all__ = ["app"]

_claim, _finish = leases.claim, leases.finish


def _claim_or_die(row_id, **others):
    references = OutboxRow.objects.get(pk=row_id).references
    kinds.die_once(row_id, references, kinds.BEFORE_CLAIM)
    promise = _claim(row_id, **others)
    kinds.die_once(row_id, references, kinds.AFTER_CLAIM)
    return promise


def _finish_or_die(promise, effect, **others):
    def effect_or_die():
        effect()
        kinds.die_once(promise.id, dict(promise.references), kinds.MID_EFFECT)

    kinds.die_once(promise.id, dict(promise.references), kinds.BEFORE_FINISH)
    _finish(promise, effect and effect_or_die, **others)
    kinds.die_once(promise.id, dict(promise.references), kinds.AFTER_FINISH)


leases.claim, leases.finish = _claim_or_die, _finish_or_die
backtests.MOST = int(os.environ.get("TEST_SLICE", backtests.MOST))
