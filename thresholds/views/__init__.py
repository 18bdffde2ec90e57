"""The numbers and the reference for everybody; drafts for the partnership manager."""

from thresholds.views.keeping import compare, download_draft, download_version, draft, keep, preview
from thresholds.views.publishing import discard, publish, publish_from
from thresholds.views.reference import numbers, pack, packs, version

__all__ = [
    "compare",
    "discard",
    "download_draft",
    "download_version",
    "draft",
    "keep",
    "numbers",
    "pack",
    "packs",
    "preview",
    "publish",
    "publish_from",
    "version",
]
