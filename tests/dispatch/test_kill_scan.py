"""A worker dies while a file is looked at: it is looked at again. No scanner at all: the file waits."""

import pytest

from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.record.actions import Upload
from referrals.record.models import Attachment
from tests.casework.support import NOW, routine
from tests.clamd import EICAR, scanner
from tests.support import eventually

pytestmark = pytest.mark.long


def attached(world, referral, content):
    upload = Upload("letter.txt", content)
    (file,) = actions.attach_files(referral=referral, uploads=[upload], by=world.by("teacher"), now=NOW).taken
    return file


def state(file):
    return Attachment.objects.get(pk=file.pk).state


def promised(file):
    return OutboxRow.objects.get(key=f"look-at-file:{file.pk}")


def test_a_look_that_was_broken_off_is_done_again(ground, world, monkeypatch):
    referral = routine(world)
    with scanner() as clamd:
        monkeypatch.setitem(ground.variables, "VIRUS_SCANNER", clamd.address)
        worker = ground.start_worker()
        clamd.go.clear()
        file = attached(world, referral, EICAR)
        eventually(lambda: clamd.asked == 1, within=60)
        worker.process.kill()
        worker.process.wait()
        assert state(file) == "waiting"
        clamd.go.set()
        ground.start_worker()
        ground.finish_after_time(promised(file).pk)
        assert state(file) == "infected"
        assert clamd.asked == 2
    # Nobody answers any more: it waits, is tried again, and stands among what fails.
    second = attached(world, referral, b"a letter")
    eventually(lambda: promised(second).attempts > 0 and promised(second).state == "due", within=60)
    assert state(second) == "waiting"
