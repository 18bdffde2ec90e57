"""Freezing: one content, one text, one digest (docs/adr/0010)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json


def canonical_json(content: Mapping[str, Any]) -> str:
    """Return the one JSON text of `content`: keys sorted by code point, no spaces, characters as they are.

    Texts are not normalised: what somebody wrote is kept to the character. Lists keep their order. Raises TypeError
    or ValueError for what isn't plain JSON: keys that aren't text, fractions, dates, halves of surrogate pairs.
    """
    _check_plain(content)
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    text.encode()
    return text


def digest(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def verify(text: str, sha256: str) -> bool:
    """Say whether the text is the one that was frozen under this digest."""
    return hmac.compare_digest(digest(text), sha256)


def unchanged(content: bytes | memoryview, sha256: str) -> bytes:
    """Return stored bytes as they are. Raises ValueError when they aren't those that were kept under this digest."""
    kept = bytes(content)
    if not hmac.compare_digest(hashlib.sha256(kept).hexdigest(), sha256):
        raise ValueError("the stored bytes don't match their digest")
    return kept


def thaw(text: str, sha256: str) -> dict[str, Any]:
    """Return the frozen content. Raises ValueError when the text is not what was frozen under this digest."""
    if not verify(text, sha256):
        raise ValueError("the frozen text doesn't match its digest")
    # pydantic's reader takes two thirds of the time of Python's own, and this is most of what reading a referral costs.
    content = from_json(text, cache_strings="keys", allow_inf_nan=False)
    if not isinstance(content, dict):
        raise ValueError("the frozen text holds no content")
    return content


def _check_plain(value: object) -> None:
    # json.dumps would turn keys that are numbers into text, and write fractions in more than one way.
    if isinstance(value, Mapping):
        for key, one in value.items():
            if not isinstance(key, str):
                raise TypeError("keys of frozen content are text")
            _check_plain(one)
    elif isinstance(value, list | tuple):
        for one in value:
            _check_plain(one)
    elif not (value is None or isinstance(value, str | bool | int)):
        raise TypeError(f"{type(value).__name__} is not plain JSON without fractions")
