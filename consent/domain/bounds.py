"""Which pages go to somebody: by what their purpose needs, and by what was agreed to where a limit binds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from consent.domain.agreed import Among, among_of
from consent.domain.sections import FOR_LIMITED_AGREEMENT, PART_OF, WHERE_NOW, WHOLE, About, Kept, Part, about_of
from thresholds.domain.doors import Kind

Agreed = Mapping[Among, tuple[Part, ...] | None]
"""By kind of recipient the parts that were agreed to, None for one that wasn't."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What goes: pages about `topics`; where agreement is limited, of those that always go, and of `parts`."""

    topics: frozenset[About]
    parts: frozenset[Part] | None = None
    """None: agreement limits nothing."""
    in_short: bool = False
    """Of where a child is, only what is true now: not the address."""

    def page(self, page: str) -> Kept:
        """What is kept of a page; no question at all where it doesn't go."""
        about = about_of(page)
        if about is None:
            # Nobody has said what it is about: whoever gets more than the bare line about somebody gets it too.
            return WHOLE if self.topics else ()
        if about not in self.topics or not self._agreed(page, about):
            return ()
        return WHERE_NOW if about is About.WHERE and self.in_short else WHOLE

    def pages(self, pages: Iterable[str]) -> dict[str, Kept]:
        """The pages that go, each with what is kept of it."""
        found = {page: self.page(page) for page in pages}
        return {page: kept for page, kept in found.items() if kept != ()}

    @property
    def level(self) -> bool:
        """Whether the threshold check goes: it is worked out from the level of need."""
        return About.LEVEL in self.topics and (self.parts is None or Part.LEVEL in self.parts)

    @property
    def no_files(self) -> bool:
        """Whether agreement keeps files back."""
        return self.parts is not None and Part.FILES not in self.parts

    def _agreed(self, page: str, about: About) -> bool:
        # A page of a partnership's own is no part that people were asked about: it goes with all of them.
        all_of_it = self.parts is None or self.parts == frozenset(Part)
        return all_of_it or about in FOR_LIMITED_AGREEMENT or PART_OF.get(page) in (self.parts or ())


def parts_for(agreed: Agreed | None, kind: Kind | None) -> frozenset[Part]:
    """The parts that were agreed to for a front door of that kind. One that no limit is for has them all; where it
    isn't recorded what was agreed to, none."""
    among = among_of(kind)
    if among is None:
        return frozenset(Part)
    return frozenset(agreed.get(among) or ()) if agreed else frozenset()


def is_left_out(agreed: Agreed | None, kind: Kind | None) -> bool:
    """Whether it was agreed to others, and not to a front door of that kind."""
    among = among_of(kind)
    return among is not None and agreed is not None and agreed.get(among, ()) is None


def in_order(parts: Iterable[Part] | None) -> tuple[Part, ...]:
    """The parts in the order of the form."""
    return tuple(sorted(parts or (), key=list(Part).index))
