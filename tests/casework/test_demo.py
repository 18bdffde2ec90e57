"""The demonstration's referrals: every state, by the real actions, once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.demo import make_people
from audit.domain.actor import Actor
from referrals.casework.demo import cases, make_referrals
from referrals.casework.demo.writing import DemoReferral
from referrals.casework.models import Disagreement
from referrals.record.models import Referral
from referrals.record.selectors import content_of, latest_submission
from referrals.routing.models import Intake
from tests.casework.support import NOW, area_pack
from thresholds.actions import publish
from thresholds.domain.rules import faults
from thresholds.models import PackDraft

SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.long]


@pytest.mark.parametrize("now", [NOW, SUNDAY_NIGHT])
def test_every_state_and_once(now):
    publish(pack=area_pack(), by=Actor.system("tests"), now=NOW - timedelta(days=60))
    make_people(now=now)
    made = make_referrals(now=now)
    assert made >= 12
    assert make_referrals(now=now + timedelta(days=1)) == 0
    states = set(Referral.objects.values_list("state", flat=True))
    assert states == {"draft", "submitted", "sent", "closed", "withdrawn"}
    intakes = set(Intake.objects.values_list("state", flat=True))
    assert intakes == {"received", "offered", "in_triage", "awaiting_information", "decided", "closed"}
    assert set(Disagreement.objects.values_list("answer__changes", flat=True)) == {None, True}
    assert not Referral.objects.filter(updated_at__gt=now).exists()
    draft = PackDraft.objects.get().pack()
    assert draft.form.own_questions
    assert faults(draft) == ()
    for referral in Referral.objects.exclude(state="draft"):
        submission = latest_submission(referral)
        assert submission is not None
        assert content_of(submission)["flags"] == []


def test_the_descriptors_are_the_documents_own():
    chosen = {
        one
        for demo in vars(cases).values()
        if isinstance(demo, DemoReferral)
        for child in demo.children
        for one, _evidence in child.descriptors
    }
    assert chosen
    assert chosen <= area_pack().descriptors_by_id.keys()


def test_it_refuses_outside_a_demonstration():
    with pytest.raises(CommandError):
        call_command("demo_referrals")


def test_it_says_what_is_missing(settings):
    settings.DEMO = True
    with pytest.raises(CommandError, match="demo_accounts"):
        call_command("demo_referrals")


def test_the_command(settings, capsys):
    settings.DEMO = True
    now = timezone.now()
    pack = area_pack().model_copy(update={"effective_from": (now - timedelta(days=60)).date()})
    publish(pack=pack, by=Actor.system("tests"), now=now)
    make_people(now=now)
    call_command("demo_referrals")
    assert "made" in capsys.readouterr().out
