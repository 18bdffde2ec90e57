"""What a posted search or filter leaves of a pack. Nothing that was searched for is kept or logged."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from thresholds.domain.marking import Marker
from thresholds.domain.narrow import Wanted, narrowed
from thresholds.domain.search import search
from thresholds.forms import FindForm
from thresholds.presenters import Excerpt, excerpt_of
from thresholds.presenters.told import Mark, unmarked
from thresholds.selectors import PublishedPack, index_for

MOST = 60
"""As many as a search shows: what comes after is rarely what was meant, and a filter shows more."""
LEAST = 0.05
"""What is found less firmly than this share of the best hit has one word of many in common with it, and isn't shown:
the page keeps the document's order, and would begin with the card on bruises for "sofa surfing"."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found. `words` are those searched for, empty for a filter alone; `most` says that there may be more."""

    excerpt: Excerpt
    words: str
    most: bool


def found_in(published: PublishedPack, form: FindForm) -> Found | None:
    """What the valid form asks for; None where it asks for nothing: then the whole document stands."""
    words, wanted = form.cleaned_data["words"].strip(), form.wanted()
    if not words and wanted == Wanted():
        return None
    kept = narrowed(published.pack, wanted)
    mark: Mark = unmarked
    if words:
        index = index_for(published)
        hits = [one for one in search(index, words, limit=len(index.entries)) if one.id in kept][:MOST]
        kept = frozenset(one.id for one in hits if one.score >= hits[0].score * LEAST)
        mark = _mark(Marker.of(index, words))
    return Found(excerpt_of(published.pack, kept, mark), words, most=bool(words) and len(kept) == MOST)


def _mark(marker: Marker) -> Mark:
    def marked(text: str) -> SafeString:
        parts, last = [], 0
        for start, end in marker.spans(text):
            parts.append(format_html("{}<mark>{}</mark>", text[last:start], text[start:end]))
            last = end
        parts.append(format_html("{}", text[last:]))
        return format_html_join("", "{}", ((part,) for part in parts))

    return marked
