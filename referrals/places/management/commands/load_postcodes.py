"""`manage.py load_postcodes FILE`: the ONS Postcode Directory into the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from referrals.places.actions import load_postcodes
from referrals.places.files import SAMPLES, Opened


class Command(BaseCommand):
    help = "Loads the ONS Postcode Directory from its published CSV file. Running it again brings rows up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, or the small invented sample."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("file", nargs="?", help="The CSV file as it is published.")
        which.add_argument("--sample", action="store_true", help="The invented sample, for a demonstration.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, telling how far it is."""
        path = SAMPLES / "postcodes.csv" if options["sample"] else options["file"]
        with Opened(path, encoding="utf-8-sig") as lines:
            stored = load_postcodes(lines, progress=lambda count: self.stdout.write(f"{count:,} stored …"))
        self.stdout.write(f"{stored:,} postcodes stored.")
