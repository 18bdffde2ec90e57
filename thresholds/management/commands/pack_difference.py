"""Print what changed between two packs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from thresholds import sources
from thresholds.domain.assemble import PackErrors
from thresholds.domain.difference import Change, Kind, difference
from thresholds.domain.pack import Pack


class Command(BaseCommand):
    help = (
        "Print what changed from one pack to another: added, removed, moved to another level, reworded, changed, "
        "reordered. Each is a file, a folder, or a published version such as telford-and-wrekin@2026-09-01.2."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old")
        parser.add_argument("new")

    def handle(self, *args: Any, old: str, new: str, **options: Any) -> None:
        before, after = _find(old), _find(new)
        changes = difference(before, after)
        for change in changes:
            self.stdout.write(_title(change))
            for field in change.fields if Kind.REMOVED not in change.kinds else ():
                if field.before is not None:
                    self.stdout.write(f"    - {field.field}: {field.before}")
                if field.after is not None:
                    self.stdout.write(f"    + {field.field}: {field.after}")
        self.stdout.write(_summary(changes))


def _find(name: str) -> Pack:
    try:
        return sources.find(name)
    except PackErrors as errors:
        raise CommandError(str(errors)) from None


def _title(change: Change) -> str:
    kinds = ", ".join(kind.value for kind in change.kinds)
    way = {True: " up", False: " down", None: ""}[change.raised]
    reused = "  (this id stood for something else: ids are permanent)" if change.reused else ""
    return f"{change.part.value.replace('_', ' ')} {change.id}: {kinds}{way}{reused}".replace(" :", ":")


def _summary(changes: tuple[Change, ...]) -> str:
    if not changes:
        return "No difference."
    counts = [(kind.value, sum(kind in change.kinds for change in changes)) for kind in Kind]
    return ", ".join(f"{count} {kind}" for kind, count in counts if count)
