"""`manage.py load_schools FILE`: the register of schools into the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from referrals.places.actions import load_schools
from referrals.places.files import SAMPLES, Opened


class Command(BaseCommand):
    help = "Loads the register of schools from its published CSV file. Running it again brings rows up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, or the small invented sample."""
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("file", nargs="?", help="The CSV file as it is published.")
        which.add_argument("--sample", action="store_true", help="The invented sample, for a demonstration.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, telling how far it is."""
        path = SAMPLES / "schools.csv" if options["sample"] else options["file"]
        with Opened(path, encoding="cp1252") as lines:
            stored = load_schools(lines, progress=lambda count: self.stdout.write(f"{count:,} stored …"))
        self.stdout.write(f"{stored:,} schools stored.")
