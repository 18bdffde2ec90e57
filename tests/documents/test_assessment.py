"""The copy of an early help assessment: under the area's name, with what was agreed, and what was carried into it."""

from tests.documents.support import copied, frozen


def assessment(**changed):
    """Frozen content as an assessment has it; what the form asks doesn't matter to the copy."""
    content = frozen()
    form = {**content["form"], "version": "eha-1", "name": "Early Help Family Support Plan"}
    return {**content, "kind": "eha", "form": form, **changed}


def test_it_is_called_by_the_area_s_name():
    copy = copied(assessment())
    assert copy.form == "Early Help Family Support Plan"
    assert copy.sections[0].title == "About this assessment"
    assert "who must not, stands under copies and sharing" in str(copy.sections[0].lead)
    assert copied(frozen()).sections[0].title == "About this referral"


def test_what_was_carried_over_stands_in_it_with_its_date_and_whether_somebody_looked():
    row = {"page": "analysis", "title": "What it adds up to", "person": "", "from": "SR-7K3M-Q2PE"}
    rows = [
        {**row, "written_on": "2026-03-02", "looked_at": False},
        {**row, "title": "Who leads", "written_on": "2026-03-03", "looked_at": True},
    ]
    copy = copied(assessment(carried=rows))
    section = next(one for one in copy.sections if one.title == "Carried over from an earlier form")
    words = str(section.lead)
    assert "From SR-7K3M-Q2PE, written 2 March 2026" in words
    assert words.count("Not looked at since") == 1


def test_what_was_frozen_before_answers_could_be_carried_has_no_such_section():
    content = frozen()
    content.pop("carried", None)
    assert all("Carried over" not in one.title for one in copied(content).sections)
