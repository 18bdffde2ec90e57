"""Copies by e-mail, for a partnership that insists: encrypted, beside the queue, and naming nobody."""

from io import BytesIO
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError

from audit.models import Entry
from consent.models import Shared
from dispatch.keeping import keep
from dispatch.models import OutboxRow
from dispatch.other_ways import ways_of
from referrals.casework.actions import add_addendum
from referrals.documents.selectors import stored_for
from referrals.exchange import mailing
from referrals.exchange.models import Mailbox
from referrals.record.models import ExcludedPerson
from referrals.routing.actions import given_to
from referrals.routing.happenings import Happening, announce
from tests.casework.support import NOW, World, delivered, refused, routine
from tests.desks import signed_in
from tests.exchange.test_pages import shown

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "door@council.example"
SENT = {"mailbox": ADDRESS, "insisted": "Mx Hope, head of service", "sure": "on"}


@pytest.fixture
def password(world: World) -> str:
    """The front door has a mailbox, whose readers have this password."""
    asked: Any = {"team": world.team, "by": world.by("head"), "now": NOW}
    mailing.set_mailbox(**asked, address=ADDRESS, insisted="Mx Hope")
    words = mailing.show_password(**asked)
    mailing.confirm_password(**asked)
    return words


def keep_all(*kinds: str) -> None:
    for row in OutboxRow.objects.filter(kind__in=kinds):
        OutboxRow.objects.filter(pk=row.pk, state="due").update(next_try_at=timezone.now())
        keep(row.pk)


def the_row() -> OutboxRow:
    return OutboxRow.objects.get(kind=mailing.KIND)


def copies(mailoutbox: list[EmailMessage]) -> list[EmailMessage]:
    """The e-mails with something attached."""
    return [message for message in mailoutbox if message.attachments]


def test_what_came_in_goes_encrypted_once_it_is_drawn(world: World, password: str, mailoutbox: list[EmailMessage]):
    intake = delivered(world, routine(world))
    keep_all(mailing.KIND)
    assert (the_row().state, the_row().attempts) == ("due", 0), "it waits for the copy, and that costs nothing"
    keep_all("pdf_copy", "recipient_copy")
    keep_all(mailing.KIND)
    keep_all(mailing.KIND)
    (message,) = copies(mailoutbox)
    assert (message.to, the_row().state) == ([ADDRESS], "done")
    assert str(intake.pk) in message.body
    ((name, content, kind),) = message.attachments
    assert (name, kind) == ("copy.pdf", "application/pdf")
    for about_somebody in ("Robin", "Vale", intake.referral.reference, world.school.name):
        assert about_somebody not in f"{message.subject} {message.body} {name}"
        assert about_somebody.encode() not in content
    locked = PdfReader(BytesIO(content))
    assert not locked.decrypt("another one")
    with pytest.raises(FileNotDecryptedError):
        _ = locked.pages[0]
    assert locked.decrypt(password)
    assert "Robin" in "".join(page.extract_text() for page in locked.pages)
    shared = Shared.objects.get(title__contains="encrypted")
    stored = stored_for(given_to(intake=intake, now=NOW))
    assert stored is not None
    assert shared.sha256 == stored[1]
    # Nobody has read it by that.
    intake.refresh_from_db()
    assert intake.first_read_at is None


def test_nothing_is_sent_before_somebody_has_the_password(world: World, mailoutbox: list[EmailMessage]):
    asked: Any = {"team": world.team, "by": world.by("head"), "now": NOW}
    mailing.set_mailbox(**asked, address=ADDRESS, insisted="Mx Hope")
    delivered(world, routine(world))
    assert not OutboxRow.objects.filter(kind=mailing.KIND).exists()
    first = mailing.show_password(**asked)
    mailing.set_mailbox(**asked, address="other@council.example", insisted="Mx Hope")
    mailing.renew_password(**asked)
    assert mailing.show_password(**asked) == first, "one that nobody says they have is not replaced"
    mailing.confirm_password(**asked)
    mailing.renew_password(**asked)
    assert mailing.password_of(Mailbox.objects.get()) == first, "the earlier one is used until the new one is passed on"
    second = mailing.show_password(**asked)
    mailing.confirm_password(**asked)
    assert mailing.password_of(Mailbox.objects.get()) == second != first
    assert mailing.show_password(**asked) == ""


@pytest.mark.parametrize("why", ["kept out", "stopped", "moved on"])
def test_what_must_not_lie_there_is_not_sent(
    why: str, world: World, password: str, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
):
    intake = delivered(world, routine(world))
    keep_all("pdf_copy", "recipient_copy")
    if why == "kept out":
        ExcludedPerson.objects.create(referral=intake.referral, person=world.screener, since=NOW)
    elif why == "stopped":
        mailing.stop_mailbox(team=world.team, by=world.by("head"), now=NOW)
    else:
        type(intake).objects.filter(pk=intake.pk).update(state="transferred")
    keep_all(mailing.KIND)
    assert copies(mailoutbox) == []
    assert the_row().state == "done"


