"""Reading files of a request, so that what is too large neither fills the disk nor takes the rest of the form along."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from referrals.record.domain.attachments import AT_ONCE, LARGEST

MOST_BYTES = AT_ONCE * LARGEST + 1024 * 1024
TOO_LARGE = "uploads_too_large"
"""Where the names of files that were left out stand in `request.META`."""


class Bounded(FileUploadHandler):
    """Leaves out a file as soon as it is larger than any that is taken, and notes its name; the other fields arrive.

    A whole request that is larger than all files together can be is refused with RequestDataTooBig before it is read.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803  # Django's name
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Refuse what is too large as a whole."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig("the request is larger than all files that are taken at once")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Count afresh for each file."""
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on, until there are too many."""
        self.seen += len(raw_data)
        if self.seen > LARGEST:
            if self.request is not None:
                self.request.META.setdefault(TOO_LARGE, []).append(self.file_name or "")
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Keep nothing: the next handler does."""
