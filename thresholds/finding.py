"""What a posted search or filter leaves of a pack. Nothing that was searched for is kept or logged."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from thresholds.domain.marking import Marker
from thresholds.domain.narrow import Wanted, narrowed
from thresholds.domain.search import parted, search
from thresholds.forms import FindForm
from thresholds.presenters import Best, Excerpt, best_of, excerpt_of
from thresholds.presenters.told import Mark
from thresholds.selectors import PublishedPack, index_for

MOST = 60
"""As many as a search shows: what comes after is rarely what was meant, and a filter shows more."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. `words` are those searched for, empty for a filter alone, which keeps the document's order and
    has no best. `most` says that there may be more."""

    best: Best | None
    excerpt: Excerpt
    """What a filter leaves; of a search, what matches less well than the best."""
    words: str
    most: bool

    @property
    def count(self) -> int:
        """How many in all."""
        return self.excerpt.count + (self.best.count if self.best else 0)


def found_in(published: PublishedPack, form: FindForm) -> Found | None:
    """What the valid form asks for; None where it asks for nothing: then the whole document stands."""
    words, wanted = form.cleaned_data["words"].strip(), form.wanted()
    if not words and wanted == Wanted():
        return None
    kept = narrowed(published.pack, wanted)
    if not words:
        return Found(None, excerpt_of(published.pack, kept), words, most=False)
    index = index_for(published)
    best, rest = parted([one for one in search(index, words, limit=len(index.entries)) if one.id in kept][:MOST])
    others = frozenset(one.id for one in rest)
    return Found(
        best_of(published.pack, [one.id for one in best], _mark(Marker.of(index, words))),
        excerpt_of(published.pack, others, _mark(Marker.of(index, words, apart=True))),
        words,
        most=len(best) + len(others) == MOST,
    )


def _mark(marker: Marker) -> Mark:
    def marked(text: str) -> SafeString:
        parts, last = [], 0
        for start, end in marker.spans(text):
            parts.append(format_html("{}<mark>{}</mark>", text[last:start], text[start:end]))
            last = end
        parts.append(format_html("{}", text[last:]))
        return format_html_join("", "{}", ((part,) for part in parts))

    return marked
