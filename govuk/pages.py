"""Leading from one page of a list to the others, as the component "pagination" takes it."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext


def pagination(*, number: int, pages: int, name: str, to: Callable[[int], str]) -> dict[str, Any] | None:
    """Return the component's options on page `number` of so many of the list called `name`; None where there is one
    page only. `to` gives the address of a page."""
    if pages <= 1:
        return None
    numbers = Paginator(range(pages), 1).get_elided_page_range(number, on_each_side=1, on_ends=1)
    options: dict[str, Any] = {
        "landmark_label": gettext("Pages of %(name)s") % {"name": name},
        "items": [
            {
                "number": one,
                "href": to(one),
                "current": one == number,
                "visually_hidden_text": gettext("%(name)s, page %(one)s") % {"name": name, "one": one},
            }
            if isinstance(one, int)
            else {"ellipsis": True}
            for one in numbers
        ],
    }
    if number > 1:
        options["previous"] = {
            "href": to(number - 1),
            "attributes": {"aria-label": gettext("Previous page of %(name)s") % {"name": name}},
        }
    if number < pages:
        options["next"] = {
            "href": to(number + 1),
            "attributes": {"aria-label": gettext("Next page of %(name)s") % {"name": name}},
        }
    return options
