"""What a draft comes to as it stands: the check, the decision to share and the plan, child by child."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.clock import day_of
from consent.actions import Decided
from consent.domain.decide import decide
from consent.domain.facts import Form, SharingFacts, Word
from consent.domain.golden_rules import answers as golden_rules
from consent.domain.golden_rules import edition_of, printed_answers
from consent.domain.later import Later, with_later
from consent.domain.result import Contradiction, SharingDecision
from consent.selectors import later_of
from referrals.casework.domain.approval import (
    DeskTold,
    Wanted,
    check_may_go,
    desk_told,
    nobody_to_ask,
    wanted,
)
from referrals.casework.domain.assessments import check_assessment_may_go, needs_referral
from referrals.casework.domain.facts import (
    NOBODY_YET,
    agreement_of,
    can_not_wait,
    child_facts,
    children_of,
    judged_level,
    only_asked,
    route_facts,
    sharing_facts,
)
from referrals.casework.domain.lifecycle import State as ApprovalState
from referrals.casework.giving import Given, given_of, recipients_of, with_sections
from referrals.casework.models import ApprovalAnswer
from referrals.casework.not_answered import NotAnswered, not_answered
from referrals.casework.packs import pack_of, packs_of
from referrals.casework.people import people_to_ask, policy_of
from referrals.casework.words import words_on
from referrals.record.domain.dismissed import DismissedByChild
from referrals.record.domain.draft import DraftAnswers, PersonAnswers, name_of
from referrals.record.domain.forms import is_assessment
from referrals.record.domain.forms.parts import Per
from referrals.record.domain.urgency import CANNOT_WAIT
from referrals.record.models import PageAnswers, Referral
from referrals.record.selectors import dismissed_of, draft_of, form_of
from referrals.routing.domain.plan import ReferralPlan, RouteFacts, RoutePlan
from referrals.routing.selectors import doors_shut, plan_referral
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.check import check
from thresholds.domain.check_divergence import Divergence, divergence
from thresholds.domain.check_result import ThresholdCheck
from thresholds.domain.hours import is_open
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgencyKind
from thresholds.domain.urgency import UrgentBecause
from thresholds.selectors import PublishedPack

AGREEMENT_PAGES = ("child-sharing", "member-sharing")
"""Pages on which each person's agreement is asked."""


@dataclass(frozen=True, slots=True)
class PreparedChild:
    """What one child's answers come to. `id` is the child's as text, empty while no child is recorded.

    `stands_in`: the pack is that of the agency's own area, because the home area isn't known or has none.
    """

    id: str
    name: str
    pack: PublishedPack
    stands_in: bool
    check: ThresholdCheck
    judged: str | None
    divergence: Divergence
    sharing: Decided
    plan: RoutePlan
    not_answered: tuple[NotAnswered, ...] = ()
    """What outranks every descriptor, may stand in what was written, and was neither recorded nor dismissed."""

    def check_as_data(self) -> dict[str, Any]:
        """Return the check with the judgement beside it, as plain JSON."""
        return {
            **self.check.to_dict(),
            "judged": self.judged,
            "divergence": self.divergence.to_dict(),
            "stands_in": self.stands_in,
            "not_answered": [one.as_data() for one in self.not_answered],
        }


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would be submitted now. `because` holds the codes of what makes it urgent.

    `stops` are sentences why a routine referral can't be submitted as it stands: always empty where it is urgent. An
    early help assessment (`form`) is stopped without agreement, and where it has to become a referral, which isn't.
    `approval` is what would be asked for, and whether it waits; `desk` says whether the agency's desk hears of it.
    `given` is what each front door that receives here would get.
    """

    children: tuple[PreparedChild, ...]
    plan: ReferralPlan
    because: tuple[str, ...]
    approval: Wanted | None
    desk: DeskTold
    stops: tuple[str, ...]
    given: tuple[Given, ...]
    form: Form = Form.MARF

    @property
    def judged_lower(self) -> bool:
        """Whether a child was judged lower than what is indicated: the agency's desk is asked to look at it."""
        return any(child.divergence.asks_dsl for child in self.children)

    @property
    def urgent(self) -> bool:
        """Whether it waits for nothing."""
        return bool(self.because)

    @property
    def is_assessment(self) -> bool:
        """Whether it is an early help assessment."""
        return self.form is Form.EHA

    @property
    def refer_instead(self) -> bool:
        """Whether it is an assessment of what needs a referral."""
        return self.is_assessment and needs_referral(self.because)

    @property
    def reaches_somebody(self) -> bool:
        """Whether a front door of the plan receives through this system. If none does, sending would reach nobody."""
        return any(destination.here for destination in self.plan.destinations())

    @property
    def to_put_right(self) -> tuple[Contradiction, ...]:
        """Answers that don't fit together and that a routine referral puts right first. They stop nothing."""
        return tuple(one for child in self.children for one in child.sharing.decision.to_put_right)

    def child(self, child_id: str) -> PreparedChild:
        """Return what one child's answers come to; KeyError for a child who isn't on it."""
        return {child.id: child for child in self.children}[child_id]


