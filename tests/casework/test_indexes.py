"""What comes round every few minutes reads what it looks at, and not all that there ever was."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from referrals.casework import actions
from referrals.casework.models import Approval, ApprovalAnswer
from referrals.record.models import Referral, Submission
from referrals.routing.models import Intake
from referrals.routing.selectors.gauges import gauges
from tests.casework.support import NOW, World, delivered, routine, submit
from tests.support import as_owner

pytestmark = pytest.mark.django_db
YEARS = 2000


def copies(row: Model, **changed: Callable[[int], Any]) -> list[Any]:
    """As many rows as years bring, each like this one but for what is changed."""
    plain = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return [type(row)(**{**plain, **{key: value(number) for key, value in changed.items()}}) for number in range(YEARS)]


@pytest.fixture
def years(world: World) -> None:
    """What is over, a lot of it, beside an open intake and an approval that waits."""
    intake = delivered(world, routine(world))
    world.wants_approval()
    waiting = routine(world)
    submission = submit(world, waiting)
    waiting.refresh_from_db()
    approval = Approval.objects.get(submission=submission)
    over = copies(waiting, id=lambda _: uuid4(), reference="OLD-{}".format, state=lambda _: "closed")
    kept = copies(submission, id=lambda _: uuid4(), referral_id=lambda number: over[number].pk)
    asked = copies(
        approval,
        id=lambda _: uuid4(),
        submission_id=lambda number: kept[number].pk,
        referral_id=lambda number: over[number].pk,
    )
    Referral.objects.bulk_create(over)
    Submission.objects.bulk_create(kept)
    Approval.objects.bulk_create(asked)
    said = {"answer": "approved", "at": NOW, "by": None, "by_name": "Dara Moss"}
    ApprovalAnswer.objects.bulk_create(ApprovalAnswer(approval=one, **said) for one in asked)
    Intake.objects.bulk_create(
        copies(intake, id=lambda _: uuid4(), front_door="team-{}".format, state=lambda _: "closed")
    )
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize(
    ("act", "index"),
    [
        (actions.watch_drafts, "referral_unsent"),
        (actions.lapse_overdue, "referral_unsent"),
        (actions.chase, "referral_unsent"),
        (gauges, "intake_open"),
    ],
)
def test_a_watch_reads_what_is_open(act, index):
    with CaptureQueriesContext(connection) as queries:
        act(now=NOW)
    table = "referrals_routing_intake" if act is gauges else "referrals_record_referral"
    asked = next(one["sql"] for one in queries if one["sql"].startswith("SELECT") and table in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert index in plan, plan
    assert f"Seq Scan on {table}" not in plan, plan
    assert "Seq Scan on referrals_casework_approval " not in plan, plan
