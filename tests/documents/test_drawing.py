"""Lists of rows as tables, and the body in words and as a drawing."""

from referrals.documents.presenters.blocks import Drawing, Table
from referrals.documents.presenters.copy import WORRY
from tests.documents.support import copied
from tests.documents.test_presenting import part, points


def test_rows_stand_in_a_table_by_the_day_they_happened(content):
    blocks = part(copied(content), WORRY, "What happened when").blocks
    table = next(block for block in blocks if isinstance(block, Table))
    assert table.columns == (
        "Date of the event",
        "What happened?",
        "Who saw it or said it?",
        "Date when it was recorded",
    )
    assert table.rows == (
        ("2025", "Moved in with Dale Orme.", "Her grandmother", ""),
        ("14 September 2026", "Came without shoes.", "", "15 September 2026"),
    )


def test_the_body_is_told_in_words_and_drawn_with_the_same_numbers(content):
    blocks = part(copied(content), "Child 1: Mina Harrow", "Mina Harrow: injuries or marks").blocks
    told = points(blocks, "Where on the body?")
    assert told == {
        "1. Left forearm": ("A straight bruise, about 8 cm, purple.",),
        "2. Right calf": ("Three round marks, brown.",),
    }
    drawing = next(block for block in blocks if isinstance(block, Drawing))
    assert [figure.says for figure in drawing.figures] == [
        "Front of the body, marked at 1: Left forearm",
        "Back of the body, marked at 2: Right calf",
    ]
    assert [sorted({mark.number for mark in figure.marks}) for figure in drawing.figures] == [[0, 1], [0, 2]]
