"""A PDF that opens with a password only."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter


def encrypted(content: bytes, password: str) -> bytes:
    """Return the PDF encrypted by AES-256 (PDF 2.0), with everything in it as it was; only the password opens it."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(password, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
