"""What each front door would be given of a draft as it stands, by the rule that narrows what is sent."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from consent.domain.facts import Recipient
from consent.domain.recipient_facts import Receiver
from consent.domain.recipients import Needed, needed
from consent.domain.submitted import submitted_of
from referrals.record.domain.document import answers_document
from referrals.record.domain.draft import DraftAnswers
from referrals.record.models import Referral
from referrals.record.selectors import attachments_of, form_of, frozen_files
from referrals.routing.domain.plan import Destination, ReferralPlan, RoutePlan

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Given:
    """A front door that receives through this system, and what it is given."""

    door: Destination
    need: Needed

    @property
    def sections(self) -> frozenset[str]:
        """Keys of the pages of which it gets something, of the referral and about somebody."""
        return frozenset(self.need.pages).union(*self.need.people.values())


def given_of(
    referral: Referral,
    draft: DraftAnswers,
    *,
    plan: ReferralPlan,
    sharing: Mapping[str, Mapping[str, Any]],
    because: Iterable[str],
) -> tuple[Given, ...]:
    """Return what each front door of the plan would be given now, read in the same way as what is frozen.

    `sharing` is the decision by child id, `because` the codes of what makes it urgent. Never in the way of sending:
    where it can't be worked out, nothing is said of it here, and sending then gives everything
    (`consent.actions.disclose`).
    """
    try:
        submitted = submitted_of(
            {
                # Wording is for readers; the rule reads answers and titles.
                **answers_document(form_of(referral), draft, wording_for=lambda _: {}),
                "attachments": [one.as_data() for one in frozen_files(attachments_of(referral))],
                "kind": referral.kind,
                "urgent_because": list(because),
                "sharing": sharing,
                "plan": plan.to_dict(),
            }
        )
        return tuple(
            Given(door, needed(submitted, Receiver(name=door.door_name, kind=door.kind, children=door.children)))
            for door in plan.destinations()
            if door.here
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        log.exception("what front doors need could not be worked out before sending")
        return ()


def recipients_of(plan: RoutePlan) -> tuple[Recipient, ...]:
    """Return the doors that the referral goes to through this system. They have a part in safeguarding by law."""
    return tuple(
        Recipient(
            id=recipient_id(intake.area, intake.door),
            exists=True,
            safeguards=True,
            kind=intake.kind,
            name=f"{intake.door_name}, {intake.area_name}",
        )
        for intake in plan.intakes
        if intake.here
    )


def with_sections(recipients: Iterable[Recipient], given: Iterable[Given]) -> tuple[Recipient, ...]:
    """Return the recipients with what each receives and needs. Both come from the one rule: sending gives what it says
    is needed, and nothing more."""
    sections = {recipient_id(one.door.area, one.door.door): one.sections for one in given}
    return tuple(
        replace(one, sections=sections.get(one.id, frozenset()), needed=sections.get(one.id, frozenset()))
        for one in recipients
    )


def recipient_id(area: str, door: str) -> str:
    """Return how the decision to share calls a front door."""
    return f"{area}:{door}"
