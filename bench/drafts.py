"""Drafts for the benches, written by the project's own actions: `python -m bench.drafts COUNT` on a system's data.

Each is the demonstration's whole form about a child of eight, urgent, by the police officer. Prints their ids as JSON.
"""

import json
import sys
from dataclasses import replace
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402 (needs the set-up above)

from accounts.demo import BY_SHORT  # noqa: E402
from accounts.selectors import actor_for, person_by_email  # noqa: E402
from audit.domain.actor import Actor  # noqa: E402
from referrals.casework.demo.cases import READ  # noqa: E402
from referrals.casework.demo.writing import write  # noqa: E402
from referrals.record.models import Referral  # noqa: E402

AUTHOR = READ.author


def author() -> Actor:
    """Return who writes them."""
    person = person_by_email(BY_SHORT[AUTHOR].email)
    assert person is not None
    return actor_for(person, timezone.now())


def drafts(count: int) -> list[Referral]:
    """Write so many drafts; return them."""
    by, begun = author(), timezone.now() - timedelta(hours=1)
    return [write(replace(READ, key=f"bench-{number}"), by=by, now=begun)[0] for number in range(count)]


if __name__ == "__main__":
    print(json.dumps([str(referral.pk) for referral in drafts(int(sys.argv[1]))]))
