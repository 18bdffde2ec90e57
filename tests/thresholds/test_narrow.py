"""What a reader's level, domain, age or kind leaves of a pack."""

import pytest

from tests.thresholds.support import PACK, bent, parsed
from thresholds import files
from thresholds.domain.check_when import ChildAge
from thresholds.domain.index import Listed
from thresholds.domain.narrow import Wanted, narrowed

AGED = bent("wording: Often hungry.,", "wording: Often hungry., age: {from_years: 5, under_years: 11},")
RANGED = bent("level: low, wording: Often hungry.,", "level: low, up_to: middle, wording: Often hungry.,")


@pytest.mark.parametrize(
    ("text", "wanted", "ids"),
    [
        (PACK, Wanted(), {"nat-danger", "sf-1", "sf-2", "sf-3"}),
        (PACK, Wanted(level="middle"), {"sf-2"}),
        (PACK, Wanted(level="high"), {"nat-danger", "sf-3"}),
        (RANGED, Wanted(level="middle"), {"sf-1", "sf-2"}),
        (RANGED, Wanted(level="low"), {"sf-1"}),
        (PACK, Wanted(domain="care"), {"sf-1", "sf-2", "sf-3"}),
        (PACK, Wanted(domain="nowhere"), set()),
        (PACK, Wanted(kind=Listed.OVERRIDE), {"nat-danger"}),
        (PACK, Wanted(kind=Listed.DESCRIPTOR, level="low"), {"sf-1"}),
        (AGED, Wanted(age=ChildAge.exactly(7), level="low"), {"sf-1"}),
        (AGED, Wanted(age=ChildAge.exactly(11), level="low"), set()),
        (AGED, Wanted(age=ChildAge(unborn=True), level="low"), set()),
        # Not known is not no.
        (AGED, Wanted(age=ChildAge(), level="low"), {"sf-1"}),
    ],
)
def test_what_is_left(text, wanted, ids):
    assert narrowed(parsed(text), wanted) == ids


@pytest.mark.parametrize("pack", files.shipped_packs(), ids=lambda pack: pack.area.slug)
def test_levels_and_kinds_leave_nothing_out(pack):
    everything = narrowed(pack, Wanted())
    assert frozenset().union(*(narrowed(pack, Wanted(kind=kind)) for kind in Listed)) == everything
    descriptors = narrowed(pack, Wanted(kind=Listed.DESCRIPTOR))
    assert descriptors == pack.descriptors_by_id.keys()
    by_level = [narrowed(pack, Wanted(kind=Listed.DESCRIPTOR, level=level.id)) for level in pack.levels]
    assert frozenset().union(*by_level) == descriptors
    by_domain = [narrowed(pack, Wanted(kind=Listed.DESCRIPTOR, domain=domain.id)) for domain in pack.domains]
    assert sum(map(len, by_domain)) == len(descriptors)
