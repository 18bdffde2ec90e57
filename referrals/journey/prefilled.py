"""What the writer's account already tells: shown, or written in beforehand, and never asked twice."""

from typing import Any

from django.utils.translation import gettext

from referrals.record.domain.forms.parts import Answers, Page
from referrals.record.models import Referral


def prefilled(page: Page, referral: Referral) -> Answers:
    """Return what a page that was never saved starts with; empty where the account tells nothing of what it asks.

    The author is read only for a page that asks such a thing.
    """
    asked = [question for question in page.questions if question.from_account]
    if not asked:
        return {}
    known = {"phone": referral.author.phone, "email": referral.author.email}
    return {question.key: known[question.from_account] for question in asked if known.get(question.from_account)}


def known_of_writer(page: Page, referral: Referral) -> tuple[dict[str, Any], ...]:
    """Return who writes, as rows of a summary list, for a page that asks how to reach them; empty for other pages."""
    if not any(question.from_account for question in page.questions):
        return ()
    author = referral.author
    said = (
        (gettext("Name"), author.full_name),
        (gettext("Role"), author.job_title),
        (gettext("Agency"), referral.agency.name),
    )
    return tuple({"key": {"text": label}, "value": {"text": value}} for label, value in said if value)
