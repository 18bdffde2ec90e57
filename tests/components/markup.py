"""HTML as a tree that compares: the order of attributes and classes and white space don't count."""

import re
from typing import Any

from lxml import html

Node = tuple[str, tuple[tuple[str, Any], ...], tuple[Any, ...]]


def normalised(source: str) -> tuple[Any, ...]:
    """Return the fragment as nested tuples (tag, attributes, children); texts with single spaces, trimmed."""
    wrapper = html.fragment_fromstring(source, create_parent="div")
    return _children(wrapper)


def parsed(source: str) -> html.HtmlElement:
    """Return the fragment in a div, to search with XPath."""
    tree: html.HtmlElement = html.fragment_fromstring(source, create_parent="div")
    return tree


def _children(element: html.HtmlElement) -> tuple[Any, ...]:
    found: list[Any] = [_text(element.text)]
    for child in element:
        if isinstance(child.tag, str):
            found.append(_node(child))
        found.append(_text(child.tail))
    return tuple(item for item in found if item)


def _node(element: html.HtmlElement) -> Node:
    attributes = {name: _attribute(name, value) for name, value in element.attrib.items()}
    return element.tag, tuple(sorted(attributes.items())), _children(element)


def _attribute(name: str, value: str) -> Any:
    return tuple(sorted(value.split())) if name == "class" else value


def _text(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "").strip()
