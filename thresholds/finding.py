"""What a posted search or filter leaves of a pack. Nothing that was searched for is kept or logged."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from thresholds.domain.marking import Marker
from thresholds.domain.narrow import Wanted, narrowed
from thresholds.domain.search import search
from thresholds.forms import FindForm
from thresholds.presenters import Best, Excerpt, best_of, excerpt_of
from thresholds.presenters.told import Mark
from thresholds.selectors import PublishedPack, index_for

MOST = 60
"""As many as a search shows: what comes after is rarely what was meant, and a filter shows more."""
BEST = 0.3
"""What is found less firmly than this share of the best hit mostly has one common word with it, "harm" for "self harm":
it is folded away below the best. Seen over twenty searches in the shipped packs, in which 1 to 24 are best."""
LEAST = 0.05
"""And less firmly than this share, it isn't shown: a bruise for "sofa surfing"."""


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
    hits = [one for one in search(index, words, limit=len(index.entries)) if one.id in kept][:MOST]
    shares = {one.id: one.score / hits[0].score for one in hits}
    best = [id_ for id_, share in shares.items() if share >= BEST]
    others = frozenset(id_ for id_, share in shares.items() if LEAST <= share < BEST)
    return Found(
        best_of(published.pack, best, _mark(Marker.of(index, words))),
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
