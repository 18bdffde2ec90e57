"""The page around the content: help on every page, title, messages, sign-out, nothing inline."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string
from lxml import html

from config.navigation import NavigationItem
from tests.components.markup import parsed
from thresholds.domain.help_now import AreaLines, HelpLine, HelpNow

PAGE = Template(
    '{% extends "base.html" %}{% block title %}A page{% endblock %}{% block content %}<h1>A page</h1>{% endblock %}'
)


def page(**context: Any) -> Any:
    """The page as a tree."""
    return html.document_fromstring(PAGE.render(Context({"service_name": "Safeguarding referrals", **context})))


def area(number: str | None = "01632 960123", *, confirmed: bool = True, note: str = "") -> AreaLines:
    line = HelpLine("Family Connect", number, confirmed, "Monday to Friday, 9am to 5pm", "")
    return AreaLines("telford", "Telford & Wrekin", "your agency's area", line, (), False, note)


def words(tree: Any) -> str:
    return re.sub(r"\s+", " ", tree.text_content())


def strip(tree: Any) -> Any:
    (found,) = tree.xpath("//section[@aria-label='Help now']")
    return found


def test_999_and_the_numbers_page_stand_without_any_context() -> None:
    tree = html.document_fromstring(PAGE.render(Context()))
    assert "A child in immediate danger: call 999" in words(strip(tree))
    assert strip(tree).xpath(".//a/@href") == ["tel:999", "/numbers/"]
    assert tree.xpath("//footer//a/@href") == ["tel:999", "/numbers/"]


def test_the_areas_number_stands_in_strip_and_footer_under_its_name() -> None:
    tree = page(help_now=HelpNow(area(note="A form alone reaches nobody until morning."), ()))
    said = words(strip(tree))
    assert "Telford & Wrekin (your agency's area). Worried about a child? Ring Family Connect 01632 960123" in said
    assert "A form alone reaches nobody until morning." in said
    assert "not confirmed" not in said
    assert tree.xpath("//footer//a/@href") == ["tel:999", "tel:01632960123", "/numbers/"]


def test_a_number_nobody_confirmed_says_so_wherever_it_stands() -> None:
    tree = page(help_now=HelpNow(area(confirmed=False), ()))
    assert "(number not confirmed)" in words(strip(tree))
    assert "(number not confirmed)" in words(tree.xpath("//footer")[0])


def test_a_number_that_no_document_states_is_not_made_up() -> None:
    tree = page(help_now=HelpNow(area(None), ()))
    said = words(strip(tree))
    assert "The partnership states no number for this hour. If a child may be at risk now, call 999." in said
    assert set(strip(tree).xpath(".//a/@href")) == {"tel:999", "/numbers/"}


def test_signed_out_every_areas_number_stands_behind_one_press() -> None:
    other = AreaLines("bury", "Bury", "", None, (), None, "")
    tree = page(help_now=HelpNow(None, (other, area())))
    (details,) = strip(tree).xpath(".//details")
    assert [item.strip() for item in details.xpath(".//span[@class='app-help__area']/text()")] == [
        "Bury.",
        "Telford & Wrekin (your agency's area).",
    ]
    assert "tel:01632960123" in details.xpath(".//a/@href")


def test_a_demonstration_says_that_it_reaches_nobody() -> None:
    assert "Nothing you send reaches anybody." in words(page(demo=True))
    assert "Nothing you send" not in words(page(demo=False))


def test_the_person_signs_out_by_a_form_and_finds_their_account() -> None:
    user = SimpleNamespace(is_authenticated=True, full_name="Amara <b>Okonkwo</b>")
    entries = [NavigationItem("Home", "/", current=True), NavigationItem("People", "/people/", current=False)]
    tree = page(request=SimpleNamespace(user=user), navigation=entries, csrf_token="token")
    (form,) = tree.xpath("//header//form")
    assert form.get("method") == "post"
    assert form.xpath(".//input[@name='csrfmiddlewaretoken']/@value") == ["token"]
    assert "Amara <b>Okonkwo</b>" in words(tree)
    assert tree.xpath("//nav//a[@aria-current='page']/@href") == ["/"]
    assert not page().xpath("//header//form | //nav")


def test_the_title_begins_with_error_when_a_form_has_one() -> None:
    class One(forms.Form):
        name = forms.CharField()

    assert page(form=One({})).xpath("//title/text()") == ["Error: A page: Safeguarding referrals"]
    tree = page(form=One())
    assert tree.xpath("//title/text()") == ["A page: Safeguarding referrals"]
    assert not tree.xpath("//div[contains(@class, 'govuk-error-summary')]")


def test_messages_are_banners_with_ids_of_their_own() -> None:
    several = [Message(constants.SUCCESS, "Sent <b>"), Message(constants.WARNING, "Two came back")]
    tree = page(messages=several)
    assert tree.xpath("//main//*[@role='alert']//p/text()") == ["Sent <b>"]
    assert tree.xpath("//main//*[@role='region']//p/text()") == ["Two came back"]
    labels = tree.xpath("//main//@aria-labelledby")
    assert len(set(labels)) == 2
    assert set(labels) <= set(tree.xpath("//@id"))


@pytest.mark.parametrize(
    "path", sorted((Path(settings.ROOT) / "templates").rglob("*.html")), ids=lambda path: path.name
)
def test_no_template_holds_inline_script_or_style_or_switches_escaping_off(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)|javascript:", source)
    assert not re.search(r"\|\s*safe\b|autoescape\s+off|mark_safe", source)


@pytest.mark.parametrize(
    ("written", "link"),
    [
        ("01632 960123", "tel:01632960123"),
        ("+44 (0)1632 960 123", "tel:+441632960123"),
        ("01632 960123 ext 12", "tel:01632960123"),
        ("999", "tel:999"),
    ],
)
def test_a_number_is_dialled_without_what_is_for_the_eye(written: str, link: str) -> None:
    tree = parsed(Template("{{ number|tel }}").render(Context({"number": written})))
    assert tree.xpath("//a/@href") == [link]
    assert tree.text_content() == written


def test_error_pages_stand_alone() -> None:
    for name in ("400", "403", "404", "500"):
        assert "call 999" in words(parsed(render_to_string(f"errors/{name}.html")))
