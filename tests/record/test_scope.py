"""Scoped reads: the query and the rule give one answer, and each reading is recorded."""

from datetime import date
from uuid import uuid4

import pytest

from accounts.domain.roles import Role
from accounts.models import Membership
from accounts.selectors import actor_for
from audit.domain.actor import Actor
from audit.domain.refusal import NotYours, Refusal
from audit.models import Entry
from referrals.record import actions, selectors
from referrals.record.domain.lifecycle import Verb
from referrals.record.domain.permissions import can_read
from referrals.record.models import Involvement, Referral
from tests.factories import AgencyFactory, FrontDoorTeamFactory, MembershipFactory, person_with
from tests.record.support import NOW, SYSTEM, School, acting, drafted, save, sent, submitted

pytestmark = pytest.mark.django_db


def population(school: School) -> list[Referral]:
    """Referrals in every state, bypassing the desk or not, shared, asked about, and about somebody."""
    by = acting(school.teacher)
    made = [school.started()]
    for about_desk in ("no", "yes", "not_sure"):
        made.append(drafted(school, about_desk=about_desk)[0])
        made.append(sent(school, about_desk=about_desk))
        closed = sent(school, about_desk=about_desk)
        actions.move(referral=closed, verb=Verb.CLOSE, by=SYSTEM, now=NOW)
        waiting, _ = drafted(school, about_desk=about_desk)
        actions.share_draft(referral=waiting, person=school.colleague, by=by, now=NOW)
        submitted(waiting, school.teacher)
        actions.ask_approver(referral=waiting, person=school.manager, by=by, now=NOW)
        made += [closed, waiting]
    shared, _ = drafted(school)
    actions.share_draft(referral=shared, person=school.colleague, by=by, now=NOW)
    actions.ask_approver(referral=shared, person=school.manager, by=by, now=NOW)
    about, _ = drafted(school)
    for person in (school.dsl, school.colleague, school.manager):
        actions.exclude_person(referral=about, person=person, by=by, now=NOW)
    withdrawn, _ = drafted(school)
    actions.withdraw(referral=withdrawn, why="A mistake", by=by, now=NOW)
    taken_back = sent(school)
    actions.move(
        referral=taken_back, verb=Verb.ACCEPT_WITHDRAWAL, by=acting(school.decider), now=NOW, why="They asked."
    )
    made += [shared, about, withdrawn, taken_back]
    return list(Referral.objects.filter(pk__in=[referral.pk for referral in made]))


def everybody(school: School) -> dict[str, Actor]:
    other = AgencyFactory.create()
    actors = {
        name: acting(getattr(school, name))
        for name in ("teacher", "dsl", "deputy", "manager", "colleague", "screener", "decider")
    }
    for role in Role:
        actors[f"{role.value} elsewhere"] = acting(person_with(role, agency=None if "screener" in role else other))
    actors["auditor of the agency"] = acting(person_with(Role.AUDITOR, agency=school.agency))
    actors["operator of the agency"] = acting(person_with(Role.OPERATOR, agency=school.agency))
    actors["another line manager"] = acting(person_with(Role.LINE_MANAGER, agency=school.agency))
    actors["nobody"] = Actor.nobody()
    return actors


def test_the_list_is_what_the_rule_says(school):
    referrals = population(school)
    seen = {}
    for name, actor in everybody(school).items():
        listed = set(selectors.referrals_of(actor, now=NOW))
        by_rule = {one for one in referrals if can_read(actor, selectors.facts_for(one, actor, now=NOW))}
        assert listed == by_rule, name
        seen[name] = len(listed)
    assert seen["teacher"] == len(referrals)
    assert 0 < seen["dsl"] < seen["deputy"] < seen["teacher"]
    assert seen["manager"] == 3
    assert seen["colleague"] == 4
    assert seen["screener"] == seen["decider"] == 7
    assert {count for name, count in seen.items() if name not in School.__annotations__} == {0}


def test_reading_is_recorded(school):
    referral = sent(school)
    found = selectors.referral_for(acting(school.screener), referral.pk, purpose="page", now=NOW)
    assert found == referral
    entry = Entry.objects.get(verb="referral.read")
    assert (entry.actor_id, entry.subject_id) == (school.screener.pk, str(referral.pk))
    assert entry.detail == {"purpose": "page", "state": "sent"}


def test_what_is_not_yours_is_not_there(school):
    referral, _ = drafted(school)
    reasons = set()
    for person, referral_id in [(school.screener, referral.pk), (school.dsl, uuid4())]:
        with pytest.raises(NotYours) as refused:
            selectors.referral_for(acting(person), referral_id, purpose="page", now=NOW)
        reasons.add((refused.value.reason, refused.value.rule))
        assert refused.value.subject_id == str(referral_id) or refused.value.subject_id == referral_id
    assert len(reasons) == 1
    assert not Entry.objects.filter(verb="referral.read").exists()


