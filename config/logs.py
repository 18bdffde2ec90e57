"""Structured log lines without personal data: an exception shows its type and frames, never its message or locals.

Exception messages quote what broke them ("Key (full_name)=(…) already exists"), and so does a library's log line that
was formatted from one. Lines of our own name events and ids only.
"""

import logging
import sys
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger


def describe_exception(error: BaseException) -> dict[str, Any]:
    """Return type and frames of an exception and of what caused it; no message, no values."""
    described: dict[str, Any] = {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "frames": [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ],
    }
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        described["caused_by"] = describe_exception(cause)
    return described


def exception_without_words(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace `exc_info` by the exception's type and frames."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["exception"] = describe_exception(error)
    return event


def request_without_person(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Leave out the browser, and cut a one-time link short: its path is the key to somebody's password."""
    event.pop("user_agent", None)
    for name in ("request", "path", "event"):
        value = event.get(name)
        if isinstance(value, str) and ONE_TIME in value:
            event[name] = value[: value.index(ONE_TIME) + len(ONE_TIME)] + "…"
    return event


def library_line_without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keep a library's message as its bare template when it reports an exception: its arguments quote the exception."""
    record: logging.LogRecord | None = event.get("_record")
    if record is not None and record.exc_info:
        event["event"] = str(record.msg) if record.args or "%" in str(record.msg) else "a library reported an exception"
    return event


# Where a link to set a password begins (accounts/urls.py).
ONE_TIME = "/password/set/"

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *SHARED,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)


def logging_settings(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: JSON lines to standard output, ours and the libraries' alike, at `level` and above."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*SHARED, library_line_without_values],
                "processors": [
                    exception_without_words,
                    request_without_person,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(),
                ],
                # Otherwise Python's own formatter appends the traceback, message and all.
                "keep_exc_info": False,
                "keep_stack_info": False,
            },
        },
        "handlers": {"stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}},
        "root": {"handlers": ["stdout"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # One line a request comes from django-structlog; Django's own would double it.
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "axes": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }
