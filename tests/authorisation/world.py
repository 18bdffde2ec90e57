"""A small world for the authorisation table: two agencies, a front door, one person in every role, records of each."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts.actions import hold_form
from accounts.clock import day_of
from accounts.domain.roles import Role, needs_team
from accounts.models import Agency, FrontDoorTeam, HeldForm, Membership, Person
from accounts.selectors import actor_for
from audit.domain.actor import Actor
from consent.actions import Decided, record_sharing
from consent.domain.decide import decide
from dispatch.models import OutboxRow
from referrals.documents.models import FamilyCopy, PdfCopy, Since, SinceCopy
from referrals.oversight.models import Backtest
from referrals.record import actions as records
from referrals.record.domain.attachments import Finding
from referrals.record.domain.lifecycle import Verb
from tests.authorisation.desk_records import desk_records
from tests.consent.support import PACKS, recorded
from tests.factories import AgencyFactory, FrontDoorTeamFactory, MembershipFactory, PersonFactory
from tests.packs import shipped
from thresholds.domain.parts import Harm
from thresholds.models import PackDraft, PackVersion

# Name → (role, agency). "here" is the school of the table's records, "there" a school of another area.
PEOPLE: dict[str, tuple[Role, str]] = {
    "practitioner": (Role.PRACTITIONER, "here"),
    "dsl": (Role.DSL, "here"),
    "deputy_dsl": (Role.DEPUTY_DSL, "here"),
    "line_manager": (Role.LINE_MANAGER, "here"),
    "agency_administrator": (Role.AGENCY_ADMINISTRATOR, "here"),
    "practitioner_there": (Role.PRACTITIONER, "there"),
    "dsl_there": (Role.DSL, "there"),
    "agency_administrator_there": (Role.AGENCY_ADMINISTRATOR, "there"),
    # Of another team than that of the records.
    "early_help_coordinator": (Role.EARLY_HELP_COORDINATOR, "council"),
    "lead_professional": (Role.LEAD_PROFESSIONAL, "council"),
    "screener": (Role.SCREENER, "council"),
    "social_worker": (Role.SOCIAL_WORKER, "council"),
    "front_door_manager": (Role.FRONT_DOOR_MANAGER, "council"),
    "partnership_manager": (Role.PARTNERSHIP_MANAGER, "council"),
    "auditor": (Role.AUDITOR, "council"),
    "operator": (Role.OPERATOR, "council"),
    "administrator": (Role.ADMINISTRATOR, "council"),
}

NO_DOOR = {"area": "telford-and-wrekin", "front_door": "nobody"}


@dataclass
class World:
    """The people by name, and what an address can be about: keyword arguments of `reverse` by record name."""

    people: dict[str, Person]
    agencies: dict[str, Agency]
    team: FrontDoorTeam
    records: dict[str, dict[str, Any]] = field(default_factory=dict)


def make_world() -> World:
    """Insert the world's rows."""
    agencies = {
        "here": AgencyFactory.create(name="Invented School"),
        "there": AgencyFactory.create(name="Another School", areas=["wakefield"]),
        "council": AgencyFactory.create(name="Invented Council", kind="local_authority"),
    }
    team = FrontDoorTeamFactory.create(front_door="family-connect", agency=agencies["council"])
    early_help = FrontDoorTeamFactory.create(front_door="strengthening-families", agency=agencies["council"])
    people: dict[str, Person] = {}
    for name, (role, agency) in PEOPLE.items():
        of_role = early_help if role is Role.EARLY_HELP_COORDINATOR else team
        people[name] = _member(role, agencies[agency], of_role, email=f"{name}@agency.example")
        Authenticator.objects.create(user=people[name], type=Authenticator.Type.TOTP, data={"secret": "unused"})
    world = World(people, agencies, team)
    for key, place in (("here", agencies["here"]), ("there", agencies["there"])):
        colleague = _member(Role.PRACTITIONER, place, team, email=f"colleague.{key}@agency.example")
        membership = Membership.objects.get(person=colleague)
        world.records[f"a person {key}"] = {"person_id": colleague.pk}
        world.records[f"a role {key}"] = {"membership_id": membership.pk}
        left = _member(Role.PRACTITIONER, place, team, email=f"left.{key}@agency.example")
        left.memberships.update(ends_on=day_of(timezone.now()))
        world.records[f"a past role {key}"] = {"person_id": left.pk, "agency_id": place.pk}
    now = timezone.now()
    held = hold_form(
        person=people["practitioner"],
        path="/",
        pairs=[("worry", "typed before the session ended")],
        had_files=False,
        lifetime=timedelta(minutes=30),
        by=Actor.system("test"),
        now=now,
    )
    assert isinstance(held, HeldForm)
    world.records["a held form of the practitioner"] = {"held_id": held.pk}
    row = OutboxRow.objects.create(
        key=f"test:{uuid.uuid4()}",
        kind="email",
        queue="routine",
        references={"template": "waiting", "person_id": str(people["practitioner"].pk)},
        state="due",
        next_try_at=now,
        created_at=now,
    )
    add_referrals(world, now)
    world.records["an outbox row"] = {"row_id": row.pk}
    world.records["a missing row"] = {"row_id": uuid.uuid4()}
    add_backtests(world, now)
    add_drafts(world, now)
    at_door = {"team_id": team.pk}
    world.records["a front door"] = at_door
    world.records["another front door"] = {"team_id": FrontDoorTeamFactory.create(area="bury").pk}
    world.records["a front door: no token"] = {**at_door, "token_id": uuid.uuid4()}
    world.records["an event"] = {"key": uuid.uuid4()}
    world.records["an area"] = {"area": "telford-and-wrekin"}
    world.records["a missing version"] = {"area": "telford-and-wrekin", "version_id": 0}
    world.records["a missing area"] = {"area": "nowhere"}
    world.records["a reset link"] = {"uidb36": "1", "key": "set-password"}
    return world


