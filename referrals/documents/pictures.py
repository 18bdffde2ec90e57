"""A picture's copy without what the camera wrote into it: where it was taken, when, with whose telephone.

The pixels are drawn anew, turned the way the camera says, so that nothing that stood beside them can come along.
"""

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from referrals.record.domain.file_types import FileType

_MOST_PIXELS = 60_000_000
"""More than any telephone takes; a small file can claim far more, to fill the memory of whoever opens it."""
_FORMATS = {"jpeg": ("JPEG", "RGB"), "png": ("PNG", "RGBA")}


class Unreadable(Exception):
    """It is no picture that can be drawn."""


def without_metadata(content: bytes, kind: FileType) -> bytes:
    """Return the picture drawn anew in its own format. Raises Unreadable, also for one that is too large to draw."""
    name, mode = _FORMATS[kind.key]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[name]) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    raise Unreadable
                turned = ImageOps.exif_transpose(picture).convert(mode)
    except Unreadable:
        raise
    except MemoryError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unreadable from error
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, EOFError, ArithmeticError) as error:
        # Pillow's decoders raise any of these on content that is made to break them.
        raise Unreadable from error
    clean = Image.new(mode, turned.size)
    clean.paste(turned)
    drawn = io.BytesIO()
    clean.save(drawn, format=name, **({"quality": 90} if name == "JPEG" else {}))
    return drawn.getvalue()
