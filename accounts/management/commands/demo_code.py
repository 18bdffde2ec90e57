"""`manage.py demo_code PERSON`: a demonstration person's second-factor code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import demo


class Command(BaseCommand):
    help = "Prints the second-factor code that works now for a demonstration person."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the short name or the e-mail address."""
        parser.add_argument("person", help="such as screener, or screener@demo.example")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the code on standard output, and how long it is shown on standard error."""
        demo.refuse_outside_demo()
        code, seconds = demo.code_of(options["person"])
        self.stdout.write(code)
        self.stderr.write(f"Shown for {seconds} more seconds, and works once.")
