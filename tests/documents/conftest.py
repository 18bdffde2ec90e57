"""A school with its front door, and the family's copy drawn once for all tests that only look at it."""

import pytest

from referrals.documents.render import pdf_of
from tests.documents.support import copied, frozen, read
from tests.record.support import School, publish_pack


@pytest.fixture
def school(transactional_db) -> School:
    """Committed rows: workers see nothing else."""
    publish_pack()
    return School.made()


@pytest.fixture(scope="session")
def content():
    """The family's submission."""
    return frozen()


@pytest.fixture(scope="session")
def drawn(content):
    """Its copy as bytes."""
    return pdf_of(copied(content))


@pytest.fixture(scope="session")
def reader(drawn):
    """Its copy as pypdf reads it."""
    return read(drawn)