def add_referrals(world: World, now: datetime) -> None:
    """A draft of the practitioner's that the desk may see, one that it may not, and one that the front door has."""
    by = actor_for(world.people["practitioner"], now)
    for name, answer in (("a draft", "no"), ("a draft about the desk", "yes"), ("a sent referral", "no")):
        referral = records.start_referral(kind="send_now", by=by, now=now)
        answers = {"about_desk": answer}
        records.save_page(referral=referral, page="desk", answers=answers, version=0, by=by, now=now)
        child = records.add_child(referral=referral, by=by, now=now)
        where = {"referral_id": referral.pk}
        world.records[name] = where
        world.records[f"{name}: begun anew"] = {**where, "kind": "marf"}
        world.records[f"{name}: desk page"] = {**where, "page": "desk"}
        world.records[f"{name}: child page"] = {**where, "page": "child-about", "person_id": child.pk}
        world.records[f"{name}: later page"] = {**where, "page": "concern"}
        world.records[f"{name}: later child page"] = {**where, "page": "harm", "person_id": child.pk}
        world.records[f"{name}: child"] = {**where, "person_id": child.pk}
        world.records[f"{name}: no duty"] = {**where, "deadline": "nat-fgm-report"}
        world.records[f"{name}: no message"] = {**where, "message_id": uuid.uuid4()}
        (file,) = records.attach(
            referral=referral, uploads=[records.Upload("letter.txt", name.encode())], by=by, now=now
        ).taken
        world.records[f"{name}: file"] = {**where, "attachment_id": file.pk}
        if name == "a draft":
            offer = records.offer_draft(
                referral=referral, person=world.people["line_manager"], words="I am away.", by=by, now=now
            )
            world.records[f"{name}: offer"] = {"offer_id": offer.pk}
        if name == "a sent referral":
            found = records.LookedAt(Finding.CLEAN)
            records.note_looked_at(attachment_id=file.pk, found=found, by=Actor.system("test"), now=now)
            submission = records.freeze_submission(
                referral=referral, check={}, sharing={}, plan={}, urgent_because=(), by=by, now=now
            )
            record_sharing(referral=referral, decided={str(child.pk): shared_of_nobody()}, by=by, now=now)
            records.move(referral=referral, verb=Verb.SEND, by=by, now=now)
            records.open_to_team(referral=referral, team=world.team, by=by, now=now)
            world.records[f"{name}: a parent to tell"] = {**where, "about": "parent"}
            world.records[f"{name}: somebody else to tell"] = {**where, "about": "neighbour"}
            held_back = FamilyCopy.objects.create(
                referral=referral,
                submission=submission,
                recipient="Kim Vale, mother",
                ask="The desk",
                children=[],
                put_in=[],
                left_out=[],
                renderer="test",
                made_at=now,
                content=b"stands for a PDF",
                sha256=sha256(b"stands for a PDF").hexdigest(),
                by=world.people["practitioner"],
                by_name="A teacher",
            )
            world.records[f"{name}: family copy"] = {**where, "copy_id": held_back.pk}
            world.records[f"{name}: no family copy"] = {**where, "copy_id": uuid.uuid4()}
            world.records |= desk_records(submission, child, world.team, world.people["screener"], now)
            copied = b"stands for a PDF"
            PdfCopy.objects.create(
                submission=submission, content=copied, sha256=sha256(copied).hexdigest(), made_at=now, renderer="test"
            )
            made = {"content": copied, "sha256": sha256(copied).hexdigest(), "made_at": now, "renderer": "test"}
            since = Since.objects.create(
                submission=submission, content="{}", sha256=sha256(b"{}").hexdigest(), at=now, by_name="A teacher"
            )
            SinceCopy.objects.create(since=since, **made)
            world.records[f"{name}: recorded since"] = {**where, "since_id": since.pk}
            world.records[f"{name}: nothing since"] = {**where, "since_id": uuid.uuid4()}
            world.records[f"{name}: no such front door"] = {**where, **NO_DOOR}
            world.records[f"{name}: no copy to hand over"] = {**where, "copy_id": uuid.uuid4()}
    world.records["a missing referral"] = {"referral_id": uuid.uuid4()}
    world.records["a missing referral: a front door"] = {"referral_id": uuid.uuid4(), **NO_DOOR}


