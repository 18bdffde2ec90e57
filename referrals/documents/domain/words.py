"""What ids of a pack read as, for the parts of a frozen record that hold ids: levels, domains, documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_THRESHOLD = "threshold"


@dataclass(frozen=True, slots=True)
class PackWords:
    """Names of one pack version. An id without a name reads as itself, so that nothing is lost with a pack."""

    area: str = ""
    levels: Mapping[str, str] = field(default_factory=dict)
    domains: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)

    def level(self, level_id: str | None) -> str:
        """Return the name of a level; "Not known" for None."""
        return self.levels.get(level_id, humanised(level_id)) if level_id else "Not known"

    def levels_between(self, lowest: str | None, highest: str | None) -> str:
        """Return a level, or a range of two, in words."""
        if lowest == highest:
            return self.level(lowest)
        return f"{self.level(lowest)} to {self.level(highest)}"

    def citation(self, citation: Mapping[str, Any] | None) -> str:
        """Return where something was read: document, heading, lines; empty for None.

        The area's own document is called so, since the copy gives its title once; any other has its title.
        """
        if not citation:
            return ""
        document = citation.get("document", _THRESHOLD)
        own = document == _THRESHOLD
        title = "Threshold document" if own else self.documents.get(document, humanised(document))
        lines = citation.get("lines") or ""
        place = f"{'lines' if set('-,') & set(lines) else 'line'} {lines}" if lines else ""
        return ", ".join(part for part in (title, citation.get("section", ""), place) if part)

    @property
    def own_document(self) -> str:
        """Title of the area's own threshold document; its area's name where the title is gone."""
        return self.documents.get(_THRESHOLD, self.area)


NO_WORDS = PackWords()


def humanised(code: str) -> str:
    """Return a code as words: "not_sure" and "not-sure" read "Not sure"."""
    words = code.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
