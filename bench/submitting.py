"""Submitting drafts by the project's own action, one after another: `python -m bench.submitting` on a system's data.

Takes the ids of drafts as JSON on its input; prints the CPU-seconds that submitting them took as JSON. With the path of
a file as argument it profiles itself into that.
"""

import cProfile
import json
import sys
from time import process_time
from uuid import uuid4

import django

django.setup()

from django.utils import timezone  # noqa: E402 (needs the set-up above)

from bench.drafts import author  # noqa: E402
from config.garbage import look_less  # noqa: E402
from referrals.casework.actions import submit  # noqa: E402
from referrals.record.models import Referral  # noqa: E402


def submit_all(ids: list[str]) -> float:
    """Submit them; return the CPU-seconds of this process, the first one left out, which loads packs and templates."""
    by, began = author(), 0.0
    # As a process that serves the web does.
    look_less()
    for number, referral_id in enumerate(ids):
        if number == 1:
            began = process_time()
        submit(referral=Referral.objects.get(pk=referral_id), by=by, now=timezone.now(), token=uuid4())
    return process_time() - began


if __name__ == "__main__":
    drafts = json.load(sys.stdin)
    if len(sys.argv) > 1:
        profile = cProfile.Profile()
        print(json.dumps(profile.runcall(submit_all, drafts)))
        profile.dump_stats(sys.argv[1])
    else:
        print(json.dumps(submit_all(drafts)))
