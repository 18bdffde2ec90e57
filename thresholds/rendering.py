"""The readable document as HTML, kept in the process by the pack's digest and the language of the words around
it: nothing else in it hangs on who reads."""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from thresholds.domain.pack import Pack
from thresholds.presenters import document_of

_KEPT = 16
"""Six areas, and room for versions that are compared: the largest is about half a megabyte of HTML."""


class _Keyed:
    """A pack that is told apart by its digest alone: hashing its content each time would cost more than it saves."""

    __slots__ = ("key", "pack")

    def __init__(self, pack: Pack, sha256: str) -> None:
        self.pack, self.key = pack, (sha256, get_language())

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Keyed) and other.key == self.key


def document_html(pack: Pack, sha256: str) -> SafeString:
    """The whole document of a pack. `sha256` is the pack's own digest, which the caller has at hand."""
    return _rendered(_Keyed(pack, sha256))


@lru_cache(maxsize=_KEPT)
def _rendered(keyed: _Keyed) -> SafeString:
    return render_to_string("thresholds/includes/document.html", {"document": document_of(keyed.pack)})
