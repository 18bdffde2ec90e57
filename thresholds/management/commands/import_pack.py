"""Take in a pack that a partnership has edited: as a draft, or published from a day."""

import datetime as dt
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.clock import day_of
from audit.domain.actor import Actor
from thresholds import open_work, selectors, sources
from thresholds.actions import bring_draft, publish
from thresholds.domain.assemble import PackErrors
from thresholds.domain.cautions import cautions
from thresholds.domain.difference import PartName, difference
from thresholds.domain.pack import Pack
from thresholds.domain.permissions import LONGEST_AHEAD
from thresholds.presenters.changes import LOOKS


class Command(BaseCommand):
    help = (
        "Check a pack in any format and keep it as a draft of its area, which its partnership manager then sees. "
        "With --publish --from DATE it is published instead, from today or a later day, as the next revision where "
        "a version has that date. What changes, and what to look at, is printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--note", default="", help="what the draft is about; at most 200 characters")
        parser.add_argument("--publish", action="store_true")
        parser.add_argument("--new-area", action="store_true", help="publish for an area that has no version yet")
        parser.add_argument("--from", dest="start", metavar="DATE", help="such as 2027-01-04; needed with --publish")

    def handle(self, *args: Any, path: Path, note: str, **options: Any) -> None:
        now = timezone.now()
        start = _start(options["start"], today=day_of(now), publishes=options["publish"])
        try:
            pack = sources.read_path(path)
        except PackErrors as errors:
            count = len(errors.mistakes)
            raise CommandError(
                f"{errors}\n{count} {'mistake' if count == 1 else 'mistakes'}. Nothing was kept."
            ) from None
        if start is not None:
            pack = pack.model_copy(update={"effective_from": start})
            known = selectors.versions_of(pack.area.slug, start)
            if not known and not options["new_area"]:
                raise CommandError(f"Nothing is published for {pack.area.slug} yet. If that is right, give --new-area.")
        changes = self._tell(pack, start or max(pack.effective_from, day_of(now)))
        for later in selectors.versions_after(pack.area.slug, start) if start else ():
            self.stdout.write(f"look at: another version takes its place from {later}: does it hold this change?")
        by = Actor.system("import_pack")
        if start is None:
            source = path.suffix.lstrip(".").lower()[:10] or "folder"
            draft = bring_draft(pack=pack, source=source, note=note[:200], by=by, now=now)
            self.stdout.write(f"kept: {draft}")
        elif not changes:
            self.stdout.write("unchanged: the published version says the same")
        else:
            self.stdout.write(f"published: {publish(pack=pack, by=by, now=now, revise=True).version}")

    def _tell(self, pack: Pack, day: dt.date) -> bool:
        """Print what the pack changes of the version that applies on that day; whether it changes anything."""
        try:
            old = selectors.current_pack(pack.area.slug, day).pack
        except selectors.NoPackError:
            self.stdout.write("Nothing is published for this area yet.")
            return True
        changes = difference(old, pack)
        for look in cautions(old, pack, changes, open_work.at_doors(pack.area.slug)):
            self.stdout.write(f"look at: {LOOKS[look.look]}: {' '.join(filter(None, [look.what, look.detail]))}")
        self.stdout.write(
            f"{len(changes)} {'item differs' if len(changes) == 1 else 'items differ'} from {old.effective_from}."
        )
        return any((change.part, change.id) != (PartName.PACK, "effective_from") for change in changes)


def _start(text: str | None, *, today: dt.date, publishes: bool) -> dt.date | None:
    """The day to publish from; None for a draft. CommandError where the two options don't go together."""
    if publishes != (text is not None):
        raise CommandError("--publish and --from DATE go together.")
    if text is None:
        return None
    try:
        start = dt.date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is not a date like 2027-01-04.") from None
    if start < today:
        raise CommandError("A pack is published from today or a later day.")
    if start > today + LONGEST_AHEAD:
        raise CommandError("A pack is published at most two years ahead.")
    return start
