"""A real headless Chromium on the whole running system. Each page a test visits is checked with axe."""

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Locator, Page

from accounts.demo import BY_SHORT, STEP, secret_of
from tests.browser import keys
from tests.clamd import scanner
from tests.stack import Stack
from tests.support import eventually

# The folder for pictures of the pages, where somebody wants them. They prove nothing, and a browser on a busy machine
# can fail to draw one, so no test is to hang on them.
PICTURES = os.environ.get("PICTURES", "")

# The three ways every journey is made: by eye on a desk, on a phone, and without JavaScript.
WAYS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 320, "height": 640}, "has_touch": True},
    "no script": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
}


# And by somebody who has no mouse: only for the longest journeys, where there is most to get lost in.
KEYS = "keys"
_ALL_WAYS = {**WAYS, KEYS: WAYS["desk"]}

# Every run does what can't wait in each way, and two screeners (test_main_job.py); the rest are long tests.
EVERY_WAY = pytest.mark.parametrize("visitor", list(WAYS), indirect=True)
KEYS_TOO = pytest.mark.parametrize(
    "visitor", [*WAYS, pytest.param(KEYS, marks=pytest.mark.timeout(1800))], indirect=True
)


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The whole system with demo data, for all browser tests of this run."""
    with scanner() as clamd:
        running = Stack(f"stack_browser_{os.getpid()}", more={"VIRUS_SCANNER": clamd.address}).start()
        yield running
        running.stop()


@dataclass
class Visitor:
    """Somebody at a browser. Going somewhere checks the page: accessibility, width, errors on the console."""

    page: Page
    stack: Stack
    way: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> "Visitor":
        """Open a page of the system and check it."""
        answer = self.page.goto(self.stack.address + path)
        assert answer is not None
        assert answer.status < 500, f"{path}: {answer.status}\n{self.stack.log('web')[-3000:]}"
        return self.check()

    def press(self, name: str) -> "Visitor":
        """Press the button of that name, then check the page it leads to."""
        return self.touch(self.page.get_by_role("button", name=name, exact=True).first).check()

    def touch(self, target: Locator) -> "Visitor":
        """Press a button, follow a link, or open what is folded away."""
        keys.press(target) if self.way == KEYS else target.click()
        return self

    def tick(self, target: Locator) -> "Visitor":
        """Choose a radio button, or tick a box."""
        keys.tick(target) if self.way == KEYS else target.check()
        return self

    def write(self, target: Locator, text: str) -> "Visitor":
        """Type into a field, over what stands there."""
        keys.write(target, text) if self.way == KEYS else target.fill(text)
        return self

    def choose(self, target: Locator, value: str) -> "Visitor":
        """Choose in a list."""
        keys.choose(target, value) if self.way == KEYS else target.select_option(value)
        return self

    def follow(self, name: str) -> "Visitor":
        """Follow the link of that name, then check the page it leads to."""
        menu = self.page.get_by_role("button", name="Menu", exact=True)
        if menu.is_visible():
            self.touch(menu)
        return self.touch(self.page.get_by_role("link", name=name, exact=True).first).check()

    def fill(self, label: str, text: str) -> "Visitor":
        """Type into the field of that label."""
        return self.write(self.page.get_by_label(label, exact=True), text)

    def sees(self, text: str | re.Pattern[str]) -> "Visitor":
        """Assert that the page shows the text."""
        self.page.get_by_text(text).filter(visible=True).first.wait_for(timeout=10_000)
        return self

    def check(self) -> "Visitor":
        """No accessibility violation, nothing wider than the screen, 999 in sight, no error on the console."""
        self.page.wait_for_load_state()
        assert "999" in self.page.inner_text("body")
        assert self.page.locator("h1").count() == 1, f"{self.page.url} has not one h1"
        if self.way != "no script":
            found = violations_on(self.page)
            assert found == [], f"{self.page.url}\n{json.dumps(found, indent=1)}"
            wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{self.page.url} is {wide} px wider than the screen"
        assert self.faults == [], f"{self.page.url}: {self.faults}"
        return self

    def picture(self, name: str, *, whole: bool = True) -> "Visitor":
        """Keep a picture of the whole page, or of what is on the screen, for people and for the README, where PICTURES
        names a folder for them."""
        if PICTURES:
            path = Path(PICTURES) / f"{name}-{self.way.replace(' ', '-')}.png"
            self.page.screenshot(path=path, full_page=whole)
        return self

    def sign_in(self, person: str) -> "Visitor":
        """Sign in as a demo person by short name, second factor included."""
        known = self.stack.people[person]
        self.go("/sign-in/")
        self.fill("E-mail address", known["email"]).fill("Password", known["password"]).press("Sign in")
        return self.enter_code(person) if known["second_factor"] else self

    def enter_code(self, person: str) -> "Visitor":
        """Enter a code of this person's app. Each works once; those of the steps before and after are taken too."""
        used = self.stack.used_codes.setdefault(person, set())

        def unused() -> str:
            return next((code for code in codes_of(person) if code not in used), "")

        code = eventually(unused, within=60)
        used.add(code)
        self.write(self.page.locator("input[name=code]"), code)
        self.touch(self.page.locator("main form button").first).check()
        assert self.page.locator("input[name=code]").count() == 0, self.page.inner_text("main")
        return self


def codes_of(person: str) -> list[str]:
    """The codes of a demo person that the system takes now (MFA_TOTP_TOLERANCE), that of this moment first.

    The one before is left out when it is about to run out.
    """
    step, passed = divmod(int(time.time()), STEP)
    steps = [step, step + 1, *([step - 1] if passed < STEP - 10 else [])]
    secret = secret_of(BY_SHORT[person])
    return [format_hotp_value(hotp_value(secret, one)) for one in steps]


def violations_on(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong on a page, by all its rules. What it finds right stays in the browser: it is long."""
    page.evaluate(AXE_SCRIPT)
    told: list[dict[str, Any]] = page.evaluate(
        "axe.run({resultTypes: ['violations']}).then(results => results.violations)"
    )
    return told


def visit(browser: Browser | None, stack: Stack, way: str) -> Visitor:
    """A fresh visitor: no cookies, one of the ways."""
    assert browser is not None  # Playwright's word for "persistent context", which none of ours is
    page = browser.new_context(locale="en-GB", timezone_id="Europe/London", **_ALL_WAYS[way]).new_page()
    if way == KEYS:
        page.add_init_script(keys.NO_MOUSE)
    page.set_default_timeout(15_000)
    visitor = Visitor(page, stack, way)
    page.on("pageerror", lambda error: visitor.faults.append(str(error)))
    page.on("console", lambda line: visitor.faults.append(line.text) if _is_fault(line.type, line.text) else None)
    return visitor


def _is_fault(kind: str, text: str) -> bool:
    # The browser itself reports pages that refuse; tests open those on purpose.
    return kind == "error" and not re.search(r"status of (403|404|409|429)", text)


@pytest.fixture(params=list(WAYS))
def visitor(request: pytest.FixtureRequest, browser: Browser, stack: Stack) -> Iterator[Visitor]:
    """A visitor in each of the three ways."""
    somebody = visit(browser, stack, request.param)
    yield somebody
    somebody.page.context.close()


@pytest.fixture
def desk(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    """A visitor at a desk only, where the way makes no difference."""
    somebody = visit(browser, stack, "desk")
    yield somebody
    somebody.page.context.close()
