"""Titles of a form's pages, in the language of the page that shows them."""

from django.utils.translation import gettext, gettext_noop

from referrals.record.domain.completeness import PageProgress

NOUNS = (gettext_noop("referral"), gettext_noop("assessment"))
"""What `Referral.noun` gives: templates look it up."""


def said_title(progress: PageProgress) -> str:
    """The page's title in the language of the page, with the person's name in it."""
    return gettext(progress.page.title).replace("{name}", progress.name)
