"""Words as their stems, as a web process asks for them: by several threads at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import snowballstemmer

from thresholds.domain.words import stem

ENDINGS = ("ing", "edly", "ational", "iveness", "fulness", "ies", "ousli", "ement")


@pytest.fixture
def often_interrupted() -> Iterator[None]:
    """Threads take turns after every few instructions, so that what isn't safe between them shows."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("often_interrupted")
def test_threads_that_stem_at_once_get_the_stems_that_one_gets_alone():
    """A wrong stem would be kept for as long as the process lives: a sign that no narrative finds any more."""
    words = [f"{start}{number:x}{end}" for number in range(400) for start in ("hurt", "bruis") for end in ENDINGS]
    alone = snowballstemmer.stemmer("english").stemWords(words)
    stem.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        # The same word is asked for once only: who comes second is answered from what was kept.
        found = list(threads.map(stem, words, chunksize=50))
    assert found == alone
