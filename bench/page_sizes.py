"""The main pages with little and with much in them: `python -m bench.page_sizes` on a system's data, as its web role.

Takes where the running web process answers, how much is much and how often to ask, as JSON on its input. Writes
invented referrals, counts each page's queries in this process, asks the web process for the page, and prints a list of
Page, as JSON. It writes into what is there: for a system of its own only (bench.pages).
"""

import json
import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlsplit

import django

# What the system logs of each page is not part of the answer.
ANSWER = os.fdopen(os.dup(1), "w")
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
django.setup()

from django.conf import settings  # noqa: E402 (needs the set-up above)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import reverse  # noqa: E402

from accounts.models import Person  # noqa: E402
from referrals.record.models import Referral  # noqa: E402
from referrals.routing.models import Intake  # noqa: E402
from tests.casework.support import World  # noqa: E402
from tests.desks import signed_in  # noqa: E402
from tests.whole.growing import draft, story, work  # noqa: E402
from thresholds.files import shipped_packs  # noqa: E402

BARE = "numbers"


@dataclass(frozen=True, slots=True)
class Page:
    """One page at one size: its queries, and milliseconds to its first byte, with those of the bare page beside."""

    name: str
    size: str
    queries: int
    kilobytes: float
    took: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


class Visitor:
    """Somebody who is signed in, in this process and at the web process."""

    def __init__(self, person: Person, address: str) -> None:
        self.client: Client = signed_in(person)
        self.client.defaults["SERVER_NAME"] = self.host = urlsplit(address).hostname or ""
        self.port = urlsplit(address).port or 80
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={self.client.cookies[settings.SESSION_COOKIE_NAME].value}"

    def queries(self, path: str) -> int:
        """How many queries the page takes, once the process has read what it keeps; the fewest of three times, because
        now and then one also writes that somebody is still there.
        """
        return min([self._queries(path) for _ in range(4)][1:])

    def _queries(self, path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return len(captured)

    def first_byte(self, path: str) -> tuple[float, float]:
        """Milliseconds from asking to the answer's first byte, on a connection that stands; kilobytes of the page."""
        line = HTTPConnection(self.host, self.port, timeout=120)
        line.connect()
        began = time.perf_counter()
        line.request("GET", path, headers={"Cookie": self.cookie})
        line.sock.recv(1, socket.MSG_PEEK)
        took = time.perf_counter() - began
        answer = line.getresponse()
        page = answer.read()
        line.close()
        assert answer.status == 200, f"{path}: {answer.status}"
        return took * 1000, len(page) / 1024


Asked = tuple[str, str, Visitor, str]
"""Name of the page, its size, who asks for it and where."""


def measured(asked: list[Asked], times: int) -> Iterator[Page]:
    """Measure these pages by turns, the bare page before each: what else the machine does falls on all alike."""
    bare = reverse(BARE)
    pages = []
    for name, size, who, path in asked:
        queries, (_, kilobytes) = who.queries(path), who.first_byte(path)
        pages.append(Page(name, size, queries, kilobytes))
    for _ in range(times):
        for page, (_name, _size, who, path) in zip(pages, asked, strict=True):
            page.bare.append(who.first_byte(bare)[0])
            page.took.append(who.first_byte(path)[0])
    yield from pages


def of_draft(referral: Referral) -> dict[str, str]:
    """The pages of writing one."""
    about, child = [referral.pk], referral.children.earliest("position").pk
    return {
        "task list": reverse("journey:tasks", args=about),
        "form page: the worry": reverse("journey:page", args=[*about, "concern"]),
        "form page: the children": reverse("journey:page", args=[*about, "children"]),
        "descriptors of a child": reverse("journey:person_page", args=[*about, "descriptors", child]),
        "decision to share": reverse("journey:sharing", args=about),
        "where it goes": reverse("journey:plan", args=about),
        "check your answers": reverse("journey:check", args=about),
    }


def of_sent(referral: Referral) -> dict[str, tuple[str, str]]:
    """The pages of one at work in a front door, with who reads each."""
    intake = Intake.objects.get(referral=referral, front_door="family-connect").pk
    child = referral.children.earliest("position").pk
    return {
        "record after sending": ("teacher", reverse("referral", args=[referral.pk])),
        "on the lead's desk": ("dsl", reverse("review:referral", args=[referral.pk])),
        "intake at the front door": ("worker", reverse("triage:intake", args=[intake])),
        "decision for a child": ("worker", reverse("triage:decide_child", args=[intake, child])),
    }


LISTS = {
    "home": ("teacher", "home"),
    "one's referrals": ("teacher", "journey:referrals"),
    "lead's desk": ("dsl", "review:desk"),
    "front door's queue": ("screener", "triage:queue"),
}


def packs() -> dict[str, str]:
    """The areas with the fewest and with the most descriptors."""
    found = sorted((len(pack.descriptors), pack.area.slug) for pack in shipped_packs() if pack.descriptors)
    return {str(count): area for count, area in (found[0], found[-1])}


def main(address: str, much: int, rows: int, times: int, say: Callable[[str], None]) -> list[Page]:
    """Write, count and ask; return the pages, each at its little and its large size."""
    world = World.made()
    visitors = {name: Visitor(getattr(world, name), address) for name in ("teacher", "dsl", "screener", "worker")}
    teacher = visitors["teacher"]

    def lists(size: str) -> list[Page]:
        return list(
            measured([(name, size, visitors[who], reverse(page)) for name, (who, page) in LISTS.items()], times)
        )

    say("lists with little in them")
    work(world)
    found = lists("1")
    say(f"drafts and referrals with 1 and {much}")
    about: list[Asked] = []
    for size in (1, much):
        about += [(name, str(size), teacher, path) for name, path in of_draft(draft(world, size)).items()]
        sent = of_sent(story(world, size))
        about += [(name, str(size), visitors[who], path) for name, (who, path) in sent.items()]
    found += measured(about, times)
    grids = [("pack grid", size, teacher, reverse("thresholds:pack", args=[area])) for size, area in packs().items()]
    found += measured(grids, times)
    say(f"lists with {rows} times as much")
    for _ in range(rows - 1):
        work(world)
    return found + lists(str(rows))


if __name__ == "__main__":
    given = json.load(sys.stdin)
    result = main(**given, say=lambda words: print(words, file=sys.stderr, flush=True))
    print(json.dumps([asdict(page) for page in result]), file=ANSWER, flush=True)
