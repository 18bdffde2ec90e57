"""An assessment is called one on every page and in every e-mail that it shares with referrals."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

from referrals.casework import actions as casework
from referrals.casework.handlers import SUBJECTS
from referrals.record.domain.forms import SPECIFICATIONS, noun_of
from tests.casework.support import NOW, World, assessment, submit
from tests.factories import FrontDoorTeamFactory
from tests.journey.support import Writer, text_of

MEANS_A_REFERRAL = (
    "Make it a referral",
    "make it a referral",
    "make it a referral: ",
    "press “Make it a referral”",
    "A referral that is urgent",
    "A referral needs no agreement",
    "Begin a new referral",
    "becomes a referral",
    "urgent referral",
    "Multi-agency referral",
)
"""What is said of a referral on an assessment's page because it is about a referral."""
ONLY_REFERRALS = {
    "not_referred",
    "sent_urgent",
    "assessment_alert",
    "assessment_alert_desk",
    "draft_alert",
    "draft_alert_desk",
}
"""E-mails that no assessment causes, or that say that one may need to be a referral."""


def rest_of(page: str) -> str:
    """What a page says of referrals, without what is meant so."""
    text = text_of(page)
    for phrase in MEANS_A_REFERRAL:
        text = text.replace(phrase, "")
    return " ".join(re.findall(r".{0,60}\breferrals?\b.{0,40}", text, re.IGNORECASE))


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "sent", "withdrawn"])
def test_no_page_calls_an_assessment_a_referral(state):
    world = World.made()
    FrontDoorTeamFactory.create(
        front_door="strengthening-families", area="telford-and-wrekin", agency=world.team.agency
    )
    row, by = assessment(world), world.by("teacher")
    if state == "sent":
        submit(world, row)
    if state == "withdrawn":
        casework.withdraw(referral=row, why="They said no.", by=by, now=NOW)
    names = {
        "draft": ("journey:tasks", "journey:files", "journey:keep_out", "journey:withdraw", "journey:keep_back"),
        "sent": (
            *("referral", "journey:addendum", "journey:telling", "journey:agreement", "journey:decisions"),
            *("journey:withdraw", "journey:close_desk", "journey:keep_out", "journey:family_copy"),
        ),
        "withdrawn": ("referral",),
    }
    writer = Writer(world.teacher)
    found = {name: rest_of(writer.get(reverse(name, args=[row.pk]))) for name in names[state]}
    assert found == dict.fromkeys(names[state], "")


def test_e_mails_name_both_kinds_or_neither():
    folder = Path(__file__).resolve().parents[2] / "templates" / "email"
    for name, subject in SUBJECTS.items():
        if name not in ONLY_REFERRALS:
            for words in (subject, (folder / f"{name}.txt").read_text(encoding="utf-8")):
                assert not re.search(r"\breferral\b(?! or assessment)", words), (name, words)


def test_the_noun_is_the_form_s():
    assert {version: noun_of(version) for version in SPECIFICATIONS} == {
        "marf-1": "referral",
        "send-now-1": "referral",
        "eha-1": "assessment",
    }
