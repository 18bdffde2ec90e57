"""A copy for the family in the hands of people: kept back in the draft, looked at, made, handed out, and stopped."""

from io import BytesIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse
from lxml import html
from pypdf import PdfReader

from accounts.domain.roles import Role
from accounts.models import Person
from accounts.selectors import actor_for
from audit.models import Entry
from consent.actions import rule_on_telling
from consent.models import Shared
from referrals.casework import actions as casework
from referrals.documents.models import FamilyCopy
from referrals.record.actions import begin_from, save_page
from referrals.record.models import KeptFromFamily, Referral
from referrals.record.selectors import content_of, latest_submission, saved_page
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from tests.casework.handing import made_there, offer
from tests.casework.support import (
    AREA,
    LATER,
    NOW,
    World,
    assessment,
    claimed,
    delivered,
    guarded,
    save,
    settled,
    submit,
    urgent,
)
from tests.factories import FrontDoorTeamFactory, person_with
from tests.journey.support import Writer, fields_of, forms_of, text_of

ASK = "Imran Calloway, 01632 960144"


@pytest.fixture
def world(db: None) -> World:
    made = World.made()
    Authenticator.objects.create(user=made.worker, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    return made


def of(person: Person, referral: Referral, name: str = "journey:family_copy", **more: object) -> "Maker":
    """Somebody at the page of a referral's copies for the family."""
    return Maker(person, reverse(name, kwargs={"referral_id": referral.pk, **more}))


class Maker(Writer):
    """Somebody who makes a copy for the family, at a browser without scripts."""

    def __init__(self, person: Person, at: str) -> None:
        super().__init__(person)
        self.at = at

    def asks(self, recipient: object, **more: str) -> str:
        """Say for whom the copy is, and look at what it would hold."""
        self.get(self.at)
        return self.post(
            self.at, {**fields_of(self.page), "recipient": str(recipient), "ask": ASK, "do": "show", **more}
        )

    def makes(self, *put_in: str, **more: str) -> str:
        """Tick answers by their questions, confirm, and make the copy of what is shown."""
        ticks = html.fromstring(self.page).xpath("//input[@name='put_in']/@value")
        codes = [one for one in ticks if one.rpartition(":")[2] in put_in]
        assert len(codes) == len(put_in)
        confirmed = {"read": "on", "may_have_it": "on", **more}
        return self.post(self.at, {**fields_of(self.page), **confirmed, "put_in": codes, "do": "make"})


def status(person: Person, copy: FamilyCopy) -> int:
    """How somebody who wants to download a copy is answered."""
    address = reverse("journey:family_pdf", args=[copy.referral_id, copy.pk])
    return Writer(person).client.get(address).status_code


def words_in(person: Person, copy: FamilyCopy) -> str:
    """What somebody who downloads a copy reads in it."""
    answer = Writer(person).client.get(reverse("journey:family_pdf", args=[copy.referral_id, copy.pk]))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())


def written(world: World) -> Referral:
    """An assessment with what each of them says, and an analysis."""
    FrontDoorTeamFactory.create(front_door="strengthening-families", area=AREA, agency=world.team.agency)
    referral, by = assessment(world), world.by("teacher")
    child, member = referral.children.get().pk, referral.household.get().pk
    save(referral, "child-view", by, child, view_given="words", view="Mum cries at night")
    save(referral, "member-voice", by, member, voice_given="yes", voice="I am so tired")
    said: dict[str, Any] = {
        "worried": "He carries too much",
        "harder": "Nan told us about the debts",
        "working_well": "They talk",
    }
    save(referral, "analysis", by, needs_to_happen="Help at seven", **said)
    save(referral, "copies", by, copy_to="Kim Vale", copy_not_to="His father must not see the address")
    return referral


def sent(world: World) -> Referral:
    return arrived(world, written(world))


def arrived(world: World, referral: Referral) -> Referral:
    """Submitted, and in the queue of every front door that gets it."""
    submit(world, referral)
    for intake in Intake.objects.filter(referral=referral):
        routing.arrive(intake_id=intake.pk, now=NOW)
    referral.refresh_from_db()
    assert referral.state == "sent"
    return referral


