"""Lines of the registers: several editions' columns, what is left out, and that no line stops a load."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.places.domain.authorities import AREAS, area_of
from referrals.places.domain.registers import (
    NotTheRegister,
    PostcodeLine,
    check_schools,
    plain_postcode,
    postcode_columns,
    read_postcode,
    read_school,
)
from thresholds.files import pack_folders

OLD = ["pcd", "pcd2", "pcds", "dointr", "doterm", "oscty", "ced", "oslaua"]
NEW = ["PCD7", "PCD8", "PCDS", "DOINTR", "DOTERM", "CTY25CD", "CED25CD", "LAD25CD"]


@pytest.mark.parametrize(("header", "county", "district"), [(OLD, "oscty", "oslaua"), (NEW, "CTY25CD", "LAD25CD")])
@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("E99999999", "E06000020"), "E06000020"),
        (("E10000028", "E07000197"), "E10000028"),
        (("", "W06000015"), "W06000015"),
    ],
)
def test_the_authority_is_the_county_where_there_is_one(header, county, district, codes, expected):
    columns = postcode_columns(header)
    row = {header[0]: "TF1 9ZZ", county: codes[0], district: codes[1]}
    assert read_postcode(row, columns) == PostcodeLine("TF19ZZ", expected)


def test_a_line_without_a_code_is_left_out():
    assert read_postcode({"pcd": "JE2 3XP", "oscty": "", "oslaua": ""}, postcode_columns(OLD)) is None


@pytest.mark.parametrize("header", [[], ["URN"], ["pcd", "oscty"], ["oscty", "oslaua"]])
def test_another_file_is_refused(header):
    with pytest.raises(NotTheRegister):
        postcode_columns(header)
    with pytest.raises(NotTheRegister):
        check_schools(header)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (" tf1  9zz ", "TF19ZZ"),
        ("ST17 9ZZ", "ST179ZZ"),
        ("EC1A 1BB", "EC1A1BB"),
        ("Telford", ""),
        ("TF1", ""),
        ("", ""),
    ],
)
def test_postcodes_without_blanks(typed, plain):
    assert plain_postcode(typed) == plain


def test_every_area_with_a_pack_has_its_authority():
    assert set(AREAS.values()) == {folder.parent.name for folder in pack_folders()}
    assert area_of("E06000051") == "elsewhere"


def test_a_school():
    row = {
        "URN": "999001",
        "EstablishmentName": " Wrekin Vale Academy ",
        "EstablishmentStatus (name)": "Open, but proposed to close",
        "Town": "Telford",
        "Postcode": "TF1 9ZZ",
        "LA (name)": "Telford and Wrekin",
    }
    school = read_school(row)
    assert school is not None
    assert (school.urn, school.name, school.town, school.is_open) == ("999001", "Wrekin Vale Academy", "Telford", True)
    closed = read_school({**row, "EstablishmentStatus (name)": "Closed"})
    assert closed is not None
    assert not closed.is_open
    assert read_school({**row, "URN": "Total"}) is None
    assert read_school({**row, "EstablishmentName": ""}) is None


cells = st.text() | st.none()


@given(st.dictionaries(st.sampled_from(OLD), cells))
def test_no_line_of_postcodes_raises(row):
    line = read_postcode(row, postcode_columns(OLD))
    assert line is None or (len(line.postcode) <= 7 and len(line.authority) == 9)


@given(
    st.dictionaries(
        st.sampled_from(["URN", "EstablishmentName", "EstablishmentStatus (name)", "Town", "Postcode", "LA (name)"]),
        cells,
    )
)
def test_no_line_of_schools_raises(row):
    school = read_school(row)
    assert school is None or len(school.name) <= 200
