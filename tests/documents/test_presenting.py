"""The frozen record shaped: every answer is there, what is missing says so, what comes first stands first."""

import subprocess
import sys
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from referrals.documents.domain.words import NO_WORDS, PackWords, humanised
from referrals.documents.presenters import present
from referrals.documents.presenters.answers import descriptor_lines
from referrals.documents.presenters.blocks import Drawing, Narrative, Notice, Points, Rows, Table, moment
from referrals.documents.presenters.copy import UnknownFormat
from referrals.documents.presenters.sharing import DO_NOT_TELL, Recorded, history_section, sharing_part
from referrals.record.domain.draft import DraftAnswers, PersonAnswers
from tests.documents.support import MINA, copied, digest_of, frozen, lines_of

PROJECT = Path(__file__).resolve().parents[2]


def texts(blocks):
    """Every text of these blocks."""
    for block in blocks:
        if isinstance(block, Rows):
            for row in block.rows:
                yield from (row.label, row.text)
        elif isinstance(block, Narrative):
            yield from (block.label, block.text)
        elif isinstance(block, Points):
            yield block.label
            for point in block.points:
                yield from (point.text, *point.details)
        elif isinstance(block, Table):
            yield from (block.label, *block.columns, *(cell for row in block.rows for cell in row))
        elif isinstance(block, Drawing):
            yield from (figure.says for figure in block.figures)
        else:
            yield block.text


def section(copy, title):
    return next(one for one in copy.sections if one.title == title)


def blocks_of(one):
    return [*one.lead, *(block for part in one.parts for block in part.blocks)]


def part(copy, section_title, title):
    return next(one for one in section(copy, section_title).parts if one.title == title)


def rows(blocks):
    return {row.label: row.text for block in blocks if isinstance(block, Rows) for row in block.rows}


def points(blocks, label):
    found = next(block for block in blocks if isinstance(block, Points) and block.label == label)
    return {point.text: point.details for point in found.points}


def test_sections_stand_in_the_order_in_which_they_are_needed(content):
    assert [one.title for one in copied(content).sections] == [
        "About this referral",
        "Children at a glance",
        "The worry",
        "Child 1: Mina Harrow",
        "Child 2: Harrow",
        "Family and household",
        "Before you start",
        "Children, for all of them together",
        "Sharing information, for all of them together",
        "What has been done",
        "What is missing or doesn't fit",
        "About this copy",
    ]


def test_the_first_page_tells_who_what_and_what_comes_first(content):
    copy = copied(content)
    about = section(copy, "About this referral")
    facts = rows(about.lead)
    assert facts["Reference"] == "SR-7K3M-Q2PD"
    assert facts["Submitted"] == "3 November 2026 at 3:20pm"
    assert facts["Written and submitted by"] == "Asha Pryor, Head of Year 9"
    assert facts["How to reach them"] == "01632 960123, asha.pryor@school.example"
    assert facts["Agency"] == "Ironbridge Road School"
    assert facts["Home area"] == "Telford & Wrekin"
    assert facts["Have you, or has a colleague, rung about this?"] == "Yes"
    assert "A large dog, loose in the yard." in facts.values()
    assert "A child is in danger, may be, or is likely to be harmed." in points(about.lead, "Urgent, because")
    assert points(about.lead, "It goes to") == {"Family Connect, Telford & Wrekin": ("Urgent. To be rung first.",)}
    assert copy.notices == (Notice("Urgent"), Notice(DO_NOT_TELL))


def test_an_author_beside_who_submitted_and_a_second_submission():
    content = frozen(number=2)
    content["submitted_by"] = {**content["submitted_by"], "name": "Ola Brandt", "phone": ""}
    facts = rows(section(copied(content), "About this referral").lead)
    assert facts["Written by"] == "Asha Pryor, Head of Year 9"
    assert facts["Submitted by"] == "Ola Brandt, Head of Year 9"
    assert facts["How to reach them"] == "asha.pryor@school.example"
    assert facts["Submission"] == "Number 2. It replaces the earlier ones."


