"""Everything a deployment sets, read from the environment and checked at start.

A secret may stand in a file: `SECRET_KEY_FILE=/run/secrets/secret_key` is read as `SECRET_KEY`.
What is wrong is told in one list, so that nobody mends one variable per restart.
"""

import os
import re
import sys
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf.locale import LANG_INFO
from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

NOWHERE = (".invalid", ".test", ".localhost", ".local")
"""Ends of addresses that reach nobody outside."""


class Environment(BaseSettings):
    """The environment's variables by name; the defaults suit a trial, and `wrong_in_production` says what production
    asks beside the checks here. A variable that is there and empty is one that isn't there."""

    model_config = SettingsConfigDict(env_prefix="", case_sensitive=False, extra="ignore", env_ignore_empty=True)

    secret_key: SecretStr = Field(min_length=32, description="Django's signing key, 32 characters or more")
    encryption_keys: Annotated[list[SecretStr], NoDecode] = Field(
        description="Fernet keys, newest first, with commas between: for held forms and second-factor secrets"
    )
    database_url: str = Field(description="PostgreSQL as this process's own role: web, worker or owner")
    redis_url: str = Field(description="Celery's broker")
    site_address: str = Field(description="Where people reach the system, such as https://referrals.example")
    allowed_hosts: Annotated[list[str], NoDecode] = Field(default_factory=list)
    mail_from: str = "no-reply@referrals.invalid"
    mail_folder: Path | None = Field(default=None, description="Writes e-mail to files here instead of sending it")
    smtp_host: str = Field(default="", description="The mail server that takes e-mail, with STARTTLS")
    smtp_port: int = 587
    smtp_user: str = Field(default="", description="Who signs in to the mail server; none where it asks nobody")
    smtp_password: SecretStr = SecretStr("")
    idle_minutes: int = Field(default=30, ge=1, le=120, description="Signed out after so long without a page")
    session_hours: int = Field(default=12, ge=1, le=24, description="Signed out after so long in any case")
    unread_alarm_minutes: int = Field(
        default=60, ge=5, le=480, description="An urgent referral that nobody has opened raises the alarm after so long"
    )
    draft_alert_hours: int = Field(
        default=4, ge=1, le=24, description="A draft with possible harm alerts its author and the desk after so long"
    )
    draft_remind_days: int = Field(default=3, ge=1, le=30, description="A draft is reminded of every so often")
    draft_keep_days: int = Field(
        default=90,
        ge=14,
        le=730,
        description="A draft is deleted so long after its last change; never with possible harm",
    )
    draft_warn_days: int = Field(default=14, ge=1, le=60, description="Its author is told so long before")
    virus_scanner: str = Field(
        default="off",
        description="clamd as tcp://host:port or unix:///path; off: files are opened unchecked, and pages say so",
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        description="What Prometheus shows at /metrics; without it there is no such page",
    )
    other_languages: Annotated[list[str], NoDecode] = Field(
        default_factory=list,
        description="Languages that people can choose beside English, such as cy,pl; each has its words in locale/",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    trusted_proxies: int = Field(default=0, ge=0, le=3, description="Reverse proxies in front of the web process")

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("encryption_keys", mode="before")
    @classmethod
    def _split_keys(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        keys = [part.strip() for part in value.split(",") if part.strip()]
        if not keys:
            raise ValueError("holds no key")
        for key in keys:
            try:
                Fernet(key)
            except ValueError as error:
                raise ValueError("holds something that is not a Fernet key (32 bytes, URL-safe base64)") from error
        return keys

    @field_validator("other_languages", mode="before")
    @classmethod
    def _known_languages(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        codes = [part.strip().lower() for part in value.split(",") if part.strip()]
        for code in codes:
            if "name_local" not in LANG_INFO.get(code, {}):
                raise ValueError("holds something that is no language code of Django's, such as cy or pt-br")
            if code == "en" or code.startswith("en-"):
                raise ValueError("holds English, which is always there")
        if len(set(codes)) < len(codes):
            raise ValueError("names a language twice")
        return codes

    @field_validator("metrics_token")
    @classmethod
    def _long_or_none(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < 32:
            raise ValueError("has fewer than 32 characters")
        return value

    @field_validator("database_url")
    @classmethod
    def _postgresql_only(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"postgres", "postgresql"}:
            raise ValueError("must begin with postgresql://; no other database is supported")
        return value

    @field_validator("redis_url")
    @classmethod
    def _redis_only(cls, value: str) -> str:
        if urlsplit(value).scheme not in {"redis", "rediss", "unix", "redis+socket"}:
            raise ValueError("must begin with redis://, rediss:// or redis+socket://")
        return value

    @field_validator("virus_scanner")
    @classmethod
    def _scanner_or_off(cls, value: str) -> str:
        if not re.fullmatch(r"off|tcp://[A-Za-z0-9.\-]+:\d{1,5}|unix:///\S+", value):
            raise ValueError("must be tcp://host:port, unix:///path, or off")
        return value

    @field_validator("site_address")
    @classmethod
    def _address_of_a_site(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.rstrip("/"):
            raise ValueError("must be http(s)://host[:port] without a path")
        return value.rstrip("/")


def environment_or_exit() -> Environment:
    """Return the checked settings, or end this process with the list of what is wrong, without a traceback."""
    try:
        return read_environment()
    except ImproperlyConfigured as error:
        sys.exit(str(error))


def read_environment() -> Environment:
    """Return the checked settings; raise ImproperlyConfigured with every mistake in one list.

    The list names variables and what they are for, never the values that were found.
    """
    for name in list(os.environ):
        if name.endswith("_FILE") and name[:-5].lower() in Environment.model_fields:
            path = Path(os.environ[name])
            if not path.is_file():
                raise ImproperlyConfigured(f"{name} names a file that is not there")
            if not os.environ.get(name[:-5]):
                os.environ[name[:-5]] = path.read_text(encoding="utf-8").strip()
    try:
        return Environment()
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_url=False, include_input=False, include_context=False):
            name = str(problem["loc"][0])
            purpose = Environment.model_fields[name].description or ""
            lines.append(f"{name.upper()}: {problem['msg']}{f' ({purpose})' if purpose else ''}")
        raise ImproperlyConfigured(incomplete(lines)) from None


def wrong_in_production(found: Environment) -> list[str]:
    """Return what a checked environment still lacks for real children, a line for each; empty when it will do.

    Alarms, alerts and questions of a front door go by e-mail: where none would leave the house, nothing starts.
    """
    wrong = []
    if not found.site_address.startswith("https://"):
        wrong.append("SITE_ADDRESS: must begin with https:// in production")
    if not found.allowed_hosts:
        wrong.append("ALLOWED_HOSTS: name the host that people reach")
    if any("*" in host or host.startswith(".") for host in found.allowed_hosts):
        # A link to set a password names the host that was asked: anybody could have it lead to theirs.
        wrong.append("ALLOWED_HOSTS: name each host whole; with * or a dot in front others would be answered as well")
    if "virus_scanner" not in found.model_fields_set:
        wrong.append("VIRUS_SCANNER: name the scanner, or say off: never by oversight")
    if not found.smtp_host:
        wrong.append("SMTP_HOST: name the mail server: without one nobody is told of anything")
    if found.smtp_user and not found.smtp_password.get_secret_value():
        wrong.append("SMTP_PASSWORD: is missing, though SMTP_USER signs in")
    if found.mail_folder is not None:
        wrong.append("MAIL_FOLDER: is for trials: e-mail written to files reaches nobody")
    address = parseaddr(found.mail_from)[1]
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", address) or address.endswith(NOWHERE):
        wrong.append("MAIL_FROM: give the address that e-mail comes from, one that exists")
    return wrong


def incomplete(lines: list[str]) -> str:
    """Return what a process says that is told too little, all in one list."""
    return "\n".join(["The environment is not complete:", *(f"  {line}" for line in lines)])
