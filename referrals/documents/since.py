"""What has been recorded since a submission, put into one document: the copy is frozen at submission, what came after
it isn't in there.

The document is cut for whoever asks for it, as their pages are: for a front door by what it is given, and for one that
has let go by the time until which it reads. Its text is kept as it was put together, and its PDF is drawn from that
text; asked again while nothing has come, it is the same document.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from audit.actions import record
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from consent.actions import record_shared
from consent.domain.afterwards import ruling_words
from consent.domain.agreed import ticked_in_words
from consent.domain.recipients import PURPOSES, Purpose
from consent.models import Disclosure, Shared
from consent.selectors import agreement_changes_of, rulings_of, told_of
from dispatch.actions import promise
from dispatch.domain.lifecycle import State as PromiseState
from dispatch.models import OutboxRow
from referrals.documents.domain.copying import SINCE_KIND, CopyStanding, CopyState, since_key, unmade
from referrals.documents.models import Since, SinceCopy
from referrals.documents.presenters.since import FORMAT
from referrals.documents.reading import addenda_shown, content_given, notices_now
from referrals.documents.selectors import copy_state, recorded_of
from referrals.record.domain.freeze import canonical_json, digest, unchanged
from referrals.record.models import Referral, Submission
from referrals.record.selectors import addenda_of

RULE = "sharing.since"
TITLE = "What has been recorded since"


@dataclass(frozen=True, slots=True)
class Reach:
    """Whose document it is: of the agency (`given` is None), or of the front door that is given this. `until`: it has
    let go of the referral, and reads what came until then."""

    given: Disclosure | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SinceShown:
    """A document that was made, or is being made, for pages."""

    id: UUID
    at: datetime
    by: str
    standing: CopyStanding


def recorded_since(submission: Submission, reach: Reach) -> dict[str, Any]:
    """Return all that was recorded after the submission and is for these readers, as plain JSON. The caller has checked
    and recorded the reading. Raises ValueError where a stored text doesn't match its digest."""
    referral = submission.referral
    content = content_given(submission, reach.given)
    people = (*content["children"], *content["household"], *content.get("others", ()))
    names = {one["id"]: one["name"] for one in people}

    def later(rows: Iterable[Any]) -> list[Any]:
        return [one for one in rows if one.at > submission.at and (reach.until is None or one.at <= reach.until)]

    addenda = later(addenda_of(referral, until=reach.until))
    return {
        "format": FORMAT,
        "reference": referral.reference,
        "submission": submission.number,
        "submitted_at": submission.at.isoformat(),
        "submission_sha256": submission.sha256,
        "copy_sha256": copy_state(referral, reach.given).sha256,
        "recipient": reach.given.recipient if reach.given else "",
        "until": reach.until.isoformat() if reach.until else "",
        "packs": content["packs"],
        "notices": list(notices_now(referral, until=reach.until)),
        "names": names,
        "decisions": [
            {
                "number": one.number,
                "because": one.because,
                "note": one.note,
                "by": one.by,
                "at": one.at.isoformat(),
                "children": {
                    child: {"verdict": made["verdict"], "agreement": made["agreement"]}
                    for child, made in one.decisions.items()
                },
            }
            for one in later(recorded_of(referral, children={child["id"] for child in content["children"]}))
        ],
        "agreement": [
            {
                **_by(one),
                "about": str(one.about),
                "said": one.said,
                "said_on": one.said_on.isoformat() if one.said_on else "",
                "said_to": one.said_to,
                "ticked": list(ticked_in_words(one.agreed_parts, one.agreed_with)),
                "limits": one.limits,
                "words": one.words,
            }
            for one in later(agreement_changes_of(referral))
        ],
        "told": [
            {
                **_by(one),
                "about": one.about,
                "told_on": one.told_on.isoformat(),
                "told_by": one.told_by,
                "words": one.words,
            }
            for one in later(told_of(referral))
        ],
        "rulings": [
            {
                **_by(one),
                "said": ruling_words(one.team.name, may_tell=one.may_tell, lifts=one.lifts, let_go=one.let_go),
                "why": one.why,
            }
            for one in later(rulings_of(referral))
        ],
        "addenda": [
            {
                "number": row.number,
                "sha256": row.sha256,
                "title": shown.title,
                "words": shown.words,
                "questions": [list(pair) for pair in shown.questions],
                "by": shown.by,
                "at": shown.at.isoformat(),
            }
            for row, shown in zip(addenda, addenda_shown(addenda, reach.given), strict=True)
        ],
    }


