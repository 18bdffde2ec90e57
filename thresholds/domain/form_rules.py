"""What must hold of a partnership's settings of the forms: nothing that safety or the law needs can be taken away."""

from collections.abc import Iterable, Iterator

from thresholds.domain.form_pages import CHANGEABLE, Changes
from thresholds.domain.form_settings import FormSettings, OwnQuestion

_Path = tuple[int | str, ...]
Faults = Iterator[tuple[_Path, str]]

_KEPT = "can't be changed: it is no page of the forms, or one that safety or the law needs"
_ENDINGS = ("-not-known", "-day", "-month", "-year")
"""Fields of a page are named by a question's key and these."""


def form_faults(form: FormSettings) -> Faults:
    """Every fault of the settings, with its path within them; none for settings that can be used."""
    yield from _off(form)
    yield from _titles(form)
    yield from _questions(form)
    yield from _own_pages(form)
    yield from _own_questions(form)


def _off(form: FormSettings) -> Faults:
    for index, page in enumerate(form.off):
        if not CHANGEABLE.get(page, Changes()).off:
            yield ("off", index), f"{page} can't be left out: it is no page of the forms, or safety or the law needs it"
    yield from _twice(form.off, "off")


def _titles(form: FormSettings) -> Faults:
    for index, one in enumerate(form.pages):
        if one.page not in CHANGEABLE:
            yield ("pages", index, "page"), f"{one.page} {_KEPT}"
        elif one.page in form.off:
            yield ("pages", index, "page"), f"{one.page} is left out and given a title"
    yield from _twice([one.page for one in form.pages], "pages", "page")


def _questions(form: FormSettings) -> Faults:
    for index, one in enumerate(form.questions):
        may = CHANGEABLE.get(one.page)
        if may is None:
            yield ("questions", index, "page"), f"{one.page} {_KEPT}"
            continue
        if one.page in form.off:
            yield ("questions", index, "page"), f"{one.page} is left out, and its question changed"
        if (one.label or one.hint) and one.question not in may.reword:
            yield (
                ("questions", index, "question"),
                f"{one.question} can't be reworded: {one.page} doesn't ask it, or rules read its answer",
            )
        if one.mandatory and one.question not in may.require:
            yield (
                ("questions", index, "mandatory"),
                f"{one.question} can't be made mandatory: {one.page} doesn't ask it, or it is mandatory everywhere",
            )
    yield from _twice([f"{one.page} {one.question}" for one in form.questions], "questions", "question")


def _own_pages(form: FormSettings) -> Faults:
    asked = {one.page for one in form.own_questions}
    for index, one in enumerate(form.own_pages):
        if one.follows not in CHANGEABLE:
            yield (
                ("own_pages", index, "follows"),
                f"no page of one's own can follow {one.follows}: it is no page of the forms, or may not change",
            )
        if one.id in CHANGEABLE:
            yield ("own_pages", index, "id"), f"{one.id} is a page of the forms: take another id"
        if one.id not in asked:
            yield ("own_pages", index), f"no question stands on {one.id}"
    yield from _twice([one.id for one in form.own_pages], "own_pages", "id")


def _own_questions(form: FormSettings) -> Faults:
    own = {one.id for one in form.own_pages}
    for index, one in enumerate(form.own_questions):
        yield from _own_question(form, own, index, one)
    yield from _twice([one.id for one in form.own_questions], "own_questions", "id")


def _own_question(form: FormSettings, own: set[str], index: int, one: OwnQuestion) -> Faults:
    if one.id.endswith(_ENDINGS):
        yield ("own_questions", index, "id"), f"an id can't end in {', '.join(_ENDINGS)}"
    if one.page in form.off:
        yield ("own_questions", index, "page"), f"{one.page} is left out, and a question stands on it"
    elif one.page not in own and one.page not in CHANGEABLE:
        yield (
            ("own_questions", index, "page"),
            f"no question of one's own can stand on {one.page}: it is no page of one's own, none that may change",
        )
    for place, option in enumerate(one.options):
        if option.id == "not-known":
            yield ("own_questions", index, "options", place, "id"), "“not known” is added by itself"
    ids = [option.id for option in one.options]
    for place, id_ in enumerate(ids):
        if id_ in ids[:place]:
            yield ("own_questions", index, "options", place, "id"), f"the id {id_} stands twice"


def _twice(values: Iterable[str], *path: str) -> Faults:
    seen: set[str] = set()
    name, *field = path
    for index, value in enumerate(values):
        if value in seen:
            yield (name, index, *field), f"{value} stands twice"
        seen.add(value)
