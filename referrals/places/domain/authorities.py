"""Which authority's code belongs to which area's pack. Codes: Office for National Statistics."""

AREAS: dict[str, str] = {
    "E08000036": "wakefield",
    "E06000064": "westmorland-and-furness",
    "E08000002": "bury",
    "E06000021": "stoke-on-trent",
    "E10000028": "staffordshire",
    "E06000020": "telford-and-wrekin",
}
ELSEWHERE = "elsewhere"
"""The answer for an area that no pack here is for."""


def area_of(authority: str) -> str:
    """Return the slug of the area of an authority; `ELSEWHERE` for one without a pack here."""
    return AREAS.get(authority, ELSEWHERE)
