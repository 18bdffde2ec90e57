"""When a draft that nobody sends is reminded of, alerted about, and ends; and what never ends by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.casework.domain.drafts import (
    KEEP_ID,
    REMIND_ID,
    DraftFacts,
    Harm,
    Kind,
    Times,
    ends,
    ends_at,
    is_over,
    next_look_at,
    notice_due,
    times_of,
)

THEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIMES = Times()


def draft(harm: Harm = Harm.RULED_OUT, **known) -> DraftFacts:
    since = THEN if harm is Harm.POSSIBLE else None
    return DraftFacts(**{"harm": harm, "harm_since": since, "changed_at": THEN, **known})


# name → (draft, time passed, kind and number of what is sent, None for nothing)
DUE = {
    "possible harm, just now": (draft(Harm.POSSIBLE), 3 * HOUR, None),
    "possible harm, for four hours": (draft(Harm.POSSIBLE), 4 * HOUR, (Kind.ALERT, 1)),
    "possible harm, until the next day": (draft(Harm.POSSIBLE), 27 * HOUR, (Kind.ALERT, 1)),
    "possible harm, the next day": (draft(Harm.POSSIBLE), 28 * HOUR, (Kind.ALERT, 2)),
    "possible harm, though somebody goes on writing": (
        draft(Harm.POSSIBLE, changed_at=THEN + 4 * HOUR),
        4 * HOUR,
        (Kind.ALERT, 1),
    ),
    "possible harm, a year later": (draft(Harm.POSSIBLE), 365 * DAY, (Kind.ALERT, 365)),
    "harm not ruled out": (draft(Harm.OPEN), 23 * HOUR, None),
    "harm not ruled out, a day later": (draft(Harm.OPEN), DAY, (Kind.ALERT, 1)),
    "harm ruled out": (draft(), 2 * DAY, None),
    "harm ruled out, three days later": (draft(), 3 * DAY, (Kind.REMINDER, 1)),
    "harm ruled out, seven days later": (draft(), 7 * DAY, (Kind.REMINDER, 2)),
    "harm ruled out, a fortnight before its end": (draft(), 76 * DAY, (Kind.WARNING, 1)),
    "harm ruled out, after its end": (draft(), 100 * DAY, (Kind.WARNING, 1)),
    "returned, after its end": (draft(submitted_before=True), 90 * DAY, (Kind.REMINDER, 30)),
    "nothing written": (draft(Harm.NOTHING), 76 * DAY, (Kind.WARNING, 1)),
    "its referral has gone": (draft(Harm.POSSIBLE, referred=True), 2 * DAY, None),
    "its referral has gone, long ago": (draft(Harm.POSSIBLE, referred=True), 76 * DAY, (Kind.WARNING, 1)),
}


@pytest.mark.parametrize("name", DUE)
def test_what_is_sent_when(name):
    facts, passed, expected = DUE[name]
    found = notice_due(facts, TIMES, now=THEN + passed)
    assert (found and (found.kind, found.number)) == expected


# name → (draft, time passed, whether it ends)
OVER = {
    "announced in time": (draft(warned_at=THEN + 76 * DAY), 90 * DAY, True),
    "not yet": (draft(warned_at=THEN + 76 * DAY), 90 * DAY - HOUR, False),
    "never announced": (draft(), 400 * DAY, False),
    "announced late": (draft(warned_at=THEN + 100 * DAY), 113 * DAY, False),
    "announced late, and then in time": (draft(warned_at=THEN + 100 * DAY), 114 * DAY, True),
    "nothing written": (draft(Harm.NOTHING, warned_at=THEN + 76 * DAY), 90 * DAY, True),
    "returned": (draft(submitted_before=True, warned_at=THEN + 76 * DAY), 400 * DAY, False),
    "harm not ruled out": (draft(Harm.OPEN, warned_at=THEN + 76 * DAY), 400 * DAY, False),
    "its referral has gone": (draft(Harm.POSSIBLE, referred=True, warned_at=THEN + 76 * DAY), 90 * DAY, True),
    "its referral has gone, not announced": (draft(Harm.POSSIBLE, referred=True), 400 * DAY, False),
    "possible harm": (draft(Harm.POSSIBLE, warned_at=THEN + 76 * DAY), 400 * DAY, False),
}


@pytest.mark.parametrize("name", OVER)
def test_what_ends_when(name):
    facts, passed, over = OVER[name]
    assert is_over(facts, TIMES, now=THEN + passed) is over


def test_a_partnership_states_its_own_times():
    times = times_of({KEEP_ID: 10 * DAY, REMIND_ID: 2 * DAY}, TIMES)
    assert (times.keep, times.remind, times.warn) == (10 * DAY, 2 * DAY, 5 * DAY)
    assert times.stated == {KEEP_ID, REMIND_ID}
    assert times_of({}, TIMES) == TIMES


spans = st.timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=400))
drafts = st.builds(
    DraftFacts,
    harm=st.sampled_from(Harm),
    harm_since=st.none() | spans.map(lambda span: THEN - span),
    changed_at=spans.map(lambda span: THEN - span),
    submitted_before=st.booleans(),
    referred=st.booleans(),
    warned_at=st.none() | spans.map(lambda span: THEN - span),
)


@given(drafts, spans)
def test_possible_harm_never_ends_and_is_never_silent_for_long(facts, passed):
    now = THEN + passed
    if facts.harm in {Harm.POSSIBLE, Harm.OPEN} and not facts.referred:
        assert not ends(facts)
        assert ends_at(facts, TIMES) is None
        assert not is_over(facts, TIMES, now=now)
        since = (facts.harm is Harm.POSSIBLE and facts.harm_since) or facts.changed_at
        if now - since >= DAY:
            before = notice_due(facts, TIMES, now=now - DAY)
            after = notice_due(facts, TIMES, now=now)
            assert after is not None
            assert after != before


@given(drafts, spans)
def test_nothing_ends_that_was_not_announced_a_fortnight_before(facts, passed):
    now = THEN + passed
    if is_over(facts, TIMES, now=now):
        assert facts.warned_at is not None
        assert now - facts.warned_at >= TIMES.warn
        assert now - facts.changed_at >= TIMES.keep


@given(drafts, spans)
def test_a_notice_stands_until_the_next_look_and_no_look_comes_too_late(facts, passed):
    now = THEN + passed
    later = next_look_at(facts, TIMES, now=now)
    assert later > now
    just_before = later - timedelta(microseconds=1)
    assert notice_due(facts, TIMES, now=now) == notice_due(facts, TIMES, now=just_before)
    assert is_over(facts, TIMES, now=now) == is_over(facts, TIMES, now=just_before)
