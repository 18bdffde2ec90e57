"""The two registers' files: their columns, under the names of several editions, and a line as what is stored of it.

Sources: ONS Postcode Directory (user guide); Get Information about Schools, all establishment data.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
_NO_COUNTY = re.compile(r"[A-Z]99999999")
"""What stands for a county where there is none."""


class NotTheRegister(ValueError):
    """The file's first line isn't that of the register."""


@dataclass(frozen=True, slots=True)
class PostcodeLine:
    """A postcode, and the code of its authority: of the county where there is one, else of the district or city."""

    postcode: str
    authority: str


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """A school as it is stored."""

    urn: str
    name: str
    town: str
    postcode: str
    authority: str
    phase: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class PostcodeColumns:
    """Names of the columns in this edition."""

    postcode: str
    county: str
    district: str


def postcode_columns(header: Sequence[str]) -> PostcodeColumns:
    """Return which column is which. Raises NotTheRegister where one of them is missing.

    Older editions call the county `oscty` and the district `oslaua`; newer ones name the year of the codes, as in
    `cty25cd` and `lad25cd`. Capitals differ too.
    """
    return PostcodeColumns(
        postcode=_column(header, r"pcds?|pcd7|pcd8"),
        county=_column(header, r"oscty|cty\d\dcd"),
        district=_column(header, r"oslaua|lad\d\dcd"),
    )


def read_postcode(row: Mapping[str, str | None], columns: PostcodeColumns) -> PostcodeLine | None:
    """Return the line; None for one without a postcode or a code, such as those of the Channel Islands."""
    postcode = plain_postcode(row.get(columns.postcode) or "")
    county, district = (row.get(columns.county) or "").strip(), (row.get(columns.district) or "").strip()
    authority = district if not county or _NO_COUNTY.fullmatch(county) else county
    return PostcodeLine(postcode, authority) if postcode and len(authority) == 9 else None


def plain_postcode(typed: str) -> str:
    """Return a postcode in capitals without blanks; empty for what isn't one."""
    plain = "".join(typed.split()).upper()
    return plain if _POSTCODE.fullmatch(plain) else ""


SCHOOL_COLUMNS = ("URN", "EstablishmentName", "EstablishmentStatus (name)", "Postcode")


def check_schools(header: Sequence[str]) -> None:
    """Raise NotTheRegister where a column that is read is missing."""
    missing = [name for name in SCHOOL_COLUMNS if name not in header]
    if missing:
        raise NotTheRegister(f"This is not the register of schools: it has no column {missing[0]}.")


def read_school(row: Mapping[str, str | None]) -> SchoolLine | None:
    """Return the line; None for one without a number or a name."""

    def cell(name: str, longest: int) -> str:
        return (row.get(name) or "").replace("\x00", "").strip()[:longest]

    urn, name = cell("URN", 6), cell("EstablishmentName", 200)
    if not re.fullmatch(r"\d{5,6}", urn, re.ASCII) or not name:
        return None
    return SchoolLine(
        urn=urn,
        name=name,
        town=cell("Town", 100),
        postcode=cell("Postcode", 8),
        authority=cell("LA (name)", 100),
        phase=cell("PhaseOfEducation (name)", 60),
        is_open=cell("EstablishmentStatus (name)", 60).casefold().startswith("open"),
    )


def _column(header: Sequence[str], pattern: str) -> str:
    found = next((name for name in header if re.fullmatch(pattern, name.strip(), re.IGNORECASE)), None)
    if found is None:
        raise NotTheRegister("This is not the ONS Postcode Directory: the postcode, county or district is missing.")
    return found
