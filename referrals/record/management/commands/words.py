"""`manage.py words`: every word that pages can show, as a template for translators (docs/languages.md)."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from referrals.record.extracting import all_words

_HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    '"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n'
)


class Command(BaseCommand):
    """Writes a gettext template to standard output."""

    help = "Write every word that pages can show as a gettext template (.pot)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write each word once, with every place where it stands."""
        self.stdout.write("\n".join(template()), ending="")


def template() -> Iterator[str]:
    """Yield the entries of the template, the header first."""
    yield _HEADER
    places: dict[str, list[str]] = {}
    plurals: dict[str, str] = {}
    for one in all_words():
        places.setdefault(one.words, []).append(one.place)
        if one.plural:
            plurals[one.words] = one.plural
    for words, found in places.items():
        lines = [f"#. {where}" for where in dict.fromkeys(found)]
        if "%(" in words:
            lines.append("#, python-format")
        lines.append(f"msgid {_quoted(words)}")
        if words in plurals:
            lines += [f"msgid_plural {_quoted(plurals[words])}", 'msgstr[0] ""', 'msgstr[1] ""', ""]
        else:
            lines += ['msgstr ""', ""]
        yield "\n".join(lines)


def _quoted(words: str) -> str:
    escaped = (
        words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    )
    return f'"{escaped}"'
