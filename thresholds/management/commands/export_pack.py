"""Write a pack as a file that a partnership can edit."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thresholds import sources, spreadsheets
from thresholds.domain.assemble import PackErrors

FOLDER = "csv-folder"


class Command(BaseCommand):
    help = (
        "Write a pack as an Excel workbook, an OpenDocument spreadsheet, CSV files in a zip or in a folder, or YAML. "
        "SOURCE is a file, a folder, or a published version such as bury@2026-09-01. An existing file is not replaced."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source")
        parser.add_argument("target", type=Path)
        parser.add_argument("--format", choices=[*spreadsheets.FORMATS, FOLDER], help="told from the target's ending")

    def handle(self, *args: Any, source: str, target: Path, **options: Any) -> None:
        code = options["format"] or _told_by(target)
        if target.exists():
            raise CommandError(f"{target} is there already.")
        if not target.parent.is_dir():
            raise CommandError(f"There is no folder {target.parent}.")
        try:
            pack = sources.find(source)
            if code == FOLDER:
                contents = spreadsheets.export_folder(pack)
                target.mkdir()
                for name, content in contents.items():
                    (target / name).write_bytes(content)
            else:
                target.write_bytes(spreadsheets.export(pack, code))
        except PackErrors as errors:
            raise CommandError(str(errors)) from None
        self.stdout.write(f"written: {target}. {pack.area.name}, from {pack.effective_from}. Digest {pack.sha256()}.")


def _told_by(target: Path) -> str:
    endings = {f".{one.ending}": one.code for one in spreadsheets.FORMATS.values()} | {".zip": "csv", ".yml": "yaml"}
    for ending, code in endings.items():
        if target.name.lower().endswith(ending):
            return code
    if not target.suffix:
        return FOLDER
    raise CommandError("Name the target .xlsx, .ods, .zip or .yaml, or a folder, or give --format.")
