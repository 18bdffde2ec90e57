"""Rows of what other systems get: the interface answers tokens alone; a front door's manager keeps its connections."""

from typing import Any

from tests.authorisation.row import AS_IF_NOT_THERE, Row, everybody, only

LED_ON = 302
NO_TOKEN = 401
MANAGER = "front_door_manager"
MAILBOX = {"mailbox": "door@council.example", "insisted": "Mx Hope, head of service", "sure": "on"}


def without_token(name: str, record: str = "", *, method: str = "GET") -> Row:
    """Nobody's sign-in opens the interface: without a token everybody is answered the same."""
    return everybody(name, method=method, status=NO_TOKEN, nobody=NO_TOKEN, record=record)


def kept(name: str, record: str = "a front door", *, status: int = LED_ON, **more: Any) -> Row:
    """What the manager of the front door does, and nobody else."""
    return only(name, MANAGER, method="POST", status=status, record=record, **more)


ROWS: list[Row] = [
    without_token("exchange:events"),
    without_token("exchange:event", "an event"),
    without_token("exchange:acknowledge", "an event", method="POST"),
    only("exchange:connections", MANAGER, status=LED_ON),
    only("exchange:team", MANAGER, record="a front door"),
    only("exchange:team", MANAGER, record="another front door", status=AS_IF_NOT_THERE),
    kept("exchange:set_webhook", data={"address": "https://cases.council.example/take"}),
    kept("exchange:set_webhook", status=200, data={"address": "http://127.0.0.1/"}),
    kept("exchange:set_webhook", "another front door", status=AS_IF_NOT_THERE),
    # There is none yet.
    kept("exchange:renew_secret", status=403),
    only("exchange:secret", MANAGER, status=403, record="a front door"),
    kept("exchange:secret", status=403),
    kept("exchange:drop_secret", status=403),
    kept("exchange:stop_webhook", status=403),
    kept("exchange:set_mailbox", data=MAILBOX),
    kept("exchange:set_mailbox", status=200, data={**MAILBOX, "sure": ""}),
    kept("exchange:set_mailbox", "another front door", status=AS_IF_NOT_THERE, data=MAILBOX),
    # There is none yet.
    kept("exchange:renew_password", status=403),
    only("exchange:password", MANAGER, status=403, record="a front door"),
    kept("exchange:password", status=403),
    kept("exchange:stop_mailbox", status=403),
    kept("exchange:make_token", status=200, data={"name": "Case system"}),
    kept("exchange:revoke_token", "a front door: no token"),
]
