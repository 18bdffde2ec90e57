"""Rows of the PDF copy. While there is none, those who may read the referral get a page that says so, as 404."""

from tests.authorisation.row import AS_IF_NOT_THERE, OPEN, REFUSED, Row, only, signed_in
from tests.authorisation.rows.journey import DESK, FRONT_DOOR, LED_ON

ROWS: list[Row] = [
    Row(
        "documents:copy",
        # A front door is led to its own address of it, where taking the copy is a receipt.
        {**dict.fromkeys(("practitioner", *DESK), OPEN), **dict.fromkeys(FRONT_DOOR, LED_ON)},
        AS_IF_NOT_THERE,
        record="a sent referral",
    ),
    only("triage:copy", *FRONT_DOOR, otherwise=AS_IF_NOT_THERE, record="a sent referral"),
    Row(
        "documents:file",
        {**dict.fromkeys(("practitioner", *DESK), OPEN), **dict.fromkeys(FRONT_DOOR, LED_ON)},
        AS_IF_NOT_THERE,
        record="a sent referral: file",
    ),
    only("triage:file", *FRONT_DOOR, otherwise=AS_IF_NOT_THERE, record="a sent referral: file"),
    # While it waits for the virus check, nobody opens it.
    signed_in("documents:file", status=AS_IF_NOT_THERE, record="a draft: file"),
    # The page of copies for the family says why there is none; whoever speaks with the family comes so far.
    *(
        only(
            *("journey:family_copy", "practitioner", *DESK, *FRONT_DOOR),
            otherwise=AS_IF_NOT_THERE,
            method=method,
            record="a sent referral",
        )
        for method in ("GET", "POST")
    ),
    Row(
        "journey:family_copy",
        dict.fromkeys(("practitioner", *DESK), REFUSED),
        AS_IF_NOT_THERE,
        record="a draft",
    ),
    only(
        *("journey:family_copy", "practitioner"),
        status=REFUSED,
        otherwise=AS_IF_NOT_THERE,
        record="a draft about the desk",
    ),
    signed_in("journey:family_copy", status=AS_IF_NOT_THERE, record="a missing referral"),
    # Made by the agency, and held back since; a front door has none of the agency's.
    Row(
        "journey:family_pdf",
        dict.fromkeys(("practitioner", *DESK), REFUSED),
        AS_IF_NOT_THERE,
        record="a sent referral: family copy",
    ),
    signed_in("journey:family_pdf", status=AS_IF_NOT_THERE, record="a sent referral: no family copy"),
    # A copy to hand over is the agency's, for a front door of the plan that gets a part and receives nothing here.
    signed_in("journey:outside", status=AS_IF_NOT_THERE, method="POST", record="a sent referral: no such front door"),
    signed_in("journey:outside", status=AS_IF_NOT_THERE, method="POST", record="a missing referral: a front door"),
    signed_in("journey:outside_pdf", status=AS_IF_NOT_THERE, record="a sent referral: no copy to hand over"),
    # The agency's document of what was recorded since; a front door has none of the agency's.
    only(
        *("journey:since", "practitioner", *DESK),
        otherwise=AS_IF_NOT_THERE,
        record="a sent referral: recorded since",
    ),
    signed_in("journey:since", status=AS_IF_NOT_THERE, record="a sent referral: nothing since"),
    # Nothing has been recorded since, so whoever may ask for it is told that.
    Row(
        "journey:since_make",
        dict.fromkeys(("practitioner", *DESK, *FRONT_DOOR), REFUSED),
        AS_IF_NOT_THERE,
        method="POST",
        record="a sent referral",
    ),
    signed_in("journey:since_make", status=AS_IF_NOT_THERE, method="POST", record="a draft"),
    signed_in("journey:since_make", status=AS_IF_NOT_THERE, method="POST", record="a missing referral"),
    signed_in("blank_form:areas"),
    signed_in("blank_form:form", record="an area"),
    signed_in("blank_form:form", record="a missing area", status=AS_IF_NOT_THERE),
    signed_in("blank_form:pdf", record="a missing area", status=AS_IF_NOT_THERE),
    signed_in("blank_form:pdf", record="an area"),
    signed_in("blank_form:early_help", record="an area"),
    signed_in("blank_form:early_help_pdf", record="an area"),
    signed_in("documents:copy", status=AS_IF_NOT_THERE, record="a draft"),
    signed_in("documents:copy", status=AS_IF_NOT_THERE, record="a missing referral"),
]
