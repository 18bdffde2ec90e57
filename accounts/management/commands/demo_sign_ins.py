"""`manage.py demo_sign_ins`: who can sign in to a demonstration."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts import demo


class Command(BaseCommand):
    help = "Prints the demonstration's sign-ins, by agency and role."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form to print in."""
        parser.add_argument("--json", action="store_true", help="for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them."""
        demo.refuse_outside_demo()
        rows = demo.sign_ins()
        if options["json"]:
            self.stdout.write(json.dumps({"password": demo.PASSWORD, "sign_ins": rows}, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"Everybody's password: {demo.PASSWORD}   (* asks for a code: ./run code PERSON)\n")
        agency = None
        for row in rows:
            if row["agency"] != agency:
                agency = row["agency"]
                self.stdout.write(f"\n{agency}")
            star = "*" if row["second_factor"] else " "
            roles = ", ".join(str(role) for role in demo.BY_SHORT[str(row["person"])].roles)
            self.stdout.write(f"  {star} {row['email']!s:<32} {roles.replace('_', ' ')}")