def test_a_copy_holds_what_was_put_in_and_nothing_else_and_is_on_record(world: World):
    referral = written(world)
    teacher = of(world.teacher, referral)
    back = reverse("journey:keep_back", args=[referral.pk])
    page = text_of(teacher.get(back))
    assert "Nan told us about the debts" in page
    assert "His father" not in page  # who gets a copy never goes anyway
    teacher.post(back, {**fields_of(teacher.page), "kept": "analysis::harder"})
    assert "What you wrote that is not for the family" in text_of(teacher.page)
    assert KeptFromFamily.objects.get().question == "harder"
    assert fields_of(teacher.get(back))["kept"] == ["analysis::harder"]
    begun = begin_from(source=referral, kind="eha", by=world.by("teacher"), now=NOW)
    assert KeptFromFamily.objects.get(referral=begun).question == "harder"  # it stays so where it is carried
    submit(world, referral)
    submission = latest_submission(referral)
    assert submission is not None
    frozen = content_of(submission)
    assert frozen["not_for_family"] == [{"page": "analysis", "person": "", "question": "harder"}]

    page = text_of(teacher.asks(referral.household.get().pk))
    assert "His father must not see the address" in page  # before anything else
    may_go, _, stays_out = page.partition("What stays out")
    assert "Nan told us about the debts" not in page
    assert "Mum cries at night" not in page
    for words in ("He carries too much", "They talk", "I am so tired"):
        assert words in may_go
    for words in ("said that it is not for the family", "for the person alone", "never goes to a family"):
        assert words in stays_out
    assert "Read what goes in" in text_of(teacher.makes("worried", read=""))
    assert not FamilyCopy.objects.exists()
    assert fields_of(teacher.page)["put_in"] == ["analysis::worried"]  # what was ticked stays ticked
    # What may not go goes nowhere, whoever posts it.
    shown = {**fields_of(teacher.page), "read": "on", "may_have_it": "on", "do": "make"}
    child = referral.children.get().pk
    for code in ("analysis::harder", f"child-view:{child}:view", "copies::copy_to", "analysis::", "x"):
        teacher.post(teacher.at, {**shown, "put_in": [code]})
        assert not FamilyCopy.objects.exists()

    teacher.asks(referral.household.get().pk)
    assert "The copy for Kim Vale, mother is made" in text_of(teacher.makes("worried", "voice"))
    copy = FamilyCopy.objects.get()
    text = words_in(world.teacher, copy)
    for words in ("He carries too much", "I am so tired", ASK, "What happens next", "Kim Vale, mother"):
        assert words in text
    for words in ("They talk", "Nan told us", "Mum cries", "Vulnerable", "His father", "Asha Pryor", "In school"):
        assert words not in text
    shared = Shared.objects.get(document="family")
    assert (shared.recipient, shared.by, shared.sha256) == ("Kim Vale, mother", world.teacher, copy.sha256)
    verbs = Entry.objects.filter(verb__startswith="referral.family_copy").order_by("id")
    assert [entry.verb for entry in verbs] == ["referral.family_copy", "referral.family_copy_taken"]
    record = text_of(teacher.get(reverse("referral", args=[referral.pk])))
    assert "Copy for the family (From submission 1) to Kim Vale, mother" in record
    # The same again is the one that is there.
    teacher.asks(referral.household.get().pk)
    teacher.makes("worried", "voice")
    assert FamilyCopy.objects.count() == Shared.objects.filter(document="family").count() == 1


def test_who_makes_one_and_who_hands_it_out(world: World):
    referral = sent(world)
    child = referral.children.get()
    maker = of(world.dsl, referral)
    page = text_of(maker.asks(child.pk))  # a young person has their own words, and nobody else's
    assert "Mum cries at night" in page
    assert "I am so tired" not in page
    maker.makes("view")
    copy = FamilyCopy.objects.get()
    assert "Mum cries at night" in words_in(world.teacher, copy)
    coordinator = person_with(Role.EARLY_HELP_COORDINATOR, team=referral.disclosures.get().team)
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    # The team that has it makes its own, and doesn't hand out the agency's; nor the other way round.
    assert status(coordinator, copy) == 404
    team = of(coordinator, referral)
    team.asks("other", other="Nan Vale, grandmother")
    team.makes("needs_to_happen")
    theirs = FamilyCopy.objects.exclude(disclosure=None).get()
    assert "Help at seven" in words_in(coordinator, theirs)
    assert status(world.teacher, theirs) == 404
    assert Shared.objects.get(recipient="Nan Vale, grandmother").disclosure == theirs.disclosure
    for person in (world.stranger, world.colleague, world.manager, world.worker):
        assert status(person, copy) == 404
        assert Writer(person).client.get(maker.at).status_code == 404
    no_copy = reverse("journey:family_pdf", args=[referral.pk, "00000000-0000-0000-0000-000000000001"])
    assert Writer(world.dsl).client.get(no_copy).status_code == 404


