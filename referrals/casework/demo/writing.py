"""Writing an invented referral: one page after another, as somebody would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.clock import day_of
from audit.domain.actor import Actor
from referrals.record import actions as records
from referrals.record.domain.forms.eha_assessment import OF_CHILD, OF_FAMILY, OF_PARENTS, page_key
from referrals.record.models import Referral

TELFORD = "telford-and-wrekin"
Pages = Mapping[str, Mapping[str, Any]]
"""Answers by page, besides those that every invented referral has."""
_PAGE_TAKES = timedelta(seconds=40)
_SIGNED = {"said_how": "signed", "signature": "In the file at the agency."}
_OF_FAMILY = {page_key(one): one.key for one in (*OF_PARENTS, *OF_FAMILY)}


@dataclass(frozen=True, slots=True)
class DemoChild:
    """An invented child. `born` is a stored date, empty for an unborn one, who is expected `due_in` days from now."""

    given_names: str
    family_name: str
    born: str = ""
    due_in: int = 0
    sex: str = "not_known"
    harm: str = "no"
    harm_what: str = ""
    circumstances: tuple[str, ...] = ("none",)
    descriptors: tuple[tuple[str, str], ...] = ()
    judged: str = "complex"
    because: str = ""
    view: str = ""
    moves_about: str = "yes"
    open_case: str = "no"
    agrees: bool = False
    school: str = "Wrekin Vale Academy"
    pages: Pages = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DemoParent:
    """An invented parent, and what they said about the referral."""

    full_name: str
    relationship: str = "mother"
    said: str = "given"
    words: str = ""
    pages: Pages = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DemoReferral:
    """An invented referral: its key, who writes it, how long ago, and what it says."""

    key: str
    author: str
    hours_ago: float
    children: tuple[DemoChild, ...]
    parents: tuple[DemoParent, ...] = ()
    what: str = ""
    worried: str = ""
    working_well: str = ""
    needs: str = ""
    danger: str = "no"
    about_desk: str = "no"
    alleged: dict[str, Any] = field(default_factory=dict)
    rang: dict[str, Any] = field(default_factory=dict)
    kind: str = "marf"
    reason: str = "What we offered is not enough, and the family needs more than one service."
    asks_for: str = "not_sure"
    pages: Pages = field(default_factory=dict)
    lead: str = ""
    """Who leads the plan of an assessment."""
    actions: tuple[tuple[str, str], ...] = ()
    """What was agreed in an assessment: what is done, and who does it."""


class _Writer:
    """Somebody at the keyboard: each page a little later than the one before."""

    def __init__(self, demo: DemoReferral, by: Actor, begun: datetime) -> None:
        self.demo, self.by, self.now = demo, by, begun
        self.referral = records.start_referral(kind=demo.kind, by=by, now=begun)
        self.more: dict[str, Mapping[str, Any]] = {}

    def with_more(self, pages: Pages) -> None:
        """Take along these answers when their page is saved."""
        self.more = dict(pages)

    def save_rest(self, person_id: UUID | None = None) -> None:
        """Save the pages that only the invented case answers."""
        for page in list(self.more):
            self.save(page, person_id)

    def save(self, page: str, person_id: UUID | None = None, **answers: Any) -> None:
        """Save a page with those answers that there are."""
        self.now += _PAGE_TAKES
        given = {key: value for key, value in {**answers, **self.more.pop(page, {})}.items() if value}
        records.save_page(
            referral=self.referral,
            page=page,
            answers=given,
            version=0,
            by=self.by,
            now=self.now,
            person_id=person_id,
        )

    def child(self, child: DemoChild) -> None:
        """Write everything about one child."""
        row = records.add_child(referral=self.referral, by=self.by, now=self.now)
        self.with_more(child.pages)
        unborn = not child.born
        expected = (day_of(self.now) + timedelta(days=child.due_in)).isoformat() if unborn else ""
        about: dict[str, Any] = {
            "unborn": "yes" if unborn else "no",
            "given_names": child.given_names,
            "given_names_not_known": "" if child.given_names else "on",
            "family_name": child.family_name,
            "born": child.born,
            "expected": expected,
        }
        home: dict[str, Any] = {
            "address": "14 Invented Close, Telford",
            "home_area": TELFORD,
            "where_now": "At home" if unborn else "At home with a parent",
            "found_area": TELFORD,
            "safe_tonight": "yes" if child.harm == "no" else "not_known",
        }
        if self.demo.kind == "send_now":
            self.save("child-about", row.pk, harm=child.harm, **about, **home)
            return
        self.save("child-about", row.pk, sex=child.sex, **about)
        if not unborn:
            self.save("child-needs", row.pk, disabled="no", moves_about=child.moves_about, interpreter="no")
            self.save("child-care", row.pk, cared_by="parent")
            learns = {"education": "school", "school": child.school} if child.school else {"education": "too_young"}
            self.save("child-school", row.pk, **learns)
        self.save("child-home", row.pk, postcode="TF1 9ZZ", **home)
        self.save("child-services", row.pk, open_case=child.open_case)
        self.save("harm", row.pk, harm=child.harm, harm_what=child.harm_what)
        self.save("circumstances", row.pk, circumstances=list(child.circumstances))
        view: dict[str, Any] = {"view_given": "words", "view": child.view}
        absent = {"view_given": "no", "view_absent_because": "Not born yet." if unborn else "Not safe to ask yet."}
        self.save("child-view", row.pk, **(view if child.view else absent))
        if self.demo.kind == "eha":
            for one in OF_CHILD:
                said: dict[str, Any] = {f"{one.key}_strengths": "Curious and kind.", f"{one.key}_needs_not_known": "on"}
                self.save(page_key(one), row.pk, **said)
        chosen = [{"id": one, "evidence": evidence} for one, evidence in child.descriptors]
        self.save("descriptors", row.pk, descriptors=chosen)
        self.save("protective", row.pk, protective_not_known="on")
        self.save("judged", row.pk, judged_level=child.judged, judged_because=child.because)
        self.save("indicated", row.pk, keeps_judgement="same")
        agreed: dict[str, Any] = {
            "said": "given",
            "said_on": day_of(self.now).isoformat(),
            "said_to": "The referrer",
        }
        if not unborn:
            self.save("child-sharing", row.pk, **(agreed if child.agrees else {"said": "not_sought"}))
            understood = "They said in their own words what it is for and what may follow."
            if child.agrees:
                self.save("child-understands", row.pk, competent="yes", competence_reasoning=understood)
            self.save("child-care-order", row.pk, care_order="no")
        self.save_rest(row.pk)

    def parent(self, parent: DemoParent) -> None:
        """Write about one parent and what they said."""
        row = records.add_member(referral=self.referral, by=self.by, now=self.now)
        self.with_more(parent.pages)
        self.save(
            "member-about",
            row.pk,
            full_name=parent.full_name,
            relationship=parent.relationship,
            parental_responsibility="yes",
            in_home="yes",
        )
        asked: dict[str, Any] = {"said_on": day_of(self.now).isoformat(), "said_to": "The referrer"}
        self.save(
            "member-sharing",
            row.pk,
            information_shared="yes",
            said=parent.said,
            words=parent.words,
            **(asked if parent.said in {"given", "limited", "refused"} else {}),
            **(_SIGNED if self.demo.kind == "eha" and parent.said == "given" else {}),
        )
        self.save_rest(row.pk)

    def rest(self) -> None:
        """Write the pages about the referral as a whole."""
        demo = self.demo
        self.with_more(demo.pages)
        self.save("children", children_complete="yes")
        if demo.kind == "eha":
            self.assessment()
            return
        self.save("ring-first", **(demo.rang or {"rang": "no"}))
        if demo.kind == "send_now":
            self.save("worry", worry=demo.what, child_said_not_known="on", family_told="no")
            self.save("desk", about_desk=demo.about_desk)
            return
        self.save("reason", referral_type=demo.asks_for, referral_reason=demo.reason)
        self.save("referrer", referrer_relationship="We know the family from our work.", referrer_phone="01632 960302")
        self.save("agencies", agencies_not_known="on")
        self.save("home-life", adults_have_not_known="on")
        self.save("family-view", parents_view_not_known="on")
        self.save("household", household_complete="yes", safe_contact="By phone in the morning: 01632 960417")
        self.save("concern", what=demo.what, where="At home", source=["saw"], happened_on_not_known="on")
        self.save("alleged", **(demo.alleged or {"alleged": "no"}))
        self.save(
            "analysis",
            worried=demo.worried,
            working_well=demo.working_well or "The family answers when it is asked.",
            needs_to_happen=demo.needs or "Somebody has to see the family together.",
        )
        agreed = bool(demo.parents) and all(parent.said == "given" for parent in demo.parents)
        self.save(
            "without-agreement",
            everybody_agrees="yes" if agreed else "no",
            not_seeking=[] if agreed else ["risk_to_child"],
            not_seeking_why="" if agreed else "Telling them first could put the child at more risk.",
            why_without="" if agreed else "Keeping the child safe comes first.",
        )
        self.save("telling", risk_from_telling="no" if agreed else "yes", identities_to_protect="no")
        self.save("what-it-holds", special_category="yes", criminal_offence="no", facts_apart_from_opinion="yes")
        self.save("agency-action", done="We have talked with the family and with each other.")
        self.save("early-help", eha_done="no", eha_none_because="The worry came up this week.")
        self.save_rest()

    def assessment(self) -> None:
        """Write the pages of an early help assessment about the family as a whole."""
        demo = self.demo
        self.save("household", household_complete="yes", safe_contact="By phone in the morning: 01632 960417")
        hopes = "Mornings without a quarrel."
        self.save(
            "eha-reason", reason=demo.what, family_hopes=hopes, tried_before="A card for lateness, without change."
        )
        for page, key in _OF_FAMILY.items():
            said: dict[str, Any] = {f"{key}_strengths": "They help each other.", f"{key}_needs_not_known": "on"}
            self.save(page, **said)
        for child in self.referral.children.all():
            self.save("child-day", child.pk, day="Up at six, and late all the same.", child_scale="5")
        for member in self.referral.household.all():
            self.save("member-voice", member.pk, voice_given="yes", voice=demo.parents[0].words, member_scale="4")
        self.save(
            "analysis",
            worried=demo.worried,
            working_well=demo.working_well or "The family answers when it is asked.",
            needs_to_happen=demo.needs or "Somebody helps in the mornings.",
        )
        self.save("scaling", scaling=[{"who": "The writer", "score": "5", "why": "It has been worse."}])
        for number, (what, who) in enumerate(demo.actions, start=1):
            more = "yes" if number < len(demo.actions) else "no"
            one: dict[str, Any] = {f"action_{number}_what": what, f"action_{number}_who": who, f"more_{number}": more}
            self.save(f"action-{number}", **one)
        self.save("team", team=f"{demo.lead}; {demo.parents[0].full_name}; the school", team_asked="yes")
        self.save("lead", lead_name=demo.lead, lead_agency="Family practitioner", lead_agreed="yes")
        self.save("measures", measured_by=["parent", "lead"], measured="Family Circles: 4 and 5.")
        self.save("review", review_on=(day_of(self.now) + timedelta(weeks=6)).isoformat())
        self.save("copies", copy_to=f"{demo.parents[0].full_name}, on paper", identities_to_protect="no")
        self.save("what-it-holds", special_category="yes", criminal_offence="no", facts_apart_from_opinion="yes")
        self.save("agency-action", done="We have talked with the family.", will_do="We go on ringing each Monday.")


def write(demo: DemoReferral, *, by: Actor, now: datetime, whole: bool = True) -> tuple[Referral, datetime]:
    """Write an invented referral from `now` (aware) on; return it and when its last page was saved.

    Not `whole`: only the first pages, as somebody leaves a draft at the end of a lesson.
    """
    writer = _Writer(demo, by, now)
    if demo.kind != "send_now":
        writer.save("start", danger=demo.danger, cannot_wait="no")
        writer.save("desk", about_desk=demo.about_desk)
    for child in demo.children:
        writer.child(child)
    if whole:
        for parent in demo.parents:
            writer.parent(parent)
        writer.rest()
    writer.referral.refresh_from_db()
    return writer.referral, writer.now
