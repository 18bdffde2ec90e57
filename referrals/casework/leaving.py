"""What lies unsent, whose writers have all left: who may hear of it, and how operators have it heard.

Nobody whom it may be about is told. Where its writers said that it may be about the agency's desk or a colleague, or
said nothing of that, nobody of the agency is (docs/adr/0039).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from accounts.clock import day_of
from accounts.domain.roles import Role
from accounts.models import Membership, Person
from accounts.selectors import actor_for, in_force
from audit.domain.actor import Actor
from dispatch.domain.other_ways import Line, OtherWays
from dispatch.domain.promise import References
from referrals.casework.domain.drafts import alarms
from referrals.casework.people import desk_of_agency, keepers_of_agency, kept_out_of_desk, writer_ids
from referrals.casework.selectors.approvals import is_unreached
from referrals.casework.selectors.drafts import draft_facts
from referrals.record.domain.lifecycle import State
from referrals.record.domain.permissions import DESK_ROLES, can_read
from referrals.record.models import ExcludedPerson, Involvement, Referral
from referrals.record.selectors import facts_for
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.help_now import area_lines
from thresholds.selectors import NoPackError, current_pack

LIES = "unheard_draft"
"""Kind of the work that waits for an operator: nobody of the agency can open what lies there."""
LEFT_HELD, LEFT_HERE, LEFT_OPERATORS = E_MAILS = ("left_held", "left_here", "left_operators")
"""The e-mails about it."""
_NEAR = DESK_ROLES | {Role.LINE_MANAGER}


def left_by_writers(*, now: datetime) -> Q:
    """Return the condition for referrals of whose writers, its author and those who share it, nobody is at the agency
    on the day of `now` (aware): their account is closed, or their last role there has ended."""
    posts = Membership.objects.filter(in_force(day_of(now)), person__is_active=True, agency__is_active=True)
    author = posts.filter(agency_id=OuterRef("agency_id"), person_id=OuterRef("author_id"))
    kept_out = ExcludedPerson.objects.filter(referral_id=OuterRef("referral_id"), person_id=OuterRef("person_id"))
    sharing = Involvement.objects.filter(
        Exists(posts.filter(agency_id=OuterRef(OuterRef("agency_id")), person_id=OuterRef("person_id"))),
        ~Exists(kept_out),
        referral_id=OuterRef("pk"),
        part=Involvement.Part.COLLEAGUE,
        until__isnull=True,
    )
    return ~Exists(author) & ~Exists(sharing)


def is_left(referral: Referral, *, now: datetime) -> bool:
    """Whether nobody who wrote it is at the agency any more."""
    return Referral.objects.filter(left_by_writers(now=now), pk=referral.pk).exists()


def lies_unheard(referral: Referral, *, now: datetime) -> bool:
    """Whether it may mean harm and is with nobody, its writers have all left, and no desk may see it."""
    unsent = referral.state == State.DRAFT.value or is_unreached(referral)
    return (
        unsent
        and is_left(referral, now=now)
        and not desk_of_agency(referral, now=now).exists()
        and alarms(draft_facts(referral, now=now))
    )


def held_it_before(referral: Referral, *, now: datetime) -> list[Person]:
    """Return who held it before it was handed on, and can still read it: they know what it is about."""
    involved = Involvement.objects.filter(referral=referral, part=Involvement.Part.FORMER, until__isnull=True)
    people = Person.objects.filter(is_active=True, pk__in=involved.values("person_id")).order_by("pk")
    actors = {person: actor_for(person, now, agency_id=referral.agency_id) for person in people}
    return [person for person, actor in actors.items() if can_read(actor, facts_for(referral, actor, now=now))]


def keepers(referral: Referral, *, now: datetime) -> list[Person]:
    """Return who can see to it that the agency has a safeguarding lead again, where it isn't about anybody there."""
    return list(keepers_of_agency(referral, now=now))


