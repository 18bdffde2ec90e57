"""Write the published schema of what other systems get."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from referrals.exchange.domain.message import schema

FILE = Path(__file__).resolve().parents[4] / "docs" / "reference" / "exchange.schema.json"


def published() -> str:
    """Return the schema as the file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


class Command(BaseCommand):
    help = "Print the JSON Schema of a message, or write it to docs/reference/exchange.schema.json with --write."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--write", action="store_true")

    def handle(self, *args: Any, write: bool = False, **options: Any) -> None:
        if not write:
            self.stdout.write(published())
            return
        FILE.write_text(published(), encoding="utf-8")
        self.stdout.write(f"written: {FILE.name}")
