"""The pure chain: whatever is done to it afterwards is found."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.domain.chain import (
    FIRST_PREVIOUS,
    LONGEST_TRANSACTION,
    EntryContent,
    Finding,
    Kind,
    SealContent,
    Verifier,
    entry_digest,
    next_seal,
)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Link = tuple[SealContent, EntryContent | None]

codes = st.text('ab09_-.é世😀"\\', max_size=20)
details = st.dictionaries(
    codes, codes | st.integers() | st.booleans() | st.none() | st.lists(codes, max_size=3), max_size=3
)


def entry(number: int, *, at: datetime | None = None, **columns: Any) -> EntryContent:
    plain = EntryContent(
        id=number,
        at=at or START + timedelta(seconds=number),
        actor_id=UUID(int=7),
        actor_name="Priya Raman",
        agency_id=None,
        roles=("dsl",),
        verb="people.view",
        subject_type="person",
        subject_id="12",
        outcome="allowed",
        rule="",
        request_id="r",
        detail={},
    )
    return replace(plain, **columns)


def chained(*entries: EntryContent, sealed_at: datetime | None = None) -> list[Link]:
    links: list[Link] = []
    head = None
    for each in entries:
        head = next_seal(head, each, sealed_at or max(each.at, head.sealed_at if head else each.at))
        links.append((head, each))
    return links


def findings(links: list[Link], expect: str = "") -> list[Finding]:
    verifier = Verifier(expect=expect)
    steps = [verifier.link(seal, each) for seal, each in links]
    return [finding for step in [*steps, verifier.end()] for finding in step]


def kinds(links: list[Link], expect: str = "") -> set[Kind]:
    return {finding.kind for finding in findings(links, expect)}


@st.composite
def chains(draw: st.DrawFn, *, least: int = 1) -> list[Link]:
    number = draw(st.integers(least, 12))
    return chained(
        *(entry(n, actor_name=draw(codes), subject_id=draw(codes), detail=draw(details)) for n in range(1, number + 1))
    )


@given(chains(least=0))
def test_an_untouched_chain_is_whole(links):
    assert findings(links, expect=links[-1][0].digest if links else "") == []


@given(chains(), st.data())
def test_an_altered_column_is_found_where_it_is(links, data):
    index = data.draw(st.integers(0, len(links) - 1))
    seal, old = links[index]
    change = data.draw(
        st.sampled_from(
            [
                {"id": old.id + 1},
                {"at": old.at + timedelta(microseconds=1)},
                {"actor_id": None},
                {"actor_name": old.actor_name + "x"},
                {"agency_id": UUID(int=1)},
                {"roles": ()},
                {"verb": "people.change"},
                {"subject_type": "referral"},
                {"subject_id": old.subject_id + "x"},
                {"outcome": "refused"},
                {"rule": "people.view"},
                {"request_id": ""},
                {"detail": {**old.detail, "added": 1}},
            ]
        )
    )
    links[index] = (seal, replace(old, **change))
    assert findings(links) == [Finding(Kind.ALTERED, seal.position, seal.entry_id)]


@given(chains(), st.data())
def test_a_deleted_entry_is_found_where_it_was(links, data):
    index = data.draw(st.integers(0, len(links) - 1))
    seal, _ = links[index]
    links[index] = (seal, None)
    assert findings(links) == [Finding(Kind.DELETED, seal.position, seal.entry_id)]


@given(chains(), st.data())
def test_an_altered_seal_is_found(links, data):
    index = data.draw(st.integers(0, len(links) - 1))
    seal, old = links[index]
    column, value = data.draw(
        st.sampled_from(
            [
                ("entry_id", seal.entry_id + 1000),
                ("entry_digest", "a" * 64),
                ("previous", "b" * 64),
                ("digest", "c" * 64),
                ("sealed_at", seal.sealed_at + timedelta(microseconds=1)),
            ]
        )
    )
    links[index] = (replace(seal, **{column: value}), old)
    assert Kind.SEAL_ALTERED in kinds(links)


@given(chains(least=2), st.data())
def test_a_removed_seal_is_found_unless_it_was_the_last(links, data):
    index = data.draw(st.integers(0, len(links) - 2))
    removed, _ = links.pop(index)
    (finding,) = findings(links)
    assert (finding.kind, finding.position) == (Kind.SEAL_MISSING, removed.position)


@given(chains(least=2), st.data())
def test_a_cut_tail_is_found_by_a_digest_noted_elsewhere(links, data):
    noted = links[-1][0].digest
    rest = links[: data.draw(st.integers(0, len(links) - 1))]
    assert kinds(rest) == set()
    assert kinds(rest, expect=noted) == {Kind.EXPECTED_MISSING}


@given(chains(least=2), st.data())
def test_a_single_forged_link_breaks_the_chain_after_it(links, data):
    index = data.draw(st.integers(0, len(links) - 2))
    seal, old = links[index]
    before = links[index - 1][0] if index else None
    forged = replace(old, subject_id=old.subject_id + "x")
    links[index] = (next_seal(before, forged, seal.sealed_at), forged)
    assert findings(links) == [Finding(Kind.CHAIN_BROKEN, seal.position + 1, links[index + 1][1].id)]


@given(chains(), st.data())
def test_a_chain_recomputed_to_its_end_is_found_by_a_digest_noted_elsewhere(links, data):
    noted = links[-1][0].digest
    index = data.draw(st.integers(0, len(links) - 1))
    entries = [each for _, each in links]
    entries[index] = replace(entries[index], subject_id=entries[index].subject_id + "x")
    rewritten = chained(*entries)
    assert kinds(rewritten) == set()
    assert kinds(rewritten, expect=noted) == {Kind.EXPECTED_MISSING}


@given(st.text(max_size=30), st.text(max_size=30))
def test_columns_do_not_run_into_each_other(left, right):
    one, other = entry(1, verb=left, subject_type=right), entry(1, verb=left + right, subject_type="")
    assert (entry_digest(one) == entry_digest(other)) == (right == "")


def test_the_digest_knows_the_moment_not_the_zone():
    summer = timezone(timedelta(hours=1))
    assert entry_digest(entry(1, at=START)) == entry_digest(entry(1, at=START.astimezone(summer)))


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        entry_digest(entry(1, at=START.replace(tzinfo=None)))


def test_the_format_stays_what_it_is():
    """Seals already written must verify after every release: a change here needs a second format beside the first."""
    seal = next_seal(None, entry(1, at=START, detail={"shown": 3, "area": "bury"}), START)
    of_entry = sha256(
        b'{"actor_id":"00000000-0000-0000-0000-000000000007","actor_name":"Priya Raman","agency_id":null,'
        b'"at":"2026-03-02T09:00:00.000000+00:00","detail":{"area":"bury","shown":3},"format":"entry 1","id":1,'
        b'"outcome":"allowed","request_id":"r","roles":["dsl"],"rule":"","subject_id":"12",'
        b'"subject_type":"person","verb":"people.view"}'
    ).hexdigest()
    of_seal = sha256(
        b'{"entry_digest":"%s","entry_id":1,"format":"seal 1","position":1,"previous":"%s",'
        b'"sealed_at":"2026-03-02T09:00:00.000000+00:00"}' % (of_entry.encode(), FIRST_PREVIOUS.encode())
    ).hexdigest()
    assert (seal.entry_digest, seal.digest) == (of_entry, of_seal)


def test_entries_that_commit_out_of_order_are_in_order_enough():
    assert findings(chained(entry(2), entry(1), entry(3))) == []


def test_a_backdated_entry_is_found():
    old = entry(4, at=START - LONGEST_TRANSACTION - timedelta(days=3))
    (finding,) = findings(chained(entry(1), entry(2), entry(3), old, entry(5)))
    assert (finding.kind, finding.entry_id) == (Kind.LATE, 4)


def test_an_entry_put_into_a_gap_long_after_is_found_though_its_time_is_true():
    later = START + timedelta(hours=2)
    links = chained(entry(1), entry(3), entry(4), entry(5, at=later), entry(2, at=later), entry(6, at=later))
    (finding,) = findings(links)
    assert (finding.kind, finding.entry_id) == (Kind.LATE, 2)


def test_an_entry_dated_into_the_future_is_found_and_does_not_make_others_look_late():
    links = chained(
        entry(1), entry(2, at=START + timedelta(days=400)), entry(3), sealed_at=START + timedelta(minutes=1)
    )
    (finding,) = findings(links)
    assert (finding.kind, finding.entry_id) == (Kind.LATE, 2)


def test_a_sealer_that_was_away_for_days_finds_nothing_late():
    entries = [entry(number, at=START + timedelta(hours=number)) for number in range(1, 50)]
    assert findings(chained(*entries, sealed_at=START + timedelta(days=5))) == []


def test_what_waits_is_counted_and_what_does_not_wait_is_a_stray():
    verifier = Verifier()
    for seal, each in chained(entry(1), entry(2)):
        verifier.link(seal, each)
    at = START + timedelta(minutes=1)
    assert verifier.unsealed(3, at, queued=True) == []
    assert [finding.kind for finding in verifier.unsealed(4, at, queued=False)] == [Kind.STRAY]
    assert [finding.kind for finding in verifier.unsealed(5, None, queued=True)] == [Kind.DELETED]
    assert [finding.kind for finding in verifier.unsealed(6, START - timedelta(days=1), queued=True)] == [Kind.LATE]
    assert (verifier.waiting, verifier.oldest_waiting) == (2, START - timedelta(days=1))


def test_a_finding_says_where():
    finding = Finding(Kind.LATE, position=3, entry_id=9, note="why")
    assert str(finding) == "entry inserted late or backdated, position 3, entry 9 (why)"
