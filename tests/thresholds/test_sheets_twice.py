"""Two sheets, two files or two rows for one thing of a pack: neither is taken silently."""

import io
import zipfile

import pytest

from tests.thresholds.support import PACK, parsed
from thresholds import files, spreadsheets
from thresholds.domain.assemble import PackErrors
from thresholds.domain.tables.load import pack_of_tables
from thresholds.spreadsheets import xlsx

SMALL = next(pack for pack in files.shipped_packs() if not pack.descriptors)


def test_two_sheets_or_files_for_one_sheet_are_refused():
    tables = xlsx.read("pack.xlsx", spreadsheets.export(SMALL, "xlsx"))
    twice = [*tables, next(table for table in tables if table.name == "Levels")]
    with pytest.raises(PackErrors, match="“Levels”, row 1: stands twice"):
        pack_of_tables("pack.xlsx", twice, {})
    out = io.BytesIO(spreadsheets.export(SMALL, "csv"))
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("old/levels.csv", packed.read("levels.csv"))
        packed.writestr("__MACOSX/._levels.csv", b"x")
    with pytest.raises(PackErrors, match="holds two files named"):
        spreadsheets.read_upload("pack.zip", out.getvalue())


def test_what_is_offered_at_a_level_stands_once():
    """Rows of the next steps name only the level: a second entry would lose them to the first in a spreadsheet."""
    cited = "citation: {section: Levels, lines: 16}"
    twice = (
        f"services:\n  - {{level: low, {cited}}}\n  - {{level: low, next_steps: [{{text: Ask., {cited}}}], {cited}}}\n"
    )
    with pytest.raises(PackErrors) as raised:
        parsed(PACK, twice)
    assert str(raised.value) == "more0.yaml:3: services[1].level: what is offered at low stands twice: put it together"
    assert len(parsed(PACK, twice.replace("level: low", "level: high", 1)).services) == 2
