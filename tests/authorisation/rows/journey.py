"""Rows of the practitioner's pages. To whom a referral doesn't belong, it doesn't exist."""

from tests.authorisation.row import AS_IF_NOT_THERE, OPEN, REFUSED, Row, only, signed_in

LED_ON = 302

DESK = ("dsl", "deputy_dsl")
FRONT_DOOR = ("screener", "social_worker", "front_door_manager")


def of_draft(name: str, record: str = "", *, method: str = "GET", status: int = OPEN) -> list[Row]:
    """A page on which drafts are written: its author's alone. The desk reads a draft and may not write on it; one about
    the desk isn't there for it. What has been submitted leads those who may read it to the record."""
    part = f": {record}" if record else ""
    return [
        Row(
            name,
            {"practitioner": status, **dict.fromkeys(DESK, REFUSED)},
            AS_IF_NOT_THERE,
            method=method,
            record=f"a draft{part}",
        ),
        only(
            *(name, "practitioner"),
            status=status,
            otherwise=AS_IF_NOT_THERE,
            method=method,
            record=f"a draft about the desk{part}",
        ),
        only(
            *(name, "practitioner", *DESK, *FRONT_DOOR),
            status=LED_ON,
            otherwise=AS_IF_NOT_THERE,
            method=method,
            record=f"a sent referral{part}",
        ),
    ]


AFTERWARDS = ("telling", "agreement", "decisions")
"""Pages about sharing once it was submitted."""
TOLD = {"told_on_day": "1", "told_on_month": "9", "told_on_year": "2026", "told_by": "The head", "words": "All of it."}


def said_by_both(name: str, record: str, data: dict[str, str] | None = None) -> list[Row]:
    """What the referrer's agency and the front door that has it record, either of them; without data, asked again."""
    return [
        only(
            *(name, "practitioner", *DESK, *FRONT_DOOR),
            status=LED_ON if method == "POST" and data else OPEN,
            otherwise=AS_IF_NOT_THERE,
            method=method,
            record=f"a sent referral: {record}",
            data=(data or {}) if method == "POST" else {},
        )
        for method in ("GET", "POST")
    ]


