"""The words of a form come from a catalogue where there is one; what is stored and frozen stays as it was."""

from pathlib import Path

import pytest

from referrals.record.domain.forms import SPECIFICATIONS, specification
from referrals.record.domain.forms.wording import worded, words_of
from referrals.record.selectors import draft_of
from tests.casework.support import World
from tests.journey.support import Writer, text_of
from tests.languages.support import catalogue

WELSH = {
    "Is a child in danger now, or likely to be harmed?": "A oes plentyn mewn perygl nawr?",
    "No": "Nac oes",
    "Yes, in danger now": "Oes, mewn perygl nawr",
    "Is a child in danger, or likely to be harmed?": "Plentyn mewn perygl",
}


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
