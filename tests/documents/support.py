"""Frozen submissions made by the real rules from invented families in Telford & Wrekin; and committed ones to copy."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from pypdf import PdfReader

from consent.actions import Decided as DecidedSharing
from consent.domain.decide import decide
from consent.domain.facts import Form, NotSeeking, Person, Recipient, Relation, Said, SharingFacts
from consent.domain.golden_rules import answers, edition_of
from referrals.documents.domain.words import PackWords
from referrals.documents.presenters import Copy, present
from referrals.record.domain.clean_values import Options
from referrals.record.domain.dismissed import Dismissed, SuggestedKind
from referrals.record.domain.document import Decided, Heading, Writer, submission_document
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from referrals.record.domain.forms import specification
from referrals.record.domain.freeze import canonical_json, digest
from referrals.routing.domain.plan import ReferralPlan, RouteFacts
from referrals.routing.domain.route import route
from tests.packs import shipped
from thresholds.domain.check import check
from thresholds.domain.check_divergence import divergence
from thresholds.domain.check_result import ChildFacts
from thresholds.domain.check_when import Answer, ChildAge
from thresholds.domain.pack import Pack
from thresholds.domain.parts import AgencyKind, Flag, Harm

PACK: Pack = shipped("telford-and-wrekin")
AREA = PACK.area.slug
NOW = datetime(2026, 11, 3, 15, 20, tzinfo=UTC)
WORDS = {
    AREA: PackWords(
        area=PACK.area.name,
        levels={level.id: level.name for level in PACK.levels},
        domains={domain.id: domain.name for domain in PACK.domains},
        documents={document.id: document.title for document in PACK.documents},
    )
}
WRITER = Writer(
    person_id="3f0e8a52-7a0e-4f0b-9c63-0a8f2c1d0e01",
    name="Asha Pryor",
    job_title="Head of Year 9",
    agency_id="3f0e8a52-7a0e-4f0b-9c63-0a8f2c1d0e02",
    agency="Ironbridge Road School",
    email="asha.pryor@school.example",
    phone="01632 960123",
)
DISMISSED = (
    Dismissed(
        kind=SuggestedKind.DESCRIPTOR,
        item="tw-acute-108",
        wording="Left at home alone without an adult's supervision",
        quote="She says she was never left alone.",
        reason="",
        by="Asha Pryor",
        at=NOW,
    ),
    Dismissed(
        kind=SuggestedKind.OVERRIDE,
        item="nat-fgm",
        wording="Known or suspected FGM, or a girl at risk of it",
        quote="She has a cut on her hand.",
        reason="It was a kitchen knife.",
        by="Asha Pryor",
        at=NOW,
    ),
)
"""What was suggested for Mina and dismissed."""

MINA, SAM, MOTHER, STEPFATHER = (UUID(int=number) for number in (1, 2, 3, 4))
HEBREW_ARABIC = "היא אמרה: אני לא רוצה ללכת הביתה. قالت إنها خائفة من العودة إلى المنزل."
EMOJI = "Sent a message: 😢 please don’t tell him"
MARKUP = '<script>alert("x")</script> <img src="http://attacker.example/x.png"> <b>bold</b> & {{ reference }} {% now %}'
LONG = "\n\n".join(
    f"Paragraph {number}. On this day she came to school late, tired and without lunch, and said that nobody had been "
    "at home when she woke. Her form tutor gave her breakfast and wrote down what she said in her own words."
    for number in range(1, 61)
)


def about_mina() -> PersonAnswers:
    """A girl of eleven, hit by her stepfather."""
    return PersonAnswers(
        id=MINA,
        position=1,
        pages={
            "child-about": {
                "unborn": "no",
                "given_names": "Mina",
                "family_name": "Harrow",
                "known_as": "Minnie",
                "born": "2015-03-27",
                "sex": "female",
            },
            "child-needs": {"disabled": "no", "moves_about": "yes", "language": "English", "interpreter": "no"},
            "child-home": {
                "address": "14 Cordwainer Row\nWellington",
                "postcode": "TF1 1AA",
                "home_area": AREA,
                "where_now": "At school, with the pastoral lead.",
                "found_area": AREA,
                "safe_tonight": "no",
            },
            "child-school": {"education": "school", "school": "Ironbridge Road School"},
            "child-services": {"gp_not_known": True, "open_case": "no"},
            "harm": {
                "harm": "suspected",
                "harm_what": "Hit by her stepfather with a belt, more than once this month.",
                "injured": "yes",
            },
            "injuries": {
                "body": [
                    {"id": "front-left-forearm", "words": "A straight bruise, about 8 cm, purple."},
                    {"id": "back-right-calf", "words": "Three round marks, brown."},
                ],
                "injury": "She said it was the belt.",
                "injury_doctor": "no",
            },
            "circumstances": {"circumstances": ["physical_abuse", "domestic_abuse"]},
            "child-view": {
                "view_given": "words",
                "view": HEBREW_ARABIC + "\n" + EMOJI,
                "view_wants": "For it to stop.",
            },
            "descriptors": {
                "descriptors": [
                    {"id": PACK.descriptors[0].id, "evidence": "Absent on 9 days of 20; nobody answers the telephone."},
                    {"id": "tw-acute-070", "evidence": "First line: with a colon.\nSecond line of the same evidence."},
                    {"id": "tw-complex-027", "evidence": ""},
                ],
                "harm_factors": ["tw-harm-01", "tw-harm-02"],
            },
            "protective": {"protective": ["tw-strength-01"], "protective_detail": "Her grandmother, every weekend."},
            "judged": {"judged_level": "complex", "judged_because": "I have seen the bruise and heard her."},
            "indicated": {"keeps_judgement": "yes", "differs_because": MARKUP},
            "child-sharing": {
                "said": "given",
                "said_on": "2026-11-03",
                "said_to": "Asha Pryor",
                "words": "Please tell them.",
            },
        },
    )


def about_sam() -> PersonAnswers:
    """Her unborn half-brother, of whom little is known."""
    return PersonAnswers(
        id=SAM,
        position=2,
        pages={
            "child-about": {
                "unborn": "yes",
                "given_names_not_known": True,
                "family_name": "Harrow",
                "expected": "2027-02",
            },
            "child-home": {"home_area": AREA, "where_now_not_known": True},
            "harm": {"harm": "not_sure", "harm_what": "Their mother was pushed down two stairs."},
        },
    )


def family(worry: str = LONG) -> DraftAnswers:
    """Both children, their mother and stepfather, and a long story."""
    return DraftAnswers(
        pages={
            "start": {"danger": "likely", "cannot_wait": "yes"},
            "desk": {"about_desk": "no"},
            "children": {"children_complete": "yes"},
            "household": {"household_complete": "not_known", "danger_to_visitors": "A large dog, loose in the yard."},
            "concern": {
                "what": worry,
                "happened_on": "2026-11",
                "where": "At home",
                "source": ["saw", "child"],
                "source_detail": "Mina told me, in her words: he does it when the baby cries.",
                "history_not_known": True,
            },
            "alleged": {"alleged": "yes", "alleged_who": "Dale Orme, her stepfather.", "alleged_contact": "yes"},
            "analysis": {"worried": "That he hurts her again tonight.", "working_well": "She talks to us."},
            "without-agreement": {
                "everybody_agrees": "no",
                "not_seeking": ["risk_to_child", "assault_by_carer"],
                "not_seeking_why": "He reads her mother's telephone.",
                "why_without": "She may be hurt again tonight.",
            },
            "telling": {"risk_from_telling": "yes", "risk_from_telling_why": "He would know that she told."},
            "ring-first": {
                "rang": "yes",
                "rang_whom": "Family Connect, Jo",
                "rang_by": "Asha Pryor",
                "rang_on": "2026-11-03",
                "rang_at": "2:50pm",
                "rang_advice": "Send the form today and keep her at school.",
                "rang_police": "no",
            },
            "agencies": {
                "agencies": [
                    {"agency": "School nurse", "worker": "For Mina", "contact": "01632 960198", "leads": "no"},
                    {"agency": "Midwife", "worker": "For the mother"},
                ]
            },
            "chronology": {
                "chronology": [
                    {"on": "2026-09-14", "event": "Came without shoes.", "recorded": "2026-09-15"},
                    {"on": "2025", "event": "Moved in with Dale Orme.", "told_by": "Her grandmother"},
                ]
            },
            "agency-action": {"done": "A place at breakfast club; it helped for a week."},
        },
        children=(about_mina(), about_sam()),
        members=(
            PersonAnswers(
                id=MOTHER,
                position=1,
                pages={
                    "member-about": {
                        "full_name": "Kerry Harrow",
                        "relationship": "Mother of both",
                        "parental_responsibility": "yes",
                        "in_home": "yes",
                    },
                    "member-sharing": {"information_shared": "yes", "said": "not_sought"},
                },
            ),
            PersonAnswers(
                id=STEPFATHER,
                position=2,
                pages={
                    "member-about": {"full_name": "Dale Orme", "relationship": "Stepfather of Mina", "in_home": "yes"}
                },
            ),
        ),
    )


def worked_out(draft: DraftAnswers) -> Decided:
    """Check, decision and plan of each child, as the rooms work them out."""
    checks, sharing, plans = {}, {}, {}
    for child in draft.children:
        harm, unborn = Harm(child.get("harm")), child.get("unborn") == "yes"
        age = ChildAge(unborn=True) if unborn else ChildAge.born(date(2015, 3, 27), NOW.date())
        flags = frozenset(Flag(one) for one in child.get("circumstances") or [] if one != "none")
        chosen = frozenset(one["id"] for one in child.get("descriptors") or [])
        found = check(
            PACK,
            ChildFacts(
                descriptors=chosen,
                harm_factors=frozenset(child.get("harm_factors") or []),
                protective_factors=frozenset(child.get("protective") or []),
                flags=flags,
                harm=harm,
                age=age,
            ),
        )
        judged = child.get("judged_level")
        apart = divergence(PACK, judged, found.indicated)
        checks[str(child.id)] = {**found.to_dict(), "divergence": apart.to_dict()}
        sharing[str(child.id)] = shared(harm=harm, age=age, flags=found.flags).to_dict()
        plans[str(child.id)] = route(
            PACK,
            RouteFacts(home_area=AREA, found_area=AREA, harm=harm, judged=judged, check=found, age=age, called_at=NOW),
            NOW,
            frozenset(),
        )
    return Decided(check=checks, sharing=sharing, plan=ReferralPlan(plans).to_dict())


def shared(**known: Any) -> DecidedSharing:
    """The decision to share without asking the stepfather, with the golden rules answered."""
    facts = SharingFacts(
        form=Form.MARF,
        at=NOW,
        agency=AgencyKind.SCHOOL,
        people=(
            Person(id="mother", relation=Relation.PARENT, parental_responsibility=Answer.YES, said=Said.NOT_SOUGHT),
            Person(id="child", relation=Relation.CHILD, said=Said.GIVEN, said_at=NOW, asked_by="teacher"),
        ),
        not_seeking=frozenset({NotSeeking.RISK_TO_CHILD}),
        not_seeking_why="He reads her mother's telephone.",
        why_without="She may be hurt again tonight.",
        risk_from_telling=True,
        risk_from_telling_why="He would know that she told.",
        purpose="Protection from harm.",
        recipients=(Recipient(id="door", exists=True, safeguards=True),),
        **known,
    )
    decision = decide(PACK, facts)
    return DecidedSharing(facts, decision, answers(edition_of(PACK), facts, decision))


def frozen(draft: DraftAnswers | None = None, *, form: str = "marf-1", **heading: Any) -> dict[str, Any]:
    """The content of a submission of this draft, as it is frozen."""
    draft = family() if draft is None else draft
    told = Heading(
        reference="SR-7K3M-Q2PD",
        referral_id="9d3c1c9a-7d0a-4a57-9d55-0c50d65c0001",
        kind="marf",
        number=1,
        author=WRITER,
        submitted_by=WRITER,
        submitted_at=NOW,
        home_area=AREA,
        urgent_because=("danger", "harm"),
        packs=(
            {
                "area": AREA,
                "effective_from": PACK.effective_from.isoformat(),
                "revision": 1,
                "version": 1,
                "sha256": PACK.sha256(),
            },
        ),
    )
    wording = {AREA: PACK.area.name} | {level.id: level.name for level in PACK.levels}
    for listed in (PACK.descriptors, PACK.harm_factors, PACK.protective_factors):
        wording |= {one.id: one.wording for one in listed}
    options = Options(
        areas=frozenset({AREA}),
        levels=frozenset(level.id for level in PACK.levels),
        descriptors=frozenset(PACK.descriptors_by_id),
        protective_factors=frozenset(one.id for one in PACK.protective_factors),
        harm_factors=frozenset(one.id for one in PACK.harm_factors),
    )
    return submission_document(
        specification(form),
        draft,
        replace(told, **heading),
        worked_out(draft),
        wording_for=lambda person: wording,
        today=NOW.date(),
        options_for=lambda person: options,
        dismissed={str(MINA): DISMISSED},
    )


def digest_of(content: dict[str, Any]) -> str:
    """The digest under which such content is frozen."""
    return digest(canonical_json(content))


def copied(content: dict[str, Any]) -> Copy:
    """The copy of the content, shaped."""
    return present(content, sha256=digest_of(content), words=WORDS)


def read(pdf: bytes) -> PdfReader:
    """The PDF as pypdf reads it."""
    return PdfReader(BytesIO(pdf))


def words_in(text: str) -> str:
    """Text without white space: lines break where they break."""
    return "".join(text.split())


def lines_of(question: dict[str, Any]) -> list[str]:
    """What of an answer has to stand in a copy: its lines, of rows and places on the body each cell and word."""
    if question.get("rows"):
        return [said for row in question["rows"] for cell in row for said in cell]
    if question["kind"] == "body" and "answer" in question:
        return [one["words"] for one in question["answer"]]
    return str(question["reads"]).split("\n")
