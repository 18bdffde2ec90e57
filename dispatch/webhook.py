"""The gateway to other systems: one signed message by POST, to a public address, within time limits.

No redirect is followed, no proxy of the environment is used, and the connection goes to the very number that was
checked: a name that changes between the check and the connection leads nowhere else. Of the answer only its status and
a short receipt are read.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dispatch.addresses import AddressRefused, Target, check_numbers, target_of
from dispatch.domain.promise import PermanentFailure
from dispatch.domain.signing import signature

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 15.0
"""For everything together, from the connection to the last byte that is read."""
MOST_OF_ANSWER = 2000
LONGEST_RECEIPT = 100
USER_AGENT = "safeguarding-referrals-webhook/1"


class BadAddress(PermanentFailure):
    """The address can't be used any more."""

    words = "The address of the other system can't be used: it is not public, not https, or not spelt right"


class Refused(PermanentFailure):
    """The other system says that it will never take the message: 400 to 499, the retryable ones excepted."""

    words = "The other system refuses the message; speak to whoever runs it"


class SentElsewhere(PermanentFailure):
    """The other system answers with a redirect."""

    words = "The other system has moved: it answers with another address, which is not followed"


class NotTaken(Exception):
    """The other system couldn't take it now: a status of 5xx, 408, 425 or 429. It is tried again."""


class NotReached(Exception):
    """Nobody answered at the address. It is tried again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent: the body, the id by which a repeat is known, and the secrets to sign with, newest first."""

    address: str
    body: bytes
    event_id: str
    secrets: Sequence[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, and the receipt where the other system gave one."""

    status: int
    receipt: str


_AGAIN = frozenset({408, 425, 429})


def post(message: Message, *, now: datetime, plain_allowed: bool = False) -> Answer:
    """Send a message and return the answer, which is a success. Outside any transaction, repeatable.

    Raises BadAddress, Refused or SentElsewhere where repeating can't help; NotTaken or NotReached where it can.
    """
    try:
        target = target_of(message.address, plain_allowed=plain_allowed)
        number = _number_of(target, own_machine_allowed=plain_allowed)
    except AddressRefused:
        raise BadAddress from None
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        "Webhook-Id": message.event_id,
        "Webhook-Signature": signature(message.body, secrets=message.secrets, at=now),
        "Connection": "close",
    }
    try:
        status, receipt = _exchange(target, number, message.body, headers)
    except (OSError, http.client.HTTPException):
        raise NotReached from None
    if 200 <= status < 300:
        return Answer(status, receipt)
    if 300 <= status < 400:
        raise SentElsewhere
    if 400 <= status < 500 and status not in _AGAIN:
        raise Refused
    raise NotTaken


def _number_of(target: Target, *, own_machine_allowed: bool) -> str:
    """The number to connect to, every number of the name checked."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except OSError:
        raise NotReached from None
    except UnicodeError:
        # A part of the name is empty or too long: no name server is asked for it.
        raise AddressRefused("The address leads nowhere") from None
    numbers = list(dict.fromkeys(str(address[4][0]) for address in found))
    check_numbers(numbers, own_machine_allowed=own_machine_allowed)
    return numbers[0]


def _exchange(target: Target, number: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    connection = _Connection(target, number)
    try:
        connection.request("POST", target.path, body=body, headers=headers)
        response = connection.getresponse()
        response.read(MOST_OF_ANSWER)
        return response.status, _receipt_in(response.getheader("Webhook-Receipt", ""))
    finally:
        connection.close()


def _receipt_in(given: str) -> str:
    """What the other system calls it: printable characters only, and not many. Nothing is read in it."""
    return "".join(one for one in given if one.isascii() and one.isprintable()).strip()[:LONGEST_RECEIPT]


class _Connection(http.client.HTTPConnection):
    """A connection to a number that was checked, under the name that the certificate has to carry."""

    def __init__(self, target: Target, number: str) -> None:
        super().__init__(target.host, target.port, timeout=ANSWER_SECONDS)
        self._target, self._number = target, number

    def connect(self) -> None:
        ends = time.monotonic() + ANSWER_SECONDS
        plain = socket.create_connection((self._number, self._target.port), timeout=CONNECT_SECONDS)
        if not self._target.secure:
            self.sock = _InTime(plain, ends)
            return
        plain.settimeout(ANSWER_SECONDS)
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        try:
            self.sock = _InTime(context.wrap_socket(plain, server_hostname=self._target.host), ends)
        except BaseException:
            plain.close()
            raise


class _InTime:
    """What http.client needs of a socket, with one end for all its steps: a limit for each alone would let a receiver
    that sends byte by byte hold a worker for as long as it likes."""

    def __init__(self, inner: socket.socket, ends: float) -> None:
        self._inner, self._ends = inner, ends

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            self.hurry()
            rest = rest[self._inner.send(rest) :]

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Reading(self._inner.makefile("rb", buffering=0), self))

    def close(self) -> None:
        self._inner.close()

    def hurry(self) -> None:
        """Give the next step what is left; TimeoutError when nothing is."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._inner.settimeout(left)


class _Reading(io.RawIOBase):
    """The answer as it comes in, in time."""

    def __init__(self, inner: socket.SocketIO, within: _InTime) -> None:
        super().__init__()
        self._inner, self._within = inner, within

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._within.hurry()
        return self._inner.readinto(buffer)

    def close(self) -> None:
        self._inner.close()
        super().close()
