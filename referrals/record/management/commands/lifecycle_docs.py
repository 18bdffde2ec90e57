"""`manage.py lifecycle_docs`: docs/reference/lifecycle.md from the transition tables of all rooms."""

from argparse import ArgumentParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

PLACE = Path("docs/reference/lifecycle.md")
HEAD = """# Life cycles

Made by `manage.py lifecycle_docs` from the transition tables in each room's `domain/lifecycle.py`. A test fails when it
is stale. Every change of state is an immutable row: from, to, who, when, why.
"""


def page() -> str:
    """Return the page: a section for each room whose `domain.lifecycle` or `domain.permissions` describes itself.

    Rooms are found by name, not imported by this one: some lie above it.
    """
    sections = [HEAD]
    for app in apps.get_app_configs():
        for module in (f"{app.name}.domain.lifecycle", f"{app.name}.domain.permissions"):
            if find_spec(f"{app.name}.domain") and find_spec(module):
                describe = getattr(import_module(module), "describe", None)
                sections += [describe()] if describe else []
    return "\n".join(sections)


class Command(BaseCommand):
    help = "Write docs/reference/lifecycle.md from the transition tables; with --check, only say whether it is stale."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the page is stale")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write the page, or raise CommandError when it is stale."""
        place: Path = settings.ROOT / PLACE
        made = page()
        current = place.read_text(encoding="utf-8") if place.exists() else ""
        if check and current != made:
            raise CommandError(f"{PLACE} is stale: run `manage.py lifecycle_docs`.")
        if current != made:
            place.write_text(made, encoding="utf-8")
        self.stdout.write(f"{PLACE} is current.")
