"""The copy lists the files that were sent along, by name and digest, and holds none of them."""

from referrals.documents.presenters.blocks import Points
from referrals.documents.presenters.files import files_section

DIGEST = "ab" * 32
FILE = {
    "id": "1",
    "number": 1,
    "name": "arm.jpg",
    "kind": "Photo (JPEG)",
    "size": 150_000,
    "sha256": DIGEST,
    "description": "The bruise, by me, on 3 March",
    "about": "robin",
    "by": "Asha Pryor",
    "at": "2026-03-03T10:00:00+00:00",
}
CHILDREN = [{"id": "robin", "name": "Robin Vale"}]


def words(content):
    return [
        (point.text, *point.details)
        for section in files_section(content)
        for block in section.lead
        if isinstance(block, Points)
        for point in block.points
    ]


def test_each_file_is_listed_with_what_was_said_of_it():
    (listed,) = words({"children": CHILDREN, "attachments": [FILE]})
    assert listed == (
        "File 1: arm.jpg",
        "The bruise, by me, on 3 March",
        "About Robin Vale",
        "Photo (JPEG), 146 KB, from Asha Pryor",
        f"SHA-256 {DIGEST}",
    )


def test_without_files_there_is_no_section_and_older_content_has_none():
    assert list(files_section({"children": CHILDREN, "attachments": []})) == []
    assert list(files_section({"children": CHILDREN})) == []


def test_a_child_who_stands_there_in_short_is_named_too():
    (listed,) = words({"children": [], "others": CHILDREN, "attachments": [FILE]})
    assert "About Robin Vale" in listed
