"""Playing the invented referrals out, each a little further than the one before."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from accounts.clock import day_of
from accounts.demo import BY_SHORT, EARLY_HELP, SECONDARY, STOKE
from accounts.models import Agency, FrontDoorTeam, Person
from accounts.selectors import actor_for, person_by_email
from audit.domain.actor import Actor
from audit.domain.refusal import Refusal
from referrals.casework import actions
from referrals.casework.actions import NewDecision
from referrals.casework.demo import assessments, cases
from referrals.casework.demo.own_form import keep_own_form
from referrals.casework.demo.whole_case import DECIDED
from referrals.casework.demo.writing import DemoReferral, write
from referrals.casework.models import SubmitToken
from referrals.casework.selectors import children_of
from referrals.record import actions as records
from referrals.record.models import Referral
from referrals.record.selectors import saved_page
from referrals.routing import actions as routing
from referrals.routing.models import Intake
from thresholds.bank_holidays import bank_holidays
from thresholds.domain.hours import at as moment_at
from thresholds.domain.hours import is_working_day

_POLICY_DAYS_AGO = 30
_A_NIGHT_HOURS = 20
_MORNING = time(9, 30)


class NoPeople(Refusal):
    """The demonstration's people are not there yet."""

    def __init__(self) -> None:
        super().__init__("Make the demonstration's people first: manage.py demo_accounts.", rule="demo.referrals")


def token_of(key: str) -> UUID:
    """Return the button of an invented referral: always the same, so that it is made once."""
    return uuid5(NAMESPACE_URL, f"urn:safeguarding-referrals:demo:{key}")


@transaction.atomic
def make_referrals(*, now: datetime) -> int:
    """Make the invented referrals, as they would stand at `now` (aware); return how many. All of them, or none when
    they are there already. Raises NoPeople before the demonstration's people are made."""
    if SubmitToken.objects.filter(token=token_of(cases.SEND_NOW.key)).exists():
        return 0
    before = Referral.objects.count()
    _Play(now).all()
    return Referral.objects.count() - before


