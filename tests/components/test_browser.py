"""The page of components in a real browser, under the production policy: axe, widths, scripts, the landing of links."""

from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from csp.utils import build_policy
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

from govuk.demonstration import DemonstrationForm, wrong_answers
from govuk.demonstration_parts import parts

pytestmark = pytest.mark.browser


class Handler(SimpleHTTPRequestHandler):
    """The page at /, with `?state=errors`; our static files; nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, directory=str(Path(settings.ROOT)), **kwargs)

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            return super().do_GET()
        form = DemonstrationForm(wrong_answers()) if "errors" in self.path else DemonstrationForm()
        # Seconds until the session ends; the account's page, which lengthens it, is any other page here.
        ends_in = {"/?session=ending": 120, "/?session=ended": -1, "/account/": 1800}.get(self.path)
        context = {"form": form, "demo": True, "request": SimpleNamespace(session_ends_in=ends_in), **parts()}
        body = render_to_string("components/components.html", context).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", build_policy())
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    faults: list[str] = []
    page.on("console", lambda line: faults.append(line.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.close()
    assert faults == []


@pytest.mark.parametrize("path", ["/", "/?state=errors"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    page: Page, address: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address + path)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_summary_takes_the_focus_and_its_links_land(page: Page, address: str) -> None:
    page.goto(f"{address}/?state=errors")
    assert page.evaluate("document.activeElement.className") == "govuk-error-summary"
    links = page.locator(".govuk-error-summary a")
    for number in range(links.count()):
        target = (links.nth(number).get_attribute("href") or "")[1:]
        links.nth(number).click()
        assert page.evaluate("document.activeElement.id") == target
        assert page.locator(f"#{target}").is_visible()


def test_a_choice_reveals_and_none_of_these_unticks_the_others(page: Page, address: str) -> None:
    page.goto(address)
    assert page.locator("#id_seen_by").is_hidden()
    page.get_by_label("Yes", exact=True).first.check()
    assert page.locator("#id_seen_by").is_visible()
    page.get_by_label("An injury").check()
    page.get_by_label("None of these").check()
    assert not page.get_by_label("An injury").is_checked()


def test_a_password_can_be_shown_and_characters_are_counted(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Show password").click()
    assert page.locator("#id_password").get_attribute("type") == "text"
    page.locator("#id_worry").fill("x" * 3990)
    page.get_by_text("You have 10 characters remaining").first.wait_for()


def test_without_script_everything_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#id_seen_by").is_visible()
    assert page.get_by_role("button", name="Show password").count() == 0
    assert page.get_by_text("You can enter up to 4000 characters").is_visible()
    context.close()


def test_the_end_of_a_session_is_told_beside_the_question_and_can_be_put_off(page: Page, address: str) -> None:
    page.goto(f"{address}/?session=ending")
    page.get_by_text("You will be signed out at").wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Stay signed in").click()
    page.get_by_text("You will be signed out at").wait_for(state="detached")


def test_an_answer_without_a_session_says_that_it_has_ended(page: Page, address: str) -> None:
    page.goto(f"{address}/?session=ending")
    page.route("**/account/", lambda route: route.fulfill(status=200, body=""))
    page.get_by_role("button", name="Stay signed in").click()
    page.get_by_text("You have been signed out").wait_for()


def test_a_session_that_has_ended_says_what_becomes_of_the_answers(page: Page, address: str) -> None:
    page.goto(f"{address}/?session=ended")
    page.get_by_text("What you typed is kept").wait_for()
    assert page.get_by_role("button", name="Stay signed in").count() == 0
    page.goto(address)
    assert page.locator(".app-session").count() == 0
