"""The body map: places on a child's body by name, front and back, with the outline of each for a drawing of our own.

Left and right are the child's own. The places work by words alone; the drawing only helps to find them. Each figure is
drawn in a field 100 wide and 230 high.
"""

from dataclasses import dataclass
from typing import Literal

from referrals.record.domain.forms.parts import Option

WIDTH, HEIGHT = 100, 230
SIDES: dict[str, str] = {"front": "Front", "back": "Back"}


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An oval, by its middle and its two half-axes."""

    x: float
    y: float
    rx: float
    ry: float
    shape: Literal["ellipse"] = "ellipse"

    def mirrored(self) -> "Ellipse":
        """The same on the other half of the figure."""
        return Ellipse(WIDTH - self.x, self.y, self.rx, self.ry)

    @property
    def middle(self) -> tuple[float, float]:
        """Where a mark is set."""
        return self.x, self.y


@dataclass(frozen=True, slots=True)
class Outline:
    """A shape by its corners."""

    corners: tuple[tuple[float, float], ...]
    shape: Literal["outline"] = "outline"

    def mirrored(self) -> "Outline":
        """The same on the other half of the figure."""
        return Outline(tuple((WIDTH - x, y) for x, y in self.corners))

    @property
    def points(self) -> str:
        """The corners as SVG writes them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.corners)

    @property
    def middle(self) -> tuple[float, float]:
        """Where a mark is set."""
        count = len(self.corners)
        return sum(x for x, _ in self.corners) / count, sum(y for _, y in self.corners) / count


Shape = Ellipse | Outline


@dataclass(frozen=True, slots=True)
class Region:
    """A place on the body: its id within answers, what it is called, on which side it is, and where it is drawn."""

    id: str
    label: str
    side: str
    shape: Shape


def _pair(side: str, key: str, name: str, shape: Shape) -> tuple[Region, Region]:
    """A place that is there twice. `shape` stands in the left half of the drawing: on the front, the child's right."""
    halves = ("right", "left") if side == "front" else ("left", "right")
    return (
        Region(f"{side}-{halves[0]}-{key}", f"{halves[0].capitalize()} {name}", side, shape),
        Region(f"{side}-{halves[1]}-{key}", f"{halves[1].capitalize()} {name}", side, shape.mirrored()),
    )


def _one(side: str, key: str, name: str, shape: Shape) -> tuple[Region]:
    return (Region(f"{side}-{key}", name, side, shape),)


_UPPER_ARM = Outline(((29, 55), (33, 64), (26, 92), (18, 90)))
_FOREARM = Outline(((18, 92), (26, 94), (19, 122), (12, 119)))
_HAND = Ellipse(13, 130, 6, 9)
_THIGH = Outline(((34, 130), (49, 132), (48, 165), (36, 165)))
_LOWER_LEG = Outline(((37, 179), (47, 179), (45, 210), (39, 210)))
_SHOULDER = Outline(((46, 44), (46, 52), (34, 56), (30, 53), (34, 47)))
_EAR = Ellipse(36, 22, 3, 5)
_HIPS = Outline(((34, 115), (50, 115), (50, 130), (34, 128)))

REGIONS: tuple[Region, ...] = (
    *_one("front", "forehead", "Forehead and top of the head", Outline(((40, 14), (43, 6), (57, 6), (60, 14)))),
    *_pair("front", "eye", "eye", Ellipse(45, 19, 3.5, 2.5)),
    *_pair("front", "ear", "ear", _EAR),
    *_one("front", "nose", "Nose", Ellipse(50, 23, 2, 3)),
    *_pair("front", "cheek", "cheek", Ellipse(43.5, 26, 3.5, 3.5)),
    *_one("front", "mouth", "Mouth and lips", Ellipse(50, 30, 4, 2)),
    *_one("front", "chin", "Chin and jaw", Outline(((43, 33), (57, 33), (54, 38), (46, 38)))),
    *_one("front", "neck", "Neck", Outline(((46, 39), (54, 39), (54, 45), (46, 45)))),
    *_pair("front", "shoulder", "shoulder", _SHOULDER),
    *_pair("front", "chest", "side of the chest", Outline(((34, 58), (49, 54), (49, 82), (35, 82)))),
    *_one("front", "belly", "Belly", Outline(((35, 84), (65, 84), (66, 112), (34, 112)))),
    *_one("front", "genitals", "Genital area", Outline(((42, 115), (58, 115), (52, 128), (48, 128)))),
    *_pair("front", "hip", "hip", Outline(((34, 115), (40, 115), (46, 129), (34, 128)))),
    *_pair("front", "upper-arm", "upper arm", _UPPER_ARM),
    *_pair("front", "forearm", "forearm", _FOREARM),
    *_pair("front", "hand", "hand, palm and fingers", _HAND),
    *_pair("front", "thigh", "thigh", _THIGH),
    *_pair("front", "knee", "knee", Ellipse(42, 172, 5.5, 5.5)),
    *_pair("front", "shin", "shin", _LOWER_LEG),
    *_pair("front", "foot", "foot and toes", Ellipse(40, 217, 6, 5)),
    *_one("back", "head", "Back of the head", Ellipse(50, 18, 11, 12)),
    *_pair("back", "ear", "ear, from behind", _EAR),
    *_one("back", "neck", "Back of the neck", Outline(((46, 33), (54, 33), (54, 45), (46, 45)))),
    *_pair("back", "shoulder", "shoulder, from behind", _SHOULDER),
    *_pair("back", "upper-back", "side of the upper back", Outline(((34, 58), (49, 54), (49, 84), (35, 84)))),
    *_one("back", "lower-back", "Lower back", Outline(((35, 86), (65, 86), (66, 112), (34, 112)))),
    *_pair("back", "buttock", "buttock", _HIPS),
    *_pair("back", "upper-arm", "upper arm, from behind", _UPPER_ARM),
    *_pair("back", "forearm", "elbow and forearm, from behind", _FOREARM),
    *_pair("back", "hand", "back of the hand", _HAND),
    *_pair("back", "thigh", "thigh, from behind", _THIGH),
    *_pair("back", "knee", "back of the knee", Ellipse(42, 172, 5.5, 5.5)),
    *_pair("back", "calf", "calf", _LOWER_LEG),
    *_pair("back", "heel", "heel and sole", Ellipse(40, 217, 6, 5)),
)

HEAD = Ellipse(50, 21, 14, 19)
"""Drawn under the places of the face, so that they read as one. It is no place itself."""

OPTIONS = tuple(Option(region.id, region.label) for region in REGIONS)


def regions_of(side: str) -> tuple[Region, ...]:
    """Return the places of one side, from head to foot."""
    return tuple(region for region in REGIONS if region.side == side)