def test_a_card_tells_of_each_child_what_is_asked_first(content):
    copy = copied(content)
    mina = part(copy, "Children at a glance", "Child 1: Mina Harrow")
    sam = part(copy, "Children at a glance", "Child 2: Harrow")
    facts = rows(mina.blocks)
    assert mina.card
    assert facts["Date of birth"] == "27 March 2015"
    assert facts["Has this child been significantly harmed, or are they likely to be?"] == "I suspect it"
    assert facts["Will the child be safe tonight?"] == "No"
    assert facts["Level that the practitioner judged"] == "Complex"
    assert facts["Level that the document indicates"] == "Acute, which may mean section 47 (child protection)"
    assert "About how old, if you don't know the date of birth" not in facts
    assert rows(sam.blocks)["Date when the baby is due"] == "February 2027"
    assert rows(sam.blocks)["Level that the document indicates"].startswith("Not known: that is no level")


def test_a_long_answer_is_not_squeezed_into_a_card():
    content = frozen()
    question = next(
        one for page in content["children"][0]["pages"] for one in page["questions"] if one["key"] == "where_now"
    )
    question["reads"] = "In the car. " * 100
    copy = copied(content)
    assert rows(part(copy, "Children at a glance", "Child 1: Mina Harrow").blocks)["Where is the child now?"] == (
        "A longer answer: see below"
    )
    assert "In the car. " * 100 in texts(blocks_of(section(copy, "Child 1: Mina Harrow")))


def questions(content):
    """Every question of a submission."""
    for place in ("pages", "children", "household"):
        for one in content[place]:
            for page in [one] if place == "pages" else one["pages"]:
                yield from page["questions"]


def test_every_question_and_every_answer_is_there(content):
    said = [text for one in copied(content).sections for text in texts(blocks_of(one))]
    everything = "\n".join(said)
    for question in questions(content):
        assert question["label"] in said
        if question["kind"] == "descriptors" and question["answered"]:
            for item in question["answer"]:
                assert item["evidence"] in everything
        else:
            assert all(line in everything for line in lines_of(question))


def test_what_was_not_answered_says_so(content):
    needs = rows(part(copied(content), "Child 1: Mina Harrow", "Mina Harrow: needs").blocks)
    assert needs["How does the child communicate best?"] == "Not provided"
    services = part(copied(content), "Child 1: Mina Harrow", "Mina Harrow: health and social worker")
    assert rows(services.blocks)["GP practice"] == "Not known"
    row = next(row for block in services.blocks if isinstance(block, Rows) for row in block.rows if row.empty)
    assert row.text in {"Not known", "Not provided"}


def test_descriptors_come_with_evidence_level_and_citation(content):
    fits = part(copied(content), "Child 1: Mina Harrow", "Mina Harrow: what fits")
    found = points(fits.blocks, "Descriptors that fit this child")
    wording = "Out of education, with worries for the child's safety and significant harm found"
    assert found[wording] == (
        "What shows it: First line: with a colon.\nSecond line of the same evidence.",
        "Level in the document: Acute",
        "Threshold document, Threshold descriptors: Learning and education, line 241",
    )
    without = next(details for details in found.values() if details[0] == "What shows it: Not provided")
    assert without[1] == "Level in the document: Complex"


def test_evidence_that_looks_like_a_descriptor_stays_evidence():
    question = {
        "reads": "Often hungry.: one\nCold.: two: three\nLate.: four\nTired.: Not provided",
        "answer": [
            {"id": "a", "evidence": "one\nCold.: two: three"},
            {"id": "b", "evidence": "four"},
            {"id": "c", "evidence": ""},
        ],
    }
    assert descriptor_lines(question) == [
        ("a", "Often hungry.", "one\nCold.: two: three"),
        ("b", "Late.", "four"),
        ("c", "Tired.", "Not provided"),
    ]


def test_the_check_stands_beside_the_judgement(content):
    check = part(copied(content), "Child 1: Mina Harrow", "Threshold check")
    facts = rows(check.blocks)
    assert facts["Level that the practitioner judged"] == "Complex"
    assert facts["The two compared"] == "The practitioner judged lower than what is indicated."
    assert facts["Threshold document"].endswith("Right Help at the Right Time; version of 2026-09-01")
    assert points(check.blocks, "Reasons, highest first")
    assert "Does the child move about by themself?" in points(check.blocks, "Not known yet, and would change it")