def prepare(*, referral: Referral, now: datetime) -> Prepared:
    """Return what the referral's answers come to at `now` (aware), for showing and for submitting. Changes nothing.

    The caller has made sure that whoever sees it may. Raises Refusal when no pack of this system is of any use: then
    nobody could receive it.
    """
    draft = only_asked(form_of(referral), draft_of(referral))
    people = people_to_ask(referral, now=now)
    alone = nobody_to_ask(bypasses_desk=referral.bypasses_desk, people=people)
    later = later_of(referral, answered_at=_answered_at(referral))
    case = _Case(
        referral, draft, words_on(referral, managers=people.managers), alone, later, dismissed_of(referral), now
    )
    packs = packs_of(referral, draft, now=now)
    read = [case.read(child, pack_of(child, packs, referral)) for child in children_of(draft)]
    plan = plan_referral(
        {one.id: case.routing(one) for one in read},
        packs={area: published.pack for area, published in packs.items()},
        own_area=referral.agency.own_area,
        now=now,
        shut=doors_shut(referral.pk, now=now),
    )
    # Of nobody, with danger and haste answered no, that harm isn't answered says nothing. What else is urgent stays
    # so: an allegation against somebody who works with children needs no child who is known by name.
    calm = draft.get("danger") == "no" and not can_not_wait(draft) and not referral.urgent_because
    nobody = not draft.children and calm
    reasons = [
        reason.because.value
        for one in read
        for reason in plan.by_child[one.id].urgent_reasons
        if not (nobody and reason.because is UrgentBecause.HARM_NOT_ANSWERED)
    ]
    because = tuple(dict.fromkeys([*referral.urgent_because, *reasons]))
    # They go together: what is urgent for one child holds back none of the others.
    decided = tuple(case.prepared(one, plan.by_child[one.id], urgent=bool(because)) for one in read)
    given = given_of(
        referral,
        draft,
        plan=plan,
        sharing={child.id: child.sharing.decision.to_dict() for child in decided},
        because=because,
    )
    children = tuple(_relevance(child, given) for child in decided)
    decisions = [child.sharing.decision for child in children]
    if case.form is Form.EHA:
        stops = check_assessment_may_go(decisions, because=because, nobody=not draft.children)
    elif nobody and not because:
        stops = ("Add the child whom it is about.",)
    else:
        stops = check_may_go(decisions, urgent=bool(because))
    return Prepared(
        children=children,
        plan=plan,
        because=because,
        approval=wanted(
            decisions,
            urgent=bool(because),
            bypasses_desk=referral.bypasses_desk,
            policy=policy_of(referral.agency).approve_routine,
            declined_before=_declined(referral),
            judged_lower=any(child.divergence.asks_dsl for child in children),
            people=people,
        ),
        desk=desk_told(bypasses_desk=referral.bypasses_desk, people=people),
        stops=stops,
        given=given,
        form=case.form,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """One child, read by one pack: what both passes need."""

    child: PersonAnswers
    published: PublishedPack
    check: ThresholdCheck
    judged: str | None
    not_answered: tuple[NotAnswered, ...]

    @property
    def id(self) -> str:
        """The child's id as text, empty for who stands for a child."""
        return "" if self.child.id == NOBODY_YET.id else str(self.child.id)


@dataclass(frozen=True, slots=True)
class _Case:
    """The referral's answers, and what is the same for every child."""

    referral: Referral
    draft: DraftAnswers
    words: tuple[Word, ...]
    alone: bool
    later: Later
    dismissed: DismissedByChild
    now: datetime

    @property
    def on(self) -> date:
        """England's day."""
        return day_of(self.now)

    @property
    def form(self) -> Form:
        """What is to be sent."""
        return Form.EHA if is_assessment(self.referral.specification) else Form.MARF

    @property
    def agency(self) -> AgencyKind:
        """The kind of the referrer's agency."""
        return AgencyKind(self.referral.agency.kind)

    def read(self, child: PersonAnswers, published: PublishedPack) -> _Read:
        """Check one child."""
        facts = child_facts(self.draft, child, agency=self.agency, on=self.on)
        checked = check(published.pack, facts)
        dismissed = self.dismissed.get(str(child.id), ())
        return _Read(
            child,
            published,
            checked,
            judged_level(child, published.pack),
            not_answered(
                form_of(self.referral), self.draft, child, published, facts=facts, checked=checked, dismissed=dismissed
            ),
        )

    def sharing(self, read: _Read, *, plan: RoutePlan | None, urgent: bool) -> SharingFacts:
        """The facts of sharing, before the plan is made and with it."""
        pack = read.published.pack
        opened = is_open(pack.doors_by_id[pack.main_door], self.now, bank_holidays())
        facts = sharing_facts(
            self.draft,
            read.child,
            form=self.form,
            at=self.now,
            on=self.on,
            agency=self.agency,
            check=read.check,
            judged=read.judged,
            urgent=urgent,
            out_of_hours=None if opened is None else not opened,
            recipients=recipients_of(plan) if plan else (),
            approvals=self.words,
            nobody_to_ask=self.alone,
        )
        return with_later(facts, self.later)

    def routing(self, read: _Read) -> RouteFacts:
        """The facts of the route plan."""
        facts = route_facts(
            self.draft,
            read.child,
            agency=self.agency,
            on=self.on,
            check=read.check,
            judged=read.judged,
            agreement=agreement_of(
                read.published.pack, self.sharing(read, plan=None, urgent=bool(self.referral.urgent_because))
            ),
            assessment=self.form is Form.EHA,
        )
        # Said also after it was submitted, when the answers are frozen.
        return replace(facts, cannot_wait=facts.cannot_wait or CANNOT_WAIT in self.referral.urgent_because)

    def prepared(self, read: _Read, plan: RoutePlan, *, urgent: bool) -> PreparedChild:
        """Put together what one child's answers come to."""
        pack = read.published.pack
        facts = self.sharing(read, plan=plan, urgent=urgent)
        decision = decide(pack, facts)
        return PreparedChild(
            id=read.id,
            name=name_of(read.child, Per.CHILD),
            pack=read.published,
            stands_in=plan.stands_in,
            check=read.check,
            judged=read.judged,
            divergence=divergence(pack, read.judged, read.check.indicated, read.check.reasons),
            sharing=_decided(pack, facts, decision),
            plan=plan,
            not_answered=read.not_answered,
        )


def _relevance(child: PreparedChild, given: tuple[Given, ...]) -> PreparedChild:
    """The child's decision with what each recipient gets, which hangs on the decisions about all the children."""
    facts = replace(child.sharing.facts, recipients=with_sections(child.sharing.facts.recipients, given))
    return replace(child, sharing=_decided(child.pack.pack, facts, child.sharing.decision))


def _decided(pack: Pack, facts: SharingFacts, decision: SharingDecision) -> Decided:
    return Decided(
        facts,
        decision,
        golden_rules(edition_of(pack), facts, decision),
        printed_answers(pack, facts, decision),
    )


def _answered_at(referral: Referral) -> dict[UUID, datetime]:
    """When the answers about each person's agreement were last saved."""
    pages = PageAnswers.objects.filter(referral=referral, page__in=AGREEMENT_PAGES)
    return {
        person: saved_at
        for child, member, saved_at in pages.values_list("child_id", "member_id", "saved_at")
        if (person := child or member) is not None and saved_at is not None
    }


def _declined(referral: Referral) -> bool:
    return ApprovalAnswer.objects.filter(approval__referral=referral, answer=ApprovalState.DECLINED.value).exists()
