"""Reading the audit record. Pages go through `audit.actions.read_entries`, which records that somebody looked."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Min, Q
from django.utils import timezone

from audit.domain.search import Search
from audit.models import Entry, Seal, Unsealed
from audit.naming import ids_called

PAGE = 50


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """Entries, newest first. `older_than` asks for the page after this one; None when this is the last."""

    entries: list[Entry]
    older_than: int | None


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the record is sealed; `head` is None before the first seal. Not a verification."""

    head: Seal | None
    unsealed: int
    oldest_unsealed_at: datetime | None


def entries_page(search: Search, *, older_than: int | None = None) -> EntriesPage:
    """Return at most PAGE entries that match, with smaller numbers than `older_than` when it is given."""
    found = Entry.objects.filter(_matching(search)).order_by("-pk")
    if older_than is not None:
        found = found.filter(pk__lt=older_than)
    entries = list(found[: PAGE + 1])
    return EntriesPage(entries[:PAGE], entries[PAGE - 1].pk if len(entries) > PAGE else None)


def first_readings(subject_type: str, subject_id: str, verb: str) -> list[tuple[str, str, datetime]]:
    """Return who did `verb` on the subject and when they first did, first things first: id, name, moment.

    For a page of the subject itself, whose reader is entitled to know who has seen it.
    """
    done = Entry.objects.filter(
        subject_type=subject_type,
        subject_id=subject_id,
        verb=verb,
        outcome=Entry.Outcome.ALLOWED,
        actor_id__isnull=False,
    )
    first = done.order_by().values("actor_id", "actor_name").annotate(first=Min("at")).order_by("first")
    return [(str(one["actor_id"]), one["actor_name"], one["first"]) for one in first]


def latest_of(subject_type: str, subject_id: str, verb: str, **detail: str) -> Entry | None:
    """Return the newest entry of an allowed `verb` on the subject whose detail holds all of `detail`, None if none is.

    For a page of the subject itself, whose reader is entitled to know what it says.
    """
    done = Entry.objects.filter(subject_type=subject_type, subject_id=subject_id, verb=verb, detail__contains=detail)
    return done.filter(outcome=Entry.Outcome.ALLOWED).order_by("-pk").first()


def chain_state() -> ChainState:
    """Return the head of the chain and how much waits for the sealer."""
    oldest = Entry.objects.filter(pk__in=Unsealed.objects.order_by("pk").values("pk")[:1]).first()
    return ChainState(
        head=Seal.objects.order_by("-position").first(),
        unsealed=Unsealed.objects.count(),
        oldest_unsealed_at=oldest.at if oldest else None,
    )


def _matching(search: Search) -> Q:
    matching = Q()
    if search.person_id:
        matching &= Q(actor_id=search.person_id)
    elif search.person:
        matching &= Q(actor_name__icontains=search.person)
    if search.verb:
        matching &= Q(verb=search.verb)
    if search.subject_id:
        matching &= Q(subject_id__in={search.subject_id, *ids_called(search.subject_id)})
    if search.outcome:
        matching &= Q(outcome=search.outcome)
    if search.since:
        matching &= Q(at__gte=timezone.make_aware(datetime.combine(search.since, time.min)))
    if search.until:
        matching &= Q(at__lt=timezone.make_aware(datetime.combine(search.until + timedelta(days=1), time.min)))
    return matching
