"""Two tabs, or two people, on one page: what differs stands side by side, and the person chooses for each question.

Nothing is saved until they have. What they typed goes along in the page itself, so that no step loses it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render

from referrals.journey.page_form import DO, VERSION, PageForm
from referrals.journey.presenters import pages as presenter
from referrals.record import actions
from referrals.record.domain.forms.parts import Page
from referrals.record.selectors import wording_for

if TYPE_CHECKING:
    from referrals.journey.views.writing import Walk

TAKE = "take-"
MINE, THEIRS = "mine", "theirs"
CHOOSE, REWRITE = "choose", "rewrite"
NEVER_SAVED = -1
"""A version that no page has: saving on top of it tells what differs, and saves nothing that does."""
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", DO, VERSION})


def show_conflict(walk: "Walk", conflict: actions.Conflict, *, unanswered: bool = False) -> HttpResponse:
    """The page on which somebody chooses. `unanswered`: they pressed on without having chosen for each question."""
    taken = {key.removeprefix(TAKE): value for key, value in walk.request.POST.items() if key.startswith(TAKE)}
    shown = _shown(walk, conflict)
    rows = tuple(replace(row, taken=str(taken.get(row.key, ""))) for row in shown.rows)
    context = {
        "referral": walk.referral,
        "page": walk.page,
        "title": walk.page.title_for(presenter.name_in(walk.draft, walk.page, walk.person)),
        "conflict": replace(shown, rows=rows),
        "own": shown.by == walk.opened.actor.name,
        "typed": list(_typed(walk)),
        "version": conflict.version,
        "unanswered": unanswered,
        "back": presenter.back_link(walk.referral, walk.origin),
    }
    return render(walk.request, "journey/conflict.html", context)


def chosen(walk: "Walk", form: PageForm, raw: Mapping[str, Any], version: int) -> dict[str, Any] | HttpResponse:
    """Return the answers that were chosen, ready to be saved on top of `version`; or the page that asks (again)."""
    try:
        actions.save_page(**walk.saving(raw, NEVER_SAVED))
    except actions.Conflict as conflict:
        rows = _shown(walk, conflict).rows
        if conflict.version != version:
            # Somebody saved once more meanwhile: what was chosen was chosen against something else.
            return show_conflict(walk, conflict)
        if form.pressed[0] == REWRITE:
            return walk.show(form, version=version, conflict=_shown(walk, conflict))
        taken = {row.key: walk.request.POST.get(TAKE + row.key) for row in rows}
        if not set(taken.values()) <= {MINE, THEIRS}:
            return show_conflict(walk, conflict, unanswered=True)
        theirs = [key for key, side in taken.items() if side == THEIRS]
        return _merged(walk.page, conflict, theirs)
    # Nothing differs any more.
    return dict(raw)


def _merged(page: Page, conflict: actions.Conflict, theirs: list[str]) -> dict[str, Any]:
    """What was typed, with what was saved for the questions in `theirs`, their "not known" ticks too."""
    merged = dict(conflict.yours)
    for key in theirs:
        for name in (key, page.question(key).not_known_key):
            merged.pop(name, None)
            if name in conflict.theirs:
                merged[name] = conflict.theirs[name]
    return merged


def _shown(walk: "Walk", conflict: actions.Conflict) -> presenter.ConflictShown:
    wording = wording_for(walk.referral, walk.draft, now=walk.opened.now)(walk.person)
    return presenter.conflict_shown(walk.page, conflict, wording)


def _typed(walk: "Walk") -> Iterator[tuple[str, str]]:
    """What was posted, to go along."""
    for name, values in walk.request.POST.lists():
        if name not in _NOT_TYPED and not name.startswith(TAKE):
            yield from ((name, str(value)) for value in values)
