"""The environment is checked at start, all mistakes in one list, without showing values."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment, read_environment, wrong_in_production

GOOD = {
    "SECRET_KEY": "x" * 40,
    "ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    "DATABASE_URL": "postgresql://web:pw@db/referrals",
    "REDIS_URL": "redis://redis:6379/0",
    "SITE_ADDRESS": "https://referrals.example",
}


@pytest.fixture
def environment(monkeypatch):
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)

    def put(**variables):
        for name, value in {**GOOD, **variables}.items():
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)

    return put


def test_a_complete_environment_is_read(environment):
    environment(ALLOWED_HOSTS="a.example, b.example")
    read = read_environment()
    assert read.allowed_hosts == ["a.example", "b.example"]
    assert read.site_address == "https://referrals.example"
    assert read.secret_key.get_secret_value() == "x" * 40


@pytest.mark.parametrize(("given", "read"), [(None, []), ("cy", ["cy"]), ("cy, PL ,", ["cy", "pl"])])
def test_languages_beside_english_are_named_by_their_codes(environment, given, read):
    environment(OTHER_LANGUAGES=given)
    assert read_environment().other_languages == read


def test_everything_wrong_is_told_at_once(environment):
    environment(
        SECRET_KEY=None, DATABASE_URL="mysql://root:hunter2@db/x", SITE_ADDRESS="referrals", ENCRYPTION_KEYS="abc"
    )
    with pytest.raises(ImproperlyConfigured) as refused:
        read_environment()
    text = str(refused.value)
    assert [name in text for name in ("SECRET_KEY", "DATABASE_URL", "SITE_ADDRESS", "ENCRYPTION_KEYS")] == [True] * 4
    assert "REDIS_URL" not in text
    assert "hunter2" not in text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ENCRYPTION_KEYS", ","),
        ("DATABASE_URL", "sqlite:///db"),
        ("REDIS_URL", "amqp://rabbit"),
        ("SITE_ADDRESS", "https://referrals.example/sub"),
        ("IDLE_MINUTES", "0"),
        ("SESSION_HOURS", "48"),
        ("LOG_LEVEL", "LOUD"),
        ("OTHER_LANGUAGES", "cymraeg"),
        ("OTHER_LANGUAGES", "cy,cy"),
        ("OTHER_LANGUAGES", "cy,en"),
    ],
)
def test_each_bad_value_is_named(environment, name, value):
    environment(**{name: value})
    with pytest.raises(ImproperlyConfigured, match=name):
        read_environment()


@pytest.mark.parametrize("name", ["MAIL_FOLDER", "IDLE_MINUTES", "SMTP_HOST", "METRICS_TOKEN", "LOG_LEVEL"])
def test_an_empty_variable_is_one_that_is_not_there(environment, name):
    environment(**{name: ""})
    field = name.lower()
    assert getattr(read_environment(), field) == Environment.model_fields[field].default


REAL = {
    "ALLOWED_HOSTS": "referrals.example",
    "VIRUS_SCANNER": "off",
    "SMTP_HOST": "mail.example",
    "MAIL_FROM": "no-reply@referrals.example",
}


@pytest.mark.parametrize(
    "more", [{}, {"SMTP_USER": "us", "SMTP_PASSWORD": "p"}, {"MAIL_FROM": "Referrals <a@b.example>"}]
)
def test_production_starts_with_a_mail_server(environment, more):
    environment(**{**REAL, **more})
    assert wrong_in_production(read_environment()) == []


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"SMTP_HOST": ""}, ["SMTP_HOST"]),
        ({"MAIL_FROM": ""}, ["MAIL_FROM"]),
        ({"MAIL_FROM": "no-reply@referrals.invalid"}, ["MAIL_FROM"]),
        ({"MAIL_FROM": "no-reply"}, ["MAIL_FROM"]),
        ({"MAIL_FOLDER": "/tmp/mail"}, ["MAIL_FOLDER"]),
        ({"SMTP_USER": "us"}, ["SMTP_PASSWORD"]),
        ({"SITE_ADDRESS": "http://referrals.example", "ALLOWED_HOSTS": ""}, ["SITE_ADDRESS", "ALLOWED_HOSTS"]),
        ({"VIRUS_SCANNER": "", "SMTP_HOST": None}, ["VIRUS_SCANNER", "SMTP_HOST"]),
        ({"ALLOWED_HOSTS": "*"}, ["ALLOWED_HOSTS"]),
        ({"ALLOWED_HOSTS": "referrals.example,.example"}, ["ALLOWED_HOSTS"]),
    ],
)
def test_production_does_not_start_where_nobody_would_be_told(environment, changed, named):
    environment(**{**REAL, **changed})
    assert [line.partition(":")[0] for line in wrong_in_production(read_environment())] == named


def test_a_secret_may_stand_in_a_file(environment, tmp_path):
    (tmp_path / "key").write_text("from-a-file-" * 4 + "\n")
    environment(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "key"))
    assert read_environment().secret_key.get_secret_value() == "from-a-file-" * 4


def test_a_named_file_that_is_missing_is_told(environment, tmp_path):
    environment(SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "nothing"))
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FILE"):
        read_environment()
