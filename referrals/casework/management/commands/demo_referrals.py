"""`manage.py demo_referrals`: the invented referrals of a demonstration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from accounts.demo import refuse_outside_demo
from referrals.casework.demo import make_referrals
from referrals.casework.demo.making import NoPeople


class Command(BaseCommand):
    help = "Makes the demonstration's referrals, in every state; nothing happens when they are there already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them, or say what is missing. Needs the demonstration's people and the published packs."""
        refuse_outside_demo()
        try:
            made = make_referrals(now=clock.now())
        except NoPeople as missing:
            raise CommandError(missing.reason) from None
        self.stdout.write(f"Demonstration referrals: {made} made.")