def test_one_is_made_also_for_somebody_whose_name_and_relationship_are_long(world: World):
    referral, by = written(world), world.by("teacher")
    member, long = referral.household.get().pk, {"full_name": "K" * 200, "relationship": "m" * 200}
    about = {**saved_page(referral, "member-about", member).answers, **long}
    save_page(referral=referral, page="member-about", answers=about, version=1, by=by, now=NOW, person_id=member)
    maker = of(world.teacher, arrived(world, referral))
    maker.asks(member)
    maker.makes("worried")
    assert FamilyCopy.objects.get().recipient == f"{'K' * 200}, {'m' * 98}"


@pytest.mark.parametrize("how", ["added", "ruled", "begun", "withdrawn"])
def test_what_comes_to_be_known_later_stops_also_the_copy_that_was_made(world: World, how):
    referral = sent(world)
    maker = of(world.teacher, referral)
    maker.asks(referral.household.get().pk)
    maker.makes("worried")
    copy = FamilyCopy.objects.get()
    maker.asks(referral.household.get().pk)
    looked_at = maker.page
    by = world.by("teacher")
    if how == "added":
        casework.add_addendum(referral=referral, text="She says that he found out.", by=by, now=LATER)
        words = "Something was added or said since"
    elif how == "ruled":
        team = referral.disclosures.get().team
        worker = person_with(Role.EARLY_HELP_COORDINATOR, team=team)
        rule_on_telling(
            referral=referral, team=team, may_tell=False, lifts=True, why="Wait.", by=actor_for(worker, NOW), now=NOW
        )
        words = "must not be told until the front door says so"
    elif how == "begun":
        begin_from(source=referral, kind="marf", by=by, now=NOW)
        words = "not certain now"
    else:
        Referral.objects.filter(pk=referral.pk).update(state="withdrawn")
        words = "none once it was withdrawn"
    maker.page = looked_at
    if how == "withdrawn":
        assert maker.client.get(maker.at).status_code == 403
    else:
        page = text_of(maker.makes("working_well"))
        assert words in page
        assert not forms_of(maker.page)
        assert "Download" not in page
        assert "For Kim Vale, mother" in page
    assert FamilyCopy.objects.count() == 1
    assert status(world.teacher, copy) == 403


@pytest.mark.parametrize(
    ("going_on", "telling", "words"),
    [
        ("neglect", "no", ""),
        ("sexual_abuse", "no", "must not be told"),
        ("neglect", "not_known", "must not be told"),
        (None, "no", "not answered whether"),
        ("neglect", None, "must not be told"),
    ],
)
def test_of_a_referral_there_is_one_only_where_telling_is_safe_or_the_front_door_says_so(
    world: World, going_on, telling, words
):
    referral, by = urgent(world), world.by("teacher")
    save(referral, "reason", by, referral_type="protect", referral_reason="A second bruise in a week")
    if going_on:
        save(referral, "circumstances", by, referral.children.get().pk, circumstances=[going_on])
    if telling:
        save(referral, "telling", by, risk_from_telling=telling, identities_to_protect="no")
    arrived(world, referral)
    maker = of(world.worker, referral)
    page = text_of(maker.get(maker.at))
    assert ("Who gets it?" in page) is not words
    assert words in page
    said = {"recipient": "other", "other": "Kim Vale", "ask": ASK, "submission": "1", "read": "on", "may_have_it": "on"}
    if words:
        page = text_of(maker.post(maker.at, {**said, "put_in": ["reason::referral_reason"], "do": "make"}))
        assert words in page
        assert not FamilyCopy.objects.exists()
    rule_on_telling(
        referral=referral,
        team=world.team,
        may_tell=bool(words),
        lifts=True,
        why="We have spoken.",
        by=world.by("worker"),
        now=NOW,
    )
    assert ("Who gets it?" in text_of(maker.get(maker.at))) is bool(words)
    if words:
        maker.asks("other", other="Kim Vale, mother")
        maker.makes("referral_reason")
        text = words_in(world.worker, FamilyCopy.objects.get())
        assert "A second bruise in a week" in text
        assert "one working day" in text


