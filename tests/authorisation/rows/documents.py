"""Rows of the PDF copy. While there is none, those who may read the referral get a page that says so, as 404."""

from tests.authorisation.row import AS_IF_NOT_THERE, Row, only, signed_in
from tests.authorisation.rows.journey import DESK, FRONT_DOOR

ROWS: list[Row] = [
    only("documents:copy", "practitioner", *DESK, *FRONT_DOOR, otherwise=AS_IF_NOT_THERE, record="a sent referral"),
    signed_in("documents:copy", status=AS_IF_NOT_THERE, record="a draft"),
    signed_in("documents:copy", status=AS_IF_NOT_THERE, record="a missing referral"),
]
