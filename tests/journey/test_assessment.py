"""The early help assessment page by page, as a teacher writes it without scripts; and turning to the referral."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts import clock
from accounts.domain.roles import Role
from referrals.record.domain.forms import specification
from referrals.record.domain.forms.eha_assessment import DIMENSIONS, OF_CHILD, page_key
from referrals.record.domain.forms.eha_plan import MOST_ACTIONS, action_key
from referrals.record.models import Referral
from referrals.record.selectors import content_of, latest_submission
from referrals.routing.models import Intake
from tests.factories import AREA, AgencyFactory, FrontDoorTeamFactory, person_with
from tests.journey.support import School, Writer, fields_of, forms_of, home, publish_area, text_of


@pytest.fixture
def teacher(school: School) -> Writer:
    """A teacher who has begun an assessment; early help receives through the system."""
    return assessing(school)


def assessing(school: School) -> Writer:
    FrontDoorTeamFactory.create(front_door="strengthening-families", area=AREA, agency=school.team.agency)
    return Writer(school.teacher).begin_calmly("eha")


def tell_harm(writer: Writer, harm: str) -> None:
    """Answer that a child may be harmed, as far as the page that this leads to."""
    writer.fill("desk", about_desk="no")
    writer.add_child()
    writer.fill("eha-reason", reason="Bruises that nobody explains")
    writer.fill("child-home", writer.child.pk, **home())
    writer.fill("harm", writer.child.pk, harm=harm)
    writer.send(harm_what="Somebody hits him")


def mother_of(writer: Writer, **said: str):
    """Add the mother, with what she said about the assessment; return her id."""
    writer.post(reverse("journey:add_member", args=[writer.referral.pk]), {})
    writer.send(full_name="Kim Vale", relationship="mother", parental_responsibility="yes", in_home="yes")
    member = writer.referral.household.get().pk
    writer.fill("member-sharing", member, information_shared="yes", **said)
    return member


def calm_child(writer: Writer, **at_home: str):
    """Add a child of whom no harm is possible, at the level Vulnerable; return the id."""
    writer.fill("desk", about_desk="no")
    writer.add_child()
    child = writer.child.pk
    writer.fill("child-home", child, **home(safe_tonight="yes", **at_home))
    writer.fill("harm", child, harm="no")
    writer.fill("circumstances", child, circumstances=["none"])
    return child


def test_danger_comes_first_and_then_the_choice_of_a_form(school: School):
    writer = Writer(school.teacher)
    writer.post("/start/", {"danger": "no", "cannot_wait": "no"})
    assert "Which form?" in text_of(writer.page)
    assert "Early Help Assessment" in text_of(writer.page)
    assert "whole family" in text_of(writer.page)
    writer.post("/start/", {"danger": "not_sure", "cannot_wait": "no"})
    assert "Ring first, then write" in text_of(writer.page)


@pytest.mark.parametrize("given", [{"danger": "now"}, {"danger": "likely"}, {"danger": "no", "cannot_wait": "yes"}])
def test_no_assessment_is_begun_where_somebody_has_to_be_rung(school: School, given):
    writer = Writer(school.teacher)
    writer.post(reverse("journey:begin"), {"kind": "eha", **given})
    assert "Ring first, then write" in text_of(writer.page)
    assert not Referral.objects.exists()


def test_an_assessment_is_written_agreed_and_sent(teacher: Writer):
    writer = teacher
    child = calm_child(writer)
    member = mother_of(writer, said="given")
    writer.fill(
        "eha-reason", reason="Late each day", family_hopes="Mornings without a fight", tried_before="A breakfast club"
    )
    for one in OF_CHILD:
        said = {f"{one.key}_strengths": "Reads well", f"{one.key}_needs_not_known": "on"}
        writer.open(page_key(one), child).send(**said)
    for one in DIMENSIONS[len(OF_CHILD) :]:
        said = {f"{one.key}_strengths": "They laugh", f"{one.key}_needs": "Money is short"}
        writer.open(page_key(one)).send(**said)
    writer.fill("child-view", child, view_given="words")
    writer.send(view="I want to sleep in", view_wants="More time with mum")
    writer.fill("child-day", child, day="He gets everybody up", child_scale="4")
    writer.send(child_scale_why="Nobody helps me")
    writer.fill("member-voice", member, voice_given="yes", voice="I am so tired", member_scale="5")
    writer.send(member_scale_why="We manage just so")
    writer.fill("analysis", worried="He carries too much", working_well="They talk", needs_to_happen="Help at seven")
    writer.fill("descriptors", child, descriptors_not_known="on")
    writer.fill("judged", child, judged_level="vulnerable", judged_because="One service can't do it alone")
    writer.fill(action_key(1), action_1_what="Breakfast club", action_1_who="Kim Vale", more_1="yes")
    assert "Action 2" in writer.page
    writer.send(action_2_what="Ring each Monday", action_2_who="The tutor", more_2="no")
    writer.fill("team", team="Kim Vale; the tutor; the school nurse", team_asked="yes")
    assert "Who leads" in writer.page
    writer.send(lead_name="Imran Calloway", lead_agency="Family practitioner", lead_agreed="yes", lead_choice="Him")
    assert "Family Circles" in writer.page
    writer.send(measured_by=["parent", "lead"])
    writer.send(measured="Family Circles: 5 and 6")
    writer.send(review_on_month="1", review_on_year="2027")
    writer.fill("member-sharing", member, said_how="signed")
    writer.send(said_on_not_known="on", words="Please help us", signature="In his file")
    writer.fill("copies", copy_to="Kim Vale, on paper", copy_not_to="His father must not see the address")
    plan = text_of(writer.get(reverse("journey:plan", args=[writer.referral.pk])))
    assert "Strengthening Families" in plan
    assert "A finished EHA goes to" in plan
    sent = text_of(writer.press_send())
    assert "Assessment sent" in sent
    assert "Early Help Support Plan" in sent
    assert Intake.objects.get().front_door == "strengthening-families"
    submission = latest_submission(writer.referral)
    assert submission is not None
    actions = [page["key"] for page in content_of(submission)["pages"] if page["key"].startswith("action-")]
    assert actions == ["action-1", "action-2"]
    record = text_of(writer.get(reverse("referral", args=[writer.referral.pk])))
    for words in ("Early Help Assessment", "Imran Calloway", "Help at seven", "His father must not see the address"):
        assert words in record


def test_actions_are_bounded_and_each_opens_the_next():
    form = specification("eha-1")
    assert [page.key for page in form.pages if page.key.startswith("action-")] == [
        action_key(number) for number in range(1, MOST_ACTIONS + 1)
    ]
    for number in range(2, MOST_ACTIONS + 1):
        (when,) = form.page(action_key(number)).when
        assert (when.page, when.question, when.among) == (action_key(number - 1), f"more_{number - 1}", ("yes",))


def test_without_agreement_the_page_says_so_and_has_no_button(teacher: Writer):
    calm_child(teacher)
    mother_of(teacher, said="refused")
    teacher.send(words="Not now")
    page = text_of(teacher.get(reverse("journey:check", args=[teacher.referral.pk])))
    assert "goes only with the agreement" in page
    assert "Agreement is refused" in page
    assert "The document doesn't say what a refusal means" in page
    assert "Send assessment" not in page
    assert all("token" not in form for form in forms_of(teacher.page))


@pytest.mark.parametrize(
    ("area", "name", "words"),
    [
        ("wakefield", "Early help assessment", "isn't by itself a reason to escalate"),
        ("westmorland-and-furness", "Signs of Well-being and Success", "can be a sign of growing risk"),
        ("bury", "Early Help Family Support Plan", "The document doesn't say what a refusal means"),
    ],
)
def test_what_a_refusal_means_and_how_it_is_called_follows_the_area(teacher: Writer, area, name, words):
    publish_area(area)
    calm_child(teacher, home_area=area, found_area=area)
    mother_of(teacher, said="refused")
    assert words in text_of(teacher.get(reverse("journey:check", args=[teacher.referral.pk])))
    assert name in text_of(teacher.get(reverse("journey:tasks", args=[teacher.referral.pk])))


def test_in_an_area_without_a_team_it_is_finished_and_sent_by_hand(school: School):
    publish_area("stoke-on-trent")
    agency = AgencyFactory.create(areas=["stoke-on-trent"])
    writer = Writer(person_with(Role.PRACTITIONER, agency=agency)).begin_calmly("eha")
    calm_child(writer, home_area="stoke-on-trent", found_area="stoke-on-trent")
    mother_of(writer, said="given")
    page = text_of(writer.get(reverse("journey:check", args=[writer.referral.pk])))
    assert "Send it yourself" in page
    assert "doesn't say who receives an assessment" in page
    writer.post(reverse("journey:send", args=[writer.referral.pk]), fields_of(writer.page))
    assert "Not sent. Send it yourself" in text_of(writer.page)
    assert not Intake.objects.exists()


@pytest.mark.parametrize(("hour", "number"), [(10, "01952 385385"), (23, "01952 676500")])
def test_harm_leads_to_the_number_of_the_hour(school: School, monkeypatch: pytest.MonkeyPatch, hour, number):
    moment = datetime(2026, 12, 1, hour, tzinfo=UTC)  # a Tuesday
    monkeypatch.setattr(clock, "now", lambda: moment)
    writer = assessing(school)
    tell_harm(writer, "suspected")
    assert "This needs a referral" in text_of(writer.page)
    assert number in writer.page.partition("Ring first")[2].partition("make it a referral")[0]


@pytest.mark.parametrize("harm", ["yes", "suspected", "not_sure"])
def test_harm_leads_to_a_page_that_makes_it_a_referral_with_all_that_was_written(teacher: Writer, harm):
    tell_harm(teacher, harm)
    assert "This needs a referral" in text_of(teacher.page)
    source = teacher.referral
    teacher.post(reverse("journey:begin_another", args=[source.pk, "marf"]), {})
    begun = teacher.referral
    assert (begun.kind, begun.begun_from) == ("marf", source)
    assert f"Carried from {source.reference}" in teacher.page
    teacher.open("concern")
    assert fields_of(teacher.page)["what"] == ["Bruises that nobody explains"]
    assert f"Carried from {source.reference}" in teacher.page
    teacher.send(source=["saw"])
    teacher.open("concern")
    assert f"Carried from {source.reference}" not in teacher.page
    check = text_of(teacher.get(reverse("journey:check", args=[begun.pk])))
    assert "Carried over, and not looked at since" in check
    assert "Send referral now" in check
    assert "Referral sent" in text_of(teacher.press_send())
    record = text_of(teacher.get(reverse("referral", args=[begun.pk])))
    assert "What was carried over from an earlier form" in record
    assert "not looked at since" in record


def test_a_referral_that_was_sent_begins_an_assessment(school: School):
    writer = Writer(school.teacher).begin("marf", danger="likely", cannot_wait="no")
    writer.fill("desk", about_desk="no")
    writer.add_child()
    writer.fill("harm", writer.child.pk, harm="not_sure")
    writer.fill("concern", what="He is late and hungry", source=["saw"])
    writer.press_send()
    source = writer.referral
    assert "Begin an assessment from it" in writer.get(reverse("referral", args=[source.pk]))
    writer.post(reverse("journey:begin_another", args=[source.pk, "eha"]), {})
    begun = writer.referral
    assert (begun.kind, begun.begun_from) == ("eha", source)
    writer.open("eha-reason")
    assert fields_of(writer.page)["reason"] == ["He is late and hungry"]
    assert begun.reference in writer.get(reverse("referral", args=[source.pk]))
