"""What a file is, by its content alone; and the words and limits around it."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.record.domain.attachments import (
    AT_ONCE,
    LARGEST,
    LONGEST_NAME,
    MOST,
    STATES,
    Chosen,
    FileState,
    Finding,
    clean_name,
    refusal_of,
    room_for,
    size_words,
    state_after,
)
from referrals.record.domain.file_types import FILE_TYPES, type_of


def archive(*names: str, mimetype: bytes = b"") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        if mimetype:
            opened.writestr("mimetype", mimetype)
        for name in names:
            opened.writestr(name, "x")
    return made.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")
ODT = b"application/vnd.oasis.opendocument.text"

# what it is → (content, key of the kind that it is taken for, None where it isn't taken)
KINDS: dict[str, tuple[bytes, str | None]] = {
    "a PDF": (b"%PDF-1.7\n...", "pdf"),
    "a photo": (b"\xff\xd8\xff\xe1 Exif", "jpeg"),
    "a picture": (b"\x89PNG\r\n\x1a\n....", "png"),
    "rich text": (b"{\\rtf1\\ansi Dear all}", "rtf"),
    "Word": (archive(*WORD), "docx"),
    "Excel": (archive("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    "PowerPoint": (archive("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
    "OpenDocument text": (archive("content.xml", mimetype=ODT), "odt"),
    "OpenDocument sheet": (
        archive("content.xml", mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        "ods",
    ),
    "plain text": ("He said: “I’m fine.”\r\n\tTwice.".encode(), "text"),
    "plain text of an old Windows": (b"He said: \x93fine\x94.", "text"),
    "a page that calls itself text": (b"<html><script>alert(1)</script>", "text"),
    "Word with macros": (archive(*WORD, "word/vbaProject.bin"), None),
    "OpenDocument with macros": (archive("Basic/Standard/script-lb.xml", mimetype=ODT), None),
    "an archive of anything": (archive("letter.txt"), None),
    "an archive that is cut off": (archive(*WORD)[:60], None),
    "an archive of another kind of OpenDocument": (archive(mimetype=b"application/x-anything"), None),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, None),
    "a program": (b"MZ\x90\x00\x03\x00", None),
    "a film": (b"\x00\x00\x00\x18ftypmp42", None),
    "a photo of an Apple telephone, unconverted": (b"\x00\x00\x00\x24ftypheic", None),
    "a picture that moves": (b"GIF89a\x01\x00", None),
    "nothing": (b"", None),
}


@pytest.mark.parametrize("name", KINDS)
def test_its_content_says_what_it_is(name):
    content, expected = KINDS[name]
    found = type_of(content)
    assert (found.key if found else None) == expected


def test_what_unpacks_to_more_than_a_scanner_looks_through_is_not_taken():
    """ClamAV passes over a part of more than its MaxFileSize, and calls the whole clean."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as opened:
        for name in WORD:
            opened.writestr(name, "x")
        with opened.open("word/media/image1.emf", "w") as part:
            for _ in range(101):
                part.write(bytes(1024 * 1024))
    assert len(made.getvalue()) < 1024 * 1024
    assert type_of(made.getvalue()) is None


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda tail: b"PK\x03\x04" + tail))
def test_no_content_breaks_it(content):
    found = type_of(content)
    assert found is None or FILE_TYPES[found.key] is found


@given(st.binary(max_size=200))
def test_text_is_never_anything_that_runs(content):
    """What is handed out as text has no control characters in it, and a name and a type of ours."""
    found = type_of(content)
    if found is not None and found.key == "text":
        assert not set(content) & (set(range(32)) - {9, 10, 12, 13})


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("arm.jpg", "arm.jpg"),
        ("C:\\Users\\asha\\arm.jpg", "arm.jpg"),
        ("../../etc/passwd", "passwd"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\x00b\nc.pdf", "abc.pdf"),
        ("   ", "File without a name"),
        ("..", "File without a name"),
        ("a" * 200 + ".pdf", "a" * (LONGEST_NAME - 5) + "….pdf"),
        ("a" * 200, "a" * (LONGEST_NAME - 1) + "…"),
    ],
)
def test_a_name_is_for_reading_only(given_name, shown):
    assert clean_name(given_name) == shown


@given(st.text())
def test_a_name_is_never_empty_nor_too_long(name):
    assert 0 < len(clean_name(name)) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (Chosen("a.pdf", LARGEST, "pdf"), ""),
        (Chosen("a.pdf", LARGEST + 1, "pdf"), "larger than 10 MB"),
        (Chosen("a.pdf", 0, None), "is empty"),
        (Chosen("a.exe", 5, None), "none of the kinds"),
    ],
)
def test_why_a_file_is_not_taken(chosen, words):
    assert words in refusal_of(chosen)
    assert bool(refusal_of(chosen)) is bool(words)


def test_how_many_there_may_be():
    assert room_for(0, AT_ONCE) == ""
    assert room_for(MOST - 1, 1) == ""
    assert "at once" in room_for(0, AT_ONCE + 1)
    assert f"{MOST} are there already" in room_for(MOST, 1)
    assert "1 is there already" in room_for(1, MOST) or "at once" in room_for(1, MOST)


def test_what_was_found_first_stands():
    for state in FileState:
        assert STATES[state]
        for finding in Finding:
            after = state_after(state, finding)
            assert (after is state) is (state is not FileState.WAITING)


def test_sizes_read_as_people_say_them():
    assert [size_words(size) for size in (0, 1023, 1024, 150_000, 2_400_000)] == [
        "0 bytes",
        "1023 bytes",
        "1 KB",
        "146 KB",
        "2.3 MB",
    ]
