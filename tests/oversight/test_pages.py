"""The partnership manager's pages: started by a form, progress, counts; no name, no small number, no other area."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.domain.actor import Actor
from referrals.oversight.domain.recheck import Direction, Moved
from referrals.oversight.domain.tally import Left, Tally
from referrals.oversight.models import Backtest
from referrals.oversight.presenters import DIRECTIONS, LEFT, progress_of, report_of
from referrals.oversight.selectors import agency_names, candidates_of, names_for
from tests.casework.support import acting
from tests.desks import signed_in, text_of
from tests.oversight.support import LOW, NOW, run, sent, with_level
from thresholds.actions import keep_draft, publish
from thresholds.models import PackDraft


@pytest.fixture
def draft(world):
    """A later version in which one descriptor is Acute."""
    later = with_level("acute").model_copy(update={"effective_from": timezone.localdate() + timedelta(days=30)})
    return publish(pack=later, by=Actor.system("tests"), now=NOW).version


def test_a_version_is_tried_from_the_page(world, manager, draft):
    for _ in range(2):
        sent(world, LOW)
    browser: Any = signed_in(manager)
    page = text_of(browser.get(reverse("oversight:backtests")))
    assert "Which document do you want to try?" in page
    assert "checked" not in page.split("<fieldset", 1)[1].split("</fieldset>")[0].replace("checked again", "")
    assert "Choose the document to try" in text_of(browser.post(reverse("oversight:backtests"), {}))
    answer = browser.post(reverse("oversight:backtests"), {"candidate": f"version-{draft.pk}"})
    backtest = Backtest.objects.get()
    assert answer["Location"] == reverse("oversight:backtest", args=[backtest.pk])
    page = text_of(browser.get(answer["Location"]))
    assert "Stop it" in page
    # Half a count reads like a whole one: nothing is said before it has ended.
    assert "Nothing can be said yet" in page
    for words in ("What was compared", "Nothing has moved", "is in it", "Nobody was left out"):
        assert words not in page
    run(backtest)
    page = text_of(browser.get(answer["Location"]))
    assert "Finished" in page
    assert "fewer than 5 children for whom" not in page
    assert "fewer than 5 children would newly have child protection (section 47) indicated" in page
    assert "Care isn't good enough" in page
    assert LOW in page
    assert world.school.name in page
    for name in ("Robin", "Vale", world.teacher.full_name, "REF-"):
        assert name not in page.split("<main", 1)[1]
    assert answer["Location"] in text_of(browser.get(reverse("oversight:backtests")))


def test_one_that_runs_can_be_stopped(world, manager, draft):
    browser: Any = signed_in(manager)
    browser.post(reverse("oversight:backtests"), {"candidate": f"version-{draft.pk}"})
    backtest = Backtest.objects.get()
    answer = browser.post(reverse("oversight:stop", args=[backtest.pk]), follow=True)
    page = text_of(answer)
    assert "Stopped. What was counted until then stays below." in page
    assert "It was stopped. Only 0 of 0 referrals were read" in page
    for words in ("Nothing can be said yet", "Nothing has moved", "is in it", "Nobody was left out"):
        assert words not in page
    assert "Stop it" not in page
    assert browser.post(reverse("oversight:stop", args=[backtest.pk])).status_code == 403


def test_everything_that_can_be_counted_has_words(world, manager, draft):
    assert set(DIRECTIONS) == set(Direction)
    assert set(LEFT) == set(Left)
    tally = Tally(referrals=60)
    for way, count in ((Direction.SAME, 40), (Direction.UP, 7), (Direction.DOWN, 6), (Direction.TO_UNKNOWN, 2)):
        moved = Moved(
            "complex",
            "acute" if way is Direction.UP else "unknown",
            way,
            domains=frozenset({"none"}),
            because=frozenset({LOW}),
            missing=frozenset({LOW}),
            s47_lost=way is Direction.DOWN,
            s47_gained=False,
        )
        for _ in range(count):
            tally.count(moved, agency=str(world.school.pk), frozen="universal")
    for why in Left:
        tally.leave(why)
    backtest = Backtest.objects.create(
        area="telford-and-wrekin",
        name="Draft",
        pack_sha256=draft.sha256,
        pack_body=draft.body,
        asked_by=manager,
        asked_at=NOW,
        until=NOW,
        total=60,
        done=60,
        tally=tally.as_data(),
        progressed_at=NOW,
    )
    browser: Any = signed_in(manager)
    address = reverse("oversight:backtest", args=[backtest.pk])
    page = text_of(browser.get(address))
    assert "Nothing was added since" in page
    assert "for whom child protection" not in page
    Backtest.objects.filter(pk=backtest.pk).update(state=Backtest.State.DONE, ended_at=NOW)
    page = text_of(browser.get(address))
    assert "6 children for whom child protection (section 47) was indicated would not have it" in page
    assert all(words in page for words in LEFT.values())
    assert "Nothing chosen that raises" in page
    assert "the rules of this system have changed since" in page
    report = report_of(backtest, names_for(backtest), agency_names())
    assert report.directions is not None
    # The one small number takes the next smallest of its row with it, and what the other tables would give away.
    assert report.directions.rows == (("Children", ("40", "not shown", "not shown", "fewer than 5")),)
    # What decides it decides all that moved here: its counts are theirs.
    assert [one.counts for one in report.because] == [
        "same: 40, higher: not shown, lower: not shown, not known any more: fewer than 5"
    ]
    assert progress_of(backtest, now=NOW).percent == 100


def test_candidates_are_every_published_version_newest_first(world, draft):
    names = [candidate.name for candidate in candidates_of("telford-and-wrekin", timezone.localdate())]
    assert len(names) == 2
    assert names[1] == "Version from 1 September 2026, revision 1"
    assert candidates_of("nowhere", timezone.localdate()) == ()


def test_the_page_of_a_draft_leads_to_trying_it(world, manager, draft):
    kept = keep_draft(pack=with_level("complex"), source="xlsx", note="May", by=acting(manager, NOW), now=NOW)
    browser: Any = signed_in(manager)
    page = text_of(browser.get(reverse("thresholds:draft", args=[kept.pk])))
    address = reverse("oversight:backtests")
    form = re.search(rf'<form method="post" action="{address}".*?</form>', page, re.DOTALL)
    assert form is not None
    assert "Try it on past referrals" in form[0]
    fields = dict(re.findall(r'name="(candidate)" value="([^"]+)"', form[0]))
    answer = browser.post(address, fields)
    assert answer["Location"] == reverse("oversight:backtest", args=[Backtest.objects.get(pack_sha256=kept.sha256).pk])


def test_an_open_draft_can_be_tried_before_it_is_published(world, manager, draft):
    for _ in range(2):
        sent(world, LOW)
    kept = keep_draft(pack=with_level("complex"), source="xlsx", note="May", by=acting(manager, NOW), now=NOW)
    gone = keep_draft(pack=with_level("universal"), source="xlsx", note="", by=acting(manager, NOW), now=NOW)
    PackDraft.objects.filter(pk=gone.pk).update(state=PackDraft.State.DISCARDED, ended_at=NOW)
    candidates = candidates_of("telford-and-wrekin", timezone.localdate())
    assert next(one.key for one in candidates) == f"draft-{kept.pk}"
    assert len(candidates) == 3
    browser: Any = signed_in(manager)
    answer = browser.post(reverse("oversight:backtests"), {"candidate": f"draft-{kept.pk}"})
    backtest = Backtest.objects.get()
    assert backtest.pack_sha256 == kept.sha256
    run(backtest)
    assert "Finished" in text_of(browser.get(answer["Location"]))
