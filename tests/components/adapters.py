"""From the options of govuk-frontend's fixtures (its Nunjucks macros) to those of our pack."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.safestring import mark_safe

Options = dict[str, Any]

# Components that may enclose a block; the others have a text, which may be safe.
BLOCKS = frozenset(
    [
        "back-link",
        "button",
        "details",
        "inset-text",
        "notification-banner",
        "panel",
        "phase-banner",
        "skip-link",
        "tag",
        "warning-text",
    ]
)


def snake(name: str) -> str:
    """`isPageHeading` to `is_page_heading`."""
    return re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()


def adapted(component: str, options: Options) -> Options:
    """Our options: snake case, `html` as a safe text (at the top as content), an id where theirs takes the name."""
    ours = {name: value for name, value in _mapping(options).items() if value is not None}
    if component in BLOCKS and "html" in options:
        ours.pop("text", None)
        if options["html"]:
            ours["content"] = mark_safe(options["html"].strip())
        elif "text" in options:
            ours["text"] = options["text"]
    adapt = ADAPTERS.get(component)
    return adapt(ours) if adapt else ours


def _mapping(options: Options) -> Options:
    ours: Options = {}
    for name, value in options.items():
        if name == "attributes":
            ours["attributes"] = _attributes(value)
        elif name == "values":
            ours["values"] = value
        elif name.lower().endswith("html"):
            base = snake(name)[: -len("html")] + "text"
            if value:
                ours[base] = mark_safe(str(value).strip())
        elif snake(name) not in ours:
            ours[snake(name)] = _value(value)
    return ours


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return _mapping(value)
    if isinstance(value, list):
        return [_value(item) for item in value]
    return value


def _attributes(attributes: Any) -> Options:
    if isinstance(attributes, str):
        return dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
    ours = {}
    for name, value in attributes.items():
        optional = isinstance(value, dict) and value.get("optional")
        plain = value.get("value") if isinstance(value, dict) else value
        # Ours leaves out None and False and shows True bare; theirs does so for optional attributes only.
        ours[name] = plain if optional else _word(plain)
    return ours


def _word(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _identified(options: Options) -> Options:
    return {"id": options.get("name"), **options}


def _choices(options: Options) -> Options:
    return {"id_prefix": options.get("name"), **options}


def _fieldset(options: Options) -> Options:
    return {**options, "content": options.get("text", "")}


def _error_summary(options: Options) -> Options:
    return {"title_text": "", **options}


def _date_input(options: Options) -> Options:
    """Theirs takes the three parts in four ways and an error as a class; ours takes items with values and errors."""
    values = options.pop("values", {})
    given = {part: options.pop(part, {}) for part in ("day", "month", "year")}
    prefix = f"{options['name_prefix']}-" if options.get("name_prefix") else ""
    items = options.get("items") or [{"name": part, **of} for part, of in given.items() if of is not False]
    options["items"] = []
    for item in filter(None, items):
        name = item["name"]
        classes = str(item.get("classes") or "").split()
        if "govuk-input--error" in classes:
            classes.remove("govuk-input--error")
            item["error"] = True
        found = [item.get("value"), values.get(prefix + name), values.get(name), (given.get(name) or {}).get("value")]
        value = next((value for value in found if value is not None), None)
        options["items"].append({**item, "classes": " ".join(classes), "value": value})
    return options


def _panel(options: Options) -> Options:
    return {"title_text": "", **options}


ADAPTERS: dict[str, Callable[[Options], Options]] = {
    "character-count": _identified,
    "checkboxes": _choices,
    "date-input": _date_input,
    "error-summary": _error_summary,
    "fieldset": _fieldset,
    "file-upload": _identified,
    "input": _identified,
    "panel": _panel,
    "password-input": _identified,
    "radios": _choices,
    "select": _identified,
    "textarea": _identified,
}
