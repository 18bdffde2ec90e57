"""A picture's copy holds its pixels and nothing else."""

import io
import struct

import pytest
from PIL import Image
from PIL import _imaging as core

from referrals.documents.pictures import Unreadable, without_metadata
from referrals.record.domain.file_types import FILE_TYPES

GPS = 0x8825
PLACE = {1: "N", 2: (52.0, 41.0, 3.0), 3: "W", 4: (2.0, 26.0, 41.0)}


def photo(*, orientation: int = 1, size: tuple[int, int] = (40, 20)) -> bytes:
    """A photo that says where and with whose telephone it was taken."""
    picture = Image.new("RGB", size, (200, 30, 30))
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x013B] = "Invented Telephone", orientation, "Ada Example"
    exif[GPS] = PLACE
    made = io.BytesIO()
    picture.save(made, format="JPEG", exif=exif, comment=b"1 Invented Street")
    return made.getvalue()


def test_where_it_was_taken_is_not_in_the_copy():
    original = photo()
    assert Image.open(io.BytesIO(original)).getexif().get_ifd(GPS)
    copy = without_metadata(original, FILE_TYPES["jpeg"])
    opened = Image.open(io.BytesIO(copy))
    assert dict(opened.getexif()) == {}
    assert "comment" not in opened.info
    for secret in (b"Exif", b"Invented", b"Ada Example"):
        assert secret in original
        assert secret not in copy


def test_it_is_turned_the_way_the_camera_said():
    copy = Image.open(io.BytesIO(without_metadata(photo(orientation=6), FILE_TYPES["jpeg"])))
    assert copy.size == (20, 40)


def test_it_is_turned_also_where_the_camera_wrote_a_number_as_text():
    width, turned = struct.pack("<HHI4s", 0x0100, 2, 4, b"403"), struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    notes = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 2) + width + turned + bytes(4)
    made = io.BytesIO()
    Image.new("RGB", (40, 20)).save(made, format="JPEG", exif=notes)
    copy = Image.open(io.BytesIO(without_metadata(made.getvalue(), FILE_TYPES["jpeg"])))
    assert (copy.size, dict(copy.getexif())) == ((20, 40), {})


def test_a_drawing_keeps_what_can_be_seen_through_and_loses_its_notes():
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", "Ada Example")
    made = io.BytesIO()
    Image.new("RGBA", (5, 5), (0, 0, 0, 0)).save(made, format="PNG", pnginfo=notes)
    copy = without_metadata(made.getvalue(), FILE_TYPES["png"])
    assert b"Ada Example" not in copy
    assert Image.open(io.BytesIO(copy)).getpixel((0, 0)) == (0, 0, 0, 0)


PROFILE, XMP = b"profile of Ada Example", b"<x:xmpmeta>Ada Example</x:xmpmeta>"


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_photo_of_any_colours_leaves_profile_comment_and_notes_behind(mode):
    made = io.BytesIO()
    Image.new(mode, (8, 8)).save(
        made, format="JPEG", icc_profile=PROFILE, xmp=XMP, comment=b"1 Invented Street", dpi=(72, 72)
    )
    copy = without_metadata(made.getvalue(), FILE_TYPES["jpeg"])
    for secret in (PROFILE, XMP, b"Invented"):
        assert secret in made.getvalue()
        assert secret not in copy
    assert set(Image.open(io.BytesIO(copy)).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "LA", "L", "P", "1", "I;16"])
def test_a_drawing_of_any_colours_leaves_profile_place_and_notes_behind(mode):
    from PIL.PngImagePlugin import PngInfo

    notes, exif = PngInfo(), Image.Exif()
    notes.add_text("Comment", "Invented Street")
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    exif[0x013B], exif[GPS] = "Ada Example", PLACE
    made = io.BytesIO()
    Image.new(mode, (8, 8)).save(
        made, format="PNG", pnginfo=notes, exif=exif, icc_profile=PROFILE, dpi=(72, 72), compress_level=0
    )
    copy = without_metadata(made.getvalue(), FILE_TYPES["png"])
    opened = Image.open(io.BytesIO(copy))
    opened.load()
    assert (dict(opened.getexif()), opened.info) == ({}, {})
    assert {b"eXIf", b"tEXt", b"iTXt", b"zTXt", b"iCCP", b"pHYs"} & {
        copy[at : at + 4] for at in range(len(copy))
    } == set()


@pytest.mark.parametrize("mode", ["RGB", "L", "P"])
def test_a_colour_that_can_be_seen_through_stays_so(mode):
    made = io.BytesIO()
    clear: tuple[int, ...] | int = (0, 0, 0) if mode == "RGB" else 0
    Image.new(mode, (5, 5)).save(made, format="PNG", transparency=clear)
    copy = Image.open(io.BytesIO(without_metadata(made.getvalue(), FILE_TYPES["png"])))
    assert copy.convert("RGBA").getchannel("A").getpixel((0, 0)) == 0


@pytest.mark.parametrize(("orientation", "most"), [(1, 1), (6, 2)])
def test_a_large_picture_is_held_once_and_twice_while_it_is_turned(orientation, most):
    content = photo(orientation=orientation)
    before = core.get_stats()["new_count"]
    without_metadata(content, FILE_TYPES["jpeg"])
    assert core.get_stats()["new_count"] - before <= most


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0" + b"\0" * 500,
        photo()[:200],
        # A picture of another kind, under the head of this one, isn't opened by another decoder.
        b"GIF89a" + b"\0" * 50,
    ],
)
def test_what_cannot_be_drawn_is_not_let_through(content):
    with pytest.raises(Unreadable):
        without_metadata(content, FILE_TYPES["jpeg"])


def test_a_drawing_whose_notes_break_off_is_not_let_through():
    made = io.BytesIO()
    Image.new("RGB", (5, 5)).save(made, format="PNG", exif=b"Exif\0\0II*\0")
    with pytest.raises(Unreadable):
        without_metadata(made.getvalue(), FILE_TYPES["png"])


def test_a_small_file_that_claims_to_be_huge_is_not_drawn():
    made = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(made, format="PNG")
    assert len(made.getvalue()) < 100_000
    with pytest.raises(Unreadable):
        without_metadata(made.getvalue(), FILE_TYPES["png"])
