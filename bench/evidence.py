"""What became of referrals that were sent, read from the database by the project's own models and rules.

`python -m bench.evidence` with the variables of a system takes {"since": …, "promised": […], "references": […],
"undrawable": […]} on its standard input and prints what it found: `problems`, each in a sentence with a reference or an
id, and counts.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import django

django.setup()

from accounts.clock import day_of  # noqa: E402 (needs the set-up above)
from accounts.models import Person  # noqa: E402
from audit.models import Entry  # noqa: E402
from dispatch.email import message_id  # noqa: E402
from dispatch.models import OutboxRow  # noqa: E402
from referrals.documents.models import PdfCopy  # noqa: E402
from referrals.record.models import Submission  # noqa: E402
from referrals.routing.domain.clocks import deadlines_from_receipt, times  # noqa: E402
from referrals.routing.models import Intake  # noqa: E402
from thresholds.bank_holidays import bank_holidays  # noqa: E402
from thresholds.selectors import current_pack  # noqa: E402


def gathered(since: datetime, promised: list[str], references: list[str], undrawable: list[str]) -> dict[str, Any]:
    """Return problems and counts of what was submitted since then, which must be exactly these references.

    Those of `undrawable` have a copy that can't be drawn. The promises with the ids of `promised` must be done.
    """
    submissions = list(Submission.objects.filter(at__gte=since).select_related("referral"))
    submitted = Counter(submission.referral.reference for submission in submissions)
    problems = [f"{reference} was submitted {submitted[reference]} times" for reference in references]
    problems = [problem for problem in problems if not problem.endswith(" 1 times")]
    problems += [f"{one} was submitted, and nobody was told so" for one in submitted if one not in references]
    seconds: list[float] = []
    for submission in submissions:
        problems += _problems_of_queue(submission, seconds)
        problems += _problems_of_copy(submission, undrawable)
    rows = list(OutboxRow.objects.filter(created_at__gte=since, pk__in=promised))
    parked = {row.pk for row in rows if row.state == OutboxRow.States.PARKED}
    problems += [f"promise {row.pk} ({row.kind}) is {row.state}" for row in rows if row.state not in {"done", "parked"}]
    if len(parked) != len(undrawable):
        problems.append(f"{len(parked)} promises wait for an operator, not {len(undrawable)}")
    emails = OutboxRow.objects.filter(kind="email")
    addresses = dict(Person.objects.values_list("pk", "email"))
    return {
        "problems": problems,
        "seconds_to_queue": sorted(seconds),
        "emails": {message_id(row.pk): _address(row, addresses) for row in emails.filter(pk__in=promised)},
        "later_emails": [message_id(row.pk) for row in emails.exclude(pk__in=promised)],
        "promises": len(rows),
        "tried_again": sum(row.attempts > 1 for row in rows),
        "intakes": Intake.objects.filter(submission__in=submissions).count(),
    }


def _address(row: OutboxRow, addresses: dict[Any, str]) -> str:
    return next(address for person, address in addresses.items() if str(person) == row.references["person_id"])


def _problems_of_queue(submission: Submission, seconds: list[float]) -> Iterator[str]:
    reference = submission.referral.reference
    intakes = list(Intake.objects.filter(submission=submission).select_related("referral"))
    if [intake.front_door for intake in intakes].count("family-connect") != 1:
        yield f"{reference} has not exactly one intake at Family Connect"
    for intake in intakes:
        arrivals = intake.changes.filter(verb="arrive").count()
        told = Entry.objects.filter(verb="intake.arrive", subject_id=str(intake.pk)).count()
        if intake.received_at is None or arrivals != 1 or told != 1:
            yield f"{reference} was received {arrivals} times at {intake.front_door}, audited {told} times"
            continue
        seconds.append((intake.received_at - intake.sent_at).total_seconds())
        yield from _problems_of_clocks(intake, intake.received_at)


def _problems_of_clocks(intake: Intake, received_at: datetime) -> Iterator[str]:
    pack = current_pack(intake.area, day_of(received_at)).pack
    door = pack.doors_by_id[intake.front_door]
    expected = {}
    for deadline in deadlines_from_receipt(pack, door):
        when = times(deadline, received_at, door, bank_holidays())
        if when is not None:
            expected[deadline.id] = (received_at, when.warn_at, when.due_at, None)
    running = {
        clock.deadline: (clock.started_at, clock.warn_at, clock.due_at, clock.stopped_at)
        for clock in intake.clocks.all()
    }
    if running != expected:
        yield f"{intake.referral.reference} has clocks {sorted(running)} at {intake.front_door}, not as by the pack"


def _problems_of_copy(submission: Submission, undrawable: list[str]) -> Iterator[str]:
    reference = submission.referral.reference
    copies = PdfCopy.objects.filter(submission=submission).count()
    parked = OutboxRow.objects.filter(
        kind="pdf_copy", references__submission=str(submission.pk), state=OutboxRow.States.PARKED
    ).exists()
    if reference in undrawable:
        if copies or not parked:
            yield f"{reference} can't be drawn, and has {copies} copies; set aside: {parked}"
    elif copies != 1:
        yield f"{reference} has {copies} copies"


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    since = datetime.fromisoformat(asked.pop("since"))
    print(json.dumps(gathered(since, **asked)))
