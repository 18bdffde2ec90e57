"""Loading the registers: line by line, in batches, and as often as one likes."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import IO, Any

from django.db import models

from referrals.places.domain.registers import (
    check_schools,
    postcode_columns,
    read_postcode,
    read_school,
)
from referrals.places.models import Postcode, School

BATCH = 5_000
Progress = Callable[[int], None]
"""Is told how many rows have been stored."""


def load_postcodes(lines: IO[str], *, progress: Progress) -> int:
    """Store the postcodes of a directory; return how many. One that is there already gets the new authority.

    Nothing is held but one batch. Raises NotTheRegister for another file; batches stored before a bad line stay.
    """
    rows = csv.DictReader(lines)
    columns = postcode_columns(rows.fieldnames or ())
    found = (read_postcode(row, columns) for row in rows)
    made = (Postcode(postcode=one.postcode, authority=one.authority) for one in found if one)
    return _store(Postcode, made, "postcode", ["authority"], progress)


def load_schools(lines: IO[str], *, progress: Progress) -> int:
    """Store the schools of the register; return how many. As `load_postcodes`; a closed school stays, as closed."""
    rows = csv.DictReader(lines)
    check_schools(rows.fieldnames or ())
    made = (_school(row) for row in rows)
    fields = ["name", "town", "postcode", "authority", "phase", "is_open"]
    return _store(School, (one for one in made if one), "urn", fields, progress)


def _school(row: Mapping[str, Any]) -> School | None:
    line = read_school(row)
    if line is None:
        return None
    return School(
        urn=line.urn,
        name=line.name,
        town=line.town,
        postcode=line.postcode,
        authority=line.authority,
        phase=line.phase,
        is_open=line.is_open,
    )


def _store(model: type[models.Model], rows: Iterator[Any], key: str, fields: Sequence[str], progress: Progress) -> int:
    stored = 0
    while batch := list(islice(rows, BATCH)):
        # A statement can't write one row twice: the later line of a batch counts, as it would between two batches.
        once = list({getattr(row, key): row for row in batch}.values())
        model._default_manager.bulk_create(once, update_conflicts=True, unique_fields=[key], update_fields=list(fields))
        stored += len(once)
        progress(stored)
    return stored