def test_a_check_with_the_document_of_another_area_says_so(content):
    content = deepcopy(content)
    content["check"][str(MINA)]["stands_in"] = True
    check = part(copied(content), "Child 1: Mina Harrow", "Threshold check")
    assert any(isinstance(block, Notice) and "stands in" in block.text for block in check.blocks)


def test_the_decision_answers_each_golden_rule(content):
    sharing = part(copied(content), "Child 1: Mina Harrow", "Decision to share")
    assert Notice(DO_NOT_TELL) in sharing.blocks
    assert rows(sharing.blocks)["Decided"].startswith("May be shared")
    golden = points(sharing.blocks, "The golden rules, answered from the record")
    assert [text.partition(":")[0] for text in golden] == [f"Rule {number}" for number in range(1, 8)]
    assert all(details[0] in {"Met.", "Met in part.", "Not answered yet."} for details in golden.values())
    assert "Public task" in points(sharing.blocks, "Lawful basis")


def test_no_warning_once_the_front_door_has_lifted_it(content):
    content = deepcopy(content)
    for decision in content["sharing"].values():
        decision["guard"]["lifted"] = True
    assert copied(content).notices == (Notice("Urgent"),)


def test_the_plan_tells_who_is_rung_who_receives_and_what_runs(content):
    plan = part(copied(content), "Child 1: Mina Harrow", "Where it goes")
    assert "Family Connect: 01952 385385" in points(plan.blocks, "To be rung first: Telford & Wrekin")
    assert "Family Connect, Telford & Wrekin" in points(plan.blocks, "Who receives it")
    assert any(text.startswith("Send the request for service form: ") for text in points(plan.blocks, "Clocks"))
    # Whether one follows is decided later.
    clocks = points(plan.blocks, "Clocks")
    assert any(text.startswith("Finish the assessment, if an assessment follows: ") for text in clocks)


def test_what_is_missing_or_looks_wrong_is_listed_in_words(content):
    gaps = section(copied(content), "What is missing or doesn't fit")
    missing = points(gaps.lead, "Not answered")
    assert missing["About Dale Orme"] == ("Do they have parental responsibility?",)
    assert "Mina Harrow: what fits: Say for each descriptor what you saw or heard." in points(
        gaps.lead, "Looks wrong, and was carried along"
    )


def test_the_copy_says_that_later_facts_are_documents_of_their_own(content):
    lead = section(copied(content), "About this copy").lead
    assert "Each later fact is an addendum" in "\n".join(texts(lead))
    assert rows(lead)["SHA-256 of the submission"] == digest_of(content)


def test_the_shortest_submission_has_every_part_and_says_what_is_not_there():
    nobody = frozen(DraftAnswers(), form="send-now-1", urgent_because=("send_now",), packs=(), home_area="")
    nobody["check"] = nobody["sharing"] = nobody["plan"] = {}
    copy = copied(nobody)
    assert "No child is named in this submission." in texts(section(copy, "Children at a glance").lead)
    assert rows(section(copy, "About this referral").lead)["Home area"] == "Not provided"
    assert copy.packs == "none"
    assert "Worked out without a child recorded" not in [one.title for one in copy.sections]


def test_what_was_worked_out_without_a_child_is_not_lost():
    content = frozen(DraftAnswers(children=(PersonAnswers(UUID(int=0), 1, {"harm": {"harm": "yes"}}),)))
    for name in ("check", "sharing"):
        content[name] = {"": next(iter(content[name].values()))}
    content["plan"]["children"] = {"": next(iter(content["plan"]["children"].values()))}
    content["children"] = []
    titles = [one.title for one in section(copied(content), "Worked out without a child recorded").parts]
    assert titles == ["Threshold check", "Decision to share", "Where it goes"]


def test_parts_that_were_not_worked_out_say_so(content):
    content = {**content, "check": {}, "sharing": {}, "plan": {}}
    said = list(texts(blocks_of(section(copied(content), "Child 2: Harrow"))))
    assert "No threshold check was made with this submission. That doesn't mean a low level." in said
    assert "No decision to share was recorded with this submission." in said
    assert "No plan was recorded with this submission." in said


def test_ids_read_as_themselves_when_their_pack_is_gone(content):
    copy = present(content, sha256=digest_of(content), words={})
    card = rows(part(copy, "Children at a glance", "Child 1: Mina Harrow").blocks)
    assert card["Level that the document indicates"].startswith("Acute")
    assert copy.packs == "Telford and wrekin 2026-09-01 revision 1"


