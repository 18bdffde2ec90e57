"""Learning itself, on a world of a few words: what is labelled together is told together, and the same each time."""

import numpy as np
import pytest

from bench import learning
from bench.learning_texts import Area, Text


def text(words: str, *wanted: int) -> Text:
    bag = {f"w {word}": 0.5 for word in words.split()}
    return Text(bag, (bag,), dict.fromkeys(wanted, 1.0), np.zeros(2, dtype=np.float32))


def world() -> dict[str, Area]:
    hungry, bruised = {"w food": 0.5, "level 1.00": 2.0}, {"w mark": 0.5, "level 1.00": 2.0}
    area = Area([hungry, bruised])
    area.narratives = [
        *[text("lunch empty tired", 0), text("lunch begs cold", 0), text("empty begs tired", 0)] * 3,
        *[text("cheek purple sleeve", 1), text("purple hides cold", 1), text("sleeve hides cheek", 1)] * 3,
        *[text("lunch purple empty sleeve", 0, 1)] * 3,
    ]
    area.harmless = [text("sunny trip coach"), text("trip sunny tired"), text("coach cold sunny")]
    return {"one": area}


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(learning, "WIDTH", 4)
    monkeypatch.setattr(learning, "SEEDS", 2)
    monkeypatch.setattr(learning, "STEPS", 80)
    monkeypatch.setattr(learning, "RATE", 0.05)
    monkeypatch.setattr(learning, "LOST", 0.1)
    monkeypatch.setattr(learning, "OFTEN_ENOUGH", {"text": 2, "wording": 1})


def spoken(vectors: learning.Vectors, words: str) -> list[float]:
    """What is said of both wordings and of nothing."""
    bag = {f"w {word}": 0.5 for word in words.split()}
    said = sum((vectors.text_vectors[vectors.text.rows[part]] * weight for part, weight in bag.items()), np.zeros(8))
    rows = [
        sum(
            (vectors.wording_vectors[vectors.wording.rows[part]] * weight for part, weight in wording.items()),
            np.zeros(9),
        )
        for wording in world()["one"].wordings
    ]
    return [float(said @ row[:-1] + row[-1]) for row in (*rows, vectors.nothing)]


def test_what_is_labelled_together_is_told_together(small):
    vectors = learning.learn(world())
    hungry, bruised, nothing = spoken(vectors, "lunch begs")
    assert hungry > max(bruised, nothing)
    hungry, bruised, nothing = spoken(vectors, "purple hides")
    assert bruised > max(hungry, nothing)
    hungry, bruised, nothing = spoken(vectors, "sunny trip")
    assert nothing > max(hungry, bruised)


def test_the_same_texts_teach_the_same(small):
    one, other = learning.learn(world()), learning.learn(world())
    assert np.array_equal(one.text_vectors, other.text_vectors)
    assert np.array_equal(one.wording_vectors, other.wording_vectors)


def test_the_slopes_are_those_of_the_sums():
    """`blame` is what `sums` would change by: a step along one of them, the other foretells."""
    table = learning.Table(np.arange(12, dtype=np.float32).reshape(4, 3))
    bags = learning.Bags(
        np.array([0, 2, 2, 3]), np.array([1.0, 0.5, 2.0, 1.0], dtype=np.float32), np.array([0, 2], dtype=np.int64)
    )
    before = table.sums(bags)
    slopes = np.array([[1, 0, 2], [0, 1, -1]], dtype=np.float32)
    table.blame(bags, slopes)
    step = 0.01
    table.values += step * table.slope
    gained = ((table.sums(bags) - before) * slopes).sum()
    assert gained == pytest.approx(step * (table.slope**2).sum(), rel=1e-3)
