"""Names and sources of a pack's parts, for content that holds ids and citations as plain data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from thresholds.domain.pack import Pack
from thresholds.domain.parts import Citation
from thresholds.presenters import source_of


@dataclass(frozen=True, slots=True)
class Cited:
    """A statement with where it was read."""

    text: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads plain content with the pack that it was made with; `pack` is None where that isn't held any more."""

    pack: Pack | None

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
        return Cited(str(part[text]), self.source(part.get("citation")), note)
