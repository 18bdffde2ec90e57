"""Loading the registers into the database, and what the form makes of them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from referrals.places import actions, selectors
from referrals.places.models import Postcode, School
from referrals.record.actions import save_page
from tests.factories import AREA
from tests.journey.support import School as Agency
from tests.journey.support import Writer, publish_area, text_of
from tests.record.support import NOW, acting

pytestmark = pytest.mark.django_db


def loaded() -> str:
    out = StringIO()
    call_command("load_schools", "--sample", stdout=out)
    call_command("load_postcodes", "--sample", stdout=out)
    return out.getvalue()


def test_the_samples_load_as_often_as_one_likes():
    first = loaded()
    before = (Postcode.objects.count(), School.objects.count())
    assert loaded() == first
    assert "8 postcodes stored." in first
    assert (Postcode.objects.count(), School.objects.count()) == before == (8, 9)


def test_a_later_edition_changes_what_was_there(monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 2)
    header = "pcds,oscty,oslaua\n"
    told: list[int] = []
    lines = "".join(f"TF{number} 9ZZ,E99999999,E06000020\n" for number in range(1, 6))
    assert actions.load_postcodes(StringIO(header + lines + "rubbish,,\n"), progress=told.append) == 5
    assert told == [2, 4, 5]
    moved = "TF1 9ZZ,E99999999,E08000002\nTF1 9ZZ,E10000028,E07000197\n"
    actions.load_postcodes(StringIO(header + moved), progress=told.append)
    assert selectors.areas_of_postcodes(["tf1 9zz", "TF2 9ZZ", "TF9 9ZZ", None, "Telford"]) == {
        "TF19ZZ": "staffordshire",
        "TF29ZZ": "telford-and-wrekin",
    }


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00"])
def test_another_file_is_refused_in_words(tmp_path, content):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    for command in ("load_schools", "load_postcodes"):
        with pytest.raises(CommandError):
            call_command(command, str(path))
    with pytest.raises(CommandError, match="can't be opened"):
        call_command("load_schools", str(tmp_path / "nowhere.csv"))


@pytest.mark.parametrize(
    ("words", "urns"),
    [
        ("wrekin", ["999001", "999009"]),
        ("primary wakefield", ["999004"]),
        ("TF2", ["999002", "999003"]),
        ("999005", ["999005"]),
        ("nothing such", []),
        (" ", []),
        ("100% _", []),
        ("\x00", []),
    ],
)
def test_schools_are_found_by_words_or_number_open_ones_first(words, urns):
    loaded()
    assert [one.urn for one in selectors.schools_found(words)] == urns


@pytest.fixture
def writer() -> Writer:
    publish_area(AREA)
    loaded()
    writer = Writer(Agency().teacher).begin(danger="likely", cannot_wait="no")
    return writer.add_child()


def test_a_postcode_proposes_the_home_area_and_overrides_nobody(writer: Writer):
    child = writer.child.pk
    home = {"address": "1 Mill Lane", "postcode": "tf1 9zz"}
    writer.fill("child-home", child, **home)
    assert "The postcode is in Telford & Wrekin. If the child's home is there, choose it." in text_of(writer.page)
    result = save_page(
        referral=writer.referral,
        page="child-home",
        answers={**home, "home_area": "elsewhere"},
        version=1,
        by=acting(writer.person),
        now=NOW,
        person_id=child,
    )
    assert result.saved
    assert result.answers["home_area"] == "elsewhere"
    assert ["you chose another area" in one.message for one in result.problems if one.field == "home_area"] == [True]
    checked = text_of(writer.get(reverse("journey:check", args=[writer.referral.pk])))
    assert "you chose another area" in checked


def test_a_school_is_found_by_its_name_chosen_and_written_with_its_number(writer: Writer):
    child = writer.child.pk
    writer.fill("child-school", child, education="school")
    writer.send("find-school", school="wrekin")
    assert "Wrekin Vale Academy, Telford" in text_of(writer.page)
    writer.send(**{"school-found": "999001"})
    saved = writer.referral.pages.get(page="child-school").answers
    assert (saved["school"], saved["school_urn"]) == ("Wrekin Vale Academy", "999001")


def test_a_school_that_is_not_in_the_register_stays_as_it_was_written(writer: Writer):
    child = writer.child.pk
    writer.fill("child-school", child, education="school")
    writer.send("find-school", school="Hedge School")
    assert "nothing for “Hedge School”" in text_of(writer.page)
    writer.send()
    assert writer.referral.pages.get(page="child-school").answers["school"] == "Hedge School"
    writer.fill("child-school", child, school="", school_urn="999 003")
    assert writer.referral.pages.get(page="child-school").answers["school"] == "Ironbridge Road School"
