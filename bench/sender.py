"""Somebody who sends referrals over plain HTTP, many in a row: forms are posted as the pages give them."""

import re
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit

from lxml import html

from tests.stack import Stack

AREA = "telford-and-wrekin"
REFERENCE = re.compile(r"\bSR-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
HOME = {"home_area": AREA, "found_area": AREA, "where_now": "At school, with me"}
# A press is repeated for so long. It bounds a run that hangs, and measures nothing.
PATIENCE = 600.0

Answers = Mapping[str, str | list[str]]


class Unreachable(Exception):
    """No answer, or an error page of the server's: nobody knows whether it was done. `page` is what was shown."""

    def __init__(self, why: str, page: str = "") -> None:
        super().__init__(why)
        self.page = page


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: where it is posted to, and what stands in it."""

    action: str
    fields: list[tuple[str, str]]


class Sender:
    """A demo person of a running system. `page` is the page that stands open, `url` its address.

    `faults` are the error pages that they were shown, by status; 0 is no answer at all.
    """

    def __init__(self, stack: Stack, person: str) -> None:
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.stack, self.person = stack, person
        self.url, self.page = stack.address, ""
        self.faults: list[tuple[int, str]] = []
        known = stack.people[person]
        self._credentials = {"login": known["email"], "password": known["password"]}

    def sign_in(self) -> None:
        """Sign in with e-mail, password and, where it is asked, the code that their app shows."""
        self.open("/sign-in/")
        self.press(self.form(), self._credentials)
        if 'name="code"' in self.page:
            code = self.stack.manage("demo_code", self.person).split()[0]
            self.press(self.form(), {"code": code})
        assert "Sign out" in self.page, self.page

    @property
    def cookies(self) -> str:
        """The cookies as a browser sends them."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)

    @property
    def references(self) -> set[str]:
        """The references that the page shows."""
        return set(REFERENCE.findall(self.page))

    def open(self, path: str, data: bytes | None = None) -> None:
        """Open an address, following redirects; with `data`, post it. Unreachable when the server is, or breaks."""
        try:
            with self.opener.open(urljoin(self.url, path), data, timeout=60) as answer:
                self.url, self.page = answer.url, answer.read().decode()
        except HTTPError as error:
            shown = error.read().decode()
            if error.code < 500:
                raise AssertionError(f"{error.code} {error.url}\n{shown}") from error
            self.faults.append((error.code, shown))
            raise Unreachable(str(error.code), shown) from error
        except (OSError, HTTPException) as error:
            self.faults.append((0, ""))
            raise Unreachable(type(error).__name__) from error

    def form(self, holding: str = "") -> Form:
        """The page's last form, or the first one whose address holds these words."""
        forms = self._tree().xpath("//main//form")
        shown = next((one for one in forms if holding in (one.get("action") or "")), None) if holding else forms[-1]
        assert shown is not None, self.page
        return Form(urljoin(self.url, shown.get("action") or self.url), shown.form_values())

    def form_with(self, name: str, value: str) -> Form:
        """The page's form in which a field stands at this value."""
        for one in self._tree().xpath("//main//form"):
            if (name, value) in one.form_values():
                return Form(urljoin(self.url, one.get("action") or self.url), one.form_values())
        raise AssertionError(self.page)

    def _tree(self) -> Any:
        return html.fromstring(self.page, base_url=self.url)  # type: ignore[no-untyped-call]

    def press(self, form: Form, answers: Answers | None = None) -> None:
        """Post a form with these answers in place of what stands in it."""
        given = answers or {}
        fields = [(name, value) for name, value in form.fields if name not in given]
        for name, value in given.items():
            fields += [(name, one) for one in (value if isinstance(value, list) else [value])]
        self.open(form.action, urlencode([*fields, ("do", "continue")]).encode())

    def fill(self, path: str = "", **answers: str | list[str]) -> None:
        """Answer a page, the one that stands open unless told. What an answer opens is answered once it is asked."""
        if path and urlsplit(self.url).path != path:
            self.open(path)
        left = dict(answers)
        while left:
            form = self.form()
            names = set(self._tree().xpath("//main//form//@name"))
            asked = {name: left[name] for name in left if name in names}
            assert asked, f"{self.url} does not ask {sorted(left)}"
            self.press(form, asked)
            assert "govuk-error-summary" not in self.page, self.page
            left = {name: value for name, value in left.items() if name not in asked}

    def add(self, listing: str, who: str) -> str:
        """Add a child or a member on the page that lists them; return the id, their page standing open."""
        if urlsplit(self.url).path != listing:
            self.open(listing)
        self.press(self.form(f"add-{who}"))
        return urlsplit(self.url).path.rstrip("/").rpartition("/")[2]

    # Referrals -------------------------------------------------------------------------------------------

    def write_first_facts(self, worry: str) -> Form:
        """Write what must go now about one child; return the form that sends it."""
        self.open("/start/")
        self.fill(danger="now", cannot_wait="yes")
        self.press(self.form("begin"))
        self.fill(rang="no")
        self.press(self.form("add-child"))
        self.fill(
            unborn="no",
            given_names="Robin",
            family_name="Vale",
            born_year="2019",
            harm="yes",
            safe_tonight="no",
            **HOME,
        )
        self.fill(children_complete="yes")
        self.fill(worry=worry, family_told="no")
        self.fill(about_desk="no")
        return self.form("/send/")

    def write_whole_form(self, worry: str, *, urgent: bool) -> Form:
        """Write the whole form about one child and their mother; return the form that sends it.

        An urgent one is about suspected harm; a routine one is agreed to by everybody.
        """
        self.open("/start/")
        self.fill(danger="likely" if urgent else "no", cannot_wait="no")
        # Where a referral is asked to be one, or, without danger, which form it is.
        self.press(self.form() if urgent else self.form_with("kind", "marf"))
        address = urlsplit(self.url).path.removesuffix("tasks/")
        page = f"{address}page/"
        self.fill(f"{page}desk/", about_desk="no")
        child = self.add(f"{page}children/", "child")
        names = {"given_names": "Robin", "family_name": "Vale", "born_year": "2019", "sex": "not_known"}
        self.fill(f"{page}child-about/{child}/", unborn="no", **names)
        self.fill(f"{page}child-needs/{child}/", disabled="no", moves_about="yes", interpreter="no")
        where = {"address": "1 Mill Lane", "postcode": "TF1 1AA", **HOME}
        self.fill(f"{page}child-home/{child}/", safe_tonight="not_known" if urgent else "yes", **where)
        self.fill(f"{page}child-services/{child}/", open_case="no")
        harm = {"harm": "suspected", "harm_what": "Bruises that nobody explains"} if urgent else {"harm": "no"}
        self.fill(f"{page}harm/{child}/", **harm)
        self.fill(f"{page}concern/", what=worry, where="At school", happened_on_not_known="on", source=["saw"])
        self.fill(f"{page}circumstances/{child}/", circumstances=["physical_abuse" if urgent else "none"])
        self.fill(f"{page}child-view/{child}/", view_given="words", view="I am tired")
        self.fill(f"{page}descriptors/{child}/", descriptors_not_known="on")
        self.fill(f"{page}protective/{child}/", protective=["none_found"])
        # At this level Family Connect is the front door with and without harm; below it a routine one goes elsewhere.
        self.fill(f"{page}judged/{child}/", judged_level="complex", judged_because="Needs help")
        member = self.add(f"{page}household/", "member")
        about = {"full_name": "Kim Vale", "relationship": "mother", "parental_responsibility": "yes", "in_home": "yes"}
        self.fill(f"{page}member-about/{member}/", **about)
        agreed = {"said": "given", "said_on_not_known": "on", "words": "It would help"}
        said = {"said": "not_sought"} if urgent else agreed
        self.fill(f"{page}child-sharing/{child}/", **said)
        self.fill(f"{page}member-sharing/{member}/", information_shared="yes", **said)
        if urgent:
            why = {"not_seeking_why": "The mother may leave", "why_without": "To keep the child safe"}
            self.fill(f"{page}without-agreement/", everybody_agrees="no", not_seeking=["risk_to_child"], **why)
        else:
            self.fill(f"{page}without-agreement/", everybody_agrees="yes")
        self.open(f"{address}check/")
        return self.form("/send/")

    def send(self, form: Form) -> str:
        """Press the button that sends, again while nobody can say whether it went; return the reference shown."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.press(form)
                break
            except Unreachable:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
        found = REFERENCE.search(self.page)
        assert "Referral sent" in self.page, self.page
        assert found is not None
        return found[0]
