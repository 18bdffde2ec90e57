"""The packs that ship, read once a process: reading one costs a third of a second, and most tests publish one."""

from thresholds import files
from thresholds.domain.pack import Pack


def shipped(area: str) -> Pack:
    """The newest pack of an area (slug) that ships. KeyError for an area without one."""
    return {pack.area.slug: pack for pack in files.shipped_packs()}[area]
