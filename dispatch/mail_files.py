"""E-mail as files, for the demo: one .eml a message in a folder, which stands for people's mailboxes."""

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage


class EmailBackend(BaseEmailBackend):
    """Writes each message to settings.EMAIL_FILE_PATH, named after its Message-ID.

    A message that is sent again gets the same name with a number, so that a repeat can be seen. A file is there whole
    or not at all.
    """

    def __init__(self, fail_silently: bool = False, **kwargs: Any) -> None:
        super().__init__(fail_silently=fail_silently)
        self.folder = Path(str(settings.EMAIL_FILE_PATH))

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages; return how many. OSError when the folder cannot be written."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            written = message.message()
            self._write(_file_name(str(written["Message-ID"])), written.as_bytes())
        return len(email_messages)

    def _write(self, name: str, content: bytes) -> None:
        descriptor, draft = tempfile.mkstemp(dir=self.folder, prefix=".draft-")
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
            self._link(Path(draft), name)
        finally:
            Path(draft).unlink()

    def _link(self, draft: Path, name: str) -> None:
        """Give the finished file its first free name; linking never replaces another file."""
        number = 1
        while True:
            try:
                (self.folder / (f"{name}.eml" if number == 1 else f"{name}.{number}.eml")).hardlink_to(draft)
            except FileExistsError:
                number += 1
            else:
                return


def _file_name(message_id: str) -> str:
    return re.sub(r"[^A-Za-z0-9@._-]", "", message_id).strip(".") or "message"