def add_backtests(world: World, now: datetime) -> None:
    """A pack that is tried in the council's area, and one in another."""
    manager = world.people["partnership_manager"]
    for name, area in (("a backtest", "telford-and-wrekin"), ("a backtest there", "wakefield")):
        sha256, body = _stored(area)
        backtest = Backtest.objects.create(
            area=area,
            name="Tried",
            pack_sha256=sha256,
            pack_body=body,
            asked_by=manager,
            asked_at=now,
            until=now,
            total=0,
            progressed_at=now,
        )
        world.records[name] = {"backtest_id": backtest.pk}


def add_drafts(world: World, now: datetime) -> None:
    """Drafts of the council's area and of another, and a version of each where packs are published."""
    manager = world.people["partnership_manager"]
    for place, area in (("", "telford-and-wrekin"), (" there", "wakefield")):
        sha256, body = _stored(area)
        draft = PackDraft.objects.create(
            area=area, source="xlsx", sha256=sha256, body=body, made_at=now, made_by=manager, made_by_name="A manager"
        )
        where = {"draft_id": draft.pk}
        version = PackVersion.objects.filter(area=area).first()
        world.records[f"a pack draft{place}"] = where
        world.records[f"a pack draft{place}: file"] = {**where, "code": "csv"}
        world.records[f"a pack draft{place}: today"] = {**where, "start": day_of(now).isoformat()}
        world.records[f"a version{place}: file"] = {"version_id": version.pk if version else 0, "code": "csv"}


@cache
def _stored(area: str) -> tuple[str, Any]:
    """A shipped pack as rows keep it; worked out once, since each row of the table makes a world."""
    pack = shipped(area)
    return pack.sha256(), json.loads(pack.canonical_json())


@cache
def shared_of_nobody() -> Decided:
    """The decision to share about a child of whose family nobody is on record: a parent has to be told."""
    pack, facts = PACKS["telford-and-wrekin"], recorded(harm=Harm.SUSPECTED)
    return Decided(facts, decide(pack, facts), ())


def _member(role: Role, agency: Agency, team: FrontDoorTeam, **fields: Any) -> Person:
    person = PersonFactory.create(**fields)
    MembershipFactory.create(person=person, agency=agency, role=role.value, team=team if needs_team(role) else None)
    return person
