"""A front door's connections in words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, gettext_noop, ngettext

from dispatch.domain.lifecycle import State
from dispatch.presenters import error_in_words
from referrals.exchange.selectors import Sent
from referrals.routing.happenings import Happening

KINDS: dict[str, str] = {
    Happening.RECEIVED.value: gettext_noop("A referral came in"),
    Happening.ADDED.value: gettext_noop("Something was added"),
    Happening.HANDED_OVER.value: gettext_noop("Handed over to another front door"),
    Happening.WITHDRAWN.value: gettext_noop("Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class SentShown:
    """One event: what, of which referral, and how it went."""

    what: str
    reference: str
    at: datetime
    state: str
    failing: bool


def sent_shown(sent: Sent) -> SentShown:
    """Return an event with how it went, in one sentence."""
    return SentShown(
        what=gettext(KINDS[sent.event.kind]),
        reference=sent.event.intake.referral.reference,
        at=sent.event.at,
        state=_state(sent),
        failing=sent.row is not None and bool(sent.row.last_error) and not sent.receipts,
    )


def _state(sent: Sent) -> str:
    if sent.receipts:
        first = sent.receipts[0]
        called = gettext(" as “%(receipt)s”") % {"receipt": first.receipt} if first.receipt else ""
        return f"{gettext(first.get_way_display())}{called}"
    if sent.row is None:
        return gettext("Waits to be fetched")
    state = State(sent.row.state)
    if state is State.DONE:
        # What was sent has its receipt since the very moment that it was done.
        return gettext("Not sent: the connection was stopped")
    error = error_in_words(sent.row.last_error, attempts=sent.row.attempts, state=state)
    tried = (
        ngettext(", tried %(number)s time", ", tried %(number)s times", sent.row.attempts)
        % {"number": sent.row.attempts}
        if sent.row.attempts
        else ""
    )
    return f"{gettext(state.words)}{tried}{f'. {error}' if error else ''}"
