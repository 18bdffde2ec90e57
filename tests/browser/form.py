"""The full form in a browser, page by page: what the tests of it answer, and how they get about."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from tests.browser.conftest import KEYS, Visitor
from tests.browser.test_main_job import AREA, answer, go_on


def path_of(visitor: Visitor) -> str:
    """The path of the page that stands open."""
    return urlsplit(visitor.page.url).path


def begin(visitor: Visitor, *, danger: str, assessment: bool = False) -> str:
    """Start the full form, or an assessment, from the first question; return the address of the referral."""
    visitor.go("/start/")
    answer(visitor, danger=danger, cannot_wait="no").press("Continue")
    if danger != "no":
        visitor.sees("Ring first, then write").press("Write the full referral")
    else:
        visitor.sees("Which form?").press("Write an assessment with the family" if assessment else "Write a referral")
    found = re.fullmatch(r"(/r/[0-9a-f-]+/)tasks/", path_of(visitor))
    assert found is not None, visitor.page.url
    return found[1]


def add(visitor: Visitor, listing: str, who: str) -> str:
    """Add a child or a member on the page that lists them; return the id, their page standing open."""
    if path_of(visitor) != listing:
        visitor.go(listing)
    visitor.touch(visitor.page.locator(f"main form[action*='add-{who}'] button")).check()
    return path_of(visitor).rstrip("/").rpartition("/")[2]


def open_page(visitor: Visitor, path: str) -> None:
    """Open a page of a draft: without a mouse from the task list, as far as that leads to it."""
    if visitor.way == KEYS:
        # The task list itself was checked before: here it is only passed through.
        visitor.page.goto(f"{visitor.stack.address}{path.partition('/page/')[0]}/tasks/")
        link = visitor.page.locator(f"main a[href='{path}']")
        if link.count():
            visitor.touch(link.first).check()
            return
    visitor.go(path)


def fill(visitor: Visitor, path: str, **answers: str | list[str]) -> Visitor:
    """Open a page unless it stands open, answer and go on. What an answer opens is answered once the page asks it."""
    if path_of(visitor) != path:
        open_page(visitor, path)
    left = dict(answers)
    while left:
        asked = {name: left[name] for name in left if visitor.page.locator(f"main [name='{name}']").count()}
        assert path_of(visitor) == path, f"{visitor.page.url} is open, and {path} never asked {sorted(left)}"
        assert asked, f"{path} does not ask {sorted(left)}"
        go_on(visitor, **asked)
        left = {name: value for name, value in left.items() if name not in asked}
    return visitor


def born_child(visitor: Visitor, address: str, *, safe_tonight: str) -> str:
    """Add a child of school age, with the pages about them; return the id."""
    child = add(visitor, f"{address}page/children/", "child")
    names = {"given_names": "Robin", "family_name": "Vale", "born_year": "2019", "sex": "not_known"}
    fill(visitor, f"{address}page/child-about/{child}/", unborn="no", **names)
    fill(visitor, f"{address}page/child-needs/{child}/", disabled="no", moves_about="yes", interpreter="no")
    home(visitor, address, child, where_now="At school, with me", safe_tonight=safe_tonight)
    fill(visitor, f"{address}page/child-care/{child}/", cared_by="parent")
    fill(visitor, f"{address}page/child-school/{child}/", education="school", school="Ironbridge Road School")
    fill(visitor, f"{address}page/child-services/{child}/", open_case="no")
    return child


def unborn_child(visitor: Visitor, address: str) -> str:
    """Add a child who is expected in three months, with the pages about them; return the id."""
    child = add(visitor, f"{address}page/children/", "child")
    due = timezone.now() + timedelta(days=90)
    expected = {"expected_month": str(due.month), "expected_year": str(due.year)}
    names = {"given_names_not_known": "on", "family_name": "Vale", "sex": "not_known"}
    fill(visitor, f"{address}page/child-about/{child}/", unborn="yes", **names, **expected)
    home(visitor, address, child, where_now="Not born yet", safe_tonight="not_known")
    fill(visitor, f"{address}page/child-services/{child}/", open_case="no")
    return child


def home(visitor: Visitor, address: str, child: str, *, where_now: str, safe_tonight: str) -> None:
    """Answer the page about a child's home."""
    fill(
        visitor,
        f"{address}page/child-home/{child}/",
        address="1 Mill Lane",
        postcode="TF1 1AA",
        home_area=AREA,
        where_now=where_now,
        found_area=AREA,
        safe_tonight=safe_tonight,
    )


def sibling(visitor: Visitor, address: str, given_names: str) -> str:
    """Add a brother or sister of whom no more is known than who and where; return the id."""
    child = add(visitor, f"{address}page/children/", "child")
    names = {"given_names": given_names, "family_name": "Vale", "about_age": "about 3 years old"}
    fill(visitor, f"{address}page/child-about/{child}/", unborn="no", born_not_known="on", sex="female", **names)
    home(visitor, address, child, where_now="At home", safe_tonight="not_known")
    return child


def mother(visitor: Visitor, address: str) -> str:
    """Add the mother to the household; return the id."""
    member = add(visitor, f"{address}page/household/", "member")
    about = {"full_name": "Kim Vale", "relationship": "mother", "parental_responsibility": "yes", "in_home": "yes"}
    fill(visitor, f"{address}page/member-about/{member}/", **about)
    fill(visitor, f"{address}page/household/", household_complete="yes")
    return member