def operators_for(referral: Referral, *, now: datetime) -> frozenset[UUID]:
    """Return the operators of today who may hear of it: not whom it is about, nor who wrote it. Those of another agency
    where there are any; else those who are neither of the desk nor line managers there. Whoever held a role there since
    it was begun is still of that agency: nobody gets to see it by ending one."""
    posts = Membership.objects.filter(in_force(day_of(now)), person__is_active=True, agency__is_active=True)
    here = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day_of(referral.created_at)), agency_id=referral.agency_id
    )
    found = {*posts.filter(role=Role.OPERATOR).values_list("person_id", flat=True)} - writer_ids(referral)
    found -= {*ExcludedPerson.objects.filter(referral=referral).values_list("person_id", flat=True)}
    outside = found - {*here.values_list("person_id", flat=True)}
    near = {*here.filter(role__in=sorted(_NEAR)).values_list("person_id", flat=True)}
    return frozenset(outside or found - near)


def seen_by(each: Sequence[References], now: datetime) -> list[frozenset[UUID]]:
    """Return for each piece of work which operators may see that it lies there."""
    found = Referral.objects.filter(pk__in={one["referral"] for one in each if "referral" in one})
    operators = {str(referral.pk): operators_for(referral, now=now) for referral in found}
    return [operators.get(str(one.get("referral")), frozenset()) for one in each]


def e_mails_seen_by(each: Sequence[References], now: datetime) -> list[frozenset[UUID] | None]:
    """Return for each e-mail which operators may see it, where it is about what lies there, whoever gets it among them:
    one that fails would tell others that there is something. None for any other e-mail."""
    ours = [one for one in each if one["template"] in E_MAILS]
    operators = iter(seen_by(ours, now))
    return [next(operators) | {UUID(str(one["person_id"]))} if one["template"] in E_MAILS else None for one in each]


def ways_of_lying(references: References, now: datetime) -> OtherWays | None:
    """How it is heard of all the same: the children's front door of the agency's own area is rung, and reaches its
    author. None where it is gone."""
    referral = _referral(references)
    if referral is None:
        return None
    try:
        area = area_lines(current_pack(referral.agency.own_area, day_of(now)).pack, now, bank_holidays())
        found = [line for line in (area.ring_now, *area.others) if line is not None]
    except NoPackError:
        found = []
    lines = tuple(
        Line(
            ", ".join(filter(None, (one.name, one.hours))),
            one.number,
            " ".join(filter(None, ("" if one.confirmed else gettext("This number is not confirmed."), one.note))),
        )
        for one in found
    )
    say = gettext(
        "Say that something which may be urgent for a child was written at %(agency)s, reference %(reference)s, and "
        "has reached nobody. Its author was %(author)s, who has left, and nobody at the agency may be told of it. Ask "
        "them to reach the author, who knows what it is about. You know nothing more, and say nothing more. Do not "
        "ring the agency: it may be about somebody there."
    ) % {
        "agency": referral.agency.name,
        "reference": referral.reference,
        "author": referral.author.full_name,
    }
    return OtherWays(for_whom=gettext("the children's front door"), say=say, lines=lines)


def lying_with(person: Person, agency_id: UUID, by: Actor, *, now: datetime) -> int:
    """Return how many drafts that may mean harm this person wrote or shares at the agency, as far as `by` may know of
    them: none that its writers keep from the agency's desk or from one of it, and none that is about `by`."""
    if by.person_id is None:
        return 0
    kept_out = kept_out_of_desk(agency_id, now=now).filter(referral=OuterRef("pk"))
    theirs = Referral.objects.filter(
        Q(author=person)
        | Exists(
            Involvement.objects.filter(
                referral=OuterRef("pk"), person=person, part=Involvement.Part.COLLEAGUE, until__isnull=True
            )
        ),
        ~Exists(ExcludedPerson.objects.filter(referral=OuterRef("pk"), person_id=by.person_id)),
        ~Exists(kept_out),
        agency_id=agency_id,
        bypasses_desk=False,
        state__in=[State.DRAFT.value, State.SUBMITTED.value],
    )
    return sum(_unsent(one) and alarms(draft_facts(one, now=now)) for one in theirs)


def _unsent(referral: Referral) -> bool:
    return referral.state == State.DRAFT.value or is_unreached(referral)


def _referral(references: References) -> Referral | None:
    return Referral.objects.select_related("agency", "author").filter(pk=UUID(str(references["referral"]))).first()
