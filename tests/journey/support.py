"""Somebody at a browser without scripts: every form is posted as the page gives it, changed as a person changes it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from lxml import html

from accounts.domain.roles import Role
from accounts.models import Agency, FrontDoorTeam, Person
from audit.domain.actor import Actor
from referrals.record.models import Child, Referral
from tests.desks import source_of
from tests.factories import AREA, AgencyFactory, FrontDoorTeamFactory, person_with
from tests.packs import shipped
from tests.record.support import NOW
from thresholds.actions import publish


def fields_of(page: str) -> dict[str, list[str]]:
    """What a browser would post of the last form in `main`, the button left out."""
    return forms_of(page)[-1]


def forms_of(page: str) -> list[dict[str, list[str]]]:
    """What a browser would post of each form in `main`, the buttons left out."""
    return [_fields(form) for form in html.fromstring(page).xpath("//main//form")]


def _fields(form: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in form.xpath(".//input | .//textarea | .//select"):
        name, kind = element.get("name"), element.get("type")
        if not name or (kind in {"radio", "checkbox"} and element.get("checked") is None):
            continue
        value = element.text_content() if element.tag == "textarea" else element.get("value", "")
        found.setdefault(name, []).append(value.removeprefix("\n"))
    return found


def text_of(page: str) -> str:
    """The words of `main`, white space made single."""
    return " ".join(html.fromstring(page).xpath("//main")[0].text_content().split())


def errors_of(page: str) -> list[str]:
    """The lines of the error summary."""
    return [
        item.text_content().strip()
        for item in html.fromstring(page).xpath("//*[contains(@class, 'govuk-error-summary__list')]//li")
    ]


def publish_area(area: str) -> None:
    """Publish the pack of an area as it ships."""
    publish(pack=shipped(area), by=Actor.system("tests"), now=NOW)


@dataclass
class School:
    """A school with a desk in Telford & Wrekin, and the front door's team."""

    agency: Agency = field(default_factory=AgencyFactory.create)
    team: FrontDoorTeam = field(init=False)
    teacher: Person = field(init=False)
    dsl: Person = field(init=False)
    decider: Person = field(init=False)

    def __post_init__(self) -> None:
        self.teacher = person_with(Role.PRACTITIONER, agency=self.agency, full_name="Asha Pryor")
        self.dsl = person_with(Role.DSL, agency=self.agency, full_name="Ted Marlow")
        self.team = FrontDoorTeamFactory.create(front_door="family-connect", area=AREA)
        self.decider = person_with(Role.SOCIAL_WORKER, team=self.team)
        Authenticator.objects.create(user=self.decider, type=Authenticator.Type.TOTP, data={"secret": "unused"})


class Writer:
    """A practitioner who writes one referral."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.client = Client()
        self.client.force_login(person)
        self.page = ""
        self.url = ""

    @property
    def referral(self) -> Referral:
        """The referral that this person began last."""
        return Referral.objects.filter(author=self.person).latest("created_at")

    @property
    def child(self) -> Child:
        """Its first child."""
        return self.referral.children.all()[0]

    def get(self, url: str) -> str:
        """Open a page, following redirects; return it."""
        answer = self.client.get(url, follow=True)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        self.page = source_of(answer)
        return self.page

    def post(self, url: str, data: dict[str, Any], status: int = 200) -> str:
        """Post to an address, following redirects; return the page."""
        answer = self.client.post(url, data, follow=True)
        assert answer.status_code == status, f"{url}: {answer.status_code}"
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else url
        self.page = source_of(answer)
        return self.page

    def begin(self, kind: str = "marf", **given: str) -> "Writer":
        """Begin a referral of this kind."""
        self.post(reverse("journey:begin"), {"kind": kind, **given})
        return self

    def begin_calmly(self, kind: str = "marf") -> "Writer":
        """Answer that nobody is in danger and that it can wait, then choose the form."""
        self.get("/start/")
        self.post("/start/", {"danger": "no", "cannot_wait": "no"})
        chosen = next(form for form in forms_of(self.page) if form["kind"] == [kind])
        self.post(reverse("journey:begin"), chosen)
        return self

    def add_child(self, **answers: Any) -> "Writer":
        """Add a child and fill in the page about them."""
        self.post(reverse("journey:add_child", args=[self.referral.pk]), {})
        about = {"unborn": "no", "given_names": "Robin", "family_name": "Vale", "born_year": "2019", "sex": "not_known"}
        return self.send(**{**about, **answers})

    def url_of(self, page: str, person_id: UUID | None = None) -> str:
        """The address of a page of the draft."""
        if person_id is None:
            return reverse("journey:page", args=[self.referral.pk, page])
        return reverse("journey:person_page", args=[self.referral.pk, page, person_id])

    def open(self, page: str, person_id: UUID | None = None) -> "Writer":
        """Open a page of the draft."""
        self.get(self.url_of(page, person_id))
        return self

    def send(self, button: str = "continue", **answers: Any) -> "Writer":
        """Change some answers on the page that is open and press a button."""
        shown = fields_of(self.page)
        self.post(self.url, {**shown, **answers, "do": button})
        return self

    def fill(self, page: str, person_id: UUID | None = None, **answers: Any) -> "Writer":
        """Open a page, answer, continue."""
        return self.open(page, person_id).send(**answers)

    def press_send(self) -> str:
        """Check the answers and press the button that sends."""
        self.get(reverse("journey:check", args=[self.referral.pk]))
        return self.post(reverse("journey:send", args=[self.referral.pk]), fields_of(self.page))


def home(**changed: Any) -> dict[str, Any]:
    """Answers of the page about a child's home."""
    return {
        "address": "1 Mill Lane",
        "postcode": "TF1 1AA",
        "home_area": AREA,
        "where_now": "At school, with me",
        "found_area": AREA,
        "safe_tonight": "not_known",
        **changed,
    }
