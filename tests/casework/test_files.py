"""Files of a referral, from being chosen to being opened: who gets them, what is kept out, and that nothing waits."""

import hashlib
from typing import Any

import pytest

from audit.domain.refusal import NotYours, Refusal
from audit.models import Entry
from consent.models import Shared
from dispatch.keeping import keep
from dispatch.models import OutboxRow
from referrals.casework import actions
from referrals.documents.files import file_for, files_shown
from referrals.record import actions as records
from referrals.record.actions import Described, Upload
from referrals.record.domain.attachments import FileState, Finding
from referrals.record.models import Attachment, AttachmentContent, Referral
from referrals.record.selectors import addenda_of, content_of, latest_submission, staged_of
from tests.casework.support import LATER, NOW, World, child_of, claimed, delivered, routine, submit, urgent
from tests.clamd import BEYOND, EICAR, NAME
from tests.clamd import scanner as running_scanner
from tests.documents.test_pictures import photo

pytestmark = pytest.mark.django_db

LETTER = Upload("letter.pdf", b"%PDF-1.7 a letter")
VIRUS = Upload("invoice.txt", EICAR)


@pytest.fixture
def clamd(settings):
    with running_scanner() as server:
        settings.VIRUS_SCANNER = server.address
        yield server


def attach(world: World, referral: Referral, *uploads: Upload, by: str = "teacher") -> list[Attachment]:
    attached = actions.attach_files(referral=referral, uploads=uploads, by=world.by(by), now=NOW)
    assert attached.refused == ()
    return list(attached.taken)


def look(*attachments: Attachment) -> list[FileState]:
    """Let a worker keep the promises, and say where the files stand then."""
    for one in attachments:
        keep(OutboxRow.objects.get(key=f"look-at-file:{one.pk}").pk)
        one.refresh_from_db()
    return [one.standing for one in attachments]


def open_file(world: World, name: str, attachment: Attachment):
    return file_for(world.by(name), attachment.referral_id, attachment.pk, now=LATER)


def submitted_content(referral: Referral) -> dict[str, Any]:
    submission = latest_submission(referral)
    assert submission is not None
    return content_of(submission)


def mailed(template: str) -> set[str]:
    return {str(row.references["person_id"]) for row in OutboxRow.objects.filter(references__template=template)}


def test_nobody_opens_a_file_before_it_was_looked_at_and_the_referral_goes(world: World, clamd):
    referral = urgent(world)
    (letter,) = attach(world, referral, LETTER)
    intake = delivered(world, referral)
    for name in ("teacher", "dsl", "screener"):
        with pytest.raises(NotYours):
            open_file(world, name, letter)
    assert look(letter) == [FileState.CLEAN]
    assert open_file(world, "teacher", letter).content == LETTER.content
    assert open_file(world, "screener", letter).content == LETTER.content
    with pytest.raises(NotYours):
        open_file(world, "stranger", letter)
    opened = Entry.objects.filter(verb="referral.file", subject_id=str(referral.pk))
    assert [row.detail["sha256"] for row in opened] == [letter.sha256] * 2
    handed = Shared.objects.get(referral=referral, document=Shared.Document.FILE)
    assert (handed.title, handed.sha256) == ("File 1", letter.sha256)
    assert intake.submission.content.count(letter.sha256) == 1


def test_a_virus_is_kept_out_and_both_sides_are_told(world: World, clamd):
    referral = urgent(world)
    virus, letter = attach(world, referral, VIRUS, LETTER)
    claimed(world, referral)
    assert look(virus, letter) == [FileState.INFECTED, FileState.CLEAN]
    assert virus.signature == NAME
    assert not AttachmentContent.objects.filter(attachment=virus).exists()
    with pytest.raises(NotYours):
        open_file(world, "teacher", virus)
    assert mailed("file_kept_out") == {str(world.teacher.pk)}
    assert mailed("file_kept_out_here") == {str(world.screener.pk)}
    shown = files_shown(referral, submitted_content(referral))
    assert [(one.kept_out, one.may_open) for one in shown] == [(True, False), (False, True)]
    assert "virus" in shown[0].state


