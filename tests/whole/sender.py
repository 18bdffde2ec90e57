"""Somebody who sends referrals over plain HTTP, many in a row: the forms are posted as the pages give them."""

import re
import urllib.request
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urljoin

from lxml import html

from tests.stack import Stack

AREA = "telford-and-wrekin"
REFERENCE = re.compile(r"\bSR-[0-9A-Z]{4}-[0-9A-Z]{4}\b")


class Sender:
    """A demo person of a running system, signed in. `page` is the page that stands open, `url` its address."""

    def __init__(self, stack: Stack, person: str) -> None:
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.url, self.page = stack.address, ""
        known = stack.people[person]
        self.open("/sign-in/")
        self.post(login=known["email"], password=known["password"])
        assert "Sign out" in self.page, self.page

    def open(self, path: str, data: bytes | None = None) -> None:
        """Open an address, following redirects; with `data`, post it. An error status raises HTTPError."""
        with self.opener.open(urljoin(self.url, path), data, timeout=60) as answer:
            self.url, self.page = answer.url, answer.read().decode()

    def post(self, form: int = -1, **answers: str) -> None:
        """Answer some questions of a form of the page, the last one if not told, and press its button."""
        shown: Any = html.fromstring(self.page, base_url=self.url).xpath("//main//form")[form]
        fields = [(name, value) for name, value in shown.form_values() if name not in answers]
        data = urlencode([*fields, *answers.items(), ("do", "continue")]).encode()
        self.open(shown.get("action") or self.url, data)
        assert "govuk-error-summary" not in self.page, self.page

    def write(self, worry: str) -> None:
        """Write the first facts about one child, up to the page with the button that sends."""
        self.open("/start/")
        self.post(danger="now", cannot_wait="yes")
        self.post(form=0)
        self.post(rang="no")
        self.post(form=0)
        self.post(unborn="no", given_names="Robin", family_name="Vale", born_year="2019", harm="yes",
                  where_now="At school, with me", home_area=AREA, found_area=AREA, safe_tonight="no")  # fmt: skip
        self.post(children_complete="yes")
        self.post(worry=worry, family_told="no")
        self.post(about_desk="no")

    def press_send(self) -> str:
        """Press the button that sends; return the reference on the confirmation."""
        self.post()
        found = REFERENCE.search(self.page)
        assert "Referral sent" in self.page, self.page
        assert found is not None
        return found[0]
