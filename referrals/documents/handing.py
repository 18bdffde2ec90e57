"""A copy or a file as the answer to a request, for every room that hands one out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from referrals.documents.files import FileFound
from referrals.documents.selectors import CopyFound


def handed_out(request: HttpRequest, found: CopyFound) -> HttpResponse:
    """Return the stored bytes as a file to save; while there are none, a page that says how it stands, as 404."""
    if found.content is None:
        context = {"referral": found.referral, "standing": found.standing}
        return render(request, "documents/no_copy.html", context, status=404)
    return pdf_handed_out(found.content, found.referral.reference)


def pdf_handed_out(content: bytes, name: str) -> HttpResponse:
    """Return a PDF as a file to save, under a name that holds nobody's."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def file_handed_out(found: FileFound) -> HttpResponse:
    """Return a file of a referral as one to save: never shown inside a page, never guessed at, never cached.

    Its name is ours. What a browser did with it all the same could load nothing and run nothing.
    """
    return HttpResponse(
        found.content,
        content_type=found.kind.media,
        headers={
            "Content-Disposition": f'attachment; filename="{found.reference}-file-{found.number}.{found.kind.ending}"',
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