def test_a_second_look_changes_nothing_and_tells_nobody_twice(world: World, clamd):
    (virus,) = attach(world, urgent(world), VIRUS)
    look(virus)
    keep(OutboxRow.objects.get(key=f"look-at-file:{virus.pk}").pk)
    assert clamd.scans == 1
    found = records.LookedAt(Finding.CLEAN)
    assert actions.looked_at(attachment_id=virus.pk, found=found, now=LATER) is None
    virus.refresh_from_db()
    assert virus.standing is FileState.INFECTED
    assert len(mailed("file_kept_out")) == 1


def test_what_the_scanner_does_not_look_through_is_kept_out_and_called_no_virus(world: World, clamd):
    clamd.limited = True
    (letter,) = attach(world, urgent(world), LETTER)
    assert look(letter) == [FileState.UNREADABLE]
    assert letter.signature == BEYOND
    assert "virus" not in letter.standing.words
    assert mailed("file_kept_out") == {str(world.teacher.pk)}


def test_without_the_scanner_it_waits_and_an_operator_sees_it(world: World, settings):
    settings.VIRUS_SCANNER = "tcp://127.0.0.1:1"
    referral = urgent(world)
    (letter,) = attach(world, referral, LETTER)
    delivered(world, referral)
    assert look(letter) == [FileState.WAITING]
    row = OutboxRow.objects.get(key=f"look-at-file:{letter.pk}")
    assert (row.state, row.attempts) == ("due", 1)
    assert row.last_error
    with running_scanner() as server:
        settings.VIRUS_SCANNER = server.address
        OutboxRow.objects.filter(pk=row.pk).update(next_try_at=NOW)
        assert look(letter) == [FileState.CLEAN]


def test_switched_off_it_can_be_opened_and_says_that_nobody_looked(world: World, settings):
    settings.VIRUS_SCANNER = "off"
    (letter,) = attach(world, routine(world), LETTER)
    assert look(letter) == [FileState.UNCHECKED]
    assert open_file(world, "teacher", letter).content == LETTER.content
    assert "switched off" in letter.standing.words


def test_a_photo_goes_without_what_the_camera_wrote_and_its_own_digest_is_kept(world: World, clamd):
    original = photo()
    (picture,) = attach(world, urgent(world), Upload("arm.jpg", original))
    look(picture)
    content = AttachmentContent.objects.get(attachment=picture)
    assert picture.sha256 == hashlib.sha256(original).hexdigest() != content.sha256
    assert content.derived
    assert b"Exif" not in open_file(world, "teacher", picture).content


def test_a_broken_photo_is_kept_out(world: World, clamd):
    (picture,) = attach(world, urgent(world), Upload("arm.jpg", b"\xff\xd8\xff nothing"))
    assert look(picture) == [FileState.UNREADABLE]
    assert mailed("file_kept_out") == {str(world.teacher.pk)}


def test_what_cannot_be_taken_stops_nothing_else(world: World):
    referral = routine(world)
    uploads = [LETTER, Upload("same.pdf", LETTER.content), Upload("run.exe", b"MZ\x90\0"), Upload("empty.pdf", b"")]
    attached = actions.attach_files(referral=referral, uploads=uploads, by=world.by("teacher"), now=NOW)
    assert [one.name for one in attached.taken] == ["letter.pdf"]
    assert len(attached.refused) == 3
    many = [Upload(f"{number}.txt", b"%d" % number) for number in range(11)]
    assert actions.attach_files(referral=referral, uploads=many, by=world.by("teacher"), now=NOW).taken == ()


def test_who_may_attach_when(world: World):
    referral = routine(world)
    for name in ("dsl", "stranger", "screener"):
        with pytest.raises(Refusal):
            attach(world, referral, LETTER, by=name)
    delivered(world, referral)
    assert attach(world, referral, LETTER, by="dsl")
    with pytest.raises(Refusal):
        attach(world, referral, VIRUS, by="screener")


