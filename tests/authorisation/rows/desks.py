"""Rows of the agency's desk and the front door's. Neither side opens the other's pages."""

from datetime import date, timedelta
from typing import Any

from tests.authorisation.row import AS_IF_NOT_THERE, OPEN, REFUSED, Row, only, signed_in

LED_ON = 302

DESK = ("dsl", "deputy_dsl")
FRONT_DOOR = ("screener", "social_worker", "front_door_manager")
DECIDERS = ("social_worker", "front_door_manager")

DECISION = {"outcome": "early_help", "rationale": "Needs met below statutory.", "next_step": "A worker rings."}
STANDS = {"changes": "no", "reasons": "A worker saw the child."}
RANG = {
    "door_name": "Faraway Council",
    "spoke_to": "Mx Hope",
    "taken": "no",
    "said": "Not ours.",
    "reason": "other_area",
    "why": "She lives there.",
}
GOES_ON = {"accepted": "no", "reasons": "The worry needs an answer."}


def at_front_door(name: str, record: str = "an intake", *, status: int = OPEN, **more: Any) -> Row:
    """A page of an intake for everybody of the front door; for all others there is no such intake."""
    return only(name, *FRONT_DOOR, status=status, otherwise=AS_IF_NOT_THERE, record=record, **more)


def for_deciders(name: str, record: str) -> Row:
    """A page of an intake that a screener is refused with the reason."""
    expect = {"screener": REFUSED, **dict.fromkeys(DECIDERS, OPEN)}
    return Row(name, expect, AS_IF_NOT_THERE, record=record)


def decided_once(name: str, record: str, data: dict[str, str]) -> Row:
    """An answer that only deciders give; of two the second is told that it was given."""
    expect = {"screener": REFUSED, "social_worker": LED_ON, "front_door_manager": REFUSED}
    return Row(name, expect, AS_IF_NOT_THERE, method="POST", record=record, data=data)


def on_desk(name: str, record: str = "a sent referral", *, status: int = OPEN, method: str = "GET") -> Row:
    """A page of the desk: its author and the front door read the referral, and have no business here."""
    others = dict.fromkeys(("practitioner", *FRONT_DOOR), REFUSED)
    expect = {**others, **dict.fromkeys(DESK, status)}
    return Row(name, expect, AS_IF_NOT_THERE, method=method, record=record)


# Times that somebody names lie ahead, and within a year.
_SOON = date.today() + timedelta(days=100)  # noqa: DTZ011 (any day near it serves)
_THEN = {"on_day": str(_SOON.day), "on_month": str(_SOON.month), "on_year": str(_SOON.year), "at": "14:30"}
ASKED = {
    "partner": "police",
    "who": "The safeguarding unit",
    "asked": "Any callouts.",
    "why": "To know who lives there.",
    "basis": "agreed",
    **_THEN,
}
LONGER = {**_THEN, "why": "The school is closed."}
# Times: a partner is asked by its holder, the screener, or by who decides; only these give a time more.
TIMES = [
    at_front_door("triage:ask_partner"),
    at_front_door("triage:ask_partner", method="POST", status=LED_ON, data=ASKED),
    at_front_door("triage:partner", "an intake: partner"),
    Row(
        *("triage:partner", {"screener": LED_ON, **dict.fromkeys(DECIDERS, REFUSED)}, AS_IF_NOT_THERE),
        method="POST",
        record="an intake: partner",
        data={"given": "yes", "text": "None."},
    ),
    at_front_door("triage:paper", "an intake: partner"),
    # About nobody it isn't made, and the page says so.
    at_front_door("triage:paper", "an intake: partner", method="POST", data={"where": "no"}),
    at_front_door("triage:paper_pdf", "an intake: a paper"),
    signed_in("triage:paper_pdf", status=AS_IF_NOT_THERE, record="an intake: no paper"),
    for_deciders("triage:extend", "an intake: clock"),
    # The second one's time is no later than the first one's.
    decided_once("triage:extend", "an intake: clock", LONGER),
]

# An offer of another area's front door to this one: everybody there may accept it, deciders may refuse it.
OFFERED = [
    at_front_door("triage:intake", "an offered intake"),
    for_deciders("triage:refuse", "an offered intake"),
    decided_once("triage:refuse", "an offered intake", {"why": "They moved away."}),
    # The first accepts; then there is nothing to accept any more.
    Row(
        "triage:accept",
        {"screener": LED_ON, **dict.fromkeys(DECIDERS, REFUSED)},
        AS_IF_NOT_THERE,
        method="POST",
        record="an offered intake",
    ),
]

