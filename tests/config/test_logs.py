"""Log lines carry no personal data: exceptions show type and frames, never words or locals."""

import json
import logging
import logging.config

import pytest
import structlog

from config.logs import logging_settings

SECRET = "Aisha Example, 3 Invented Street"


@pytest.fixture
def lines(tmp_path):
    """The JSON lines that a process with our settings writes."""
    path = tmp_path / "log"
    settings = logging_settings("INFO")
    settings["handlers"]["stdout"] = {"class": "logging.FileHandler", "filename": str(path), "formatter": "json"}
    root = logging.getLogger()
    before = root.handlers[:], root.level
    logging.config.dictConfig(settings)
    yield lambda: [json.loads(line) for line in path.read_text().splitlines()]
    for handler in root.handlers:
        handler.close()
    root.handlers[:], level = before
    root.setLevel(level)


def fail() -> None:
    child = SECRET
    try:
        raise KeyError(child)
    except KeyError as error:
        raise ValueError(f"Key (full_name)=({child}) already exists") from error


def test_our_own_line_shows_type_and_frames(lines):
    try:
        fail()
    except ValueError:
        structlog.get_logger("referrals").exception("submission failed", referral_id="42")
    (line,) = lines()
    assert line["event"] == "submission failed"
    assert line["referral_id"] == "42"
    assert line["exception"]["type"] == "builtins.ValueError"
    assert line["exception"]["caused_by"]["type"] == "builtins.KeyError"
    assert any(frame.endswith(" fail") for frame in line["exception"]["frames"])
    assert SECRET not in json.dumps(line)


def test_a_librarys_line_loses_the_words_of_its_exception(lines):
    try:
        fail()
    except ValueError as error:
        logging.getLogger("celery.app.trace").error("Task %s raised: %s", "keep", repr(error), exc_info=True)
        logging.getLogger("other").error(f"it broke: {error}", exc_info=True)
    first, second = lines()
    assert first["event"] == "Task %s raised: %s"
    assert second["event"] == "a library reported an exception"
    assert SECRET not in json.dumps([first, second])
    assert {line["exception"]["type"] for line in (first, second)} == {"builtins.ValueError"}


def test_a_line_without_exception_is_kept_whole(lines):
    logging.getLogger("gunicorn.error").info("Listening at: %s", "http://127.0.0.1:8000")
    (line,) = lines()
    assert line["event"] == "Listening at: http://127.0.0.1:8000"
    assert line["level"] == "info"


def test_a_one_time_link_is_cut_short(lines):
    structlog.get_logger("django_structlog").info("request_started", request="GET /password/set/1a-d2x4-very-secret/")
    logging.getLogger("django.request").warning("Not Found: %s", "/password/set/1a-d2x4-very-secret/")
    assert "very-secret" not in json.dumps(lines())
    assert [line["level"] for line in lines()] == ["info", "warning"]
