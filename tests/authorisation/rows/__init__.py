"""The authorisation table, by room. A new address gets its rows here, or the suite fails."""

from tests.authorisation.row import Row
from tests.authorisation.rows import accounts, desks, documents, exchange, house, journey, keeping, oversight

TABLE: list[Row] = [
    *house.ROWS,
    *keeping.ROWS,
    *accounts.ROWS,
    *journey.ROWS,
    *documents.ROWS,
    *desks.ROWS,
    *oversight.ROWS,
    *exchange.ROWS,
]
