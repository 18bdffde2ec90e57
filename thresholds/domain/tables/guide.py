"""The first sheet: how to edit a pack, what may not be changed, and what the codes mean."""

from thresholds.domain.pack import Pack
from thresholds.domain.tables import layout

_TEXT = """\
This is the threshold pack of {area}, as tables.
Change the wording, add rows, take rows out, and upload it as a draft.
A draft changes nothing. You see what would change, and read it as a document, before anybody publishes it.
Each sheet is a part of the pack, and each row is one item. The second row of a sheet explains its columns.

How to edit
Keep every sheet and every column, also those that you leave empty.
A missing one is refused, because it would empty a part of the pack.
Do not hide rows, merge cells or use formulas. They are refused, because what is read in must be what you see.
Cells are formatted as text.
If you add a sheet row below the last one, format it as text too, so that times,
lines and telephone numbers stay as you type them.
Where a cell holds several entries, put | between them, with or without spaces.
A stroke inside an entry is written \\|.
Yes and no are written yes and no. An empty cell means: not given.

What may not be changed
Ids are permanent. Records keep them.
Never change the id of a row, and never give the id of a row that went to something else.
A new circumstance gets a new row with a new id.
The area's short name and the date of the national part stay as they are.
The national overrides, duties and times hold in every area and are not edited here.
The last sheet lists them for reading.

What to take care of
A number is stated only when your own document gives it and nothing newer disputes it.
Otherwise it is unconfirmed, and shown as such.
What your document does not state is named in the sheet Not stated. It is never filled in.
Every statement has its source: section, and the line of the document.
Write short sentences in words of your own. Never write anybody's name.
"""


def guide_rows(pack: Pack) -> tuple[tuple[str, ...], ...]:
    """The text, a line a row, and after it the sheets with their help and the codes of each column."""
    rows = [(line,) for line in _TEXT.format(area=pack.area.name).splitlines()]
    rows += [("",), ("Sheets",)]
    rows += [(f"{name}: {help_}",) for name, help_ in ((sheet.name, sheet.help) for sheet in layout.sheets())]
    rows += [("",), ("Codes",)]
    told: dict[tuple[str, ...], str] = {}
    for sheet in layout.sheets():
        for column in sheet.columns:
            if column.codes:
                told.setdefault(column.codes, column.heading)
    rows += [(f"{heading}: {', '.join(codes)}",) for codes, heading in told.items()]
    return tuple(rows)
