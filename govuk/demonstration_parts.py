"""Options of the components that stand on the page of components; everything in them is invented."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def parts() -> dict[str, Any]:
    """Template context with one set of options for each component that isn't part of a form."""
    return {
        "crumbs": [{"text": "Home", "href": "/"}, {"text": "Components"}],
        "interruption": {
            "title_text": "Is this the right child?",
            "text": "Another referral of today has the same name and date of birth.",
            "classes": "govuk-panel--interruption",
            "heading_level": 3,
            "actions": {
                "items": [
                    {"text": "It is another child", "type": "button"},
                    {"text": "Go back and look", "href": "#main-content"},
                ]
            },
        },
        "summary": {
            "rows": [
                _row("Name", "Robin Example", change="name"),
                _row("Date of birth", "31 March 2016", change="date of birth"),
                _row("NHS number", "Not provided"),
            ]
        },
        "card": {
            "card": {
                "title": {"text": "Child 1: Robin Example", "heading_level": 3},
                "actions": {"items": [{"text": "Remove", "href": "#main-content"}]},
            },
            "rows": [_row("Harm", "Suspected", change="harm"), _row("School", "Larkfield Primary")],
        },
        "tasks": {
            "items": [
                _task("Say who the child is", {"text": "Completed"}, "As much as you know."),
                _task("Say what worries you", {"tag": {"text": "Not yet started", "classes": "govuk-tag--blue"}}),
                _task(
                    "Decide whom to tell",
                    {"text": "Cannot start yet", "classes": "govuk-task-list__status--cannot-start-yet"},
                    link=False,
                ),
            ]
        },
        "queue": {
            "caption": "Waiting for a decision",
            "caption_classes": "govuk-table__caption--m",
            "first_cell_is_header": True,
            "head": [{"text": "Reference"}, {"text": "From"}, {"text": "Due", "format": "numeric"}],
            "rows": [
                [{"text": "TW-2026-00042"}, {"text": "Larkfield Primary"}, {"text": "10:30", "format": "numeric"}],
                [{"text": "TW-2026-00041"}, {"text": "Health visitors"}, {"text": "16:00", "format": "numeric"}],
            ],
        },
        "events": [
            {
                "what": "Referral sent",
                "by": "Sam Example",
                "at": datetime(2026, 11, 23, 9, 40, tzinfo=LONDON),
                "detail": "To Family Connect, about two children.",
            },
            {
                "what": "Referral read",
                "by": "Alex Example",
                "at": datetime(2026, 11, 23, 9, 52, tzinfo=LONDON),
                "detail": "By the screener on duty.",
            },
        ],
        "pages": {
            "previous": {"href": "#main-content"},
            "next": {"href": "#main-content"},
            "landmark_label": "Pages of referrals",
            "items": [
                {"number": 1, "href": "#main-content"},
                {"ellipsis": True},
                {"number": 6, "href": "#main-content"},
                {"number": 7, "href": "#main-content", "current": True},
                {"number": 8, "href": "#main-content"},
            ],
        },
        "neighbours": {
            "previous": {"href": "#main-content", "label_text": "The child"},
            "next": {"href": "#main-content", "label_text": "The family"},
            "landmark_label": "Questions",
        },
    }


def _row(key: str, value: str, *, change: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {"key": {"text": key}, "value": {"text": value}}
    if change:
        row["actions"] = {"items": [{"text": "Change", "href": "#main-content", "visually_hidden_text": change}]}
    return row


def _task(title: str, status: dict[str, Any], hint: str = "", *, link: bool = True) -> dict[str, Any]:
    return {
        "title": {"text": title},
        "status": status,
        **({"href": "#main-content"} if link else {}),
        **({"hint": {"text": hint}} if hint else {}),
    }