ROWS: list[Row] = [
    only("triage:queue", *FRONT_DOOR, "early_help_coordinator"),
    at_front_door("triage:of_referral", "a sent referral", status=LED_ON),
    at_front_door("triage:intake"),
    # Whoever comes second is told who has it, and led back.
    at_front_door("triage:claim", method="POST", status=LED_ON),
    # Given back by its holder, who comes first here; then nobody holds it.
    at_front_door("triage:release", method="POST", status=LED_ON),
    at_front_door("triage:rate", method="POST"),
    at_front_door("triage:rate", method="POST", status=LED_ON, data={"rating": "red"}),
    at_front_door("triage:ask"),
    at_front_door("triage:ask", method="POST"),
    at_front_door("triage:open_rest"),
    at_front_door("triage:open_rest", method="POST", status=LED_ON, data={"why": "She is in danger tonight."}),
    at_front_door("triage:recommend", status=AS_IF_NOT_THERE),
    at_front_door("triage:recommend_child", "an intake: child"),
    at_front_door(
        *("triage:recommend_child", "an intake: child"),
        method="POST",
        status=LED_ON,
        data={"outcome": "early_help", "rationale": "The mother asks for help."},
    ),
    at_front_door("triage:decide", status=AS_IF_NOT_THERE),
    for_deciders("triage:decide_child", "an intake: child"),
    decided_once("triage:decide_child", "an intake: child", DECISION),
    at_front_door("triage:hand_on"),
    at_front_door("triage:hand_on", method="POST"),
    at_front_door("triage:hand_on_by_phone"),
    at_front_door("triage:hand_on_by_phone", method="POST", data=RANG, status=LED_ON),
    *OFFERED,
    *TIMES,
    at_front_door("triage:take_back", "an intake: no transfer", method="POST", status=AS_IF_NOT_THERE),
    # It isn't offered: it is theirs.
    at_front_door("triage:accept", method="POST", status=REFUSED),
    at_front_door("triage:refuse", status=REFUSED),
    # Nothing is decided yet.
    at_front_door("triage:close", method="POST", status=REFUSED),
    for_deciders("triage:disagreement", "an intake: disagreement"),
    decided_once("triage:disagreement", "an intake: disagreement", STANDS),
    for_deciders("triage:telling", "an intake"),
    Row(
        *("triage:telling", {"screener": REFUSED, **dict.fromkeys(DECIDERS, LED_ON)}, AS_IF_NOT_THERE),
        method="POST",
        record="an intake",
        data={"may_tell": "no", "why": "He knows where she lives."},
    ),
    for_deciders("triage:withdrawal", "an intake: withdrawal"),
    decided_once("triage:withdrawal", "an intake: withdrawal", GOES_ON),
    only("review:desk", *DESK, "line_manager", "dsl_there"),
    on_desk("review:referral"),
    Row(
        *("review:referral", {"practitioner": REFUSED, **dict.fromkeys(DESK, OPEN)}, AS_IF_NOT_THERE),
        record="a draft",
    ),
    only("review:referral", "practitioner", status=REFUSED, otherwise=AS_IF_NOT_THERE, record="a draft about the desk"),
    # Nobody was asked to approve it.
    on_desk("review:approve", status=REFUSED, method="POST"),
    on_desk("review:let_go", status=REFUSED),
    on_desk("review:return", status=REFUSED),
    on_desk("review:return", method="POST"),
    on_desk("review:decline", status=REFUSED),
    on_desk("review:decline", method="POST"),
    on_desk("review:advise"),
    on_desk("review:advise", method="POST"),
    # Nothing is decided yet.
    on_desk("review:disagree", "a sent referral: intake", status=REFUSED),
    on_desk("review:take_up", "a sent referral: disagreement"),
    # Of two who take it up the second is told that it has gone on.
    Row(
        "review:take_up",
        {**dict.fromkeys(("practitioner", *FRONT_DOOR), REFUSED), DESK[0]: LED_ON, DESK[1]: REFUSED},
        AS_IF_NOT_THERE,
        method="POST",
        record="a sent referral: disagreement",
        data={"grounds": "She can't wait."},
    ),
]
