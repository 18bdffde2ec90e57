"""A scanner that speaks clamd's own protocol over a real socket, and knows one virus: EICAR's test file.

Not a mock of our client: it reads the commands and chunks as clamd(8) describes them, and answers as clamd does.
"""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# In two pieces, so that no scanner takes this file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
STREAM_MAX_LENGTH = 12 * 1024 * 1024


class Scanner(socketserver.ThreadingTCPServer):
    """The server. `scans` counts finished looks; while `hold` is set it keeps whoever asks waiting."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.scans = 0
        self.asked = 0
        self.go = threading.Event()
        self.go.set()
        super().__init__(("127.0.0.1", 0), _Line)

    @property
    def address(self) -> str:
        """What VIRUS_SCANNER holds."""
        return f"tcp://127.0.0.1:{self.server_address[1]}"


class _Line(socketserver.StreamRequestHandler):
    server: Scanner

    def handle(self) -> None:
        command = self._command()
        if command == b"zPING":
            self.wfile.write(b"PONG\0")
        elif command == b"zINSTREAM":
            self.wfile.write(self._looked_at() + b"\0")
        else:
            self.wfile.write(b"UNKNOWN COMMAND\0")

    def _command(self) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            more = self.rfile.read(1)
            if not more:
                return b""
            command += more
        return command[:-1]

    def _looked_at(self) -> bytes:
        self.server.asked += 1
        content = b""
        while True:
            (length,) = struct.unpack("!I", self.rfile.read(4))
            if not length:
                break
            content += self.rfile.read(length)
            if len(content) > STREAM_MAX_LENGTH:
                return b"INSTREAM size limit exceeded. ERROR"
        self.server.go.wait(timeout=60)
        self.server.scans += 1
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"


@contextmanager
def scanner() -> Iterator[Scanner]:
    """A scanner that listens while the context lasts."""
    with Scanner() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.go.set()
            server.shutdown()
            thread.join()
