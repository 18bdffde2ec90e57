"""The pack of Telford & Wrekin as it ships, and a school there."""

import pytest

from tests.factories import AREA
from tests.journey.support import School, Writer, publish_area


@pytest.fixture
def school(db: None) -> School:
    publish_area(AREA)
    return School()


@pytest.fixture
def writer(school: School) -> Writer:
    """A teacher who has begun the full form about something urgent."""
    return Writer(school.teacher).begin("marf", danger="likely", cannot_wait="no")
