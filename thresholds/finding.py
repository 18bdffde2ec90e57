"""What a posted search or filter leaves of a pack."""

from dataclasses import dataclass

from thresholds.domain.narrow import Wanted, narrowed
from thresholds.forms import FindForm
from thresholds.presenters import Excerpt, excerpt_of
from thresholds.selectors import PublishedPack


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and whether anything was asked at all."""

    excerpt: Excerpt
    words: str


def found_in(published: PublishedPack, form: FindForm) -> Found | None:
    """What the valid form asks for; None where it asks for nothing: then the whole document stands."""
    words, wanted = form.cleaned_data["words"].strip(), form.wanted()
    if not words and wanted == Wanted():
        return None
    return Found(excerpt_of(published.pack, narrowed(published.pack, wanted)), words)
