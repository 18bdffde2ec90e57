"""The partnership manager's pages: versions and drafts of the area's pack, uploading, comparing, downloading."""

import datetime as dt
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from audit.requests import actor_of
from thresholds import actions, open_work, selectors, spreadsheets
from thresholds.domain.assemble import PackErrors
from thresholds.domain.cautions import cautions
from thresholds.domain.difference import difference
from thresholds.domain.pack import Pack
from thresholds.forms import CompareForm, UploadForm
from thresholds.models import PackDraft
from thresholds.presenters.changes import Comparison, comparison, mistakes_shown
from thresholds.rendering import document_html

DRAFTS_SHOWN = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Published versions, drafts, and the form that uploads another."""
    actor, now = actor_of(request), clock.now()
    area = selectors.kept_area(actor)
    form = UploadForm(request.POST or None, request.FILES or None, area=area)
    if request.method == "POST" and form.is_valid():
        draft = actions.keep_draft(
            pack=form.pack, source=form.source, note=form.cleaned_data["note"], by=actor, now=now
        )
        messages.success(request, gettext("Your draft is kept. It changes nothing until somebody publishes it."))
        return redirect("thresholds:draft", draft_id=draft.pk)
    today = clock.day_of(now)
    context = {
        "form": form,
        "mistakes": mistakes_shown(form.mistakes),
        "slug": area,
        "area": _area_name(area, today),
        "versions": selectors.versions_of(area, today),
        "drafts": selectors.drafts_of(actor)[:DRAFTS_SHOWN],
        "formats": spreadsheets.FORMATS.values(),
        "compare": CompareForm(choices=_choices(request, today)),
    }
    return render(request, "thresholds/keep/keep.html", context)


@never_cache
@require_safe
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft: what to look at, and what it would change of the version that applies from its day on."""
    found = selectors.draft_for(actor_of(request), draft_id)
    pack = found.pack()
    day = max(pack.effective_from, clock.day_of(clock.now()))
    before, changes = compared_with(found.area, pack, day)
    context = {
        "draft": found,
        "pack": pack,
        "before": before,
        "changes": changes,
        "formats": spreadsheets.FORMATS.values(),
        "is_open": found.state == PackDraft.State.OPEN,
    }
    return render(request, "thresholds/keep/draft.html", context)


@never_cache
@require_safe
def preview(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft as the readable document, with the banner that it applies to nobody."""
    found = selectors.draft_for(actor_of(request), draft_id)
    pack = found.pack()
    context = {"draft": found, "pack": pack, "document": document_html(pack, found.sha256)}
    return render(request, "thresholds/keep/preview.html", context)


@never_cache
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Any two of the area's versions and drafts."""
    actor, today = actor_of(request), clock.day_of(clock.now())
    area = selectors.kept_area(actor)
    form = CompareForm(request.GET or None, choices=_choices(request, today))
    context = {"form": form, "area": _area_name(area, today)}
    if request.GET and form.is_valid():
        old, new = (_pack_of(request, form.cleaned_data[side]) for side in ("old", "new"))
        found = difference(old, new)
        names = dict(form.choices)
        context |= {
            "changes": comparison(old, new, found, cautions(old, new, found)),
            "old_name": names[form.cleaned_data["old"]],
            "new_name": names[form.cleaned_data["new"]],
        }
    return render(request, "thresholds/keep/compare.html", context)


@never_cache
@require_safe
def download_draft(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponse:
    """A draft as a file to go on editing."""
    found = selectors.draft_for(actor_of(request), draft_id)
    return _file(request, found.pack(), code, f"{found.area}-draft")


@never_cache
@require_safe
def download_version(request: HttpRequest, version_id: int, code: str) -> HttpResponse:
    """A published version as a file to edit."""
    found = selectors.kept_version(actor_of(request), version_id)
    name = f"{found.pack.area.slug}-{found.pack.effective_from:%Y-%m-%d}-{found.revision}"
    return _file(request, found.pack, code, name)


def compared_with(area: str, pack: Pack, day: dt.date) -> tuple[selectors.PublishedPack | None, Comparison]:
    """The version that applies on `day`, and what the pack would change of it: all but the day itself, which is chosen
    when it is published."""
    try:
        before = selectors.current_pack(area, day)
    except selectors.NoPackError:
        return None, comparison(pack, pack, (), ())
    found = difference(before.pack, pack.model_copy(update={"effective_from": before.pack.effective_from}))
    look = cautions(before.pack, pack, found, open_work.at_doors(area))
    return before, comparison(before.pack, pack, found, look)


def _file(request: HttpRequest, pack: Pack, code: str, name: str) -> HttpResponse:
    """The pack as an attachment: browsers save it and never show it in place."""
    try:
        content = spreadsheets.export(pack, code)
    except PackErrors as errors:
        why = gettext("This version can't be written as a file: its national part is no longer there.")
        if errors.mistakes[0].sheet:
            said = gettext("This document can't be written in that format. %(mistake)s.")
            why = said % {"mistake": errors.mistakes[0]}
        messages.error(request, why)
        return redirect("thresholds:keep")
    kind = spreadsheets.FORMATS[code]
    answer = HttpResponse(content, content_type=kind.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind.ending}"'
    return answer


def _choices(request: HttpRequest, today: dt.date) -> list[tuple[str, str]]:
    actor = actor_of(request)
    drafts = selectors.drafts_of(actor).filter(state=PackDraft.State.OPEN)[:DRAFTS_SHOWN]
    choices = [(f"draft-{one.pk}", one.name) for one in drafts]
    choices += [
        (
            f"version-{one.version_id}",
            gettext("Version from %(effective_from)s, revision %(revision)s")
            % {"effective_from": f"{one.effective_from:%-d %B %Y}", "revision": one.revision},
        )
        for one in selectors.versions_of(selectors.kept_area(actor), today)
    ]
    return choices


def _pack_of(request: HttpRequest, key: str) -> Pack:
    kind, _, number = key.partition("-")
    if kind == "version":
        return selectors.kept_version(actor_of(request), int(number)).pack
    return selectors.draft_for(actor_of(request), UUID(number)).pack()


def _area_name(area: str, today: dt.date) -> str:
    try:
        return selectors.current_pack(area, today).pack.area.name
    except selectors.NoPackError:
        return area.replace("-", " ").title()
