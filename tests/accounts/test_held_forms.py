"""What was typed when a session had ended comes back to its author, and to nobody else."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts import actions
from accounts.domain.held_forms import LARGEST, MOST_A_PERSON, Fields, NotKept, keepable
from accounts.domain.roles import Role
from accounts.models import HeldForm
from accounts.tasks import discard_expired
from audit.domain.actor import Actor
from tests.accounts.conftest import code_of, entries, set_up_app, verbs
from tests.factories import PASSWORD, MembershipFactory, person_with

PATH = "/account/agency/"
WORRY = 'He said "I am scared" <b>and</b>\r\ncried.\r\n\r\nالعربية 🙂'
pairs = st.lists(st.tuples(st.sampled_from(["worry", "name", "tags"]), st.text(max_size=50)), min_size=1)


@given(pairs=pairs)
def test_what_is_kept_comes_back_as_it_was(pairs) -> None:
    fields = keepable(pairs)
    assert isinstance(fields, Fields)
    assert Fields.from_json(fields.to_json()).pairs == tuple(pairs)


@pytest.mark.parametrize("name", ["password", "oldpassword", "Password1", "code", "otp_token", "reset-token"])
def test_a_form_with_a_secret_is_not_kept_at_all(name: str) -> None:
    assert keepable([("worry", "x"), (name, "hunter2")]) is NotKept.SECRET


def test_a_postcode_is_no_secret() -> None:
    assert isinstance(keepable([("postcode", "TF1 1AA")]), Fields)


def test_a_form_is_kept_whole_or_not_at_all() -> None:
    assert isinstance(keepable([("a", "x" * (LARGEST - 1))]), Fields)
    assert keepable([("a", "x" * LARGEST)]) is NotKept.TOO_LARGE
    assert keepable([("csrfmiddlewaretoken", "x"), ("held_form", "y")]) is NotKept.EMPTY


@pytest.fixture
def person():
    return person_with(Role.PRACTITIONER)


def too_late(client: Client, moving, person, data, **extra):
    """Sign in, wait, send; return the response."""
    client.force_login(person)
    moving.forward(minutes=31)
    return client.post(PATH, data, **extra)


def sign_in(client: Client, person):
    return client.post("/sign-in/", {"login": person.email, "password": PASSWORD})


def hidden_fields(page: str) -> list[tuple[str, str]]:
    form = re.search(rf'<form method="post" action="{PATH}[^"]*" novalidate>(.*?)</form>', page, re.DOTALL)
    assert form is not None
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form[1])
    return [(unescape(name), unescape(value)) for name, value in found]


@pytest.mark.django_db
class TestThroughThePages:
    @pytest.mark.parametrize(
        "behind",
        [
            {"method": "GET", "path": "/account/", "headers": {"x-requested-with": "fetch"}},
            {"method": "GET", "path": "/numbers/", "headers": {"x-requested-with": "fetch"}},
            {"method": "POST", "path": PATH, "data": '{"worry": "x"}', "content_type": "application/json"},
        ],
    )
    def test_what_a_script_asks_behind_the_page_takes_the_form_from_nobody(
        self, client, moving, person, behind
    ) -> None:
        """The words typed after the end were lost where the keeping of what is typed came before the button."""
        client.force_login(person)
        moving.forward(minutes=31)
        answer = client.generic(**behind)
        assert person.full_name not in answer.content.decode()
        assert answer.status_code == (200 if behind["path"] == "/numbers/" else 302)
        assert client.get(PATH, headers={"x-requested-with": "fetch"}).url == "/sign-in/"
        assert not HeldForm.objects.exists()
        client.post(PATH, {"worry": WORRY})
        assert HeldForm.objects.get().person == person
        assert "What you typed is kept" in client.get("/sign-in/").content.decode()

    def test_the_author_gets_it_back_and_sends_it(self, client, moving, person) -> None:
        agency = MembershipFactory.create(person=person).agency
        response = too_late(client, moving, person, {"agency": str(agency.pk), "worry": WORRY, "tags": ["a", "b"]})
        assert response.url == "/sign-in/"
        page = client.get("/sign-in/").content.decode()
        assert "What you typed is kept" in page
        assert "scared" not in page
        held = HeldForm.objects.get()
        assert sign_in(client, person).url == f"/held/{held.pk}/"
        page = client.get(f"/held/{held.pk}/").content.decode()
        assert "Nothing has been sent yet" in page
        assert PATH in page
        assert "<script" not in page.split("<main", 1)[1]
        fields = hidden_fields(page)
        assert ("worry", WORRY) in fields
        assert [value for name, value in fields if name == "tags"] == ["a", "b"]
        assert ("held_form", str(held.pk)) in fields
        assert HeldForm.objects.exists(), "looking at it doesn't use it up"
        sent = client.post(PATH, {name: value for name, value in fields if name != "tags"})
        assert sent.url == "/account/"
        assert not HeldForm.objects.exists()
        assert [verb for verb in verbs() if verb.startswith("held_form")] == [
            "held_form.kept",
            "held_form.view",
            "held_form.given_back",
        ]

    def test_it_stays_when_sending_it_fails(self, client, moving, person) -> None:
        stranger = MembershipFactory.create().agency
        too_late(client, moving, person, {"agency": str(stranger.pk)})
        sign_in(client, person)
        held = HeldForm.objects.get()
        assert client.post(PATH, {"agency": str(stranger.pk), "held_form": str(held.pk)}).status_code == 404
        assert HeldForm.objects.exists()

    def test_it_stays_when_the_page_comes_back_with_what_is_wrong(self, client, moving, person) -> None:
        too_late(client, moving, person, {"worry": WORRY})
        sign_in(client, person)
        wrong = {"oldpassword": "not it", "password1": "x", "password2": "y", "held_form": HeldForm.objects.get().pk}
        assert client.post("/account/password/", wrong).status_code == 200
        assert HeldForm.objects.exists()

    def test_it_stays_when_a_second_factor_has_to_be_set_up_first(self, client, moving) -> None:
        person = person_with(Role.SCREENER)
        too_late(client, moving, person, {"worry": WORRY})
        sign_in(client, person)
        answer = client.post(PATH, {"worry": WORRY, "held_form": str(HeldForm.objects.get().pk)})
        assert answer.url == "/account/second-factor/set-up/"
        assert HeldForm.objects.exists()

    def test_another_person_on_that_browser_neither_sees_it_nor_learns_of_it(self, client, moving, person) -> None:
        too_late(client, moving, person, {"worry": WORRY})
        other = person_with(Role.PRACTITIONER)
        assert sign_in(client, other).url == "/"
        held = HeldForm.objects.get()
        assert client.get(f"/held/{held.pk}/").status_code == 404
        assert client.post(f"/held/{held.pk}/discard/").status_code == 404
        assert str(held.pk) not in client.get("/account/").content.decode()
        client.post(PATH, {"agency": "x", "held_form": str(held.pk)})
        assert HeldForm.objects.get() == held
        assert {entry.outcome for entry in entries("held_form.view")} == {"refused"}

    def test_the_author_finds_it_in_another_browser(self, client, moving, person) -> None:
        too_late(client, moving, person, {"worry": WORRY})
        elsewhere = Client()
        assert sign_in(elsewhere, person).url == f"/held/{HeldForm.objects.get().pk}/"

    def test_it_waits_for_the_second_factor(self, client, moving) -> None:
        person = person_with(Role.SCREENER)
        set_up_app(person)
        too_late(client, moving, person, {"worry": WORRY})
        held = HeldForm.objects.get()
        assert sign_in(client, person).url == "/sign-in/code/"
        assert client.get(f"/held/{held.pk}/").status_code == 302
        assert client.post("/sign-in/code/", {"code": code_of(person)}).url == f"/held/{held.pk}/"

    def test_it_can_be_discarded(self, client, moving, person) -> None:
        too_late(client, moving, person, {"worry": WORRY})
        sign_in(client, person)
        assert client.post(f"/held/{HeldForm.objects.get().pk}/discard/").url == "/"
        assert not HeldForm.objects.exists()
        assert "held_form.discard" in verbs()

    def test_it_expires_after_half_an_hour(self, client, moving, person) -> None:
        too_late(client, moving, person, {"worry": WORRY})
        held = HeldForm.objects.get()
        moving.forward(minutes=29)
        discard_expired()
        assert HeldForm.objects.exists()
        moving.forward(minutes=1)
        assert sign_in(client, person).url == "/"
        assert client.get(f"/held/{held.pk}/").status_code == 404
        discard_expired()
        discard_expired()
        assert not HeldForm.objects.exists()
        assert [entry.detail for entry in entries("held_form.expire")] == [{"count": 1}]

    def test_a_form_that_is_too_long_is_said_not_to_be_kept(self, client, moving, person) -> None:
        too_late(client, moving, person, {"worry": "x" * LARGEST})
        assert "too long to keep" in client.get("/sign-in/").content.decode()
        assert not HeldForm.objects.exists()
        assert entries("held_form.not_kept")[0].detail == {"why": "too_large"}

    @pytest.mark.parametrize(
        ("path", "data"),
        [
            ("/account/password/", {"oldpassword": "hunter2", "password1": "x", "password2": "x"}),
            ("/account/confirm/", {"password": "hunter2"}),
            ("/account/second-factor/set-up/", {"code": "123456"}),
            ("/account/second-factor/remove/", {"worry": "none"}),
            ("/account/recovery-codes/new/", {"worry": "none"}),
            (PATH, {"worry": "x", "password": "hunter2"}),
        ],
    )
    def test_what_belongs_to_signing_in_is_never_kept(self, client, moving, person, path, data) -> None:
        client.force_login(person)
        moving.forward(minutes=31)
        assert client.post(path, data).url == "/sign-in/"
        assert not HeldForm.objects.exists()
        assert "kept" not in client.get("/sign-in/").content.decode()

    def test_files_have_to_be_chosen_again(self, client, moving, person) -> None:
        letter = SimpleUploadedFile("letter.txt", b"the whole letter")
        too_late(client, moving, person, {"worry": WORRY, "letter": letter})
        assert "choose them again" in client.get("/sign-in/").content.decode()
        held = HeldForm.objects.get()
        assert actions.open_held_form(held=held, by=actor()).pairs == (("worry", WORRY),)
        sign_in(client, person)
        assert "Choose them again" in client.get(f"/held/{held.pk}/").content.decode()

    def test_an_ordinary_form_is_kept_like_one_with_files(self, client, moving, person) -> None:
        too_late(client, moving, person, "worry=a+b&tags=1&tags=2", content_type="application/x-www-form-urlencoded")
        fields = actions.open_held_form(held=HeldForm.objects.get(), by=actor())
        assert fields.pairs == (("worry", "a b"), ("tags", "1"), ("tags", "2"))

    def test_other_bodies_are_not_kept(self, client, moving, person) -> None:
        response = too_late(client, moving, person, '{"worry": "x"}', content_type="application/json")
        assert response.status_code == 302
        assert not HeldForm.objects.exists()

    def test_a_forged_form_is_never_kept(self, moving, person) -> None:
        strict = Client(enforce_csrf_checks=True)
        response = too_late(strict, moving, person, {"worry": WORRY})
        assert response.status_code == 403
        assert not HeldForm.objects.exists()

    def test_nothing_is_kept_of_a_live_session(self, client, moving, person) -> None:
        client.force_login(person)
        client.post(PATH, {"worry": WORRY})
        assert not HeldForm.objects.exists()

    def test_a_later_one_for_the_same_page_replaces_the_earlier(self, client, moving, person) -> None:
        too_late(client, moving, person, {"worry": "first"})
        too_late(client, moving, person, {"worry": "second"})
        fields = actions.open_held_form(held=HeldForm.objects.get(), by=actor())
        assert fields.pairs == (("worry", "second"),)

    def test_only_the_latest_few_are_kept(self, client, moving, person) -> None:
        for number in range(MOST_A_PERSON + 2):
            client.force_login(person)
            moving.forward(minutes=31)
            client.post(f"{PATH}?page={number}", {"worry": str(number)})
        paths = list(HeldForm.objects.values_list("path", flat=True))
        assert paths == [f"{PATH}?page={number}" for number in range(MOST_A_PERSON + 1, 1, -1)]

    def test_it_cannot_be_read_in_the_table_nor_in_the_record(self, client, moving, person) -> None:
        too_late(client, moving, person, {"worry": WORRY})
        with connection.cursor() as cursor:
            cursor.execute("SELECT row_to_json(held)::text FROM accounts_heldform AS held")
            assert "scared" not in cursor.fetchone()[0]
            cursor.execute("SELECT string_agg(row_to_json(entry)::text, ' ') FROM audit_entry AS entry")
            assert "scared" not in cursor.fetchone()[0]

    def test_it_cannot_be_opened_once_the_key_is_gone(self, client, moving, person, settings) -> None:
        too_late(client, moving, person, {"worry": WORRY})
        settings.ENCRYPTION_KEYS = ["A" * 43 + "="]
        sign_in(client, person)
        response = client.get(f"/held/{HeldForm.objects.get().pk}/")
        assert response.status_code == 403
        assert "can no longer be read" in response.content.decode()


@pytest.mark.django_db
class TestPagesOfBefore:
    """Pages that stand open while their session ends elsewhere: in another tab of the same browser."""

    @pytest.fixture
    def browser(self) -> Client:
        """A browser that Django asks for its token, as it asks all but tests."""
        return Client(enforce_csrf_checks=True)

    def enter(self, browser: Client, person, *, password: str = PASSWORD):
        token = token_in(browser.get("/sign-in/"))
        return browser.post("/sign-in/", {"login": person.email, "password": password, "csrfmiddlewaretoken": token})

    def opened(self, browser: Client, person) -> str:
        """Sign in and open a page; return the token of its forms."""
        self.enter(browser, person)
        return token_in(browser.get("/account/"))

    @pytest.mark.parametrize("how", ["ended", "signed out"])
    def test_signed_in_again_in_another_tab_what_was_typed_is_kept(self, browser, moving, person, how) -> None:
        """The page's token is that of before: what was typed was lost with "this form is too old"."""
        token = self.opened(browser, person)
        self.leave(browser, moving, token, how)
        self.enter(browser, person)
        answer = browser.post(PATH, {"worry": WORRY, "csrfmiddlewaretoken": token})
        held = HeldForm.objects.get()
        assert (answer.url, held.person, held.path) == (f"/held/{held.pk}/", person, PATH)
        page = browser.get(answer.url).content.decode()
        assert ("worry", WORRY) in hidden_fields(page)
        assert "Nothing has been sent yet" in page

    @pytest.mark.parametrize("how", ["ended", "signed out"])
    def test_before_signing_in_again_what_was_typed_is_kept_too(self, browser, moving, person, how) -> None:
        """The other tab had met the end already, and nobody was known to have sent the form."""
        token = self.opened(browser, person)
        self.leave(browser, moving, token, how)
        answer = browser.post(PATH, {"worry": WORRY, "csrfmiddlewaretoken": token})
        assert answer.url == "/sign-in/"
        assert "What you typed is kept" in browser.get("/sign-in/").content.decode()
        assert self.enter(browser, person).url == f"/held/{HeldForm.objects.get(person=person).pk}/"

    def leave(self, browser: Client, moving, token: str, how: str) -> None:
        if how == "ended":
            moving.forward(minutes=31)
            assert browser.get("/account/").headers["Location"].startswith("/sign-in/")
        else:
            assert browser.post("/sign-out/", {"csrfmiddlewaretoken": token}).status_code == 302

    def test_a_forged_form_is_kept_neither_before_nor_after_signing_in_again(self, browser, moving, person) -> None:
        token = self.opened(browser, person)
        self.leave(browser, moving, token, "ended")
        forged = [{"worry": "x"}, {"worry": "x", "csrfmiddlewaretoken": "a" * 64}]
        for data in forged:
            assert browser.post(PATH, data).status_code == 403
        assert (
            browser.post(
                PATH, data | {"csrfmiddlewaretoken": token}, headers={"origin": "http://elsewhere.example"}
            ).status_code
            == 403
        )
        self.enter(browser, person)
        for data in forged:
            assert browser.post(PATH, data).status_code == 403
        from_elsewhere = browser.post(
            PATH, {"worry": "x", "csrfmiddlewaretoken": token}, headers={"origin": "http://elsewhere.example"}
        )
        assert from_elsewhere.status_code == 403
        assert not HeldForm.objects.exists()

    def test_somebody_else_who_signs_in_there_is_given_nothing_of_it(self, browser, moving, person) -> None:
        token = self.opened(browser, person)
        self.leave(browser, moving, token, "ended")
        self.enter(browser, person_with(Role.PRACTITIONER))
        assert browser.post(PATH, {"worry": WORRY, "csrfmiddlewaretoken": token}).status_code == 403
        assert not HeldForm.objects.exists()

    def test_whoever_may_no_longer_sign_in_keeps_nothing(self, browser, moving, person) -> None:
        token = self.opened(browser, person)
        self.leave(browser, moving, token, "ended")
        type(person).objects.filter(pk=person.pk).update(is_active=False)
        answer = browser.post(PATH, {"worry": WORRY, "csrfmiddlewaretoken": token})
        assert answer.headers["Location"].startswith("/sign-in/")
        assert not HeldForm.objects.exists()

    def test_passwords_are_kept_from_no_page_of_before(self, browser, moving, person) -> None:
        token = self.opened(browser, person)
        self.leave(browser, moving, token, "ended")
        secret = {"oldpassword": "hunter2", "password1": "x", "password2": "x", "csrfmiddlewaretoken": token}
        assert browser.post("/account/password/", secret).headers["Location"].startswith("/sign-in/")
        self.enter(browser, person)
        assert browser.post("/account/password/", secret).status_code == 403
        assert not HeldForm.objects.exists()


def token_in(answer) -> str:
    """The token of a page's forms."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


def actor() -> Actor:
    return Actor.system("test")
