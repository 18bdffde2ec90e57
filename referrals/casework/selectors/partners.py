"""Reading what partners were asked. The caller has opened the intake: it is the front door's own."""

from django.db.models import Q, QuerySet

from referrals.casework.domain.partners import PARTNERS, Partner
from referrals.casework.models import PartnerRequest
from referrals.routing.domain.limits import PARTNER_RETURN
from referrals.routing.models import Intake
from referrals.routing.selectors import origins_of
from thresholds.domain.duties import Deadline, Event
from thresholds.domain.parts import Citation


def requests_of(intake: Intake) -> QuerySet[PartnerRequest]:
    """Return what partners were asked by the front door of an intake, first things first; what the front doors asked
    that it has this from, until they handed it over, among them."""
    asked = Q()
    for intake_id, until in origins_of(intake):
        asked |= Q(intake=intake_id, at__lte=until) if until else Q(intake=intake_id)
    return PartnerRequest.objects.filter(asked).select_related("intake", "answer").order_by("at", "id")


def partner_deadline(request: PartnerRequest) -> Deadline:
    """Return the time of a partner's answer as what its clock counts for. The moment is the request's own."""
    return Deadline(
        id=PARTNER_RETURN,
        name=f"{PARTNERS[Partner(request.partner)]} to answer",
        who=request.who,
        after=Event.PARTNER_ASKED,
        statutory=False,
        citation=Citation(document="system", section="what a partner was asked"),
    )
