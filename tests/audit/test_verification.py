"""What the tables' owner does to the record behind its back is found by `manage.py verify_audit`."""

import pytest
from django.db import transaction

from audit.domain.chain import Kind, Verifier
from audit.models import Entry, Seal
from audit.verification import verify
from tests.audit.support import found, seal_as_worker, tamper, verified, written

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sealed() -> list[Entry]:
    """Six entries, all sealed."""
    entries = written(6)
    assert seal_as_worker() == 6
    return entries


def test_a_whole_record(sealed):
    status, told = verified()
    assert status == 0
    assert "Sealed entries: 6" in told
    assert Seal.objects.get(position=6).digest in told
    assert "Unsealed entries: 0" in told


def test_an_empty_record():
    assert verified() == (
        0,
        "Sealed entries: 0\nHead: none\nUnsealed entries: 0\nNothing is wrong with the sealed part.\n",
    )


def test_the_unsealed_tail_is_reported_and_no_finding(sealed):
    (entry, _) = written(2)
    status, told = verified()
    assert status == 0
    assert f"Unsealed entries: 2, oldest of {entry.at.isoformat()}" in told


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'people.list'",
        "actor_id = NULL",
        "actor_name = 'Somebody else'",
        "subject_id = '1'",
        "roles = '{dsl}'",
        "outcome = 'refused', rule = 'a.b'",
        "at = at + interval '1 microsecond'",
        "detail = '{\"shown\": 2}'",
    ],
)
def test_an_altered_row(sealed, change):
    tamper(f"UPDATE audit_entry SET {change} WHERE id = %s", sealed[2].pk)
    (finding,) = found()
    assert (finding.kind, finding.entry_id) == (Kind.ALTERED, sealed[2].pk)
    status, told = verified()
    assert status == 1
    assert f"Found: entry altered, position 3, entry {sealed[2].pk}" in told


def test_a_deleted_row(sealed):
    tamper("DELETE FROM audit_entry WHERE id = %s", sealed[4].pk)
    (finding,) = found()
    assert (finding.kind, finding.entry_id) == (Kind.DELETED, sealed[4].pk)


def test_a_row_deleted_before_it_was_sealed(sealed):
    (entry,) = written(1)
    tamper("DELETE FROM audit_entry WHERE id = %s", entry.pk)
    assert seal_as_worker() == 0
    (finding,) = found()
    assert (finding.kind, finding.entry_id) == (Kind.DELETED, entry.pk)


INSERT = """
INSERT INTO audit_entry
 (at, actor_name, roles, verb, subject_type, subject_id, outcome, rule, request_id, detail)
VALUES (now() - interval '40 days', 'Tom Adeyemi', '{}', 'people.view', 'person', '', 'allowed', '', '', '{}')
"""


@pytest.mark.parametrize("trigger", ["audit_entry_stamp", "ALL"])
def test_a_backdated_row_past_the_triggers(sealed, trigger):
    tamper(
        f"ALTER TABLE audit_entry DISABLE TRIGGER {trigger}; {INSERT}; ALTER TABLE audit_entry ENABLE TRIGGER {trigger}"
    )
    (waiting,) = found()
    seal_as_worker()
    (finding,) = found()
    expected = Kind.LATE if trigger == "audit_entry_stamp" else Kind.STRAY
    assert {waiting.kind, finding.kind} == {expected}
    assert finding.entry_id == Entry.objects.latest("pk").pk
    assert verified()[0] == 1


@pytest.mark.parametrize(
    "change",
    ["entry_digest = repeat('a', 64)", "digest = repeat('a', 64)", "previous = repeat('a', 64)", "entry_id = 0"],
)
def test_an_altered_seal(sealed, change):
    tamper(f"UPDATE audit_seal SET {change} WHERE position = 3")
    assert (Kind.SEAL_ALTERED, 3) in {(finding.kind, finding.position) for finding in found()}


def test_a_removed_seal(sealed):
    tamper("DELETE FROM audit_seal WHERE position = 3")
    assert [finding.kind for finding in found()] == [Kind.SEAL_MISSING, Kind.STRAY]


def test_a_chain_that_lost_its_beginning(sealed):
    tamper("DELETE FROM audit_seal WHERE position < 3; DELETE FROM audit_entry WHERE id < %s", sealed[2].pk)
    assert [finding.kind for finding in found()] == [Kind.SEAL_MISSING]


def test_a_cut_tail_shows_only_against_a_digest_noted_elsewhere(sealed):
    noted = Seal.objects.get(position=6).digest
    assert "The expected digest stands at position 6." in verified("--expect", noted)[1]
    tamper("DELETE FROM audit_seal WHERE position > 4; DELETE FROM audit_entry WHERE id > %s", sealed[3].pk)
    assert verified()[0] == 0
    status, told = verified("--expect", noted)
    assert status == 1
    assert "noted digest not in the chain" in told


def test_a_noted_digest_stays_in_the_chain_as_it_grows(sealed):
    noted = Seal.objects.get(position=6).digest
    written(3)
    seal_as_worker()
    assert found(expect=noted) == []


def test_something_that_is_no_digest_is_refused():
    assert verified("--expect", "abc")[0] == 2


def test_it_looks_at_one_snapshot_of_its_own():
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        list(verify(Verifier()))
