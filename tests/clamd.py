"""A scanner that speaks clamd's own protocol over a real socket, and knows one virus: EICAR's test file.

Not a mock of our client: it reads the commands and chunks as clamd(8) describes them, and answers as clamd 1.4.6 does
with a signature of one's own for EICAR (docs/adr/0026-files.md says what was seen of it), byte by byte.
"""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# In two pieces, so that no scanner takes this file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Eicar-Test-Signature.UNOFFICIAL"
"""What it calls the virus: clamd marks a signature that isn't ClamAV's own."""
BEYOND = "Heuristics.Limits.Exceeded.MaxRecursion"
STREAM_MAX_LENGTH = 12 * 1024 * 1024


class Scanner(socketserver.ThreadingTCPServer):
    """The server. `scans` counts finished looks; until `go` is set it keeps whoever asks waiting.

    With `limited` whatever it looks at goes beyond one of its limits, as a nested archive does with AlertExceedsMax.
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        self.scans = 0
        self.asked = 0
        self.limited = False
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
            # At once, by the length that is announced; then it hangs up on whoever is still sending.
            if len(content) + length > STREAM_MAX_LENGTH:
                return b"INSTREAM size limit exceeded. ERROR"
            content += self.rfile.read(length)
        self.server.go.wait(timeout=60)
        self.server.scans += 1
        if self.server.limited:
            return f"stream: {BEYOND} FOUND".encode()
        return f"stream: {NAME} FOUND".encode() if EICAR in content else b"stream: OK"


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
