"""Rows of config, audit, dispatch, thresholds and the components page."""

from tests.authorisation.row import AS_IF_NOT_THERE, Row, everybody, only, signed_in

REDIRECTED = 302

ROWS: list[Row] = [
    signed_in("home"),
    everybody("set_language", method="POST", status=REDIRECTED, nobody=REDIRECTED, data={"language": "en-gb"}),
    everybody("healthz"),
    everybody("readyz"),
    # Prometheus shows a token; for everybody else there is no such page.
    everybody("metrics", status=AS_IF_NOT_THERE, nobody=AS_IF_NOT_THERE),
    everybody("components"),
    everybody("numbers"),
    signed_in("thresholds:packs"),
    signed_in("thresholds:pack", record="an area"),
    signed_in("thresholds:pack", record="a missing area", status=AS_IF_NOT_THERE),
    signed_in("thresholds:pack", method="POST", record="an area", data={"words": "bruise"}),
    signed_in("thresholds:version", record="a missing version", status=AS_IF_NOT_THERE),
    only("audit:entries", "auditor"),
    only("audit:entries", "auditor", method="POST", status=REDIRECTED, data={"verb": "session.end"}),
    only("dispatch:operations", "operator"),
    only("dispatch:row", "operator", record="an outbox row"),
    only("dispatch:row", "operator", record="a missing row", status=AS_IF_NOT_THERE),
    only("dispatch:retry", "operator", method="POST", record="an outbox row", status=REDIRECTED),
    only("dispatch:another_way", "operator", record="an outbox row"),
    only("dispatch:another_way", "operator", record="a missing row", status=AS_IF_NOT_THERE),
    only(
        *("dispatch:set_aside", "operator"),
        method="POST",
        record="an outbox row",
        status=REDIRECTED,
        data={"reason": "Sent again by hand."},
    ),
]
