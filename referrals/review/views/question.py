"""What the question pages about one referral share: the form on one side, what was sent on the other."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from audit.actions import record_refusal
from audit.domain.refusal import NotYours, Refusal
from govuk.forms import GovukForm
from referrals.documents.reading import evidence_of
from referrals.record.selectors import latest_submission
from referrals.review.domain.permissions import can_review
from referrals.review.opening import Opened

REFUSED = 403


class Question:
    """One question about a referral, asked of one person. `more` goes into the template's context."""

    def __init__(self, request: HttpRequest, opened: Opened, title: str, **more: Any) -> None:
        self.request, self.opened, self.title, self.more = request, opened, title, more
        on_desk = can_review(opened.actor, opened.facts)
        # An author who speaks for the agency has no desk: theirs is the referral's own page.
        self.back = reverse("review:referral" if on_desk else "referral", args=[opened.referral.pk])

    def answer(
        self, form: GovukForm, act: Callable[[], object], *, check: Callable[[], object], to_desk: bool = False
    ) -> HttpResponse:
        """Show the question, or do what was answered and lead back; `to_desk`, to the desk: it may no more lie there.

        `check` refuses the page itself to who may not answer. What is refused when it is sent, because somebody else
        was quicker for instance, comes back with the reason, what was typed, and status 403; it is recorded as ever.
        """
        if self.request.method != "POST":
            check()
            return self.page(form)
        if not form.is_valid():
            return self.page(form)
        try:
            act()
        except NotYours:
            raise
        except Refusal as refusal:
            match = self.request.resolver_match
            record_refusal(
                refusal, by=self.opened.actor, detail={"method": "POST", "view": match.view_name if match else ""}
            )
            form.refuse(refusal.reason, about=refusal.about)
            return self.page(form, status=REFUSED)
        return redirect("review:desk" if to_desk else self.back)

    def page(self, form: GovukForm, *, status: int = 200) -> HttpResponse:
        """The form with what was sent beside it, if anything was."""
        submission = latest_submission(self.opened.referral)
        context = {
            **self.more,
            "referral": self.opened.referral,
            "title": self.title,
            "back": self.back,
            "form": form,
            "evidence": evidence_of(submission) if submission else None,
        }
        return render(self.request, "review/question.html", context, status=status)