def test_a_copy_that_cannot_be_made_waits_for_an_operator(world: World, password: str):
    delivered(world, routine(world))
    OutboxRow.objects.filter(kind__in=["pdf_copy", "recipient_copy"]).update(state="parked", parked_at=timezone.now())
    keep_all(mailing.KIND)
    row = the_row()
    assert (row.state, row.last_error) == ("parked", "referrals.exchange.handlers.NoCopy")
    ways = ways_of(row, now=timezone.now())
    assert ways is not None
    assert "in the queue here" in ways.say


def added_to(world: World, intake: Any) -> None:
    add_addendum(referral=intake.referral, text="She has bruises now", by=world.by("teacher"), now=NOW)


@pytest.mark.parametrize("what", [Happening.ADDED, Happening.WITHDRAWN, Happening.HANDED_OVER])
def test_a_mailbox_with_a_copy_hears_that_it_no_longer_tells_everything(
    what: Happening, world: World, password: str, mailoutbox: list[EmailMessage]
):
    intake = delivered(world, routine(world))
    if what is Happening.ADDED:
        added_to(world, intake)
    else:
        with transaction.atomic():
            announce(what, intake, now=NOW)
    for _ in range(2):
        keep_all(mailing.NEWS)
    (message,) = [one for one in mailoutbox if one.to == [ADDRESS]]
    assert str(intake.pk) in message.body
    assert message.attachments == []
    for about_somebody in ("Robin", "Vale", "bruises", intake.referral.reference, world.school.name):
        assert about_somebody not in f"{message.subject} {message.body}"


def test_a_mailbox_without_a_copy_or_with_a_reader_who_is_kept_out_hears_nothing(
    world: World, mailoutbox: list[EmailMessage], request: pytest.FixtureRequest
):
    before = delivered(world, routine(world))
    request.getfixturevalue("password")
    added_to(world, before)
    assert not OutboxRow.objects.filter(kind=mailing.NEWS).exists(), "its copy was never promised"
    intake = delivered(world, routine(world))
    added_to(world, intake)
    ExcludedPerson.objects.create(referral=intake.referral, person=world.screener, since=NOW)
    keep_all(mailing.NEWS)
    assert OutboxRow.objects.get(kind=mailing.NEWS).state == "done"
    assert [one for one in mailoutbox if one.to == [ADDRESS]] == []


@pytest.mark.parametrize("who", ["screener", "worker", "teacher", "dsl"])
def test_only_the_manager_of_the_front_door_sets_it(who: str, world: World):
    with refused("Only the manager of a front door"):
        mailing.set_mailbox(team=world.team, address=ADDRESS, insisted="Mx Hope", by=world.by(who), now=NOW)


def test_the_page_warns_asks_who_decided_and_shows_the_password_until_it_is_passed_on(world: World):
    browser, at = signed_in(world.head), {"team_id": world.team.pk}
    home = reverse("exchange:team", kwargs=at)
    assert "out of this system's hands" in shown(browser.get(home))
    wrong = shown(browser.post(reverse("exchange:set_mailbox", kwargs=at), {"mailbox": "no address"}))
    for words in ("Enter an e-mail address", "Enter who at the partnership", "Say that the partnership insists"):
        assert words in wrong
    assert not Mailbox.objects.exists()
    seen = set()
    for _ in range(2):
        page = shown(browser.post(reverse("exchange:set_mailbox", kwargs=at), SENT, follow=True))
        assert "Never by e-mail" in page
        seen.add(page.split("<code>")[1].split("</code>")[0])
    assert len(seen) == 1, "pressed twice, one password"
    page = shown(browser.get(home))
    assert "Nothing is sent until then." in page
    assert seen.isdisjoint(page.split())
    passed_on = reverse("exchange:password", kwargs=at)
    for _ in range(2):
        assert "It is not shown again." in shown(browser.post(passed_on, follow=True))
    assert browser.get(passed_on)["Location"] == home
    browser.post(reverse("exchange:renew_password", kwargs=at))
    assert "The earlier one is used until then." in shown(browser.get(home))
    browser.post(reverse("exchange:stop_mailbox", kwargs=at))
    assert "Stopped. No copies are sent." in shown(browser.get(home))
    words = seen.pop()
    assert words not in Mailbox.objects.get().password
    assert not [entry for entry in Entry.objects.all() if words in str(entry.detail) or ADDRESS in str(entry.detail)]
