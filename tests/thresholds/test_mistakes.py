"""Mistakes of a spreadsheet: all at once, so that a file is mended once, and each only once."""

from tests.thresholds.books import EASTER, TELFORD, bent, cell_at, said, saved, workbook


def test_mistakes_of_every_sort_are_told_at_once_in_the_order_of_the_file():
    """Whoever mends a file mends it once: an empty cell hides no unknown level, and no number that can't be."""
    book = workbook(TELFORD)
    cell_at(book, "Descriptors", "Id", row=3).value = None
    cell_at(book, "Descriptors", "Level", row=3).value = "Acute"
    cell_at(book, "Descriptors", "Source: lines", row=4).value = "3 to 4"
    cell_at(book, "Descriptors", "Domain", row=5).value = "no-domain"
    cell_at(book, "Levels", "Name", row=4).value = "=1+1"
    cell_at(book, "Numbers", "Number", row=3).value = "0300"
    found = said(saved(book))
    assert [mistake.removeprefix("pack.xlsx: sheet ").partition(":")[0] for mistake in found] == [
        "“Levels”, row 4, column “Name”",
        "“Descriptors”, row 3, column “Id”",
        "“Descriptors”, row 3, column “Level”",
        "“Descriptors”, row 4, column “Source",
        "“Descriptors”, row 5, column “Domain”",
        "“Numbers”, row 3, column “Number”",
    ]
    assert found[2].endswith("“Acute” is not the id of a level. Write one of: universal, vulnerable, complex, acute")


def test_a_cell_that_cannot_be_read_brings_no_second_mistake_for_its_row():
    assert len(bent("Numbers", "Front door", "nowhere", pack=TELFORD)) == 1
    assert len(bent("Levels", "Source: lines", EASTER, pack=TELFORD)) == 1
    assert len(bent("The pack", "Value", None, row=4, pack=TELFORD)) == 1
