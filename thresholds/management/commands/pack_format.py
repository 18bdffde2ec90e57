"""Write the reference of the pack format."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from thresholds.domain.reference import reference

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "pack-format.md"


class Command(BaseCommand):
    help = "Print the reference of the pack format, or write it to docs/reference/pack-format.md with --write."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, write: bool = False, **options: Any) -> None:
        if not write:
            self.stdout.write(reference())
            return
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(reference(), encoding="utf-8")
        self.stdout.write(f"written: {PAGE.name}")
