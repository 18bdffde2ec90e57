"""What the question pages of an intake share: the form on one side, what was sent on the other."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from audit.actions import record_refusal
from audit.domain.refusal import NotYours, Refusal
from govuk.forms import GovukForm
from referrals.casework.selectors import unread_by
from referrals.documents.reading import evidence_of, names_of
from referrals.routing.actions import given_to
from referrals.triage.opening import Opened
from referrals.triage.presenters.said import Said

REFUSED = 403


class Question:
    """One question about an intake, asked of one person."""

    def __init__(
        self,
        request: HttpRequest,
        opened: Opened,
        title: str,
        *,
        child_id: UUID | None = None,
        quoted: Sequence[Said] = (),
        template: str = "triage/question.html",
        **more: Any,
    ) -> None:
        """`more` goes into the template's context."""
        self.request, self.opened, self.title, self.template = request, opened, title, template
        self.more = more
        self.quoted = quoted
        self.evidence = evidence_of(opened.intake.submission, given_to(intake=opened.intake, now=opened.now))
        self.about = self.evidence.children.get(str(child_id), "") if child_id else ""

    def names(self) -> dict[UUID, str]:
        """The names of the children who went to this front door, by id."""
        return names_of(self.evidence, self.opened.intake.children)

    def answer(
        self,
        form: GovukForm,
        act: Callable[[], object],
        *,
        check: Callable[[], object] | None = None,
        leads_to: str = "",
    ) -> HttpResponse:
        """Show the question, or do what was answered and lead back to the intake, or to the address `leads_to`.

        `check` refuses the page itself to who may not answer. What is refused when it is sent, because somebody else
        was quicker for instance, comes back with the reason, what was typed, and status 403; it is recorded as ever.
        """
        if self.request.method != "POST":
            if check is not None:
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
            # What was typed stays here: the page is read in a tab of its own.
            self.more["read_first"] = unread_by([self.opened.intake], self.opened.actor, telling=True)
            return self.page(form, status=REFUSED)
        return redirect(leads_to or reverse("triage:intake", args=[self.opened.intake.pk]))

    def page(self, form: GovukForm, *, status: int = 200) -> HttpResponse:
        """The form with what was sent beside it."""
        context: dict[str, Any] = {
            **self.more,
            "intake": self.opened.intake,
            "referral": self.opened.intake.referral,
            "title": self.title,
            "about": self.about,
            "quoted": self.quoted,
            "form": form,
            "evidence": self.evidence,
        }
        return render(self.request, self.template, context, status=status)
