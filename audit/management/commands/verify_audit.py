"""manage.py verify_audit: is the audit record whole?"""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit.domain.chain import Verifier
from audit.verification import verify

MOST_SHOWN = 200


class Command(BaseCommand):
    help = (
        "Recomputes the hash chain of the audit record and reports what was altered, deleted or inserted. "
        "Exit status 1 when anything was found. Entries that still wait for the sealer are counted, not complained of."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect",
            default="",
            metavar="DIGEST",
            help="a head digest that was noted elsewhere; finds an end that was cut off and a rewritten chain",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        expect = options["expect"].strip().lower()
        if expect and not re.fullmatch(r"[0-9a-f]{64}", expect):
            raise CommandError("--expect takes the 64 hexadecimal digits of a digest.", returncode=2)
        verifier = Verifier(expect=expect)
        findings = 0
        for finding in verify(verifier):
            findings += 1
            if findings <= MOST_SHOWN:
                self.stdout.write(f"Found: {finding}")
        self._tell_totals(verifier)
        if findings:
            raise CommandError(f"The audit record is not whole: {findings} findings, {MOST_SHOWN} shown at most.")
        self.stdout.write("Nothing is wrong with the sealed part.")

    def _tell_totals(self, verifier: Verifier) -> None:
        head = verifier.head
        self.stdout.write(f"Sealed entries: {verifier.sealed}")
        self.stdout.write(
            f"Head: position {head.position}, entry {head.entry_id}, sealed {head.sealed_at.isoformat()}\n"
            f"Head digest: {head.digest}"
            if head
            else "Head: none"
        )
        oldest = f", oldest of {verifier.oldest_waiting.isoformat()}" if verifier.oldest_waiting else ""
        self.stdout.write(f"Unsealed entries: {verifier.waiting}{oldest}")
        if verifier.expected_at is not None:
            self.stdout.write(f"The expected digest stands at position {verifier.expected_at}.")
