"""Every word that pages can show, collected from the source for translators (docs/languages.md).

Templates and Django's layers mark their words as `makemessages` finds them. The forms' words come from their
specifications. Rules know no Django, and what an action or a model says may be stored, so nothing of theirs is marked:
their sentences are all taken, those too that no page shows. One too many costs a translator a minute, one too few
stays English.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation.template import templatize

from referrals.record.domain.forms import SPECIFICATIONS
from referrals.record.domain.forms.wording import SHARED, words_of

ROOMS = ("accounts", "audit", "config", "consent", "dispatch", "govuk", "referrals", "thresholds")
ENGLISH_ONLY = ("email/", "account/email/")
"""Templates whose words stay English, whatever language the pages have."""

_IN_ENGLISH = frozenset({"actions", "domain", "models", "selectors", "spreadsheets"})
"""Where nothing is marked: what these say may be stored, so it is looked up only where a page shows it."""
_ONE = frozenset({"gettext", "gettext_lazy", "gettext_noop", "_"})
_TWO = frozenset({"ngettext", "ngettext_lazy"})
_TEXT = r"""u?(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""
_MARKED = re.compile(rf"\b(?:n?gettext|_)\(\s*({_TEXT})(?:\s*,\s*({_TEXT}))?")


@dataclass(frozen=True, slots=True)
class Found:
    """A word or sentence as it is looked up, its plural where it has one, and where it stands."""

    words: str
    plural: str
    place: str


def all_words() -> Iterator[Found]:
    """Yield every word with each place where it stands: pages, Django's layers, rules, forms."""
    root: Path = settings.ROOT
    for path in sorted((root / "templates").rglob("*.html")):
        name = str(path.relative_to(root / "templates"))
        if not name.startswith(ENGLISH_ONLY):
            yield from of_template(path.read_text(encoding="utf-8"), f"templates/{name}")
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            inside = path.relative_to(root)
            if "migrations" not in inside.parts:
                read = of_rule if _IN_ENGLISH & {part.removesuffix(".py") for part in inside.parts} else of_python
                yield from read(path.read_text(encoding="utf-8"), str(inside))
    for words in SHARED:
        yield Found(words, "", "every form")
    for form in SPECIFICATIONS.values():
        for where, words in words_of(form):
            yield Found(words, "", where)


def of_template(text: str, place: str) -> Iterator[Found]:
    """Yield what a template marks, read as `makemessages` reads it."""
    for one, several in _MARKED.findall(templatize(text, origin=place)):
        yield Found(ast.literal_eval(one), ast.literal_eval(several) if several else "", place)


def of_python(text: str, place: str) -> Iterator[Found]:
    """Yield what a module marks with gettext and its like."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            yield from _of_call(node, place)


def of_rule(text: str, place: str) -> Iterator[Found]:
    """Yield every text of a pure module that may be words for people: no docstring, no key, no code."""
    tree = ast.parse(text)
    left_out = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    left_out |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in left_out:
            said = node.value
            if re.search(r"[A-Za-z]{2}", said) and (" " in said.strip() or re.match(r"[A-Z][a-z]", said)):
                yield Found(said, "", place)


def _of_call(call: ast.Call, place: str) -> Iterator[Found]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    said = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    if name in _ONE and said:
        yield Found(said[0], "", place)
    elif name in _TWO and len(said) > 1:
        yield Found(said[0], said[1], place)


Translate = Callable[[str], str]


def compiled(translate: Translate, found: Iterator[Found] | None = None) -> bytes:
    """Return a catalogue (.mo) of all words, each as `translate` gives it: what `msgfmt` makes of a template."""
    header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"
    entries = {b"": header.encode()}
    for one in all_words() if found is None else found:
        key = one.words.encode()
        said = translate(one.words).encode()
        if one.plural:
            key, said = key + b"\0" + one.plural.encode(), said + b"\0" + translate(one.plural).encode()
        entries.setdefault(key, said)
    return _packed(sorted(entries.items()))


def _packed(entries: list[tuple[bytes, bytes]]) -> bytes:
    number = len(entries)
    start, tables, body = 28 + 16 * number, (bytearray(), bytearray()), bytearray()
    for side in (0, 1):
        for entry in entries:
            tables[side].extend(len(entry[side]).to_bytes(4, "little") + (start + len(body)).to_bytes(4, "little"))
            body += entry[side] + b"\0"
    head = b"".join(value.to_bytes(4, "little") for value in (0x950412DE, 0, number, 28, 28 + 8 * number, 0, start))
    return head + bytes(tables[0]) + bytes(tables[1]) + bytes(body)
