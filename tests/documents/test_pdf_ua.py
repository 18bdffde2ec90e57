"""Every kind of document passes the rules of PDF/UA-1 that a program can check, by an independent checker.

Whether the words for a drawing tell what it shows, and whether the order makes sense, only a person can say.
"""

from collections.abc import Callable

import page
import pytest
from weasyprint import HTML

from referrals.documents.blank import form_of_draft
from referrals.documents.blank import pdf_of as blank_pdf_of
from referrals.documents.render import VARIANT, family_pdf_of, pdf_of
from tests.documents.support import MINA, PACK, copied, frozen
from tests.documents.test_assessment import assessment
from tests.documents.test_family import whole_copy
from tests.documents.test_narrowing import about_ben, part, two_ways

KINDS: dict[str, Callable[[], bytes]] = {
    "copy of a referral": lambda: pdf_of(copied(frozen())),
    "copy of an assessment": lambda: pdf_of(copied(assessment())),
    "part for a front door": lambda: pdf_of(copied(part(two_ways(about_ben()), MINA))),
    "copy for the family": lambda: family_pdf_of(whole_copy()),
    "referral to print": lambda: blank_pdf_of(form_of_draft(PACK, "marf")),
    "assessment to print": lambda: blank_pdf_of(form_of_draft(PACK, "eha")),
}


def broken(drawn: bytes) -> list[str]:
    """The rules that a PDF breaks, each with what is wrong."""
    report = page.validate_pdf_bytes(drawn, profile=page.ValidationProfile.PDF_UA_1)
    assert report.rules.total > 80
    return [f"{one.rule_id}: {one.message}" for one in report.failures]


@pytest.mark.parametrize("kind", KINDS)
def test_it_passes_the_rules_that_a_program_can_check(kind):
    assert broken(KINDS[kind]()) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>No language, no title</p>",
        "<html lang=en><title>A list</title><ul><li><p>One</p><p>Two</p></li></ul>",
        "<html lang=en><title>Headings</title><h1>One</h1><h3>Three</h3>",
    ],
)
def test_the_checker_finds_what_is_wrong(html):
    assert broken(HTML(string=html).write_pdf(pdf_variant=VARIANT))
