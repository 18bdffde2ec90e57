"""Printing the form without answers: as a page, and as a tagged PDF that is drawn once and kept in the process."""

from datetime import date
from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from referrals.documents.presenters.blank import BlankForm, blank_form
from referrals.documents.render import drawn
from referrals.record.domain.forms import CURRENT, is_assessment
from referrals.record.domain.forms.parts import Specification
from referrals.record.selectors import assessment_in, form_in
from thresholds.domain.pack import Pack
from thresholds.selectors import current_pack, pack_version

_STYLE = "documents/blank.css"
_KEPT = 24
"""Six areas with two forms each, today's version and the one before. A form is some 200 kB."""


def _blank(form: Specification, pack: Pack) -> BlankForm:
    name = assessment_in(pack).full if is_assessment(form.version) else form.name
    # Who gets it filled in reads English, whatever language the page around it has.
    with override(settings.LANGUAGE_CODE):
        return blank_form(form, pack, name=name)


def form_for(area: str, on: date, kind: str = "marf") -> tuple[int, BlankForm]:
    """Return the form of a kind ("marf", "eha") to print for an area on a day, with the id of the pack version that it
    is made from. An assessment is called as the area calls it.

    Raises NoPackError for an area without a pack, and KeyError for a kind that isn't one.
    """
    published = current_pack(area, on)
    return published.version_id, _blank(form_in(CURRENT[kind], published.pack), published.pack)


def form_of_draft(pack: Pack, kind: str) -> BlankForm:
    """Return the form of a kind ("marf", "eha") as a pack that isn't published would make it."""
    return _blank(form_in(CURRENT[kind], pack), pack)


@lru_cache(maxsize=_KEPT)
def pdf_for(version_id: int, form_version: str) -> bytes:
    """Return the PDF (pdf/ua-1) of a form for the pack of that version. It holds nobody's data.

    Raises NoPackError for a version that there isn't, and KeyError for a form that never was.
    """
    pack = pack_version(version_id).pack
    return pdf_of(_blank(form_in(form_version, pack), pack))


def pdf_of(form: BlankForm) -> bytes:
    """Return a form to print as a tagged PDF (pdf/ua-1)."""
    return drawn(render_to_string("documents/blank_pdf.html", {"form": form}), _STYLE)
