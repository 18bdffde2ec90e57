"""Work that waits for an operator is told to one, long before any statutory time runs out."""

from datetime import datetime

import structlog
from django.db import transaction

from accounts.clock import day_of
from accounts.models import Membership
from accounts.selectors import in_force
from audit.domain.actor import Actor
from dispatch import selectors
from dispatch.actions import send_emails
from dispatch.domain.permissions import OPERATOR

log = structlog.get_logger(__name__)

OUTBOX = Actor.system("outbox")
_AN_HOUR = 3600


@transaction.atomic
def tell_operators(*, now: datetime) -> int:
    """Promise every operator an e-mail while something is parked or late, once an hour each; return to how many.

    Late is what `dispatch.domain.queues` says of each queue: two minutes for an urgent delivery. E-mails themselves
    don't count, since an e-mail about them would wait beside them: the page and the metrics show those.
    """
    waiting = [row.kind for row in (*selectors.parked(), *selectors.late_or_failing(now)) if row.kind != "email"]
    if not waiting:
        return 0
    log.warning("work_waits", rows=len(waiting), kinds=sorted(set(waiting)))
    posts = Membership.objects.filter(in_force(day_of(now)), role=OPERATOR, person__is_active=True)
    operators = sorted(set(posts.values_list("person_id", flat=True)))
    hour = int(now.timestamp()) // _AN_HOUR
    keys = {person_id: f"work-waits:h{hour}:{person_id}" for person_id in operators}
    send_emails(template="work_waits", keys=keys, by=OUTBOX)
    return len(operators)
