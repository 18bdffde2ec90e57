"""Fifty referrals over the web while everything is killed by turns: each arrives once (bench/chaos.py says how)."""

import os
import subprocess
import sys

import pytest

from tests.stack import PROJECT

pytestmark = [pytest.mark.stack, pytest.mark.long]


@pytest.mark.timeout(2400)
def test_fifty_referrals_arrive_once_each_whatever_is_killed():
    # One seed, so that what fails here can be run again; another one by SEED, or by the command. It runs as the command
    # that people run, because its own servers and clients are nothing for a test's process.
    command = [sys.executable, "-m", "bench.chaos", "--referrals", "50", "--seed", os.environ.get("SEED", "1")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-3000:]}"
