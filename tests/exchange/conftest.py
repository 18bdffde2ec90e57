"""A front door with a referral in its queue, its manager, and a receiver of its own."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.casework.support import World


@pytest.fixture
def world(transactional_db) -> World:
    """A school, a front door and their people; rows are committed, as other connections see them."""
    return World.made()


@dataclass
class Receiver:
    """What the front door's own system got, and how it answers."""

    address: str = ""
    status: int = 200
    receipt: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A real HTTP server on this machine, in a thread."""
    answers = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answers.got.append((dict(self.headers), body))
            self.send_response(answers.status)
            if answers.receipt:
                self.send_header("Webhook-Receipt", answers.receipt)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answers.address = f"http://127.0.0.1:{server.server_port}/take"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield answers
    server.shutdown()
    thread.join()
    server.server_close()
