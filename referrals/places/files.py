"""Opening a register's file, with what goes wrong said as the operator reads it."""

from pathlib import Path
from types import TracebackType
from typing import IO

from django.core.management.base import CommandError

from referrals.places.domain.registers import NotTheRegister

SAMPLES = Path(__file__).resolve().parent / "samples"


class Opened:
    """A text file of a register while it is read. Raises CommandError for one that can't be opened, is another file
    than the register, or has bytes that the encoding doesn't have."""

    def __init__(self, path: str | Path, *, encoding: str) -> None:
        self.path, self.encoding = Path(path), encoding
        self.lines: IO[str] | None = None

    def __enter__(self) -> IO[str]:
        try:
            self.lines = self.path.open(encoding=self.encoding, newline="")
        except OSError as wrong:
            raise CommandError(f"{self.path} can't be opened: {wrong.strerror}.") from None
        return self.lines

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.lines is not None
        self.lines.close()
        if isinstance(wrong, NotTheRegister):
            raise CommandError(str(wrong)) from None
        if isinstance(wrong, UnicodeDecodeError):
            raise CommandError(f"{self.path} isn't written in {self.encoding}.") from None
