"""Publish the packs that ship with the system."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.domain.actor import Actor
from thresholds import files
from thresholds.actions import AlreadyPublishedError, publish
from thresholds.domain.assemble import PackErrors


class Command(BaseCommand):
    help = (
        "Publish the shipped threshold packs. Running it again changes nothing. Other content under a date that is "
        "published already is refused, or becomes a new revision with --revise (always so in a demonstration)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--revise", action="store_true", help="publish changed content as a new revision")

    def handle(self, *args: Any, revise: bool = False, **options: Any) -> None:
        try:
            packs = files.shipped_packs()
        except PackErrors as errors:
            raise CommandError(f"A pack is broken; nothing was published.\n{errors}") from None
        refused = []
        for pack in packs:
            try:
                published = publish(
                    pack=pack, by=Actor.system("load_packs"), now=timezone.now(), revise=revise or settings.DEMO
                )
            except AlreadyPublishedError as error:
                refused.append(str(error))
                continue
            self.stdout.write(f"{'published' if published.created else 'unchanged'}: {published.version}")
        if refused:
            raise CommandError("\n".join(refused))