def test_another_layout_is_refused(content):
    with pytest.raises(UnknownFormat):
        copied({**content, "format": 2})


def test_the_same_content_gives_the_same_copy(content):
    assert copied(content) == copied(deepcopy(content))


@pytest.mark.parametrize(
    ("stored", "reads"),
    [
        ("2026-11-03T15:20:00+00:00", "3 November 2026 at 3:20pm"),
        ("2026-07-01T23:05:00+00:00", "2 July 2026 at 12:05am"),
        ("2026-07-01T12:00:00+01:00", "1 July 2026 at 12:00pm"),
        (None, ""),
    ],
)
def test_moments_read_in_englands_time(stored, reads):
    assert moment(stored) == reads


def test_a_moment_without_an_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        moment("2026-07-01T12:00:00")


def test_words_of_a_pack():
    words = PackWords("Sandford", {"low": "Low", "high": "High"}, {}, {"act": "An Act"})
    assert words.levels_between("low", "high") == "Low to High"
    assert words.levels_between("low", "low") == "Low"
    assert words.level(None) == "Not known"
    assert words.citation({"section": "Tables", "lines": "30"}) == "Threshold document, Tables, line 30"
    assert words.citation({"section": "Tables", "lines": "30-31"}) == "Threshold document, Tables, lines 30-31"
    assert words.citation({"document": "act", "section": "section 1"}) == "An Act, section 1"
    assert words.citation(None) == ""
    assert NO_WORDS.citation({"document": "an-act", "section": "section 1"}) == "An act, section 1"
    assert humanised("not_sure") == "Not sure"


def test_shaping_is_pure():
    script = (
        "import sys, referrals.documents.presenters; sys.exit('django' in sys.modules or 'pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=PROJECT, check=False).returncode == 0


def test_what_was_suggested_and_dismissed_stands_with_its_words_the_gravest_first(content):
    shown = part(copied(content), "Child 1: Mina Harrow", "Suggested and dismissed")
    assert list(points(shown.blocks, "Dismissed").items()) == [
        (
            "Known or suspected FGM, or a girl at risk of it",
            (
                "The words: “She has a cut on her hand.”",
                "Why it doesn't fit: It was a kitchen knife.",
                "By Asha Pryor, 3 November 2026 at 3:20pm",
            ),
        ),
        (
            "Left at home alone without an adult's supervision",
            ("The words: “She says she was never left alone.”", "By Asha Pryor, 3 November 2026 at 3:20pm"),
        ),
    ]
    titles = [one.title for one in section(copied(content), "Child 2: Harrow").parts]
    assert "Suggested and dismissed" not in titles


def test_a_submission_of_before_suggestions_reads_as_before(content):
    old = deepcopy(content)
    for child in old["children"]:
        del child["dismissed"]
    assert "Suggested and dismissed" not in [one.title for one in section(copied(old), "Child 1: Mina Harrow").parts]


@pytest.mark.parametrize("guarded", [True, False])
def test_the_family_can_be_told_in_plain_words_unless_it_must_not_be(content, guarded):
    for decision in deepcopy(content["sharing"]).values():
        decision["guard"]["because"] = ["Telling may put somebody in danger."] if guarded else []
        decision["explained"] = ["We asked about sharing what we know, and the answer was yes."]
        shown = {block.label for block in sharing_part(decision, NO_WORDS).blocks if isinstance(block, Points)}
        assert ("In words that a parent could read" in shown) is not guarded


def test_every_row_of_the_record_of_sharing_stands_beside_the_others():
    at = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)
    first = {"child": {"verdict": "to_weigh", "agreement": "not_sought"}}
    then = {"child": {"verdict": "may_share", "agreement": "not_sought"}}
    rows = (
        Recorded(1, "Submitted", "", "Asha Pryor", at, first),
        Recorded(2, "Weighed at the agency", "It helps her.", "Dara Moss", at, then),
    )
    (section,) = history_section(rows, {"child": "Mina"})
    (points,) = (block for block in section.lead if isinstance(block, Points))
    assert [point.text for point in points.points] == ["1. Submitted", "2. Weighed at the agency"]
    assert "It helps her." in points.points[1].details
    assert history_section(rows[:1], {}) == ()
