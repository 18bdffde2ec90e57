"""The words of a form come from a catalogue where there is one; what is stored and frozen stays as it was."""

import struct
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from referrals.record.domain.forms import SPECIFICATIONS, specification
from referrals.record.domain.forms.wording import worded, words_of
from referrals.record.selectors import draft_of
from tests.casework.support import World
from tests.journey.support import Writer, text_of

WELSH = {
    "Is a child in danger now, or likely to be harmed?": "A oes plentyn mewn perygl nawr?",
    "No": "Nac oes",
    "Yes, in danger now": "Oes, mewn perygl nawr",
    "Is a child in danger, or likely to be harmed?": "Plentyn mewn perygl",
}


def catalogue(words: dict[str, str]) -> bytes:
    """Translations as gettext stores them (.mo), little-endian and without a hash table."""
    entries = sorted({"": "Content-Type: text/plain; charset=UTF-8\n", **words}.items())
    pairs = [(one.encode(), other.encode()) for one, other in entries]
    start = 28 + 16 * len(pairs)
    tables: tuple[list[bytes], list[bytes]] = ([], [])
    body = b""
    for side in (0, 1):
        for pair in pairs:
            tables[side].append(struct.pack("<II", len(pair[side]), start + len(body)))
            body += pair[side] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + b"".join(tables[0]) + b"".join(tables[1]) + body


@pytest.mark.django_db
def test_a_small_catalogue_changes_a_page_and_no_answer(settings, tmp_path: Path):
    folder = tmp_path / "cy" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(catalogue(WELSH))
    writer = Writer(World.made().teacher).begin("marf")
    assert "Is a child in danger now" in text_of(writer.open("start").page)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGE_CODE = "cy"
    page = text_of(writer.open("start").page)
    for words in WELSH.values():
        assert words in page
    assert "Is a child in danger" not in page
    # What nobody has translated is shown as it is.
    assert "Can this wait until the next working day?" in page
    writer.send(danger="no", cannot_wait="no")
    assert draft_of(writer.referral).pages["start"] == {"danger": "no", "cannot_wait": "no"}


@pytest.mark.parametrize("version", SPECIFICATIONS)
def test_words_change_and_nothing_else_does(version):
    form = specification(version)
    heard = [words for _, words in words_of(form)]
    assert all(heard)
    for page in form.pages:
        shouted = worded(page, str.upper)
        assert worded(shouted, str.lower).key == page.key
        assert shouted.title == page.title.upper()
        for one, other in zip(page.questions, shouted.questions, strict=True):
            assert (one.key, one.kind, one.when, one.limit) == (other.key, other.kind, other.when, other.limit)
            assert [option.value for option in one.options] == [option.value for option in other.options]
            assert other.label == one.label.upper()
        assert worded(page, str) == page
        for question in page.questions:
            assert question.label in heard


def test_the_template_for_translators_has_each_word_once_with_its_place():
    out = StringIO()
    call_command("form_words", stdout=out)
    written = out.getvalue()
    for words in ("Will the child be safe tonight?", "What has led to it?", "I don’t know", "Not known"):
        assert written.count(f'msgid "{words}"\n') == 1
    assert "#. marf-1 child-home safe_tonight" in written
    assert 'msgid ""' in written.splitlines()[0]