@dataclass(frozen=True, slots=True)
class _Play:
    """Everybody's acts, at their times before `now`."""

    now: datetime

    def all(self) -> None:
        """Make each referral."""
        self._policy()
        for draft in (cases.DRAFT, cases.DRAFT_OF_SIBLINGS, assessments.DRAFT):
            write(draft, by=self._by(draft.author, self._begun(draft)), now=self._begun(draft), whole=False)
        self._sent(cases.WAITING)
        self._returned()
        for unread in (cases.UNREAD_UNBORN, cases.SEND_NOW, cases.PASSES_THE_DESK):
            self._delivered(unread)
        self._read(self._delivered(cases.READ))
        self._claimed(cases.CLAIMED)
        self._awaiting()
        self._decided()
        self._closed()
        self._contested()
        self._answered()
        self._withdrawn()
        self._handed_on()
        self._delivered(assessments.UNREAD, door=EARLY_HELP)
        self._registered(assessments.REGISTERED)
        self._stepped_up()
        keep_own_form(by=self._by("partnership", self.now), now=self.now)

    def _by(self, short: str, at: datetime) -> Actor:
        return actor_for(self._person(short), at)

    def _person(self, short: str) -> Person:
        person = person_by_email(BY_SHORT[short].email)
        if person is None:
            raise NoPeople
        return person

    def _begun(self, demo: DemoReferral) -> datetime:
        """When its writing began: what is older than a night, in the morning of that working day or the one before."""
        moment = self.now - timedelta(hours=demo.hours_ago)
        if demo.hours_ago < _A_NIGHT_HOURS:
            return moment
        day = day_of(moment)
        while not is_working_day(day, bank_holidays()) or moment_at(day, _MORNING) > moment:
            day -= timedelta(days=1)
        return moment_at(day, _MORNING)

    def _policy(self) -> None:
        """The secondary school wants routine referrals approved."""
        school = Agency.objects.filter(name=SECONDARY).first()
        if school is None:
            raise NoPeople
        at = self.now - timedelta(days=_POLICY_DAYS_AGO)
        actions.set_policy(agency=school, approve_routine=True, answer_within_hours=24, by=self._by("dsl", at), now=at)

    def _sent(self, demo: DemoReferral) -> tuple[Referral, datetime]:
        begun = self._begun(demo)
        by = self._by(demo.author, begun)
        referral, written = write(demo, by=by, now=begun)
        actions.submit(referral=referral, by=by, now=written, token=token_of(demo.key))
        return referral, written

    def _returned(self) -> None:
        referral, at = self._sent(cases.RETURNED)
        at += timedelta(hours=2)
        why = "Say what her father does about it, and ask the school nurse what she has seen."
        actions.return_for_changes(referral=referral, why=why, by=self._by("dsl", at), now=at)

    def _delivered(self, demo: DemoReferral, *, door: str = "family-connect") -> tuple[Intake, datetime]:
        referral, at = self._sent(demo)
        if not Intake.objects.filter(referral=referral).exists():
            at += timedelta(hours=1)
            actions.approve(referral=referral, by=self._by("dsl", at), now=at)
        at += timedelta(seconds=2)
        for intake in Intake.objects.filter(referral=referral):
            routing.arrive(intake_id=intake.pk, now=at)
        return Intake.objects.get(referral=referral, front_door=door), at

    def _read(self, arrived: tuple[Intake, datetime]) -> tuple[Intake, datetime]:
        intake, at = arrived
        at += timedelta(minutes=14)
        actions.read(intake=intake, by=self._by("screener", at), now=at)
        return intake, at

    def _claimed(self, demo: DemoReferral, rag: str = "amber") -> tuple[Intake, datetime]:
        intake, at = self._read(self._delivered(demo))
        at += timedelta(minutes=3)
        by = self._by("screener", at)
        claimed = routing.claim(intake=intake, by=by, now=at)
        return routing.rate(intake=claimed, rag=rag, by=by, now=at), at

    def _awaiting(self) -> None:
        intake, at = self._claimed(cases.AWAITING, "red")
        at += timedelta(minutes=20)
        text = "What did Rafe weigh on each visit, and has a doctor seen him since?"
        actions.request_information(intake=intake, text=text, by=self._by("screener", at), now=at)

    def _decide(self, intake: Intake, at: datetime, *outcomes: str, by: str = "socialworker", step: str) -> datetime:
        """Recommend and decide for each child of the intake in turn."""
        for child, outcome in zip(children_of(intake), outcomes, strict=True):
            at += timedelta(minutes=25)
            why = "Read with what the school and the health visitor know of the family."
            actions.recommend(
                intake=intake, child=child, outcome=outcome, rationale=why, by=self._by("screener", at), now=at
            )
            at += timedelta(minutes=40)
            decider = self._by(by, at)
            routing.note_opening(intake=intake, by=decider, now=at)
            actions.decide(
                intake=intake, child=child, outcome=outcome, rationale=why, next_step=step, by=decider, now=at
            )
        return at

    def _decided(self) -> None:
        intake, at = self._claimed(DECIDED, "red")
        step = "The assessment team visits today, with the police. Stay in touch with the named worker."
        self._decide(intake, at, "strategy_discussion", "assessment", step=step)

    def _closed(self) -> None:
        intake, at = self._claimed(cases.CLOSED, "green")
        step = "A family worker rings the mother this week and tells the school."
        at = self._decide(intake, at, "early_help", step=step) + timedelta(minutes=10)
        actions.close(intake=intake, by=self._by("socialworker", at), now=at)

    def _contested(self) -> None:
        intake, at = self._claimed(cases.CONTESTED)
        at = self._decide(intake, at, "no_further_action", step="The school goes on with its own support.")
        at += timedelta(hours=20)
        grounds = "The second phone and the nights out were not weighed. Two other pupils know the same men."
        actions.disagree(intake=intake, grounds=grounds, by=self._by("dsl", at), now=at)

    def _answered(self) -> None:
        intake, at = self._claimed(cases.ANSWERED)
        at = self._decide(intake, at, "advice", step="The health visitor sees her again.") + timedelta(hours=5)
        grounds = "Advice was given twice before, and nothing changed."
        raised = actions.disagree(intake=intake, grounds=grounds, by=self._by("named-nurse", at), now=at)
        at += timedelta(hours=18)
        routing.note_opening(intake=intake, by=self._by("frontdoor", at), now=at)
        new = NewDecision(
            "early_help",
            "The earlier advice was not in the first answer.",
            "A family worker visits with the health visitor this week.",
        )
        actions.answer_disagreement(
            disagreement=raised,
            reasons="You are right: this is the third time.",
            changes={child.pk: new for child in children_of(intake)},
            by=self._by("frontdoor", at),
            now=at,
        )

    def _assessed(self, demo: DemoReferral, outcome: str, *, step: str) -> tuple[Intake, datetime]:
        """Let the coordinator of early help read, claim and decide."""
        intake, at = self._delivered(demo, door=EARLY_HELP)
        at += timedelta(hours=3)
        by = self._by("earlyhelp", at)
        actions.read(intake=intake, by=by, now=at)
        routing.note_opening(intake=intake, by=by, now=at)
        routing.claim(intake=intake, by=by, now=at)
        for child in children_of(intake):
            at += timedelta(minutes=30)
            why = "Read with the family, who agree to the plan."
            decided = {"outcome": outcome, "rationale": why, "next_step": step}
            actions.decide(intake=intake, child=child, **decided, by=by, now=at)
        return intake, at

    def _registered(self, demo: DemoReferral) -> None:
        self._assessed(demo, "registered", step="Imran Calloway calls the first meeting next week.")

    def _stepped_up(self) -> None:
        """What was agreed isn't enough any more: the author makes it a referral, with all that was written."""
        step = "Ring Family Connect today, and make it a referral."
        intake, at = self._assessed(assessments.STEPPED_UP, "stepped_up", step=step)
        at += timedelta(hours=2)
        by = self._by(assessments.STEPPED_UP.author, at)
        begun = records.begin_from(source=intake.referral, kind="marf", by=by, now=at)
        child = begun.children.get()
        harm = {"harm": "suspected", "harm_what": assessments.STEPPED_UP_HARM}
        pages: tuple[tuple[str, UUID | None, dict[str, str]], ...] = (
            ("start", None, {"danger": "likely", "cannot_wait": "no"}),
            ("desk", None, {"about_desk": "no"}),
            ("harm", child.pk, harm),
        )
        for page, person_id, answers in pages:
            at += timedelta(minutes=1)
            version = saved_page(begun, page, person_id).version
            records.save_page(
                referral=begun, page=page, answers=answers, version=version, by=by, now=at, person_id=person_id
            )
        actions.submit(referral=begun, by=by, now=at, token=token_of("assessment-stepped-up-referral"))
        for one in Intake.objects.filter(referral=begun):
            routing.arrive(intake_id=one.pk, now=at + timedelta(seconds=2))

    def _withdrawn(self) -> None:
        intake, at = self._claimed(cases.WITHDRAWN)
        at += timedelta(minutes=30)
        by = self._by("officer", at)
        why = "It was sent twice. The first referral says it all."
        request = actions.withdraw_request(referral=intake.referral, why=why, by=by, now=at)
        at += timedelta(minutes=30)
        decider = self._by("socialworker", at)
        routing.note_opening(intake=intake, by=decider, now=at)
        said = "The first one is with us, and nothing is lost."
        actions.answer_withdrawal(request=request, accept=True, reasons=said, by=decider, now=at)

    def _handed_on(self) -> None:
        """Offered to the front door of another area, where nobody has answered yet."""
        team = FrontDoorTeam.objects.filter(area=STOKE).first()
        if team is None:
            raise NoPeople
        intake, at = self._claimed(cases.MOVED)
        at += timedelta(minutes=35)
        transfer = actions.offer_transfer(
            intake=intake,
            team=team,
            children=intake.children,
            reason="other_area",
            why="Since last week they live with an aunt in Hanley. We have rung the mother, and nothing else was done.",
            by=self._by("socialworker", at),
            now=at,
        )
        routing.arrive(intake_id=transfer.offered.pk, now=at + timedelta(seconds=2))
