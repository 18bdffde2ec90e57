"""The pack of Telford & Wrekin as it ships, and a school there."""

import pytest

from audit.domain.actor import Actor
from tests.factories import AREA
from tests.journey.support import School, Writer
from tests.record.support import NOW
from thresholds import files
from thresholds.actions import publish


@pytest.fixture
def school(db: None) -> School:
    folder = next(folder for folder in files.pack_folders() if folder.parent.name == AREA)
    publish(pack=files.read_pack(folder), by=Actor.system("tests"), now=NOW)
    return School()


@pytest.fixture
def writer(school: School) -> Writer:
    """A teacher who has begun the full form about something urgent."""
    return Writer(school.teacher).begin("marf", danger="likely", cannot_wait="no")