def test_beside_do_not_tell_no_link_looks_like_an_invitation(world: World):
    open_one, invites = sent(world), "A copy for the family</a>"
    page = Writer(world.teacher).get(reverse("referral", args=[open_one.pk]))
    assert invites in page
    assert "Why there is no copy" not in page
    held = guarded(world)
    delivered(world, held)
    page = Writer(world.teacher).get(reverse("referral", args=[held.pk]))
    assert "Do not tell the family" in page
    assert invites not in page
    assert "Why there is no copy for the family now" in page.partition("Do not tell the family")[2]


def test_a_front_door_that_let_go_makes_none_and_hands_none_out(world: World):
    there, referral = made_there(), settled(world)
    save(referral, "reason", world.by("teacher"), referral_type="protect", referral_reason="A bruise")
    intake = claimed(world, referral)
    maker = of(world.worker, referral)
    maker.asks(referral.household.get().pk)
    maker.makes("referral_reason")
    copy = FamilyCopy.objects.get()
    assert status(world.worker, copy) == 200
    record = reverse("referral", args=[referral.pk])
    assert maker.at in maker.get(record)
    casework.accept_transfer(intake=offer(world, intake, there), by=there.by("worker"), now=LATER)
    answer = maker.client.get(maker.at)
    assert answer.status_code == 403
    assert "Whoever has it now speaks with the family" in answer.content.decode()
    assert maker.client.post(maker.at, {"do": "make"}).status_code == 403
    assert status(world.worker, copy) == 403
    assert maker.at not in maker.get(record)
    Authenticator.objects.create(user=there.worker, type=Authenticator.Type.TOTP, data={"secret": "unused"})
    assert of(there.worker, referral).client.get(maker.at).status_code == 200


def test_a_day_and_what_was_chosen_go_only_where_somebody_puts_them_in_and_can_be_kept_back(world: World):
    referral, by = settled(world), world.by("teacher")
    save(referral, "reason", by, referral_type="protect", referral_reason="A bruise")
    save(referral, "concern", by, what="He hit her", where="At home", source=["saw"], happened_on="2025-02-07")
    teacher = of(world.teacher, referral)
    back = reverse("journey:keep_back", args=[referral.pk])
    assert "7 February 2025" in text_of(teacher.get(back))
    teacher.post(back, {**fields_of(teacher.page), "kept": ["concern::happened_on"]})
    begun = begin_from(source=referral, kind="marf", by=by, now=NOW)
    kept = KeptFromFamily.objects.get(referral=begun)
    assert (kept.page, kept.question) == ("concern", "happened_on")
    Referral.objects.filter(pk=begun.pk).update(state="withdrawn")
    arrived(world, referral)
    may_go, _, stays_out = text_of(teacher.asks(referral.household.get().pk)).partition("What stays out")
    assert "7 February 2025" not in may_go
    assert "happen" in stays_out
    assert "Protection" in may_go
    page = text_of(teacher.makes())
    assert "Nothing is ticked above" in page  # nothing is ticked, so nothing goes
    assert not FamilyCopy.objects.exists()
    teacher.asks(referral.household.get().pk)
    teacher.makes("referral_reason")
    text = words_in(world.teacher, FamilyCopy.objects.get())
    assert "A bruise" in text
    assert "Protection" not in text
    assert "February 2025" not in text


def test_what_is_read_is_what_is_made_and_somebody_unnamed_gets_none(world: World):
    referral = sent(world)
    maker = of(world.teacher, referral)
    assert "Write their name" in text_of(maker.asks("other"))
    maker.asks(referral.household.get().pk)
    shown = {**fields_of(maker.page), "read": "on", "may_have_it": "on", "do": "make"}
    answer = maker.client.post(maker.at, {**shown, "submission": "2", "put_in": "analysis::worried"})
    assert answer.status_code == 403
    assert "submitted again since you read it" in answer.content.decode()


def test_a_colleague_s_words_are_not_let_go_of_by_a_page_that_did_not_show_them(world: World):
    referral = written(world)
    by = world.by("teacher")
    teacher = of(world.teacher, referral)
    back = reverse("journey:keep_back", args=[referral.pk])
    teacher.get(back)
    opened = fields_of(teacher.page)
    save_page(referral=referral, page="agency-action", answers={"done": "A club"}, version=0, by=by, now=NOW)
    teacher.get(back)
    teacher.post(back, {**fields_of(teacher.page), "kept": "agency-action::done"})
    teacher.post(back, {**opened, "kept": "analysis::worried"})
    assert sorted(KeptFromFamily.objects.values_list("question", flat=True)) == ["done", "worried"]
    teacher.post(back, fields_of(teacher.get(back)) | {"kept": []})
    assert not KeptFromFamily.objects.exists()