def test_a_membership_that_ended_opens_nothing(school):
    referral = sent(school)
    actor = acting(school.screener)
    Membership.objects.filter(person=school.screener).update(ends_on=date(2026, 3, 2))
    with pytest.raises(NotYours):
        selectors.referral_for(actor, referral.pk, purpose="page", now=NOW)


def test_two_councils(school):
    """A screener who also teaches sees the front door's referrals only while acting for the council."""
    referral = sent(school)
    other_school = AgencyFactory.create()
    both = person_with(Role.PRACTITIONER, agency=other_school)
    MembershipFactory.create(person=both, agency=school.team.agency, team=school.team, role=Role.SCREENER.value)
    as_teacher = actor_for(both, NOW, agency_id=other_school.pk)
    as_screener = actor_for(both, NOW, agency_id=school.team.agency_id)
    assert list(selectors.referrals_of(as_screener, now=NOW)) == [referral]
    assert not selectors.referrals_of(as_teacher, now=NOW).exists()
    with pytest.raises(NotYours):
        selectors.referral_for(as_teacher, referral.pk, purpose="page", now=NOW)


def test_reading_takes_few_queries(school, django_assert_num_queries):
    referral = sent(school)
    actor = acting(school.decider)
    with django_assert_num_queries(3):
        selectors.referral_for(actor, referral.pk, purpose="page", now=NOW)


def test_sharing_begins_and_ends(school):
    referral, _ = drafted(school)
    by, colleague = acting(school.teacher), acting(school.colleague)
    for _ in range(2):
        actions.share_draft(referral=referral, person=school.colleague, by=by, now=NOW)
    assert list(selectors.colleagues_of(referral)) == [school.colleague]
    assert save(referral, "concern", school.colleague, what="I saw it too").saved
    for _ in range(2):
        actions.stop_sharing(referral=referral, person=school.colleague, by=by, now=NOW)
    assert not selectors.colleagues_of(referral).exists()
    with pytest.raises(NotYours):
        selectors.referral_for(colleague, referral.pk, purpose="page", now=NOW)
    assert Involvement.objects.get().until == NOW
    assert Entry.objects.filter(verb__in=["referral.share", "referral.stop_sharing"]).count() == 2


def test_to_whom_it_cannot_be_opened(school):
    referral, _ = drafted(school)
    by = acting(school.teacher)
    actions.exclude_person(referral=referral, person=school.colleague, by=by, now=NOW)
    left = person_with(Role.PRACTITIONER, agency=school.agency, is_active=False)
    stranger = person_with(Role.LINE_MANAGER, agency=AgencyFactory.create())
    for person in (school.colleague, left, stranger):
        with pytest.raises(Refusal):
            actions.share_draft(referral=referral, person=person, by=by, now=NOW)
    for person in (school.colleague, stranger, school.deputy, school.teacher):
        with pytest.raises(Refusal):
            actions.ask_approver(referral=referral, person=person, by=by, now=NOW)
    actions.readmit_person(referral=referral, person=school.colleague, by=by, now=NOW)
    actions.share_draft(referral=referral, person=school.colleague, by=by, now=NOW)


def test_nobody_keeps_the_author_out(school):
    referral, _ = drafted(school)
    actions.share_draft(referral=referral, person=school.colleague, by=acting(school.teacher), now=NOW)
    for person in (school.teacher, school.colleague):
        with pytest.raises(Refusal):
            actions.exclude_person(referral=referral, person=person, by=acting(school.colleague), now=NOW)


def test_a_front_door_receives_it_when_it_is_sent(school):
    referral, _ = drafted(school)
    by = acting(school.teacher)
    for _ in range(2):
        with pytest.raises(Refusal):
            actions.open_to_team(referral=referral, team=school.team, by=by, now=NOW)
        if referral.submissions.count() == 0:
            submitted(referral, school.teacher)
    actions.move(referral=referral, verb=Verb.SEND, by=by, now=NOW)
    for _ in range(2):
        actions.open_to_team(referral=referral, team=school.team, by=by, now=NOW)
    assert referral.teams.count() == 1
    # The front door passes it on; a screener can't.
    other = FrontDoorTeamFactory.create()
    with pytest.raises(Refusal):
        actions.open_to_team(referral=referral, team=other, by=acting(school.screener), now=NOW)
    actions.open_to_team(referral=referral, team=other, by=acting(school.decider), now=NOW)
    assert referral.teams.count() == 2
