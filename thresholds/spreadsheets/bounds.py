"""What a file from outside may be: so large and no larger, no macros, no XML that expands, nothing hidden."""

import io
import lzma
import zipfile
import zlib
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException, sax

from thresholds.domain.assemble import Mistake, PackErrors

MOST_BYTES = 5 * 1024 * 1024
MOST_BYTES_UNPACKED = 60 * 1024 * 1024
MOST_ENTRIES = 200
MOST_MARKS = 500_000
"""Of XML, each beginning with "<": eight times what the largest pack has, and few enough to be held in memory, where a
mark of four characters becomes some hundred. A file of half a megabyte can unpack to millions."""
MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 32_000
"""Excel's own limit, 32,767, lies just above."""


_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    EOFError,
)
"""What reading a zip raises where a bit of it is wrong, by how it was packed."""


def refuse(file: str, why: str, *, sheet: str = "", row: int = 1) -> PackErrors:
    """The error for a whole file or sheet."""
    return PackErrors([Mistake(file, row, "", why, sheet)])


def check_size(file: str, data: bytes) -> None:
    """PackErrors for a file that is empty or larger than any pack."""
    if not data:
        raise refuse(file, "is empty")
    if len(data) > MOST_BYTES:
        raise refuse(file, f"is larger than {MOST_BYTES // 1024 // 1024} MB, and no pack is")


def opened(file: str, data: bytes) -> dict[str, bytes]:
    """The entries of a zip file by name, each XML among them proven free of entities and definitions. PackErrors for
    what isn't a zip, unpacks or adds up to more than a pack can be, or is locked by a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            listed = [entry for entry in packed.infolist() if not entry.is_dir()]
            if len(listed) > MOST_ENTRIES or sum(entry.file_size for entry in listed) > MOST_BYTES_UNPACKED:
                raise refuse(file, "unpacks to more than a pack can be")
            if any(entry.flag_bits & 1 for entry in listed):
                raise refuse(file, "is locked by a password: save it without one")
            # No entry gives more than the size that it was counted with: zipfile stops there, and checks the sum.
            entries = {entry.filename: packed.read(entry) for entry in listed}
    except _DAMAGED:
        raise refuse(file, "can't be opened: it is damaged, or not what its name says") from None
    if sum(content.count(b"<") for content in entries.values()) > MOST_MARKS:
        raise refuse(file, "holds more cells than a pack can, with those that only look empty: delete them")
    for name, content in entries.items():
        if content and name.lower().endswith((".xml", ".rels")):
            check_xml(file, content)
    return entries


def check_xml(file: str, content: bytes) -> None:
    """PackErrors for XML with a document type, entities or references to elsewhere, and for what is no XML."""
    try:
        sax.parseString(content, ContentHandler(), forbid_dtd=True)
    except DefusedXmlException:
        raise refuse(file, "holds XML definitions that no spreadsheet needs") from None
    except (SAXException, ValueError, LookupError):
        raise refuse(file, "can't be opened: it is damaged") from None
