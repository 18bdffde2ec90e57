"""`manage.py demo_accounts`: the invented agencies and people of a demonstration."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts import clock, demo


class Command(BaseCommand):
    help = "Makes the demonstration's agencies and people; those who are there already stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make whoever is missing."""
        demo.refuse_outside_demo()
        made = demo.make_people(now=clock.now())
        self.stdout.write(f"Demonstration people: {made} made, {len(demo.PEOPLE)} in all.")