def test_a_file_of_a_draft_goes_with_its_description_and_one_that_is_taken_off_does_not(world: World):
    referral = routine(world)
    letter, other = attach(world, referral, LETTER, Upload("other.txt", b"other"))
    child = child_of(referral)
    said = {letter.pk: Described("The head’s letter of 3 March", child.pk)}
    records.describe_files(referral=referral, said=said, by=world.by("teacher"), now=NOW)
    records.remove_file(referral=referral, attachment_id=other.pk, by=world.by("teacher"), now=NOW)
    assert not AttachmentContent.objects.filter(attachment=other).exists()
    submit(world, referral)
    (frozen,) = submitted_content(referral)["attachments"]
    assert (frozen["description"], frozen["about"]) == ("The head’s letter of 3 March", str(child.pk))
    # It is frozen now.
    records.remove_file(referral=referral, attachment_id=letter.pk, by=world.by("teacher"), now=LATER)
    records.describe_files(referral=referral, said={letter.pk: Described("x", None)}, by=world.by("teacher"), now=LATER)
    letter.refresh_from_db()
    assert (letter.removed_at, letter.description) == (None, "The head’s letter of 3 March")


def test_files_go_with_their_child(world: World):
    referral = routine(world, children=2)
    letter, other = attach(world, referral, LETTER, Upload("other.txt", b"other"))
    first = child_of(referral)
    said = {letter.pk: Described("", first.pk)}
    records.describe_files(referral=referral, said=said, by=world.by("teacher"), now=NOW)
    records.remove_child(referral=referral, child_id=first.pk, by=world.by("teacher"), now=NOW)
    assert list(staged_of(referral)) == [other]


def test_what_an_addendum_froze_keeps_its_bytes_when_its_child_is_taken_off(world: World):
    world.wants_approval()
    referral = routine(world, children=2)
    submit(world, referral)
    (letter,) = attach(world, referral, LETTER)
    second = child_of(referral, 2)
    said = {letter.pk: Described("", second.pk)}
    records.describe_files(referral=referral, said=said, by=world.by("teacher"), now=NOW)
    actions.add_files(referral=referral, by=world.by("teacher"), now=NOW)
    actions.return_for_changes(referral=referral, why="Only Robin 0 is meant.", by=world.by("dsl"), now=LATER)
    records.remove_child(referral=referral, child_id=second.pk, by=world.by("teacher"), now=LATER)
    letter.refresh_from_db()
    (addendum,) = addenda_of(referral)
    (named,) = content_of(addendum)["attachments"]
    assert (letter.removed_at, letter.addendum) == (LATER, addendum)
    assert AttachmentContent.objects.get(attachment=letter).sha256 == named["sha256"]


def test_later_files_are_an_addendum_and_no_front_door_sees_them_before(world: World, clamd):
    referral = urgent(world)
    claimed(world, referral)
    (letter,) = attach(world, referral, LETTER)
    look(letter)
    assert open_file(world, "teacher", letter)
    with pytest.raises(NotYours):
        open_file(world, "screener", letter)
    actions.add_files(referral=referral, by=world.by("teacher"), now=LATER)
    assert open_file(world, "screener", letter).number == 1
    (addendum,) = addenda_of(referral)
    assert content_of(addendum)["attachments"][0]["sha256"] == letter.sha256
    assert str(world.screener.pk) in mailed("added_to_here")
    with pytest.raises(Refusal):
        actions.add_files(referral=referral, by=world.by("teacher"), now=LATER)


def test_bytes_that_were_changed_are_handed_to_nobody(world: World, clamd):
    (letter,) = attach(world, urgent(world), LETTER)
    look(letter)
    AttachmentContent.objects.filter(attachment=letter).update(content=b"something else")
    with pytest.raises(ValueError, match="digest"):
        open_file(world, "teacher", letter)
