"""Drawing a copy: text in, PDF bytes out. Nothing is fetched, and the same copy gives the same bytes."""

import hashlib
import os
from functools import cache
from pathlib import Path
from threading import local
from typing import Any, NoReturn

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint import CSS, HTML, VERSION
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from referrals.documents.presenters import Copy
from referrals.documents.presenters.family import FamilyCopy
from referrals.documents.presenters.partner import Paper
from referrals.documents.presenters.since import SinceDocument

LAYOUT = 5
"""Goes up with every change of the template, the style or the presenters, so that a copy says what drew it."""

RENDERER = f"WeasyPrint {VERSION}, layout {LAYOUT}"
VARIANT = "pdf/ua-1"

# An embedded emoji font would bear the moment of its embedding, and no two copies be the same.
os.environ.setdefault("SOURCE_DATE_EPOCH", "0")

_STYLE = "documents/copy.css"
_FOR_FAMILY = "documents/family.css"

# What each thread has of its own.
_thread = local()


class RefusingFetcher(URLFetcher):
    """Fetches nothing, whatever the scheme. Being asked is a mistake of ours and ends the drawing."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> NoReturn:
        """Refuse. The address isn't repeated: it could hold what somebody wrote."""
        raise FatalURLFetchingError("a copy fetches nothing")


def html_of(copy: Copy) -> str:
    """Return the copy as HTML. What people wrote is escaped by the template: nothing in it is markup."""
    return render_to_string("documents/copy.html", {"copy": copy})


def pdf_of(copy: Copy) -> bytes:
    """Return the copy as a tagged PDF (pdf/ua-1).

    Its dates are those of the submission and its identifier is the submission's digest, so that drawing the same copy
    twice, with the same renderer and fonts, gives the same bytes. Raises whatever WeasyPrint raises.
    """
    # A part has an identifier of its own: it isn't the same document as the whole.
    digest = hashlib.sha256(f"{copy.sha256} {copy.recipient}".encode()).hexdigest() if copy.recipient else copy.sha256
    return _drawn(html_of(copy), digest, _STYLE)


def family_pdf_of(copy: FamilyCopy) -> bytes:
    """Return a copy for the family as a tagged PDF (pdf/ua-1). The same copy gives the same bytes, as with `pdf_of`."""
    html = render_to_string("documents/family_copy.html", {"copy": copy})
    return _drawn(html, hashlib.sha256(html.encode()).hexdigest(), _STYLE, _FOR_FAMILY)


def partner_pdf_of(paper: Paper) -> bytes:
    """Return the paper for a partner agency as a tagged PDF (pdf/ua-1). The same paper gives the same bytes, as with
    `pdf_of`."""
    html = render_to_string("documents/partner.html", {"paper": paper})
    return _drawn(html, hashlib.sha256(html.encode()).hexdigest(), _STYLE)


def since_pdf_of(document: SinceDocument) -> bytes:
    """Return the document of what was recorded since as a tagged PDF (pdf/ua-1). The same document gives the same
    bytes, as with `pdf_of`."""
    return _drawn(render_to_string("documents/since.html", {"copy": document}), document.sha256, _STYLE)


def _drawn(text: str, digest: str, *styles: str) -> bytes:
    """Draw HTML in these styles, the later over the earlier; `digest` becomes the PDF's identifier."""
    return drawn(text, *styles, identifier=bytes.fromhex(digest)[:16])


def drawn(text: str, *styles: str, identifier: bytes | None = None) -> bytes:
    """Return HTML drawn as a tagged PDF (pdf/ua-1) in these style sheets of ours, the later over the earlier.

    `identifier` is the PDF's own (16 bytes); without one WeasyPrint takes a digest of what it drew. Raises whatever
    WeasyPrint raises.
    """
    # WeasyPrint has no types.
    fetcher: Any = RefusingFetcher()  # type: ignore[no-untyped-call]
    html: Any = HTML(string=text, url_fetcher=fetcher)  # type: ignore[no-untyped-call]
    sheets: Any = [CSS(string=style_of(one), url_fetcher=fetcher) for one in styles]  # type: ignore[no-untyped-call]
    pdf = html.write_pdf(stylesheets=sheets, font_config=_fonts(), pdf_variant=VARIANT, pdf_identifier=identifier)
    return bytes(pdf)


def _fonts() -> Any:
    """Return this thread's view of the installed fonts.

    WeasyPrint would make one for each drawing, and Pango gives most of its memory, some 0.2 MB, never back: a process
    would grow with every copy. Pango's fonts are no safer among threads than others' memory, so each thread has one.
    """
    if not hasattr(_thread, "fonts"):
        _thread.fonts = FontConfiguration()  # type: ignore[no-untyped-call]
    return _thread.fonts


@cache
def style_of(name: str) -> str:
    """Return a style sheet of the source by its name among the static files."""
    found = finders.find(name)
    assert isinstance(found, str), "the styles of what is printed are part of the source"
    return Path(found).read_text(encoding="utf-8")
