"""A school and the pack of its area."""

import pytest

from tests.record.support import School, publish_pack


@pytest.fixture
def school(db) -> School:
    """A school in Sandford, whose pack is published."""
    publish_pack()
    return School.made()