def how_many(recorded: Mapping[str, Any]) -> int:
    """Return how many things were recorded since."""
    return sum(len(recorded[key]) for key in ("decisions", "agreement", "told", "rulings", "addenda"))


@transaction.atomic
def put_together(*, submission: Submission, reach: Reach, by: Actor, now: datetime) -> Since:
    """Put what was recorded since into a document, and promise its PDF; return it. While nothing has come since the
    last one for the same readers, that is the one.

    The caller has checked who reads. Raises Refusal where nothing was recorded since.
    """
    referral = Referral.objects.select_for_update().get(pk=submission.referral_id)
    recorded = recorded_since(submission, reach)
    if not how_many(recorded):
        raise Refusal(
            "Nothing has been recorded since it was submitted. The copy says it all.",
            rule=RULE,
            subject_type="referral",
            subject_id=referral.pk,
        )
    text = canonical_json(recorded)
    same = Since.objects.filter(submission=submission, disclosure=reach.given, sha256=digest(text)).first()
    if same is not None:
        return same
    row = Since.objects.create(
        submission=submission,
        disclosure=reach.given,
        content=text,
        sha256=digest(text),
        until=reach.until,
        at=now,
        by_id=by.person_id,
        by_name=by.name[:200],
    )
    promise(kind=SINCE_KIND, key=since_key(row.pk), references={"since": row.pk}, by=by)
    record(
        RULE,
        by=by,
        subject_type="referral",
        subject_id=referral.pk,
        detail={"submission": submission.number, "sha256": row.sha256, "holds": how_many(recorded)},
    )
    return row


def documents_made(submission: Submission, reach: Reach) -> tuple[SinceShown, ...]:
    """Return the documents of these readers, the last first, each with how it stands. Their bytes aren't read."""
    rows = list(_documents(submission, reach).order_by("-at", "-id"))
    made = {
        since_id: (sha256, made_at)
        for since_id, sha256, made_at in SinceCopy.objects.filter(since__in=rows).values_list(
            "since_id", "sha256", "made_at"
        )
    }
    waiting = dict(OutboxRow.objects.filter(key__in=[since_key(row.pk) for row in rows]).values_list("key", "state"))
    return tuple(
        SinceShown(
            row.pk,
            row.at,
            row.by_name,
            CopyStanding(CopyState.MADE, *made[row.pk])
            if row.pk in made
            else CopyStanding(unmade(_promised(waiting.get(since_key(row.pk))))),
        )
        for row in rows
    )


def document_for(
    submission: Submission, reach: Reach, since_id: UUID, *, by: Actor, now: datetime
) -> tuple[Since, bytes | None]:
    """Return a document of these readers with its stored bytes, None while there are none, and record who has it.

    The caller has checked and recorded the reading. Raises NotYours for one that isn't there or is other readers', and
    ValueError when the stored bytes aren't those that were made.
    """
    row = _documents(submission, reach).filter(pk=since_id).first()
    if row is None:
        raise NotYours(rule=RULE, subject_type="referral", subject_id=submission.referral_id)
    copy = SinceCopy.objects.filter(since=row).first()
    if copy is None:
        return row, None
    content = unchanged(copy.content, copy.sha256)
    record(
        "referral.copy",
        by=by,
        subject_type="referral",
        subject_id=submission.referral_id,
        detail={"submission": submission.number, "sha256": copy.sha256, "since": True},
    )
    referral, given = submission.referral, reach.given
    record_shared(
        referral=referral,
        document=Shared.Document.COPY,
        title=TITLE,
        recipient=given.recipient if given else f"{by.name}, {referral.agency.name}",
        purpose=PURPOSES[Purpose(given.purpose)] if given else "to keep at the agency that wrote it",
        what=(f"{TITLE} submission {submission.number}",),
        sha256=copy.sha256,
        disclosure=given,
        by=by,
        now=now,
    )
    return row, content


def _documents(submission: Submission, reach: Reach) -> QuerySet[Since]:
    """Those of the same readers. Who has let go of it gets none that holds what came later."""
    rows = Since.objects.filter(submission=submission, disclosure=reach.given)
    if reach.until is None:
        return rows
    return rows.filter(Q(until__lte=reach.until) | Q(until=None, at__lte=reach.until))


def _by(row: Any) -> dict[str, str]:
    return {"by": row.by_name, "at": row.at.isoformat()}


def _promised(state: str | None) -> PromiseState | None:
    return PromiseState(state) if state else None
