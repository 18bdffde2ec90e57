"""The files that a submission names, as its copy lists them. The copy holds none of them."""

from collections.abc import Iterator, Mapping
from typing import Any

from referrals.documents.presenters.blocks import Point, Section, Text, details, points_of
from referrals.record.domain.attachments import files_in, size_words

FILES = "Files"
"""The title of the section."""
_BESIDE = (
    "They stand beside what was submitted and are no part of this copy. Each can be opened there once it has been "
    "checked for viruses. The digest tells whether a file is the one that was sent; of a photo it is that of the "
    "original."
)


def files_section(content: Mapping[str, Any]) -> Iterator[Section]:
    """Return the section; none without files. Raises KeyError for content that isn't what its layout says."""
    children = (*content["children"], *content.get("others", ()))
    names = {child["id"]: child["name"] for child in children}
    points = [
        Point(
            f"File {one['number']}: {one['name']}",
            details(
                one["description"],
                f"About {names[one['about']]}" if one["about"] in names else "",
                f"{one['kind']}, {size_words(one['size'])}, from {one['by']}",
                f"SHA-256 {one['sha256']}",
            ),
        )
        for one in files_in(content)
    ]
    if points:
        yield Section(FILES, (), (Text(_BESIDE), *points_of("Sent along", points)))
