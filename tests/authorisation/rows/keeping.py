"""Rows of the threshold document's drafts: for the partnership manager of that area; another area's aren't there."""

from typing import Any

from tests.authorisation.row import AS_IF_NOT_THERE, OPEN, Row, only

LED_ON = 302


def keeper(name: str, record: str = "", *, status: int = OPEN, **more: Any) -> Row:
    """A page for the partnership manager alone."""
    return only(name, "partnership_manager", record=record, status=status, **more)


def of_draft(name: str, more: str = "", *, status: int = OPEN, method: str = "GET") -> list[Row]:
    """A page of a draft: the own area's, and another's."""
    return [
        keeper(name, f"a pack draft{more}", status=status, method=method),
        keeper(name, f"a pack draft there{more}", status=AS_IF_NOT_THERE, method=method),
    ]


ROWS: list[Row] = [
    keeper("thresholds:keep"),
    # Nothing was chosen: the form comes back.
    keeper("thresholds:keep", method="POST"),
    keeper("thresholds:compare"),
    keeper("thresholds:download_version", "a version: file"),
    keeper("thresholds:download_version", "a version there: file", status=AS_IF_NOT_THERE),
    *of_draft("thresholds:draft"),
    *of_draft("thresholds:preview"),
    *of_draft("blank_form:draft"),
    *of_draft("blank_form:draft_early_help"),
    *of_draft("thresholds:download_draft", ": file"),
    *of_draft("thresholds:publish"),
    *of_draft("thresholds:publish", method="POST"),
    *of_draft("thresholds:publish_from", ": today"),
    # It names no version that it was compared with: whoever presses is led back to look again.
    *of_draft("thresholds:publish_from", ": today", method="POST", status=LED_ON),
    *of_draft("thresholds:discard"),
    *of_draft("thresholds:discard", method="POST", status=LED_ON),
]
