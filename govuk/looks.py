"""How a form's field is to look, where the widget alone doesn't say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Size = Literal["", "s", "m", "l", "xl"]


@dataclass(frozen=True)
class Look:
    """Options of one field. Choices are named by their value, as text."""

    heading: bool = False
    """The label or legend is the page's heading, its `h1`."""
    size: Size | None = None
    """Size of the label or legend; without one `l` for a heading, else `s`."""
    width: str = ""
    """Of an input: `2`, `3`, `4`, `5`, `10`, `20` or `30` characters, or `one-half`, `two-thirds` … of the column."""
    prefix: str = ""
    suffix: str = ""
    count: bool = False
    """Count the characters of a text area, from three quarters of its field's `max_length`; typing over is possible."""
    inline: bool = False
    """Radios side by side; only for two short answers."""
    small: bool = False
    hints: "Mapping[str, StrOrPromise]" = field(default_factory=dict)
    dividers: "Mapping[str, StrOrPromise]" = field(default_factory=dict)
    """A word such as `or` shown before the choice."""
    exclusive: frozenset[str] = frozenset()
    """Checkboxes that untick the others, such as `none of these`; the form's own rule must refuse them together."""
    reveals: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Fields (names or layout objects) that belong to a choice and show once it is chosen."""

    @property
    def shown_size(self) -> Size:
        """The size with its default filled in."""
        if self.size is None:
            return "l" if self.heading else "s"
        return self.size
