"""The virus scanner gateway: bytes to clamd by its own INSTREAM command, a verdict back. Knows no domain.

The protocol (clamd(8)): the command `zINSTREAM` and a zero byte, then chunks, each after its length as four bytes in
network order, then a length of nothing; clamd answers one line that ends with a zero byte. Above its StreamMaxLength it
answers at once and hangs up, whatever is still being sent.
"""

import socket
import struct
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings

from dispatch.domain.promise import PermanentFailure

OFF = "off"
_CHUNK = 64 * 1024
_LONGEST_ANSWER = 4096
_PATIENCE = 30.0
_PATIENCE_OF_PAGES = 1.0
# What clamd finds in a file that goes beyond its own limits, where AlertExceedsMax is set (docs/deploy.md).
_BEYOND_LIMITS = "Heuristics.Limits.Exceeded"


class ScannerTrouble(ConnectionError):
    """The scanner can't be reached, or broke off, or answers what no scanner answers. Trying again may help."""


class TooLargeForScanner(PermanentFailure):
    """The scanner's own limit is below ours: trying again can't help."""

    words = "The virus scanner doesn't take a file so large; raise its StreamMaxLength, then try again"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner says: `signature` names what it found, empty for nothing. `looked` is False where it is off,
    `in_full` where a file is more than it looks through: then no virus was found, and none ruled out.
    """

    looked: bool
    signature: str = ""
    in_full: bool = True


class ScannerState(StrEnum):
    """How the scanner stands, for pages and health."""

    OFF = "off"
    ANSWERS = "ok"
    UNREACHABLE = "unreachable"

    @property
    def words(self) -> str:
        """Return the state as operators read it."""
        return _WORDS[self]


_WORDS = {
    ScannerState.OFF: "Switched off (VIRUS_SCANNER): files can be opened unchecked, and their pages say so",
    ScannerState.ANSWERS: "Answers",
    ScannerState.UNREACHABLE: "Does not answer: files wait and can't be opened; referrals go all the same",
}


def is_on() -> bool:
    """Whether this deployment has files looked at."""
    return str(settings.VIRUS_SCANNER) != OFF


def scan(content: bytes) -> Verdict:
    """Return what the scanner says of these bytes. Outside any transaction, repeatable.

    Raises ScannerTrouble while it can't be asked, TooLargeForScanner where it never takes so much.
    """
    if not is_on():
        return Verdict(looked=False)
    try:
        with _connected(_PATIENCE) as line:
            # Whoever hung up on us may have said why before.
            with suppress(BrokenPipeError, ConnectionResetError):
                _send(line, content)
            answer = _answer(line)
    except ScannerTrouble:
        raise
    except OSError as error:
        raise ScannerTrouble from error
    return _verdict(answer)


def state() -> ScannerState:
    """Return how the scanner stands at this moment. Waits a second at most."""
    if not is_on():
        return ScannerState.OFF
    try:
        with _connected(_PATIENCE_OF_PAGES) as line:
            line.sendall(b"zPING\0")
            return ScannerState.ANSWERS if _answer(line) == "PONG" else ScannerState.UNREACHABLE
    except OSError:
        return ScannerState.UNREACHABLE


def _verdict(answer: str) -> Verdict:
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict(looked=True)
    if said.endswith(" FOUND"):
        signature = said.removesuffix(" FOUND")
        return Verdict(looked=True, signature=signature, in_full=not signature.startswith(_BEYOND_LIMITS))
    if "size limit exceeded" in said:
        raise TooLargeForScanner
    raise ScannerTrouble


def _send(line: socket.socket, content: bytes) -> None:
    line.sendall(b"zINSTREAM\0")
    for start in range(0, len(content), _CHUNK):
        chunk = content[start : start + _CHUNK]
        line.sendall(struct.pack("!I", len(chunk)) + chunk)
    line.sendall(struct.pack("!I", 0))


def _answer(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0"):
        part = line.recv(1024)
        if not part or len(answer) > _LONGEST_ANSWER:
            raise ScannerTrouble
        answer += part
    return answer[:-1].decode("ascii", errors="replace").strip()


def _connected(patience: float) -> socket.socket:
    parts = urlsplit(str(settings.VIRUS_SCANNER))
    if parts.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience)
        try:
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line
    return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=patience)