ROWS: list[Row] = [
    signed_in("journey:start"),
    signed_in("journey:start", method="POST"),
    signed_in("journey:urgent"),
    # Danger is asked before the form is chosen.
    signed_in("journey:which", status=LED_ON),
    signed_in("journey:begin", method="POST", status=LED_ON),
    signed_in("journey:begin", method="POST", status=LED_ON, data={"kind": "marf"}),
    signed_in("journey:referrals"),
    # No time of the writers' own runs: nothing changes.
    Row(
        "journey:discharge",
        {**dict.fromkeys(("practitioner", *DESK), LED_ON), **dict.fromkeys(FRONT_DOOR, REFUSED)},
        AS_IF_NOT_THERE,
        method="POST",
        record="a sent referral: no duty",
    ),
    signed_in("journey:routes", record="an area"),
    signed_in("journey:routes", record="a missing area", status=AS_IF_NOT_THERE),
    signed_in("journey:try_route", record="an area"),
    signed_in("journey:try_route", method="POST", record="an area", data={"home_area": "telford-and-wrekin"}),
    signed_in("journey:try_route", record="a missing area", status=AS_IF_NOT_THERE),
    *of_draft("journey:tasks"),
    *of_draft("journey:page", "desk page"),
    *of_draft("journey:page", "desk page", method="POST"),
    *of_draft("journey:person_page", "child page"),
    *of_draft("journey:person_page", "child page", method="POST", status=LED_ON),
    *of_draft("journey:add_child", method="POST", status=LED_ON),
    # The short form has no household.
    *of_draft("journey:add_member", method="POST", status=AS_IF_NOT_THERE),
    *of_draft("journey:remove", "child"),
    *of_draft("journey:remove", "child", method="POST", status=LED_ON),
    Row(
        "journey:files",
        {"practitioner": OPEN, **dict.fromkeys(DESK, REFUSED)},
        AS_IF_NOT_THERE,
        record="a draft",
    ),
    only("journey:files", "practitioner", otherwise=AS_IF_NOT_THERE, record="a draft about the desk"),
    *(
        Row(
            "journey:files",
            {**dict.fromkeys(("practitioner", *DESK), OPEN), **dict.fromkeys(FRONT_DOOR, REFUSED)},
            AS_IF_NOT_THERE,
            method=method,
            record="a sent referral",
            data={"do": "upload"} if method == "POST" else {},
        )
        for method in ("GET", "POST")
    ),
    # What isn't JSON is kept for nobody; to whom the draft doesn't belong, it doesn't exist.
    *(
        only(
            *(name, "practitioner", *DESK),
            status=400,
            otherwise=AS_IF_NOT_THERE,
            method="POST",
            record=f"a draft: {record}",
        )
        for name, record in (("journey:keep", "desk page"), ("journey:keep_person", "child page"))
    ),
    only("journey:share", "practitioner", *DESK, otherwise=AS_IF_NOT_THERE, record="a draft"),
    only("journey:share", "practitioner", *DESK, otherwise=AS_IF_NOT_THERE, method="POST", record="a draft"),
    only("journey:share", "practitioner", otherwise=AS_IF_NOT_THERE, record="a draft about the desk"),
    only(
        *("journey:share", "practitioner", *DESK, *FRONT_DOOR),
        status=REFUSED,
        otherwise=AS_IF_NOT_THERE,
        record="a sent referral",
    ),
    # To whom it is offered, whatever their role; nobody else, its author neither.
    only("journey:offer", "line_manager", otherwise=AS_IF_NOT_THERE, record="a draft: offer"),
    only("journey:offer", "line_manager", otherwise=AS_IF_NOT_THERE, method="POST", record="a draft: offer"),
    *of_draft("journey:sharing"),
    *of_draft("journey:bases"),
    *of_draft("journey:plan"),
    # A draft that began from nothing leads to its task list.
    *of_draft("journey:carried", status=LED_ON),
    *of_draft("journey:keep_back"),
    *of_draft("journey:keep_back", method="POST", status=LED_ON),
    *of_draft("journey:check"),
    # Only an assessment that speaks of harm asks for a referral.
    *of_draft("journey:needs_referral", status=LED_ON),
    # Whoever reads it for the agency that wrote it begins another form from it.
    *(
        Row(
            "journey:begin_another",
            {
                **dict.fromkeys(("practitioner", *desk), LED_ON),
                **dict.fromkeys(FRONT_DOOR if record == "a sent referral" else (), REFUSED),
            },
            AS_IF_NOT_THERE,
            method="POST",
            record=f"{record}: begun anew",
        )
        for record, desk in (("a draft", DESK), ("a draft about the desk", ()), ("a sent referral", DESK))
    ),
    *(signed_in(f"journey:{name}", status=AS_IF_NOT_THERE, record="a draft") for name in AFTERWARDS),
    *(
        only(
            *(f"journey:{name}", "practitioner", *DESK, *FRONT_DOOR),
            otherwise=AS_IF_NOT_THERE,
            record="a sent referral",
        )
        for name in AFTERWARDS
    ),
    *said_by_both("journey:told", "a parent to tell", TOLD),
    signed_in("journey:told", status=AS_IF_NOT_THERE, record="a sent referral: somebody else to tell"),
    *said_by_both("journey:agreement_of", "child"),
    # Without a token the button leads back to checking, for whoever may read it.
    only(
        *("journey:send", "practitioner", *DESK),
        status=LED_ON,
        otherwise=AS_IF_NOT_THERE,
        method="POST",
        record="a draft",
    ),
    only("journey:sent", "practitioner", *DESK, status=LED_ON, otherwise=AS_IF_NOT_THERE, record="a draft"),
    only("journey:sent", "practitioner", *DESK, *FRONT_DOOR, otherwise=AS_IF_NOT_THERE, record="a sent referral"),
    # Its author goes on writing; the desk reads.
    Row("referral", {"practitioner": LED_ON, **dict.fromkeys(DESK, OPEN)}, AS_IF_NOT_THERE, record="a draft"),
    only("referral", "practitioner", status=LED_ON, otherwise=AS_IF_NOT_THERE, record="a draft about the desk"),
    only("referral", "practitioner", *DESK, *FRONT_DOOR, otherwise=AS_IF_NOT_THERE, record="a sent referral"),
    signed_in("referral", status=AS_IF_NOT_THERE, record="a missing referral"),
    *(
        Row(
            "journey:addendum",
            {"practitioner": OPEN, **dict.fromkeys(DESK, OPEN), **dict.fromkeys(FRONT_DOOR, REFUSED)},
            AS_IF_NOT_THERE,
            method=method,
            record="a sent referral",
        )
        for method in ("GET", "POST")
    ),
    Row(
        *("journey:addendum", {"practitioner": REFUSED, **dict.fromkeys(DESK, REFUSED)}, AS_IF_NOT_THERE),
        record="a draft",
    ),
    *(
        Row(
            "journey:withdraw",
            {"practitioner": OPEN, **dict.fromkeys(DESK, REFUSED)},
            AS_IF_NOT_THERE,
            method=method,
            record="a draft",
        )
        for method in ("GET", "POST")
    ),
    *(
        Row(
            "journey:not_refer",
            {"practitioner": OPEN, **dict.fromkeys(DESK, REFUSED)},
            AS_IF_NOT_THERE,
            method=method,
            record="a draft",
        )
        for method in ("GET", "POST")
    ),
    only("journey:not_refer", "practitioner", otherwise=AS_IF_NOT_THERE, record="a draft about the desk"),
    Row(
        "journey:withdraw",
        {"practitioner": OPEN, **dict.fromkeys(DESK, OPEN), **dict.fromkeys(FRONT_DOOR, REFUSED)},
        AS_IF_NOT_THERE,
        record="a sent referral",
    ),
    # A draft isn't finished yet, and what was sent has been received.
    *(
        Row(
            "journey:handed_over",
            {"practitioner": REFUSED, **dict.fromkeys(DESK, REFUSED), **dict.fromkeys(front_door, REFUSED)},
            AS_IF_NOT_THERE,
            record=record,
        )
        for record, front_door in (("a draft", ()), ("a sent referral", FRONT_DOOR))
    ),
    # Whoever writes it, and whoever has it at a front door; not the desk.
    *(
        Row(
            "journey:close_desk",
            {**dict.fromkeys(("practitioner", *FRONT_DOOR), OPEN), **dict.fromkeys(DESK, REFUSED)},
            AS_IF_NOT_THERE,
            method=method,
            record="a sent referral",
        )
        for method in ("GET", "POST")
    ),
    # Its author comes first here: from then on it isn't there for the desk.
    Row(
        "journey:close_desk",
        dict.fromkeys(("practitioner", *FRONT_DOOR), LED_ON),
        AS_IF_NOT_THERE,
        method="POST",
        record="a sent referral",
        data={"why": "It is about one of them."},
    ),
    Row(
        "journey:close_desk",
        dict.fromkeys(("practitioner", *DESK), REFUSED),
        AS_IF_NOT_THERE,
        record="a draft",
    ),
    *(
        Row(
            "journey:keep_out",
            {"practitioner": OPEN, **dict.fromkeys(DESK, REFUSED), **dict.fromkeys(front_door, OPEN)},
            AS_IF_NOT_THERE,
            method=method,
            record=record,
        )
        for method in ("GET", "POST")
        for record, front_door in (("a draft", ()), ("a sent referral", FRONT_DOOR))
    ),
    Row(
        "journey:send_now",
        {"practitioner": REFUSED, **dict.fromkeys(DESK, REFUSED), **dict.fromkeys(FRONT_DOOR, REFUSED)},
        AS_IF_NOT_THERE,
        method="POST",
        record="a sent referral",
    ),
    *(
        Row(
            name,
            {"practitioner": OPEN, **dict.fromkeys(DESK, OPEN), **dict.fromkeys(FRONT_DOOR, REFUSED)},
            AS_IF_NOT_THERE,
            record=f"a sent referral: {record}",
        )
        for name, record in (("journey:add_page", "later page"), ("journey:add_person_page", "later child page"))
    ),
    *(
        signed_in("journey:answer", method=method, status=AS_IF_NOT_THERE, record="a sent referral: no message")
        for method in ("GET", "POST")
    ),
]
