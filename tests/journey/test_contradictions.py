"""Answers that don't fit together, page by page: a clear reason; put right where nobody may be harmed; where somebody
may be, flagged, recorded, carried along, never refused."""

from typing import Any

import pytest
from django.urls import reverse

from referrals.record.models import Submission
from referrals.record.selectors import content_of
from tests.journey.support import School, Writer, errors_of, home, text_of

TODAY = {"said_on_day": "13", "said_on_month": "11", "said_on_year": "2026"}
LATER = {"said_on_day": "13", "said_on_month": "11", "said_on_year": "2041"}
AGREED = {"said_to": "The tutor", "words": "We need help."}


@pytest.fixture
def routine(school: School) -> Writer:
    """A teacher who has begun a referral in which harm isn't possible as far as anybody knows."""
    writer = Writer(school.teacher).begin("marf", danger="no", cannot_wait="no")
    writer.add_child(born_year="2023")
    writer.fill("child-home", writer.child.pk, **home(safe_tonight="yes"))
    writer.fill("judged", writer.child.pk, judged_level="vulnerable", judged_because="A need")
    return writer.fill("harm", writer.child.pk, harm="no")


@pytest.fixture
def harm(school: School) -> Writer:
    """A teacher who suspects harm."""
    writer = Writer(school.teacher).begin("marf", danger="likely", cannot_wait="no")
    writer.add_child(born_year="2023")
    writer.fill("child-home", writer.child.pk, **home())
    return writer.fill("harm", writer.child.pk, harm="suspected")


def aunt_agrees(writer: Writer, **said: Any) -> None:
    """Somebody without parental responsibility agrees for the child."""
    writer.post(reverse("journey:add_member", args=[writer.referral.pk]), {})
    writer.send(full_name="Pat Vale", relationship="father", parental_responsibility="no", in_home="yes")
    writer.fill("member-sharing", writer.referral.household.get().pk, information_shared="yes", said="given")
    writer.send(**AGREED, **said)


def able(writer: Writer) -> None:
    """A child of three is recorded as able to decide."""
    writer.fill("child-understands", writer.child.pk, competent="yes")
    writer.send(competence_reasoning="She nodded")


NOT_ENTITLED = "Somebody agreed for the child without parental responsibility. Their agreement doesn't count."
TOO_YOUNG = "The child is recorded as able to decide; their age is recorded as"

BAD = [
    pytest.param(lambda writer: aunt_agrees(writer, **TODAY), NOT_ENTITLED, id="no parental responsibility"),
    pytest.param(able, TOO_YOUNG, id="able at three"),
]


@pytest.mark.parametrize(("answer", "reason"), BAD)
class TestAnswersThatDoNotFit:
    def test_are_put_right_first_where_nobody_may_be_harmed(self, routine: Writer, answer: Any, reason: str):
        answer(routine)
        check = routine.get(reverse("journey:check", args=[routine.referral.pk]))
        assert "Answers that don't fit together" in text_of(check)
        assert reason in text_of(check)
        person = routine.referral.household.first() or routine.child
        pages = ("member-about", "member-sharing", "child-understands")
        assert any(f'href="{routine.url_of(page, person.pk)}' in check for page in pages)

    def test_are_flagged_and_carried_along_where_somebody_may_be(self, harm: Writer, answer: Any, reason: str):
        answer(harm)
        sharing = text_of(harm.get(reverse("journey:sharing", args=[harm.referral.pk])))
        assert reason in sharing
        assert "Referral sent" in text_of(harm.press_send())
        assert reason in str(content_of(Submission.objects.get()))
        record = text_of(harm.get(reverse("referral", args=[harm.referral.pk])))
        assert reason in record


class TestADateAfterSending:
    def test_is_put_right_first_where_nobody_may_be_harmed(self, routine: Writer):
        aunt_agrees(routine, **LATER)
        assert any("in the future" in error or "today or in the past" in error for error in errors_of(routine.page))

    def test_is_flagged_and_carried_along_where_somebody_may_be(self, harm: Writer):
        aunt_agrees(harm, **LATER)
        assert "Referral sent" in text_of(harm.press_send())
        assert "after the decision that rests on it" in str(content_of(Submission.objects.get()))


class TestAnAreaThatDoesNotExist:
    def test_is_put_right_where_nobody_may_be_harmed(self, routine: Writer):
        routine.fill("child-home", routine.child.pk, **home(home_area="atlantis"))
        assert errors_of(routine.page)
        assert "atlantis" not in text_of(routine.get(reverse("journey:plan", args=[routine.referral.pk])))

    def test_stops_nothing_where_somebody_may_be(self, harm: Writer):
        harm.fill("child-home", harm.child.pk, **home(home_area="atlantis"))
        plan = text_of(harm.get(reverse("journey:plan", args=[harm.referral.pk])))
        assert "Family Connect" in plan
        assert "Referral sent" in text_of(harm.press_send())


def test_what_the_record_cites_leads_to_the_version_that_it_keeps(harm: Writer):
    harm.fill("circumstances", harm.child.pk, circumstances=["physical_abuse"])
    harm.press_send()
    record = harm.get(reverse("referral", args=[harm.referral.pk]))
    content = content_of(Submission.objects.get())
    (version,) = {kept["version"] for kept in content["packs"]}
    places = {one for one in record.split('"') if f"/versions/{version}/#" in one}
    assert places
    for place in places:
        address, anchor = place.split("#")
        assert f'id="{anchor}"' in harm.get(address)
