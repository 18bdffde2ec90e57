"""The page of the files, without scripts: several at once, each described, taken off, opened, and added later."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.domain.roles import Role
from dispatch.keeping import keep
from dispatch.models import OutboxRow
from referrals.record.domain.attachments import LARGEST
from referrals.record.models import Attachment, Referral
from tests.clamd import EICAR
from tests.clamd import scanner as running_scanner
from tests.factories import person_with
from tests.journey.support import School, Writer, errors_of, forms_of, text_of


@pytest.fixture
def clamd(settings):
    with running_scanner() as server:
        settings.VIRUS_SCANNER = server.address
        yield server


def chosen(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def url(writer: Writer) -> str:
    return reverse("journey:files", args=[writer.referral.pk])


def upload(writer: Writer, *files: SimpleUploadedFile) -> str:
    writer.get(url(writer))
    return writer.post(url(writer), {"do": "upload", "chosen": list(files)})


def looked_at() -> None:
    for row in OutboxRow.objects.filter(kind="look_at_file"):
        keep(row.pk)


def test_limits_and_the_check_are_said_before_choosing(writer: Writer, clamd, settings):
    page = text_of(writer.get(url(writer)))
    assert "Up to 10 at once and 20 in all, each at most 10 MB" in page
    assert "doesn't wait for that" in page
    settings.VIRUS_SCANNER = "off"
    assert "the check is switched off" in text_of(writer.get(url(writer)))


def test_several_at_once_described_one_by_one(writer: Writer, clamd):
    page = upload(writer, chosen("letter.pdf", b"%PDF-1.7"), chosen("notes.txt", b"He said no."))
    assert "2 files uploaded" in text_of(page)
    first, second = Attachment.objects.all()
    fields = forms_of(writer.page)[-1]
    writer.post(url(writer), {**fields, f"what-{first.pk}": "The head’s letter", "do": "save"})
    assert writer.url == reverse("journey:tasks", args=[writer.referral.pk])
    assert "2 files" in text_of(writer.page)
    first.refresh_from_db()
    assert first.description == "The head’s letter"
    checked = text_of(writer.get(reverse("journey:check", args=[writer.referral.pk])))
    assert "letter.pdf The head’s letter" in checked.replace("  ", " ") or "The head’s letter" in checked
    writer.get(url(writer))
    writer.post(url(writer), {**forms_of(writer.page)[-1], "do": f"remove:{second.pk}"})
    assert "notes.txt" not in text_of(writer.page)
    assert "letter.pdf" in text_of(writer.page)


def test_a_page_that_stood_open_leaves_alone_what_was_said_in_another_tab(writer: Writer, clamd):
    upload(writer, chosen("letter.pdf", b"%PDF-1.7"))
    stood_open = forms_of(writer.page)[-1]
    upload(writer, chosen("notes.txt", b"He said no."))
    letter, notes = Attachment.objects.all()
    writer.post(url(writer), {**forms_of(writer.page)[-1], f"what-{notes.pk}": "What he said", "do": "save"})
    writer.post(url(writer), {**stood_open, f"what-{letter.pk}": "From the doctor", "do": "save"})
    assert [one.description for one in Attachment.objects.all()] == ["From the doctor", "What he said"]


def test_what_is_wrong_with_a_file_stands_beside_the_field_and_the_others_are_taken(writer: Writer, clamd):
    page = upload(
        writer, chosen("good.txt", b"Good."), chosen("run.exe", b"MZ\x90\0"), chosen("big.txt", b"a" * (LARGEST + 1))
    )
    errors = " ".join(errors_of(page))
    assert "“run.exe” is none of the kinds" in errors
    assert "“big.txt” is larger than 10 MB" in errors
    assert "1 file uploaded" in text_of(page)
    assert [one.name for one in Attachment.objects.all()] == ["good.txt"]
    assert "Choose a file" in " ".join(errors_of(upload(writer)))


def test_a_file_is_saved_and_never_shown(school: School, writer: Writer, clamd):
    upload(writer, chosen("page.html", b"<script>alert(1)</script>"))
    file = Attachment.objects.get()
    address = reverse("documents:file", args=[writer.referral.pk, file.pk])
    assert writer.client.get(address).status_code == 404
    looked_at()
    answer = writer.client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="{writer.referral.reference}-file-1.txt"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert "no-store" in answer["Cache-Control"]


def test_a_virus_is_told_in_plain_words(writer: Writer, clamd):
    upload(writer, chosen("invoice.txt", EICAR))
    looked_at()
    page = text_of(writer.get(url(writer)))
    assert "A virus was found in it. It is kept out, and nobody can open it." in page


def test_it_is_added_after_it_was_sent(school: School, writer: Writer, clamd):
    writer.fill("desk", about_desk="no").add_child()
    writer.press_send()
    looked_at()
    record = reverse("referral", args=[writer.referral.pk])
    assert "Add files" in text_of(writer.get(record))
    upload(writer, chosen("letter.pdf", b"%PDF-1.7"))
    looked_at()
    writer.get(url(writer))
    file = Attachment.objects.get()
    assert "letter.pdf" not in text_of(writer.get(record))
    writer.get(url(writer))
    writer.post(url(writer), {**forms_of(writer.page)[-1], f"what-{file.pk}": "From the doctor", "do": "add"})
    assert writer.url == record
    shown = text_of(writer.page)
    assert "Save file 1: letter.pdf" in shown
    assert "From the doctor" in shown
    assert "addendum 1" in shown


def test_files_are_taken_along_from_the_form_that_it_was_begun_from(school: School, writer: Writer, clamd):
    writer.add_child()
    writer.add_child(given_names="Skye")
    source, (_, skye) = writer.referral, writer.referral.children.all()
    upload(writer, chosen("letter.pdf", b"%PDF-1.7"), chosen("skye.txt", b"She said no."), chosen("bad.txt", EICAR))
    letter, of_skye, _ = Attachment.objects.all()
    said = {f"what-{letter.pk}": "The head’s letter", f"about-{of_skye.pk}": str(skye.pk)}
    writer.post(url(writer), {**forms_of(writer.page)[-1], **said, "do": "save"})
    looked_at()
    writer.post(reverse("journey:begin_another", args=[source.pk, "marf"]), {})
    begun = writer.referral
    assert begun.begun_from == source
    page = text_of(writer.get(url(writer)))
    assert f"Files of {source.reference}" in page
    assert "bad.txt" not in page
    assert "Skye Vale" in page

    assert "Tick the files that go along" in errors_of(writer.post(url(writer), {"do": "take"}))
    page = text_of(writer.post(url(writer), {"do": "take", "taken": [str(letter.pk), str(of_skye.pk)]}))
    assert "2 files go along" in page
    assert f"Files of {source.reference}" not in page
    taken = list(Attachment.objects.filter(referral=begun))
    assert [one.state for one in taken] == ["waiting", "waiting"]
    assert taken[0].description.startswith(f"From {source.reference}, chosen there on ")
    assert taken[0].description.endswith("The head’s letter")
    assert taken[0].about is None
    assert taken[1].about == begun.children.get(given_names="Skye")
    looked_at()
    assert {one.state for one in Attachment.objects.filter(referral=begun)} == {"clean"}


def test_nobody_takes_a_file_that_they_may_not_read_or_that_is_about_a_child_who_is_not_there(
    school: School, writer: Writer, clamd
):
    writer.add_child()
    writer.add_child(given_names="Skye")
    source, (_, skye) = writer.referral, writer.referral.children.all()
    upload(writer, chosen("skye.txt", b"She said no."))
    file = Attachment.objects.get()
    writer.post(url(writer), {**forms_of(writer.page)[-1], f"about-{file.pk}": str(skye.pk), "do": "save"})
    looked_at()
    writer.post(reverse("journey:begin_another", args=[source.pk, "marf"]), {})
    begun = writer.referral
    assert "skye.txt" in text_of(writer.get(url(writer)))

    # Whoever holds the draft by now may not read what it was begun from.
    other = Writer(person_with(Role.PRACTITIONER, agency=school.agency))
    Referral.objects.filter(pk=begun.pk).update(author=other.person)
    address = reverse("journey:files", args=[begun.pk])
    assert "skye.txt" not in text_of(other.get(address))
    other.post(address, {"do": "take", "taken": [str(file.pk)]})
    assert not Attachment.objects.filter(referral=begun).exists()
    Referral.objects.filter(pk=begun.pk).update(author=writer.person)

    # The child it is about is taken off, and another one added in the same place.
    gone = begun.children.get(given_names="Skye")
    writer.post(reverse("journey:remove", args=[begun.pk, gone.pk]), {})
    writer.add_child(given_names="Juno")
    assert "skye.txt" not in text_of(writer.get(url(writer)))
