"""A process that serves or works leaves the program itself out of its looks for garbage."""

import json
import subprocess
import sys

import pytest

CELERY = "from celery.signals import worker_process_init; import config.celery; worker_process_init.send(sender=None)"
WEB = "import django; django.setup(); from config.serving import post_worker_init; post_worker_init(None)"
TOLD = "import gc, json; print(json.dumps([gc.get_freeze_count(), gc.get_threshold()[0]]))"


@pytest.mark.parametrize("begin", [CELERY, WEB])
def test_the_program_is_left_out_of_every_later_look(begin: str) -> None:
    """In a process of its own: this one has other tests to run."""
    command = [sys.executable, "-c", f"{begin}\n{TOLD}"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    left_out, new_ones = json.loads(done.stdout.splitlines()[-1])
    assert left_out > 10_000
    assert new_ones == 20_000
