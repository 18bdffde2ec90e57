"""What has been recorded since a submission, as a document: asked for, and handed out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from audit.domain.refusal import NotYours
from referrals.documents.domain.copying import CopyStanding, CopyState
from referrals.documents.handing import pdf_handed_out
from referrals.documents.since import RULE, Reach, document_for, put_together
from referrals.journey.opening import Opened, given_to_reader, open_referral
from referrals.record.domain.permissions import reads_as_front_door
from referrals.record.models import Submission
from referrals.record.selectors import latest_submission
from referrals.routing.actions import mark_referral_read
from referrals.routing.selectors import reads_until


@require_POST
def make(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Put what has been recorded since into a document; the record's page says when it is ready."""
    opened = open_referral(request, referral_id, purpose="since")
    submission = submitted(opened)
    put_together(submission=submission, reach=reach_of(opened, submission), by=opened.actor, now=opened.now)
    messages.success(request, gettext("The document is being made. It stands under the copy as soon as it is ready."))
    return redirect(f"{reverse('referral', args=[referral_id])}#since")


# Neither a browser nor anything in between keeps it.
@cache_control(no_store=True)
@require_safe
def document(request: HttpRequest, referral_id: UUID, since_id: UUID) -> HttpResponse:
    """The stored document, to save; a page that says how it stands while there is none, as 404."""
    opened = open_referral(request, referral_id, purpose="since")
    # Whoever takes it for a front door has opened the referral, as on its page.
    mark_referral_read(referral_id=referral_id, by=opened.actor, now=opened.now)
    submission = submitted(opened)
    reach = reach_of(opened, submission)
    row, content = document_for(submission, reach, since_id, by=opened.actor, now=opened.now)
    if content is None:
        context = {"referral": opened.referral, "standing": CopyStanding(CopyState.WAITING)}
        return render(request, "documents/no_copy.html", context, status=404)
    return pdf_handed_out(content, f"{opened.referral.reference}-since-{row.at:%Y%m%d-%H%M}")


def submitted(opened: Opened) -> Submission:
    """The last submission; NotYours while nothing was."""
    submission = latest_submission(opened.referral)
    if submission is None:
        raise NotYours(rule=RULE, subject_type="referral", subject_id=opened.referral.pk)
    return submission


def reach_of(opened: Opened, submission: Submission) -> Reach:
    """Whose document the reader gets, and until when a front door that has let go reads."""
    until = None
    if reads_as_front_door(opened.actor, opened.facts):
        until = reads_until(opened.referral.pk, opened.actor, now=opened.now)
    return Reach(given_to_reader(opened, submission), until)
