"""Two children, two areas: each front door gets what it needs, on its pages and in its copy, and that is recorded."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.domain.roles import Role
from accounts.models import FrontDoorTeam, Person
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours
from consent.actions import Door, disclose
from consent.models import Disclosure, Shared
from consent.selectors import disclosure_to, shared_of
from dispatch.keeping import keep
from dispatch.models import OutboxRow
from referrals.casework import actions as casework
from referrals.documents.actions import promise_part
from referrals.documents.models import PdfCopy, RecipientCopy
from referrals.documents.selectors import copy_for
from referrals.record import actions as records
from referrals.record.models import Referral, Submission
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from tests.casework.support import (
    AREA,
    LATER,
    NOW,
    World,
    acting,
    child_of,
    opened,
    refused,
    routine,
    save,
    submit,
    urgent,
    verbs,
)
from tests.desks import signed_in
from tests.desks import text_of as words_of
from tests.documents.support import read, words_in
from tests.factories import AgencyFactory, FrontDoorTeamFactory, person_with
from tests.packs import shipped
from thresholds.actions import publish

pytestmark = pytest.mark.django_db(transaction=True)

ELSEWHERE = "wakefield"
SECRETS = ("77 Faraway Close", "Otterbourne Nursery", "Wears a hearing aid of brass")


def shown(answer: Any) -> str:
    """The page that was answered, with every run of white space as one space."""
    return words_of(answer)


@dataclass
class TwoWays:
    """A referral of Robin 0 at home, and of Robin 1, who lives in Wakefield."""

    world: World
    referral: Referral
    submission: Submission
    there: FrontDoorTeam
    decider: Person

    def intake(self, area: str = AREA) -> Intake:
        return Intake.objects.get(referral=self.referral, area=area)

    def page(self, person: Person, name: str, *args: object) -> str:
        return shown(signed_in(person).get(reverse(name, args=args)))


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: LATER)


def split(world: World) -> Referral:
    """The second child lives in Wakefield; nothing speaks of harm to either."""
    by = world.by("teacher")
    referral = routine(world, children=2)
    one, two = child_of(referral, 1), child_of(referral, 2)
    for child in (one, two):
        save(referral, "circumstances", by, child.pk, circumstances=["none"])
    home = {"home_area": ELSEWHERE, "found_area": ELSEWHERE, "address": SECRETS[0], "safe_tonight": "yes"}
    records.save_page(referral=referral, page="child-home", answers=home, version=1, by=by, now=NOW, person_id=two.pk)
    save(referral, "child-school", by, two.pk, education="school", school=SECRETS[1])
    save(referral, "child-services", by, two.pk, open_case="no")
    save(referral, "child-needs", by, two.pk, disabled="yes", disability=SECRETS[2])
    save(referral, "concern", by, what="Both children come to school hungry.")
    referral.refresh_from_db()
    return referral


@pytest.fixture
def there(world: World) -> FrontDoorTeam:
    pack = shipped(ELSEWHERE)
    publish(pack=pack, by=Actor.system("tests"), now=NOW)
    council = AgencyFactory.create(name="Council There", kind="local_authority", areas=[ELSEWHERE])
    return FrontDoorTeamFactory.create(area=ELSEWHERE, front_door=pack.main_door, agency=council)


@pytest.fixture
def two(world: World, there: FrontDoorTeam) -> TwoWays:
    decider = person_with(Role.SOCIAL_WORKER, team=there)
    referral = split(world)
    submission = submit(world, referral)
    for intake in Intake.objects.filter(referral=referral):
        routing.arrive(intake_id=intake.pk, now=NOW)
    return TwoWays(world, referral, submission, there, decider)


def keep_copies() -> dict[str, str]:
    """Keep the promises of copies; return how each stands."""
    rows = OutboxRow.objects.filter(kind__in=["pdf_copy", "recipient_copy"])
    for row in rows:
        keep(row.pk)
    return dict(rows.values_list("key", "state"))


def pdf_text(content: bytes | None) -> str:
    assert content is not None
    return words_in("".join(page.extract_text() for page in read(content).pages))


def test_the_front_doors_pages_hold_no_answer_about_the_other_areas_child(two: TwoWays):
    screener, intake = two.world.screener, two.intake()
    pages = (
        two.page(screener, "triage:intake", intake.pk),
        two.page(screener, "triage:ask", intake.pk),
        two.page(screener, "referral", two.referral.pk),
        two.page(screener, "journey:sent", two.referral.pk),
    )
    for page in pages:
        for secret in SECRETS:
            assert secret not in page
    for page in (pages[0], pages[2]):
        assert "Robin 1 Vale" in page
        assert "deals with Robin 1 Vale." in page
        assert "Both children come to school hungry." in page


def test_the_other_areas_front_door_gets_its_child_in_full(two: TwoWays):
    page = two.page(two.decider, "triage:intake", two.intake(ELSEWHERE).pk)
    for shown in (*SECRETS, "Both children come to school hungry."):
        assert shown in page


def test_the_agency_keeps_the_whole(two: TwoWays):
    for person, name in ((two.world.teacher, "referral"), (two.world.dsl, "review:referral")):
        page = two.page(person, name, two.referral.pk)
        for secret in SECRETS:
            assert secret in page


def test_each_downloads_its_own_copy_byte_for_byte(two: TwoWays):
    assert set(keep_copies().values()) == {"done"}
    whole = PdfCopy.objects.get(submission=two.submission)
    address = reverse("documents:copy", args=[two.referral.pk])
    mine = {
        person: signed_in(person).get(address, follow=True)
        for person in (two.world.teacher, two.world.screener, two.decider)
    }
    assert mine[two.world.teacher].content == bytes(whole.content)
    for person, area in ((two.world.screener, AREA), (two.decider, ELSEWHERE)):
        given = disclosure_to(two.submission, area=area, front_door=two.intake(area).front_door)
        copy = RecipientCopy.objects.get(disclosure=given)
        assert mine[person].content == bytes(copy.content) != bytes(whole.content)
        assert copy.sha256 == sha256(mine[person].content).hexdigest()
        assert signed_in(person).get(address, follow=True).content == mine[person].content
    here, there = (pdf_text(mine[person].content) for person in (two.world.screener, two.decider))
    for secret in SECRETS:
        assert words_in(secret) not in here
        assert words_in(secret) in there
    assert words_in("Both children come to school hungry.") in here


def test_where_everything_is_needed_there_is_one_copy(world: World):
    referral = routine(world)
    submission = submit(world, referral)
    routing.arrive(intake_id=Intake.objects.get(referral=referral).pk, now=NOW)
    assert set(keep_copies()) == {f"pdf_copy:{submission.pk}"}
    assert Disclosure.objects.get(submission=submission).whole
    found = copy_for(world.by("screener"), referral.pk, now=NOW)
    assert found.content == bytes(PdfCopy.objects.get(submission=submission).content)


def test_a_part_that_cannot_be_drawn_parks_only_itself(two: TwoWays):
    # A need of a shape that nobody makes.
    bad = Disclosure.objects.create(
        referral=two.referral,
        submission=two.submission,
        team=two.world.team,
        number=9,
        area=AREA,
        front_door="another-door",
        door_name="Another",
        purpose="protect",
        whole=False,
        need={"whole": False, "people": None},
        at=NOW,
        by_name="Test",
    )
    with transaction.atomic():
        promise_part(disclosure=bad, by=Actor.system("test"))
    states = keep_copies()
    assert states.pop(f"recipient_copy:{bad.pk}") == "parked"
    assert set(states.values()) == {"done"}
    assert {one.state for one in Intake.objects.filter(referral=two.referral)} == {"received"}


def test_what_was_shared_with_whom_and_what_for_is_recorded_as_it_happens(two: TwoWays):
    rows = list(shared_of(two.referral))
    sent = {row.recipient: row for row in rows if row.document == Shared.Document.SUBMISSION}
    assert {row.disclosure.area for row in sent.values() if row.disclosure} == {AREA, ELSEWHERE}
    here = next(row for row in sent.values() if row.disclosure and row.disclosure.area == AREA)
    assert here.purpose == "to decide what the child needs to be safe and well"
    assert here.what == ["The worry, all of it", "Robin 0 Vale, in full", "Robin 1 Vale, as a household member"]
    assert here.left_out[0].startswith("Robin 1 Vale: About Robin 1 Vale;")
    assert here.sha256 == two.submission.sha256
    emails = [row for row in rows if row.document == Shared.Document.EMAIL]
    assert emails
    assert all(row.people and not row.what for row in emails)
    keep_copies()
    signed_in(two.world.screener).get(reverse("documents:copy", args=[two.referral.pk]), follow=True)
    copy = shared_of(two.referral).last()
    assert copy is not None
    assert (copy.document, copy.by_id) == (Shared.Document.COPY, two.world.screener.pk)
    assert copy.recipient == here.recipient


def test_addenda_and_answers_are_recorded_for_each_who_gets_them(two: TwoWays):
    by = two.world.by("teacher")
    casework.add_addendum(referral=two.referral, text="Their aunt rang today.", by=by, now=LATER)
    two.referral.refresh_from_db()
    casework.add_page_addendum(
        referral=two.referral,
        page="protective",
        answers={"protective_detail": "Her grandmother in Leeds."},
        person_id=child_of(two.referral, 2).pk,
        by=by,
        now=LATER,
    )
    added = [row for row in shared_of(two.referral) if row.document == Shared.Document.ADDENDUM]
    first = {row.disclosure.area: bool(row.what) for row in added if row.disclosure and row.title == "Addendum 1"}
    assert first == {AREA: True, ELSEWHERE: True}
    second = {row.disclosure.area: bool(row.what) for row in added if row.disclosure and row.title == "Addendum 2"}
    assert second == {AREA: False, ELSEWHERE: True}
    page = two.page(two.world.screener, "triage:intake", two.intake().pk)
    assert "Their aunt rang today." in page
    assert "Her grandmother in Leeds." not in page
    assert "Her grandmother in Leeds." not in two.page(two.world.screener, "referral", two.referral.pk)
    assert "Her grandmother in Leeds." in two.page(two.decider, "triage:intake", two.intake(ELSEWHERE).pk)


def test_an_answer_goes_to_the_front_door_that_asked(two: TwoWays):
    routing.claim(intake=two.intake(ELSEWHERE), by=acting(two.decider), now=LATER)
    message = casework.request_information(
        intake=two.intake(ELSEWHERE), text="Which nursery?", by=acting(two.decider), now=LATER
    )
    casework.answer_information(message=message, text="The one by the mill.", by=two.world.by("teacher"), now=LATER)
    row = shared_of(two.referral).filter(document=Shared.Document.ANSWER).get()
    assert row.disclosure is not None
    assert row.disclosure.area == ELSEWHERE
    # What is said about a child whom only another front door deals with is not for this one.
    page = two.page(two.world.screener, "referral", two.referral.pk)
    assert "The one by the mill." not in page
    assert "Which nursery?" not in page
    assert "The one by the mill." in two.page(two.world.teacher, "referral", two.referral.pk)


def test_the_page_of_the_referral_says_what_was_shared(two: TwoWays):
    teacher = two.page(two.world.teacher, "referral", two.referral.pk)
    assert "What was shared, with whom and what for" in teacher
    assert teacher.count("<strong>The referral</strong>") == 2
    screener = two.page(two.world.screener, "referral", two.referral.pk)
    assert screener.count("<strong>The referral</strong>") == 1


def test_a_front_door_opens_all_of_it_when_a_child_needs_protection_now(two: TwoWays):
    screener, intake = two.world.screener, two.intake()
    client = signed_in(screener)
    address = reverse("triage:open_rest", args=[intake.pk])
    assert address in two.page(screener, "triage:intake", intake.pk)
    assert "Write why you need all of it" in shown(client.post(address, {"why": ""}))
    client.post(address, {"why": "The sister is with the same man tonight."})
    page = two.page(screener, "triage:intake", intake.pk)
    for secret in SECRETS:
        assert secret in page
    assert address not in page
    keep_copies()
    answer = client.get(reverse("documents:copy", args=[two.referral.pk]), follow=True)
    assert answer.content == bytes(PdfCopy.objects.get(submission=two.submission).content)
    assert "The sister is with the same man tonight." in two.page(two.world.teacher, "referral", two.referral.pk)
    assert "sharing.open_rest" in verbs(two.referral.pk)
    assert OutboxRow.objects.filter(key__startswith="opened_in_full:").exists()
    given = disclosure_to(two.submission, area=AREA, front_door=intake.front_door)
    assert given is not None
    assert (given.number, given.whole) == (2, True)


def test_only_its_own_front_door_opens_the_rest_and_with_a_reason(two: TwoWays):
    with pytest.raises(NotYours):
        casework.open_rest(intake=two.intake(), why="I want to.", by=acting(two.decider), now=LATER)
    with pytest.raises(NotYours):
        casework.open_rest(intake=two.intake(), why="I want to.", by=two.world.by("teacher"), now=LATER)
    with refused("Say why"):
        casework.open_rest(intake=two.intake(), why=" ", by=two.world.by("screener"), now=LATER)


def test_what_cannot_be_worked_out_stands_in_nobodys_way(world: World):
    referral = urgent(world)
    submit(world, referral)
    poisoned = Submission.objects.create(
        referral=referral, number=7, content="{}", sha256="0" * 64, at=NOW, by=world.teacher
    )
    door = Door(
        team=world.team,
        area=AREA,
        area_name="",
        front_door="family-connect",
        door_name="Family Connect",
        kind=None,
        children=(),
    )
    assert disclose(submission=poisoned, door=door, by=Actor.system("test"), now=NOW).whole


def test_one_decides_without_reading_the_others_words(two: TwoWays):
    routing.claim(intake=two.intake(ELSEWHERE), by=acting(two.decider), now=LATER)
    casework.decide(
        intake=opened(two.intake(ELSEWHERE), two.decider, at=LATER),
        child=child_of(two.referral, 2),
        outcome="early_help",
        rationale="His father asked for help with meals.",
        next_step="A worker rings the father.",
        by=acting(two.decider),
        now=LATER,
    )
    page = two.page(two.world.screener, "referral", two.referral.pk)
    assert "His father asked for help with meals." not in page
    assert "Decided: " in page
    assert "His father asked for help with meals." in two.page(two.world.teacher, "referral", two.referral.pk)


def test_a_stranger_learns_of_no_copy(two: TwoWays):
    keep_copies()
    client = Client()
    client.force_login(two.world.stranger)
    assert client.get(reverse("documents:copy", args=[two.referral.pk])).status_code == 404
    assert not shared_of(two.referral).filter(document=Shared.Document.COPY).exists()


@pytest.mark.usefixtures("there")
def test_before_sending_the_referrer_reads_who_gets_only_a_part_and_just_that_is_given(world: World):
    referral = split(world)
    page = shown(signed_in(world.teacher).get(reverse("journey:check", args=[referral.pk])))
    for words in ("Who gets only a part, and why", "Robin 1 Vale, as a household member", "deals with Robin 1 Vale."):
        assert words in page
    prepared = casework.prepare(referral=referral, now=NOW)
    for child in prepared.children:
        for one in child.sharing.facts.recipients:
            assert {"concern", "harm"} <= one.sections == one.needed
    submission = submit(world, referral)
    assert {(one.door.area, one.door.door): one.need.to_dict() for one in prepared.given} == {
        (row.area, row.front_door): row.need for row in Disclosure.objects.filter(submission=submission)
    }


def test_where_everything_goes_the_check_page_speaks_of_no_part(world: World):
    referral = urgent(world)
    assert "only a part" not in shown(signed_in(world.teacher).get(reverse("journey:check", args=[referral.pk])))
    [given] = casework.prepare(referral=referral, now=NOW).given
    assert given.need.whole
