"""Rows of signing in, one's account, and an agency's people."""

from tests.authorisation.row import AS_IF_NOT_THERE, OPEN, REFUSED, Row, everybody, only, signed_in

# A form that was done leads on, and so does a page that has nothing to do for somebody.
LED_ON = 302
NOT_BY_THIS_METHOD = 405

KEEPERS_HERE = ("dsl", "deputy_dsl", "agency_administrator", "administrator")
# Who keeps the other agency's list, by who keeps this one's.
THERE = {"dsl": "dsl_there", "deputy_dsl": "dsl_there", "agency_administrator": "agency_administrator_there"}
# Whose role needs a second factor.
SECOND_FACTOR_ROLES = (
    "agency_administrator",
    "agency_administrator_there",
    "screener",
    "social_worker",
    "front_door_manager",
    "early_help_coordinator",
    "partnership_manager",
    "auditor",
    "operator",
    "administrator",
)


def of_an_agency(name: str, record: str, opens: tuple[str, ...], method: str = "GET") -> list[Row]:
    """A record of one agency, here and there: keepers of the other agency are told that there is nothing."""
    return [
        Row(
            name,
            {
                **dict.fromkeys(("dsl_there", "agency_administrator_there"), AS_IF_NOT_THERE),
                **dict.fromkeys(opens, OPEN),
            },
            REFUSED,
            method=method,
            record=f"{record} here",
        ),
        Row(
            name,
            {
                **dict.fromkeys(("dsl", "deputy_dsl", "agency_administrator"), AS_IF_NOT_THERE),
                **dict.fromkeys((THERE.get(keeper, keeper) for keeper in opens), OPEN),
            },
            REFUSED,
            method=method,
            record=f"{record} there",
        ),
    ]


ROWS: list[Row] = [
    Row("account_login", {}, LED_ON, nobody=OPEN),
    Row("account_login", {}, LED_ON, nobody=OPEN, method="POST"),
    everybody("account_logout", status=NOT_BY_THIS_METHOD, nobody=NOT_BY_THIS_METHOD),
    everybody("account_logout", method="POST", status=LED_ON, nobody=LED_ON),
    everybody("account_inactive"),
    everybody("account_reset_password"),
    everybody("account_reset_password", method="POST"),
    everybody("account_reset_password_done"),
    everybody("account_reset_password_from_key", record="a reset link"),
    everybody("account_reset_password_from_key", method="POST", record="a reset link"),
    everybody("account_reset_password_from_key_done"),
    signed_in("account"),
    signed_in("account_change_password"),
    signed_in("account_change_password", method="POST"),
    signed_in("account_reauthenticate"),
    signed_in("account_reauthenticate", method="POST"),
    everybody("mfa_authenticate", status=LED_ON, nobody=LED_ON),
    everybody("mfa_authenticate", method="POST", status=LED_ON, nobody=LED_ON),
    signed_in("mfa_index"),
    # In the table's world everybody has a second factor already; tests/accounts sets one up.
    signed_in("mfa_activate_totp", status=LED_ON),
    signed_in("mfa_activate_totp", method="POST", status=LED_ON),
    signed_in("mfa_deactivate_totp"),
    # Whose role needs it can't take it away: the page comes back with the reason.
    only("mfa_deactivate_totp", *SECOND_FACTOR_ROLES, method="POST", otherwise=LED_ON),
    signed_in("mfa_reauthenticate"),
    signed_in("mfa_reauthenticate", method="POST"),
    signed_in("mfa_generate_recovery_codes"),
    signed_in("mfa_generate_recovery_codes", method="POST", status=LED_ON),
    # No codes were made yet in the table's world.
    signed_in("mfa_view_recovery_codes", status=AS_IF_NOT_THERE),
    signed_in("accounts:choose_agency", method="POST", status=LED_ON),
    only("accounts:held", "practitioner", record="a held form of the practitioner", otherwise=AS_IF_NOT_THERE),
    only(
        *("accounts:discard_held", "practitioner"),
        method="POST",
        record="a held form of the practitioner",
        status=LED_ON,
        otherwise=AS_IF_NOT_THERE,
    ),
    only("accounts:people", *KEEPERS_HERE, "dsl_there", "agency_administrator_there"),
    *of_an_agency("accounts:person", "a person", KEEPERS_HERE),
    *of_an_agency("accounts:end_membership", "a role", ("agency_administrator", "administrator")),
    *of_an_agency("accounts:end_membership", "a role", ("agency_administrator", "administrator"), "POST"),
    *of_an_agency("accounts:change_role", "a role", ("agency_administrator", "administrator")),
    *of_an_agency("accounts:change_role", "a role", ("agency_administrator", "administrator"), "POST"),
    *of_an_agency("accounts:give_role", "a past role", ("agency_administrator", "administrator")),
    *of_an_agency("accounts:give_role", "a past role", ("agency_administrator", "administrator"), "POST"),
]
