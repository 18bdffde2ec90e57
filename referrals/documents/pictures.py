"""A picture's copy without what the camera wrote into it: where it was taken, when, with whose telephone.

The pixels are written anew, turned the way the camera says, after everything that stood beside them was thrown away. A
picture is held in memory once, and twice while it is turned or its colours are changed.
"""

import io
import struct
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from referrals.record.domain.file_types import FileType

_MOST_PIXELS = 60_000_000
"""More than any telephone takes; a small file can claim far more, to fill the memory of whoever opens it."""
_FORMATS = {"jpeg": ("JPEG", ("RGB", "L")), "png": ("PNG", ("RGBA", "RGB", "LA", "L"))}
"""How a picture is written, and the kinds of pixels that are kept; any other kind becomes the first of these."""


_EXIF = ("exif", "Raw profile type exif", "xmp")
"""Where Pillow keeps what the camera wrote. Turning a picture writes it anew, which fails on numbers that are none."""
_BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    ArithmeticError,
    AssertionError,
    struct.error,
)
"""Pillow raises any of these on content that is made to break it, or that a telephone broke."""


class Unreadable(Exception):
    """It is no picture that can be drawn."""


def without_metadata(content: bytes, kind: FileType) -> bytes:
    """Return the picture drawn anew in its own format. Raises Unreadable, also for one that is too large to draw."""
    name, modes = _FORMATS[kind.key]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[name]) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise Unreadable
                picture.getexif()
                for key in _EXIF:
                    picture.info.pop(key, None)
                ImageOps.exif_transpose(picture, in_place=True)
                # A colour that can be seen through stands beside the pixels: it has to become part of them first.
                keeps = picture.mode in modes and "transparency" not in picture.info
                clean: Image.Image = picture if keeps else picture.convert(modes[0])
            # Whatever Pillow would write beside the pixels unasked, a colour profile or a comment, it takes from here.
            clean.info.clear()
            drawn = io.BytesIO()
            clean.save(drawn, format=name, **({"quality": 90} if name == "JPEG" else {}))
    except Unreadable:
        raise
    except MemoryError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unreadable from error
    except _BROKEN as error:
        raise Unreadable from error
    return drawn.getvalue()
