"""Rows of the partnership manager's pages. A backtest of another area is, for them, not there."""

from tests.authorisation.row import AS_IF_NOT_THERE, Row, only

LED_ON = 302

ROWS: list[Row] = [
    only("oversight:backtests", "partnership_manager"),
    only("oversight:backtests", "partnership_manager", method="POST"),
    only("oversight:backtest", "partnership_manager", record="a backtest"),
    only("oversight:backtest", "partnership_manager", record="a backtest there", status=AS_IF_NOT_THERE),
    only("oversight:stop", "partnership_manager", method="POST", record="a backtest", status=LED_ON),
    only("oversight:stop", "partnership_manager", method="POST", record="a backtest there", status=AS_IF_NOT_THERE),
]
