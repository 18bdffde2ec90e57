"""Printing the form without answers: as a page, and as a tagged PDF that is drawn once and kept in the process."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from weasyprint import CSS, HTML

from referrals.documents.presenters.blank import BlankForm, blank_form
from referrals.documents.render import VARIANT, RefusingFetcher, style_of
from referrals.record.domain.forms import CURRENT, specification
from thresholds.selectors import current_pack, pack_version

_STYLE = "documents/blank.css"
_KEPT = 12
"""Six areas, today's version and the one before. A form is some 200 kB."""


def form_for(area: str, on: date) -> tuple[int, BlankForm]:
    """Return the MARF to print for an area on a day, with the id of the pack version that it is made from.

    Raises NoPackError for an area without a pack.
    """
    published = current_pack(area, on)
    return published.version_id, blank_form(specification(CURRENT["marf"]), published.pack)


@lru_cache(maxsize=_KEPT)
def pdf_for(version_id: int, form_version: str) -> bytes:
    """Return the PDF (pdf/ua-1) of a form for the pack of that version. It holds nobody's data.

    Raises NoPackError for a version that there isn't, and KeyError for a form that never was.
    """
    form = blank_form(specification(form_version), pack_version(version_id).pack)
    # WeasyPrint has no types.
    fetcher: Any = RefusingFetcher()  # type: ignore[no-untyped-call]
    html: Any = HTML(  # type: ignore[no-untyped-call]
        string=render_to_string("documents/blank_pdf.html", {"form": form}), url_fetcher=fetcher
    )
    styles = [CSS(string=style_of(_STYLE), url_fetcher=fetcher)]  # type: ignore[no-untyped-call]
    return bytes(html.write_pdf(stylesheets=styles, pdf_variant=VARIANT))
