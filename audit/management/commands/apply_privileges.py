"""manage.py apply_privileges: after every migrate, as the owner."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from audit.privileges import RoleUnfit, apply


class Command(BaseCommand):
    help = "Gives the database roles of web and worker exactly their privileges. Run as the tables' owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--web", nargs="+", default=["referrals_web"], help="roles of web processes")
        parser.add_argument("--worker", nargs="+", default=["referrals_worker"], help="roles of worker processes")

    def handle(self, *args: Any, **options: Any) -> None:
        web, worker = options["web"], options["worker"]
        try:
            tables = apply(connection, web, worker)
        except RoleUnfit as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"Privileges on {tables} tables given to {', '.join([*web, *worker])}.")
