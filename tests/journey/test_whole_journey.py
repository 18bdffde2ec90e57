"""The main job end to end, as a teacher does it, without scripts."""

from django.urls import reverse

from referrals.record.domain.lifecycle import State
from referrals.record.selectors import content_of, latest_submission
from tests.factories import AREA
from tests.journey.support import School, Writer, errors_of, forms_of, home, text_of


def test_a_teacher_writes_the_full_form_and_sends_it(school: School):
    writer = Writer(school.teacher)
    writer.get("/start/")
    writer.post("/start/", {"danger": "likely", "cannot_wait": "no"})
    assert "Ring first" in text_of(writer.page)
    assert "01952 385385" in writer.page
    writer.begin("marf", danger="likely", cannot_wait="no")
    assert "task list" in writer.page.lower()
    writer.fill("desk", about_desk="no")
    writer.fill("reason", referral_type="protect", referral_reason="A bruise that nobody explains")
    writer.fill("referrer", referrer_relationship="His class teacher", referrer_phone="01632 960123")
    writer.add_child()
    assert "Robin Vale" in writer.page
    child = writer.child.pk
    writer.fill("child-needs", child, disabled="no", moves_about="yes", interpreter="no")
    writer.fill("child-home", child, **home())
    assert "the area of the child's home" in writer.page
    writer.fill("child-identity", child, ethnic_group="asian")
    writer.send(ethnicity_asian="APKN", religion="muslim")
    writer.fill("child-care", child, cared_by="parent", immigration="no")
    writer.fill("child-school", child, education="school")
    writer.send(school="Ironbridge Road School", upn="H801200001001")
    writer.fill("child-services", child, open_case="no", nhs_number="9434765919")
    writer.fill("children", children_complete="yes")
    writer.post(reverse("journey:add_member", args=[writer.referral.pk]), {})
    writer.send(full_name="Kim Vale", relationship="mother", parental_responsibility="yes", in_home="yes")
    member = writer.referral.household.get().pk
    writer.fill("household", household_complete="yes")
    writer.fill("agencies", agencies_not_known="on")
    writer.fill("harm", child, harm="suspected")
    writer.send(harm_what="Bruises that nobody explains")
    writer.fill("concern", what="A bruise on the arm", happened_on_year="2026", source=["saw"], where="At school")
    writer.fill("alleged", alleged="no")
    writer.fill("home-life", adults_have=["none"])
    writer.fill("family-view", parents_view="They have not been asked")
    writer.fill("circumstances", child, circumstances=["physical_abuse"])
    writer.fill(
        "analysis", worried="It may get worse", working_well="Grandmother helps", needs_to_happen="Somebody asks"
    )
    writer.fill("child-view", child, view_given="words")
    writer.send(view="It hurts", view_wants="To stay with grandma")
    writer.open("descriptors", child).send("search", **{"page-search": "bruis"})
    assert "found for" in writer.page
    writer.send("add", descriptors=["tw-acute-070"])
    writer.send(**{"evidence-tw-acute-070": "Not in school since September"})
    writer.fill("protective", child, protective=["none_found"])
    writer.fill("judged", child, judged_level="complex", judged_because="Several needs")
    assert "what the document indicates" in writer.page
    assert "Out of education" in writer.page
    assert "You judged lower" in writer.page
    writer.send(keeps_judgement="yes", differs_because="The school knows the family well")
    writer.fill("child-sharing", child, said="not_sought")
    writer.fill("member-sharing", member, information_shared="yes", said="not_sought")
    writer.fill("without-agreement", everybody_agrees="no")
    writer.send(not_seeking=["risk_to_child"])
    writer.send(not_seeking_why="The mother may leave with the child", why_without="To keep the child safe")
    writer.fill("telling", risk_from_telling="yes", risk_from_telling_why="He hits", identities_to_protect="no")
    writer.fill("what-it-holds", special_category="no", criminal_offence="yes", facts_apart_from_opinion="yes")
    writer.fill("ring-first", rang="yes")
    writer.send(rang_whom="Family Connect", rang_by="Me", rang_advice="Write today", rang_on_not_known="on")
    writer.fill("agency-action", done="Breakfast club")
    writer.fill("early-help", eha_done="no", eha_none_because="Harm needs none")
    sharing = text_of(writer.get(reverse("journey:sharing", args=[writer.referral.pk])))
    assert "It may be shared" in sharing
    assert "golden rules" in sharing
    assert "Do not tell the family" in sharing
    plan = text_of(writer.get(reverse("journey:plan", args=[writer.referral.pk])))
    assert "Family Connect" in plan
    assert "Ring first" in plan
    sent = text_of(writer.press_send())
    assert "Referral sent" in sent
    assert writer.referral.reference in sent
    assert writer.referral.state == State.SENT.value
    submission = latest_submission(writer.referral)
    assert submission is not None
    content = content_of(submission)
    assert content["missing"] == []
    record = text_of(writer.get(reverse("referral", args=[writer.referral.pk])))
    assert "Robin Vale" in record
    assert "Not in school since September" in record
    assert "It is on its way" in record
    assert errors_of(writer.page) == []


def test_whoever_said_that_it_can_wait_reads_which_open_question_makes_it_urgent(school: School):
    writer = Writer(school.teacher).begin_calmly()
    writer.fill("desk", about_desk="no").add_child()
    says = "Whether a child has been harmed, or may be, is not answered. Until it is, this counts as urgent"
    check = reverse("journey:check", args=[writer.referral.pk])
    assert says in text_of(writer.get(check))
    writer.fill("harm", writer.child.pk, harm="suspected")
    page = text_of(writer.get(check))
    assert "It is urgent, so it goes to the front door at once." in page
    assert says not in page


def test_what_must_go_now_takes_who_where_and_the_worry(school: School):
    writer = Writer(school.teacher)
    writer.post("/start/", {"danger": "now", "cannot_wait": "yes"})
    short = next(form for form in forms_of(writer.page) if form["kind"] == ["send_now"])
    writer.post(reverse("journey:begin"), short)
    assert "Have you rung the front door?" in text_of(writer.page)
    writer.send(rang="no")
    assert "Children you are worried about" in text_of(writer.page)
    writer.add_child(harm="yes", where_now="At school", home_area=AREA, found_area=AREA, safe_tonight="not_known")
    writer.send(children_complete="yes")
    assert "What are you worried about?" in text_of(writer.page)
    writer.send(worry="She says that she is afraid to go home", family_told="no")
    writer.send(about_desk="no")
    assert "Check your answers" in text_of(writer.page)
    assert "Yes, in danger now" in writer.page
    assert "Send referral now" in writer.page
    sent = text_of(writer.press_send())
    assert "Referral sent" in sent
    submission = latest_submission(writer.referral)
    assert submission is not None
    content = content_of(submission)
    assert {"send_now", "danger", "cannot_wait"} <= set(content["urgent_because"])
    assert [one["key"] for one in content["pages"][0]["questions"]] == ["danger", "cannot_wait"]
    assert "immediate_danger" in content["check"][str(writer.child.pk)]["flags"]
    added = reverse("journey:addendum", args=[writer.referral.pk])
    writer.get(added)
    writer.send(words="Her brother is called Jo")
    assert "Her brother is called Jo" in text_of(writer.page)
