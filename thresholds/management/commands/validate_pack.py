"""Say whether a pack can be used, with file, line and field of each mistake."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thresholds import sources
from thresholds.domain.assemble import PackErrors


class Command(BaseCommand):
    help = (
        "Check a pack: a folder of YAML or CSV files, or one file (.yaml, .xlsx, .ods, CSV in .zip). "
        "National overrides come from the shipped packs."
    )
    # The check of the shipped packs would speak first, about another pack.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if not path.exists():
            raise CommandError(f"There is no {path}.")
        try:
            pack = sources.read_path(path)
        except PackErrors as errors:
            count = len(errors.mistakes)
            raise CommandError(f"{errors}\n{count} {'mistake' if count == 1 else 'mistakes'}.") from None
        self.stdout.write(
            f"{pack.area.name}, from {pack.effective_from}: {len(pack.levels)} levels, {len(pack.domains)} domains, "
            f"{len(pack.descriptors)} descriptors, {len(pack.front_doors)} front doors, {len(pack.routes)} routes. "
            f"Digest {pack.sha256()}."
        )
