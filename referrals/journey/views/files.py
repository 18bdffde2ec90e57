"""The files of a referral: chosen, described, taken off; after it was submitted, added."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dispatch import scanner
from referrals.casework import actions as casework
from referrals.documents.files import staged_shown, takable_shown
from referrals.journey.file_forms import ADD, REMOVE, TAKE, UPLOAD, ChooseForm, DescribeForm, TakeForm
from referrals.journey.opening import Opened, open_referral
from referrals.journey.page_form import DO
from referrals.journey.presenters.answers import names_of
from referrals.journey.presenters.pages import BackLink
from referrals.journey.uploads import TOO_LARGE
from referrals.record import actions
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import check_attach
from referrals.record.selectors import draft_of, staged_of, takable_files


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def files(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Choose files and say what they are. Nothing waits for their being looked at."""
    opened = open_referral(request, referral_id, purpose="files")
    check_attach(opened.actor, opened.facts)
    verb, _, about = request.POST.get(DO, "").partition(":")
    if request.method != "POST":
        return _page(request, opened, ChooseForm())
    if verb in {UPLOAD, TAKE}:
        return _uploaded(request, opened) if verb == UPLOAD else _taken_along(request, opened)
    form = _describe(request, opened)
    if not form.is_valid():
        return _page(request, opened, ChooseForm(), form)
    actions.describe_files(referral=opened.referral, said=form.said(), by=opened.actor, now=opened.now)
    if verb == REMOVE:
        actions.remove_file(referral=opened.referral, attachment_id=_uuid(about), by=opened.actor, now=opened.now)
        messages.success(request, gettext("The file is taken off."))
        return redirect("journey:files", referral_id=referral_id)
    if verb == ADD:
        casework.add_files(referral=opened.referral, by=opened.actor, now=opened.now)
        messages.success(
            request, gettext("The files have been added. Nobody can open one before it is checked for viruses.")
        )
        return redirect("referral", referral_id=referral_id)
    return redirect(_back(opened).url)


def _uploaded(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = ChooseForm(request.POST, request.FILES, too_large=request.META.get(TOO_LARGE, ()))
    form.is_valid()
    uploads = form.uploads()
    for words in form.too_large:
        form.add_error("chosen", words)
    if uploads:
        attached = casework.attach_files(referral=opened.referral, uploads=uploads, by=opened.actor, now=opened.now)
        for words in attached.refused:
            form.add_error("chosen", words)
        if attached.taken:
            number = len(attached.taken)
            said = ngettext(
                "%(number)s file uploaded. Say what each is.", "%(number)s files uploaded. Say what each is.", number
            )
            messages.success(request, said % {"number": number})
    if form.errors:
        return _page(request, opened, form)
    return redirect("journey:files", referral_id=opened.referral.pk)


def _taken_along(request: HttpRequest, opened: Opened) -> HttpResponse:
    form = _takable(opened, request.POST)
    if not form.is_valid():
        return _page(request, opened, ChooseForm(), take=form)
    attached = casework.take_files(referral=opened.referral, files=form.chosen(), by=opened.actor, now=opened.now)
    for words in attached.refused:
        messages.info(request, words)
    if attached.taken:
        number = len(attached.taken)
        said = ngettext(
            "%(number)s file goes along. Look at what is said of each, and whom it is about.",
            "%(number)s files go along. Look at what is said of each, and whom it is about.",
            number,
        )
        messages.success(request, said % {"number": number})
    return redirect("journey:files", referral_id=opened.referral.pk)


def _takable(opened: Opened, posted: QueryDict | None = None) -> TakeForm:
    names = names_of(draft_of(opened.referral))
    takable = takable_files(opened.referral, opened.actor, now=opened.now)
    return TakeForm(takable_shown(takable, names), posted)


def _describe(request: HttpRequest, opened: Opened) -> DescribeForm:
    names = names_of(draft_of(opened.referral))
    return DescribeForm(
        staged_shown(staged_of(opened.referral), names),
        names,
        request.POST if request.method == "POST" and request.POST.get(DO) not in {UPLOAD, TAKE} else None,
        add=opened.referral.state != State.DRAFT.value,
    )


def _page(
    request: HttpRequest,
    opened: Opened,
    form: ChooseForm,
    described: DescribeForm | None = None,
    take: TakeForm | None = None,
) -> HttpResponse:
    shown, take = described or _describe(request, opened), take or _takable(opened)
    context = {
        "referral": opened.referral,
        "draft": opened.referral.state == State.DRAFT.value,
        "form": form,
        "described": shown,
        "take": take,
        "forms": [one for one in (shown, take) if one.is_bound],
        "scanner_off": not scanner.is_on(),
        "waits": any(one.waits for one in shown.shown),
        "back": _back(opened),
    }
    return render(request, "journey/files.html", context)


def _back(opened: Opened) -> BackLink:
    if opened.referral.state == State.DRAFT.value:
        return BackLink(gettext("Back to the task list"), reverse("journey:tasks", args=[opened.referral.pk]))
    return BackLink(gettext("Back to the referral"), reverse("referral", args=[opened.referral.pk]))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
