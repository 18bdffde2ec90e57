"""The task list, and the walker: one view for every page of every form."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from audit.domain.refusal import NotYours, Refusal
from referrals.casework.not_answered import left_without_answer
from referrals.casework.preparing import prepare
from referrals.casework.selectors import advice_on, latest_approval
from referrals.casework.selectors.drafts import draft_standing
from referrals.journey.offers import offers_for
from referrals.journey.opening import Opened, help_from, of_draft
from referrals.journey.page_form import DO, SEEN, VERSION, PageForm, problems_digest
from referrals.journey.prefilled import known_of_writer, prefilled
from referrals.journey.presenters import pages as presenter
from referrals.journey.presenters.area_says import area_says
from referrals.journey.presenters.carried import CarriedShown, waiting
from referrals.journey.presenters.checked import CheckShown
from referrals.journey.presenters.indicated import NOTHING, asked_about, indicated_for
from referrals.journey.presenters.kept import DISCARD, as_posted, keep_url
from referrals.journey.presenters.record import approval_shown
from referrals.journey.presenters.tasks import asked_and_done, file_task, task_sections
from referrals.journey.rows import ADD, REMOVE
from referrals.journey.schools import FIND, with_school
from referrals.journey.steps import Origin, first_needed, origin_of, page_url
from referrals.journey.suggesting import KINDS
from referrals.journey.views.conflicts import CHOOSE, REWRITE, chosen, show_conflict
from referrals.journey.views.picking import STAYS_AT, act, around_picker, copied_from, say_copied, with_choices
from referrals.record import actions
from referrals.record.domain.clean import HOME_AREA
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.estimate import estimate
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.forms.parts import Need, Page, Specification
from referrals.record.domain.forms.wording import worded
from referrals.record.domain.left_out import coming_back
from referrals.record.domain.permissions import can_share
from referrals.record.selectors import (
    attachments_of,
    called,
    carried_of,
    draft_of,
    form_of,
    kept_of,
    left_out_of,
    progress_of,
    saved_page,
)


@require_safe
@of_draft
def tasks(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every page of the form by section with how far it is, in any order."""
    progress, draft = progress_of(opened.referral, now=opened.now), draft_of(opened.referral)
    carried = waiting(carried_of(opened.referral))
    passed_over = left_without_answer(opened.referral, draft, asked_and_done(progress), now=opened.now)
    context = {
        "referral": opened.referral,
        "file_task": file_task(opened.referral, attachments_of(opened.referral)),
        "may_share": can_share(opened.actor, opened.facts),
        "estimate": estimate(progress, draft),
        "left_out": left_out_of(opened.referral, draft, now=opened.now),
        "kept": draft_standing(opened.referral, now=opened.now),
        "sections": task_sections(opened.referral, progress, carried, passed_over),
        "approval": approval_shown(latest_approval(opened.referral), now=opened.now),
        "advice": advice_on(opened.referral),
        "called": called(opened.referral, now=opened.now),
        "begun_from": opened.referral.begun_from,
    }
    return render(request, "journey/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_draft
def page(request: HttpRequest, opened: Opened, page: str, person_id: UUID | None = None) -> HttpResponse:
    """Show one page, or save it and go on. What can't be saved, or stands out, comes back beside what was typed."""
    walk = Walk(request, opened, page, person_id)
    if not walk.draft.applies(walk.page, walk.person):
        return redirect("journey:tasks", referral_id=opened.referral.pk)
    needed = first_needed(walk.form, walk.page, walk.draft, walk.person)
    if needed is not None:
        return walk.show_needed(needed)
    return walk.post() if request.method == "POST" else walk.opened_page()


SPEAKS_OF_HARM = frozenset({"start", "harm", "circumstances", "descriptors", "exploitation", "judged", "child-home"})
"""Pages of an assessment whose answers may mean that it needs a referral: it says so at once."""


class Walk:
    """One page of a draft in the hands of one person."""

    def __init__(self, request: HttpRequest, opened: Opened, page: str, person_id: UUID | None) -> None:
        self.request, self.opened, self.referral = request, opened, opened.referral
        self.form: Specification = form_of(self.referral, writing=page)
        self.draft: DraftAnswers = draft_of(self.referral)
        try:
            # Here and in `fields` the form's words become those of the language in use (docs/languages.md).
            self.page: Page = worded(self.form.page(page), gettext)
            self.person: PersonAnswers | None = self.draft.person(self.page.per, person_id)
            self.saved = saved_page(self.referral, page, person_id)
        except KeyError:
            raise NotYours(rule="referral.edit", subject_type="referral", subject_id=self.referral.pk) from None
        self.person_id = person_id
        self.offers = offers_for(self.referral, self.draft, self.person, now=opened.now)
        if self.person is not None:
            help_from(request, self.person.get("home_area"))

    @cached_property
    def indicated(self) -> CheckShown | None:
        """The child's check, on the page that shows it."""
        return indicated_for(self.opened, self.page, self.person)

    @property
    def carried(self) -> CarriedShown | None:
        """Where the page's answers come from, until somebody has looked at them."""
        return waiting(carried_of(self.referral)).get((self.page.key, self.person_id))

    @property
    def version(self) -> int:
        """The version that the answers on the page start from: that of its opening, however often it is posted."""
        # What a colleague saved meanwhile isn't on it: its number would let these answers go over theirs unseen.
        return _number(self.request.POST.get(VERSION)) if self.request.method == "POST" else self.saved.version

    @property
    def origin(self) -> Origin:
        """Where the page was opened from, and leads back to."""
        return origin_of(self.request.GET, self.draft)

    @property
    def offered(self) -> dict[str, Any]:
        """What is saved, or is known before, and what was set aside for questions that are asked again."""
        if not self.saved.version:
            return dict(prefilled(self.page, self.referral))
        around = self.draft.around(self.person)
        back = coming_back(self.page, self.saved.answers, self.saved.set_aside, around)
        return {**self.saved.answers, **back}

    def bound(self, posted: Any) -> PageForm:
        """The page's form, with what was posted or what is saved."""
        return PageForm(
            asked_about(self.page, self.indicated),
            self.offers,
            answers=self.offered,
            around=self.draft.around(self.person),
            posted=posted,
            beside=around_picker(
                self.opened, self.draft, self.page, self.person, self.offers, about=self.request.GET.get("about", "")
            ),
        )

    def opened_page(self) -> HttpResponse:
        """The page as it is opened: with what is saved, or with what this person had typed since and not saved."""
        kept = kept_of(self.referral, self.page.key, self.person_id, self.opened.actor)
        if kept is None:
            return self.show(self.bound(None))
        return self.show(self.bound(as_posted(kept)), version=kept.version, kept=kept)

    def post(self) -> HttpResponse:
        """Do what the button asks, save, and go on; or show the page again."""
        if self.request.POST.get(DO) == DISCARD:
            actions.discard_typed(
                referral=self.referral,
                page=self.page.key,
                by=self.opened.actor,
                now=self.opened.now,
                person_id=self.person_id,
            )
            return redirect(self.request.get_full_path())
        form = self.bound(self.request.POST)
        if form.pressed[0] in {"search", FIND}:
            return self.show(form)
        if self.person is not None and not act(self.request, self.opened, form, self.person):
            return self.show(form)
        answers = with_school(self.page, with_choices(form.raw(), copied_from(form)), self.request.POST)
        version = _number(self.request.POST.get(VERSION))
        if form.pressed[0] in {CHOOSE, REWRITE}:
            decided = chosen(self, form, answers, version)
            if isinstance(decided, HttpResponse):
                return decided
            answers = decided
        try:
            saved = actions.save_page(**self.saving(answers, version))
        except actions.Conflict as conflict:
            return show_conflict(self, conflict)
        return self._saved(form, saved)

    def saving(self, answers: Mapping[str, Any], version: int) -> dict[str, Any]:
        """What saves these answers of this page on top of a version of it."""
        return {
            "referral": self.referral,
            "page": self.page.key,
            "answers": answers,
            "version": version,
            "by": self.opened.actor,
            "now": self.opened.now,
            "person_id": self.person_id,
        }

    def _saved(self, form: PageForm, saved: actions.SaveResult) -> HttpResponse:
        if saved.dropped:
            messages.info(self.request, presenter.dropped_words([form.label_of(key) for key in saved.dropped]))
        if saved.left_out:
            messages.info(self.request, presenter.left_out_words(saved.left_out))
        digest = problems_digest(saved.problems)
        if not saved.saved:
            form.show_problems(saved.problems)
            return self.show(form)
        self._say_own_form()
        say_copied(self.request, form, copied_from(form))
        verb, _ = form.pressed
        if verb in {ADD, REMOVE}:
            return self.show(form, version=saved.version)
        if verb in STAYS_AT or form.wants_evidence() or form.has_opened(saved.answers):
            return redirect(self.request.get_full_path() + STAYS_AT.get(verb, ""))
        if digest and self.request.POST.get(SEEN) != digest:
            form.show_problems(saved.problems)
            return self.show(form, version=saved.version, seen=digest)
        if is_assessment(self.form.version) and self.page.key in SPEAKS_OF_HARM and self._is_urgent():
            return redirect("journey:needs_referral", referral_id=self.referral.pk)
        # A browser keeps the end of the address that a button on a picker led to, and would open the next page there.
        return redirect(presenter.url_after(self.form, self.draft_now(saved.answers), self) + self._from_its_top())

    def _from_its_top(self) -> str:
        return "#top" if any(question.kind in KINDS for question in self.page.questions) else ""

    def _say_own_form(self) -> None:
        """Say how the form is another one once the home area is known."""
        if any(question.key == HOME_AREA for question in self.page.questions):
            said = presenter.own_form_words(self.form, form_of(self.opened.current()))
            if said:
                messages.info(self.request, said)

    def _is_urgent(self) -> bool:
        """Whether the answers make it urgent now that the page is saved, by themselves or by what they indicate."""
        current = self.opened.current()
        try:
            return prepare(referral=current, now=self.opened.now).refer_instead
        except Refusal:
            return current.urgent

    def draft_now(self, answers: dict[str, Any]) -> DraftAnswers:
        """The draft with this page as it has just been saved."""
        return self.draft.with_page(self.page, self.person, answers)

    def show(self, form: PageForm, **more: Any) -> HttpResponse:
        """The page. `version` is the one to save on top of, `seen` that of the problems that are shown with it."""
        context = {
            "referral": self.referral,
            "page": self.page,
            "title": self.page.title_for(presenter.name_in(self.draft, self.page, self.person)),
            "form": form,
            "version": self.version,
            "keep_url": keep_url(self.referral, self.page.key, self.person_id),
            # Who wrote what stays in sight once several did.
            "saved_by": self.saved.saved_by if self.saved.saved_by != self.opened.actor.name else "",
            "saved_at": self.saved.saved_at,
            "known_of_writer": known_of_writer(self.page, self.referral),
            "people": presenter.people_listed(self.referral, self.draft, self.page),
            "indicated": self.indicated,
            "nothing": NOTHING if self.indicated and self.indicated.nothing_to_compare else "",
            "judged_url": page_url(self.referral, "judged", self.person_id) if self.indicated else "",
            "back": presenter.back_link(self.referral, self.origin),
            "carried": self.carried,
            "area_says": area_says(self.referral, self.draft, self.page, self.person, now=self.opened.now),
            **more,
        }
        return render(self.request, "journey/page.html", context)

    def show_needed(self, need: Need) -> HttpResponse:
        """A page that can't start yet, with the question or page to answer first."""
        needed = worded(self.form.page(need.page), gettext)
        name = presenter.name_in(self.draft, self.page, self.person)
        context = {
            "referral": self.referral,
            "title": self.page.title_for(name),
            "needed": needed.title_for(name),
            "question": needed.question(need.question).label if need.question else "",
            "needed_url": page_url(self.referral, needed.key, self.person_id),
            "back": presenter.back_link(self.referral, self.origin),
        }
        return render(self.request, "journey/needed.html", context)


def _number(text: str | None) -> int:
    """The version that was posted; one that never was where it isn't a number, so that nothing is overwritten."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else -1
