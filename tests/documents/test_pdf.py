"""The PDF itself: tagged, the same each time, marked on every page, complete, and with nothing in it but text."""

import hashlib
import os
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from referrals.documents.render import RefusingFetcher, html_of, pdf_of
from tests.documents.support import EMOJI, LONG, MARKUP, copied, digest_of, frozen, lines_of, read, words_in

PROJECT = Path(__file__).resolve().parents[2]


def tags(node, found=None):
    """Every structure type below a node of the tag tree, in order."""
    found = [] if found is None else found
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            tags(one, found)
    elif isinstance(node, dict):
        if "/S" in node:
            found.append(str(node["/S"]))
        if "/K" in node:
            tags(node["/K"], found)
    return found


def fonts_of(reader):
    """Every font of every page."""
    return [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].get_object().values()]


def pages(reader):
    return [page.extract_text() for page in reader.pages]


def test_it_is_tagged_and_says_its_language_and_title(reader):
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Multi-agency referral SR-7K3M-Q2PD"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_headings_tables_and_lists_are_tagged_as_such(reader, content):
    found = tags(reader.trailer["/Root"]["/StructTreeRoot"])
    assert found.count("/H1") == 1
    assert found.count("/H2") == len(copied(content).sections)
    assert found.count("/H3") > 20
    assert {"/Table", "/TR", "/TH", "/TD", "/L", "/LI", "/P"} <= set(found)


def test_headings_are_bookmarks(reader):
    outline = reader.outline
    assert outline[0].title == "Multi-agency referral"
    assert "Child 1: Mina Harrow" in [one.title for one in outline[1] if not isinstance(one, list)]


def test_every_page_is_marked_and_numbered(reader, content):
    texts = pages(reader)
    assert len(texts) > 10
    for number, text in enumerate(texts, start=1):
        assert "OFFICIAL-SENSITIVE" in text
        assert "SR-7K3M-Q2PD" in text
        assert f"Page {number} of {len(texts)}" in text
        assert digest_of(content) in text
        assert "Telford & Wrekin 2026-09-01 revision 1" in text


def test_no_name_stands_in_what_a_viewer_or_a_list_of_files_shows(drawn, reader):
    assert "Mina" not in str(reader.metadata)
    assert b"Harrow" not in reader.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_every_answer_is_in_the_text(reader, content):
    body = words_in(" ".join(without_margins(text) for text in pages(reader)))
    for place in ("pages", "children", "household"):
        for one in content[place]:
            for page in [one] if place == "pages" else one["pages"]:
                for question in page["questions"]:
                    assert words_in(question["label"]) in body
                    if question["kind"] != "descriptors" and question["key"] != "view":
                        assert all(words_in(line) in body for line in lines_of(question))


def without_margins(text):
    """The text of a page without its head and foot, which stand between two halves of a paragraph."""
    marks = ("OFFICIAL-SENSITIVE", "SR-7K3M-Q2PD", "Submission SHA-256", "Thresholds: ", "Page ")
    return "\n".join(line for line in text.split("\n") if not line.startswith(marks))


def test_a_long_text_goes_over_several_pages(reader):
    texts = pages(reader)
    first = next(number for number, text in enumerate(texts) if "Paragraph 1." in text)
    last = next(number for number, text in enumerate(texts) if "Paragraph 60." in text)
    assert last - first >= 3
    assert words_in(LONG) in words_in(" ".join(without_margins(text) for text in texts))


def test_other_scripts_are_kept(reader):
    text = words_in(" ".join(pages(reader)))
    assert words_in(EMOJI) in text
    for word in ("הביתה", "المنزل"):
        # Viewers put right-to-left words into reading order; pypdf gives them as they are drawn.
        assert word in text or word[::-1] in text


def drawn_with(words: str):
    """A copy in which somebody wrote these words."""
    content = frozen()
    question = next(one for page in content["pages"] for one in page["questions"] if one["key"] == "worried")
    question["reads"] = words
    return read(pdf_of(copied(content)))


def test_emoji_are_drawn_and_their_text_kept():
    emoji = ["🏠", "🥺", "🫂", "👩‍👧", "👍🏽", "❤️", "🇬🇧", "1️⃣"]
    found = drawn_with("\n".join(f"Home is {one} she says." for one in emoji))
    text = " ".join(" ".join(pages(found)).split())
    drawn = [font["/ToUnicode"].get_object().get_data() for font in fonts_of(found) if "Emoji" in font["/BaseFont"]]
    for one in emoji:
        assert f"Home is {one} she says." in text
        # The font of the emoji says that what it drew stands for this one.
        assert any(one.encode("utf-16-be").hex().encode() in codes.lower() for codes in drawn), one


def test_a_character_that_no_font_has_is_still_in_the_text():
    unknown = "\U000121f4"
    codes = unknown.encode("utf-16-be").hex().encode()
    assert any(codes in font["/ToUnicode"].get_object().get_data() for font in fonts_of(drawn_with(f"A {unknown}")))


def test_nothing_of_what_was_written_is_markup(reader, content):
    assert words_in(MARKUP) in words_in(" ".join(pages(reader)))
    html = html_of(copied(content))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html
    assert not any("/Annots" in page for page in reader.pages)
    assert "/JavaScript" not in str(reader.trailer["/Root"])


def test_the_font_is_embedded_in_part(reader):
    fonts = {str(font["/BaseFont"]) for font in fonts_of(reader)}
    assert fonts
    assert all("+" in name for name in fonts)
    assert any("DejaVu" in name for name in fonts)


def test_the_same_submission_gives_the_same_bytes(drawn, content):
    assert pdf_of(copied(deepcopy(content))) == drawn


@pytest.mark.long
@pytest.mark.parametrize("seed", ["1", "2"])
def test_also_in_another_process(drawn, seed):
    script = (
        "import django, hashlib; django.setup();"
        "from tests.documents.support import copied, frozen; from referrals.documents.render import pdf_of;"
        "print(hashlib.sha256(pdf_of(copied(frozen()))).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=PROJECT,
        env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Pacific/Auckland"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(drawn).hexdigest()


def test_other_words_give_other_bytes(drawn):
    content = frozen()
    content["pages"][0]["questions"][0]["reads"] += "."
    assert pdf_of(copied(content)) != drawn


@pytest.mark.parametrize(
    "address",
    ["http://attacker.example/x.png", "https://attacker.example/", "file:///etc/passwd", "data:text/plain,x", "x.png"],
)
def test_nothing_is_fetched(address):
    html = HTML(string=f'<img src="{address}">', base_url="file:///", url_fetcher=RefusingFetcher())
    with pytest.raises(FatalURLFetchingError):
        html.write_pdf()


@pytest.mark.long
@pytest.mark.parametrize(
    "odd",
    [
        "x" * 20_000,
        "\u202eright to left override\u202c",
        "\x0b\x0c\x1b control \ufffe\uffff",
        "e\u0301" * 500,
        "\U0010ffff\ue000",
        "\n" * 3000 + "last",
    ],
    ids=["unbroken", "override", "control", "combining", "private", "empty lines"],
)
def test_odd_text_does_not_break_it(odd):
    content = frozen()
    question = next(one for page in content["pages"] for one in page["questions"] if one["key"] == "worried")
    question["reads"] = question["answer"] = odd
    assert read(pdf_of(copied(content))).pages
