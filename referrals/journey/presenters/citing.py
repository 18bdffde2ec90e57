"""Names and sources of a pack's parts, for content that holds ids and citations as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from thresholds.domain.pack import Pack
from thresholds.domain.parts import Citation
from thresholds.presenters import anchors_of, source_of
from thresholds.selectors import PublishedPack


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement with where it was read, and the address of that place in the very version; empty for none."""

    text: str
    source: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads plain content with the pack that it was made with; `pack` is None where that isn't held any more.

    `address` is that of the page of the very version; empty where it isn't held.
    """

    pack: Pack | None
    address: str = ""
    anchors: frozenset[str] = frozenset()
    """Ids that have a place in that page."""

    @classmethod
    def of(cls, published: PublishedPack) -> "Reader":
        """The reader of one published version."""
        area = published.pack.area.slug
        address = reverse("thresholds:version", args=(area, published.version_id))
        return cls(published.pack, address, anchors_of(published.pack))

    def url(self, part: Mapping[str, Any]) -> str:
        """The place of a part in the page of its version, told by its own id, its rule or its deadline; else empty."""
        found = (part[key] for key in ("id", "rule", "deadline") if part.get(key) in self.anchors)
        return "".join(f"{self.address}#{one}" for one in islice(found, 1))

    def source(self, citation: Mapping[str, Any] | None) -> str:
        """A citation in words; empty for none."""
        if not citation:
            return ""
        read = Citation.model_validate(dict(citation))
        if self.pack is None or read.document not in self.pack.documents_by_id:
            return read.reads()
        return source_of(self.pack, read)

    def level(self, level: str | None) -> str:
        """A level's name; its id where the pack isn't held."""
        if level is None:
            return ""
        if self.pack is None or level not in self.pack.level_order:
            return level
        return self.pack.level(level).name

    def cited(self, part: Mapping[str, Any], *, text: str = "text", note: str = "") -> Cited:
        """One part of the content that has words and a citation."""
        return Cited(gettext(str(part[text])), self.source(part.get("citation")), note, self.url(part))
