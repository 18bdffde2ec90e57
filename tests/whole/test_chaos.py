"""Fifty referrals over the web while everything is killed by turns: each arrives once (bench/chaos.py says how)."""

import os
import random

import pytest

from bench.chaos import chaos

pytestmark = [pytest.mark.stack, pytest.mark.long]


@pytest.mark.timeout(3600)
def test_fifty_referrals_arrive_once_each_whatever_is_killed():
    seed = int(os.environ.get("SEED", random.SystemRandom().randrange(2**32)))
    report = chaos(referrals=50, seed=seed)
    assert report.problems == [], "\n".join(report.lines())
    assert report.happened["kill worker"] > 0
    assert report.counts["emails_repeated_under_the_same_id"] > 0
