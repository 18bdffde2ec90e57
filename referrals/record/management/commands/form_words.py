"""`manage.py form_words`: every word of the forms, as a template for translators (docs/languages.md)."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from referrals.record.domain.forms import SPECIFICATIONS
from referrals.record.domain.forms.wording import SHARED, words_of

_HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'


class Command(BaseCommand):
    """Writes a gettext template to standard output."""

    help = "Write the words of all forms as a gettext template (.pot)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write each word once, with every place where it stands."""
        self.stdout.write("\n".join(template()), ending="")


def template() -> Iterator[str]:
    """Yield the entries of the template, the header first."""
    yield _HEADER
    places: dict[str, list[str]] = {words: ["every form"] for words in SHARED}
    for form in SPECIFICATIONS.values():
        for where, words in words_of(form):
            places.setdefault(words, []).append(where)
    for words, found in places.items():
        lines = [f"#. {where}" for where in dict.fromkeys(found)]
        yield "\n".join([*lines, f"msgid {_quoted(words)}", 'msgstr ""', ""])


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
