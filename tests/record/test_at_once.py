"""Two at once, each on a connection of its own: they take turns, and nobody's words are lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from audit.domain.refusal import Refusal
from referrals.record import actions, selectors
from referrals.record.models import Referral, Submission
from tests.record.support import NOW, School, acting, drafted, publish_pack, save, submitted
from tests.support import on_its_own

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def school() -> School:
    publish_pack()
    return School.made()


def both(*works):
    """Run all at the same moment; return what each returned or raised."""
    barrier = Barrier(len(works))

    def run(work):
        connection.ensure_connection()
        barrier.wait(timeout=30)
        return on_its_own(work)

    with ThreadPoolExecutor(max_workers=len(works)) as pool:
        return list(pool.map(run, works))


def test_two_save_the_same_page(school):
    referral = school.started()
    actions.share_draft(referral=referral, person=school.colleague, by=acting(school.teacher), now=NOW)
    results = both(
        lambda: save(referral, "concern", school.teacher, what="A bruise"),
        lambda: save(referral, "concern", school.colleague, what="A burn"),
    )
    [conflict] = [one for one in results if isinstance(one, actions.Conflict)]
    [saved] = [one for one in results if isinstance(one, actions.SaveResult)]
    stored = selectors.saved_page(referral, "concern")
    assert (stored.answers, stored.version) == (saved.answers, 1)
    assert conflict.theirs == saved.answers
    assert {conflict.yours["what"], conflict.theirs["what"]} == {"A bruise", "A burn"}


def test_a_double_click_on_send(school):
    referral, _ = drafted(school)
    results = both(lambda: submitted(referral, school.teacher), lambda: submitted(referral, school.teacher))
    assert sorted(type(one).__name__ for one in results) == ["Refusal", "Submission"]
    assert Submission.objects.count() == 1


def test_a_double_click_on_begin(school):
    by, token = acting(school.teacher), uuid4()
    first, second = both(*[lambda: actions.start_referral(kind="marf", by=by, now=NOW, token=token)] * 2)
    assert first.pk == second.pk
    assert Referral.objects.count() == 1


def test_saving_while_it_is_submitted(school):
    """Either the words are in what was submitted, or the person who wrote them is told that they aren't."""
    referral, _ = drafted(school)
    saving, submission = both(
        lambda: save(referral, "concern", school.teacher, what="A bruise"),
        lambda: submitted(referral, school.teacher),
    )
    frozen = selectors.content_of(submission)
    assert ("A bruise" in str(frozen["pages"])) is not isinstance(saving, Refusal)


def test_two_add_a_child(school):
    referral = school.started()
    by = acting(school.teacher)
    results = both(*[lambda: actions.add_child(referral=referral, by=by, now=NOW)] * 2)
    assert results[0] == results[1]
    assert referral.children.count() == 1
