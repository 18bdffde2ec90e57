"""What translators get: every word once with its places, read without Debian's gettext."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from referrals.record.extracting import all_words, of_python, of_rule, of_template


@pytest.fixture(scope="module")
def written() -> str:
    """What the command writes."""
    out = StringIO()
    call_command("words", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("Will the child be safe tonight?", "marf-1 child-home safe_tonight"),
        ("I don't know", "every form"),
        ("Skip to main content", "templates/base.html"),
        ("Write why you decide not to refer", "referrals/journey/forms.py"),
        (
            "It is your front door's now. The referrer and the front door that had it are told.",
            "referrals/triage/views",
        ),
        ("Immediate protection", "referrals/casework/domain/outcomes.py"),
        ("Choose an answer to %(asked)s", "govuk/wording.py"),
    ],
)
def test_each_word_stands_once_with_its_places(written: str, words: str, place: str):
    assert written.count(f'msgid "{words}"\n') == 1
    comments = written.split(f'msgid "{words}"\n', maxsplit=1)[0].rsplit("\n\n", 1)[-1]
    assert f"#. {place}" in comments


def test_the_header_comes_first_and_plurals_have_both_forms(written: str):
    assert written.splitlines()[0] == 'msgid ""'
    entry = written.split('msgid "%(children)s child"\n')[1].split("\n\n", maxsplit=1)[0]
    assert entry == 'msgid_plural "%(children)s children"\nmsgstr[0] ""\nmsgstr[1] ""'


def test_a_template_is_read_as_makemessages_reads_it():
    template = """{% translate "One" %}{% blocktranslate trimmed count number=many with name=one.name %}
      {{ number }} of {{ name }}{% plural %}{{ number }} of “{{ name }}”
    {% endblocktranslate %}{% govuk "button" text=_("Three") %}{{ four|default:_("It's four") }}"""
    found = {(one.words, one.plural) for one in of_template(template, "here")}
    assert found == {
        ("One", ""),
        ("%(number)s of %(name)s", "%(number)s of “%(name)s”"),
        ("Three", ""),
        ("It's four", ""),
    }


def test_a_module_gives_what_it_marks_and_a_rule_all_that_may_be_words():
    module = 'gettext("One " "two")\nlog.info("not this")\n_("Three")\nngettext("a day", "%(n)s days", n)\n'
    assert {one.words for one in of_python(module, "here")} == {"One two", "Three", "a day"}
    rule = '"""Not this."""\nKEY = "not_this"\nSAID = {1: "This one", 2: "Taken"}\nMORE = f"no {KEY} text"\n'
    assert {one.words for one in of_rule(rule, "here")} == {"This one", "Taken"}


def test_e_mails_and_documents_that_stay_english_are_not_handed_out():
    places = {one.place for one in all_words()}
    assert not [place for place in places if place.startswith(("templates/email/", "templates/account/email/"))]
    for path in Path(settings.ROOT / "templates" / "email").rglob("*"):
        if path.is_file():
            assert "translate" not in path.read_text(encoding="utf-8"), path
