"""What a file is, by its content. Its name and what the browser says of it count for nothing.

Only kinds are taken that people attach to a referral and that open without running anything: pictures, PDF, office
documents without macros, plain text. Read from the head of the file, and for office documents from the list of what
the archive holds.
"""

import io
import zipfile
from dataclasses import dataclass
from zlib import error as ZlibError  # noqa: N812  # an exception, named like one


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file that is taken. `key` is stored; a download gets `ending` and `media` from here, not from outside.

    `picture`: it is copied without what the camera wrote into it, before anybody opens it.
    """

    key: str
    name: str
    ending: str
    media: str
    picture: bool = False


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

FILE_TYPES: dict[str, FileType] = {
    one.key: one
    for one in (
        FileType("pdf", "PDF", "pdf", "application/pdf"),
        FileType("jpeg", "Photo (JPEG)", "jpg", "image/jpeg", picture=True),
        FileType("png", "Picture (PNG)", "png", "image/png", picture=True),
        FileType("docx", "Word document", "docx", _WORD),
        FileType("xlsx", "Excel workbook", "xlsx", _SHEET),
        FileType("pptx", "PowerPoint slides", "pptx", _SLIDES),
        FileType("odt", "OpenDocument text", "odt", "application/vnd.oasis.opendocument.text"),
        FileType("ods", "OpenDocument sheet", "ods", "application/vnd.oasis.opendocument.spreadsheet"),
        FileType("rtf", "Rich text", "rtf", "application/rtf"),
        FileType("text", "Plain text", "txt", "text/plain; charset=utf-8"),
    )
}
TAKEN = "Photos (JPEG, PNG), PDF, Word, Excel, PowerPoint, OpenDocument, rich and plain text."
"""Said before anybody chooses. Documents with macros, sound and video are not taken."""
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.docx,.xlsx,.pptx,.odt,.ods,.rtf,.txt,image/jpeg,image/png"
"""What the browser offers first; a telephone gives a JPEG then, whatever it stores. It decides nothing."""

_ARCHIVE = b"PK\x03\x04"
# By the part of an Office archive that holds the document itself.
_OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MOST_PARTS = 5000
# A virus scanner passes over what unpacks to more (clamd's MaxFileSize), and says nothing of it.
_MOST_UNPACKED = 100 * 1024 * 1024
_TEXT_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def type_of(content: bytes) -> FileType | None:
    """Return what a file is; None for a kind that isn't taken. Total: it raises on no content."""
    if content.startswith(b"%PDF-"):
        return FILE_TYPES["pdf"]
    if content.startswith(b"\xff\xd8\xff"):
        return FILE_TYPES["jpeg"]
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FILE_TYPES["png"]
    if content.startswith(b"{\\rtf"):
        return FILE_TYPES["rtf"]
    if content.startswith(_ARCHIVE):
        key = _in_archive(content)
        return FILE_TYPES[key] if key else None
    return FILE_TYPES["text"] if _is_text(content) else None


def _in_archive(content: bytes) -> str | None:
    """What an archive is by what it holds; None with macros in it, where it can't be read or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if sum(part.file_size for part in archive.infolist()) > _MOST_UNPACKED:
                return None
            if len(names) > _MOST_PARTS or any(_is_macro(name) for name in names):
                return None
            if names and names[0] == "mimetype" and archive.getinfo("mimetype").file_size < 100:
                return _OPEN_DOCUMENT.get(archive.read("mimetype").strip())
            if "[Content_Types].xml" in names:
                return next((key for part, key in _OFFICE.items() if part in names), None)
    except (zipfile.BadZipFile, ZlibError, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, KeyError):
        return None
    return None


def _is_macro(name: str) -> bool:
    lowered = name.lower()
    return lowered.endswith("vbaproject.bin") or lowered.startswith("basic/")


def _is_text(content: bytes) -> bool:
    """Whether it reads as text: UTF-8, or the older Windows letters, and nothing that isn't printed."""
    if not content or not _TEXT_CONTROLS.isdisjoint(content):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return True
