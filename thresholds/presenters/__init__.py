"""Packs shaped for pages: words for codes, citations with their titles, and silence shown as silence."""

from thresholds.presenters.document import Best, Excerpt, PackDocument, anchors_of, best_of, document_of, excerpt_of
from thresholds.presenters.doors import AreaNumbers, DoorShown, door_shown, numbers_by_area
from thresholds.presenters.told import Told, level_name, routes_shown
from thresholds.presenters.words import LEGAL, NOT_STATED, age_in_words, source_of, when_in_words

__all__ = [
    "LEGAL",
    "NOT_STATED",
    "AreaNumbers",
    "Best",
    "DoorShown",
    "Excerpt",
    "PackDocument",
    "Told",
    "age_in_words",
    "anchors_of",
    "best_of",
    "document_of",
    "door_shown",
    "excerpt_of",
    "level_name",
    "numbers_by_area",
    "routes_shown",
    "source_of",
    "when_in_words",
]
