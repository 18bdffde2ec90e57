"""Print every route of an area's pack."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from thresholds import presenters, selectors


class Command(BaseCommand):
    help = "Print when each route of an area's shipped pack speaks, and where it leads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("area", help="for example telford-and-wrekin")

    def handle(self, *args: Any, area: str, **options: Any) -> None:
        packs = {pack.area.slug: pack for pack in selectors.packs_of_files(timezone.localdate())}
        if area not in packs:
            raise CommandError(f"There is no pack of {area}. There are: {', '.join(packs)}.")
        for route in presenters.routes_shown(packs[area]):
            self.stdout.write(f"{route.code}: {route.name}")
            self.stdout.write(f"    {route.text}")
            for lead in route.details:
                self.stdout.write(f"    - {lead}")
            self.stdout.write(f"    [{route.source}]")
