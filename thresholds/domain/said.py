"""What is wrong with a field of a pack, in words for whoever wrote it: no programmer needs to be asked."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from pydantic_core import ErrorDetails

IN_YAML: Mapping[str, str] = {
    "missing": "is missing",
    "extra_forbidden": "is not a field that stands here",
    "string_type": "must be text; put it in quotes",
    "model_type": "must be a group of named fields",
    "model_attributes_type": "must be a group of named fields",
    "tuple_type": "must be a list",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
}
"""Words by kind of mistake, for text files."""
IN_A_SHEET: Mapping[str, str] = {
    **IN_YAML,
    "missing": "is empty, and is needed",
    "string_type": "must be text",
    "bool_type": "must be yes or no",
}
"""The same for spreadsheets."""

_PATTERNS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "must have small letters, figures and single hyphens only, such as level-2",
    r"^[a-z][a-z0-9_]*$": "must have small letters, figures and _ only, and begin with a letter",
    r"^\d+(-\d+)?(, \d+(-\d+)?)*$": "must be lines such as 206, 211-213",
    r"^[^{}\n]*$": "is one line, without { or }",
}

A_DAY = "must be a day such as 2026-09-01"
_FAMILIES = {"date": A_DAY, "time": "must be a time such as 09:00"}
_BOUNDS = {
    "string_too_short": "must not be empty",
    "string_too_long": "has more than {max_length} characters",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "too_short": "has too few entries: at least {min_length}",
    "too_long": "has too many entries: at most {max_length}",
}


def said(detail: ErrorDetails, words: Mapping[str, str]) -> str:
    """A mistake that the schema found, in plain words; `words` are those for where it was written."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in words:
        return words[kind]
    if kind in {"enum", "literal_error"}:
        return _not_a_code(detail["input"], re.findall(r"'([^']*)'", str(context["expected"])))
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(str(context["pattern"]), "is not written as it must be")
    family = kind.partition("_")[0]
    if family in _FAMILIES:
        return _FAMILIES[family]
    if kind in _BOUNDS:
        return _BOUNDS[kind].format(**context)
    return detail["msg"].removeprefix("Value error, ")


def _not_a_code(given: object, codes: list[str]) -> str:
    near = get_close_matches(str(given), codes, n=1)
    if near:
        return f"{given} is not one of the codes here: did you mean {near[0]}?"
    return f"must be one of {', '.join(codes[:-1])} or {codes[-1]}" if len(codes) > 1 else f"must be {codes[0]}"
