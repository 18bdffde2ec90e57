"""A pack's own dictionaries follow its content."""

from tests.thresholds.support import parsed


def test_a_copy_with_other_content_doesnt_keep_the_old_dictionaries():
    pack = parsed()
    assert set(pack.descriptors_by_id) == {"sf-1", "sf-2", "sf-3"}
    copied = pack.model_copy(update={"descriptors": pack.descriptors[:1]})
    assert set(copied.descriptors_by_id) == {"sf-1"}
    assert set(pack.descriptors_by_id) == {"sf-1", "sf-2", "sf-3"}
