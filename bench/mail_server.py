"""A mail server that often fails: it speaks as much of SMTP as is needed, over TLS, and remembers what it took.

A share of the attempts is turned away for now, cut off before the message, or cut off after it was taken, when the
sender cannot know that it went. Which ones follows from a seed, the Message-ID and the attempt.
"""

import random
import socketserver
import ssl
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

WAYS_TO_FAIL = ("later", "cut off", "taken, then cut off")


@dataclass
class Taken:
    """What the server took: the recipients of each Message-ID, once for each time; and how it failed, how often."""

    messages: dict[str, list[str]] = field(default_factory=dict)
    attempts: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def repeated(self) -> int:
        """How many messages came more often than once under the same Message-ID."""
        return sum(len(recipients) > 1 for recipients in self.messages.values())


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on loopback; `certificate` is the file by which a client knows it."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path, *, seed: int, failing: float) -> None:
        self.certificate, key = _certificate(folder)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(self.certificate, key)
        self.seed, self.failing, self.taken = seed, failing, Taken()
        super().__init__(("127.0.0.1", 0), _Conversation)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def variables(self) -> dict[str, str]:
        """What a process of the system is told to send its mail here."""
        return {
            "MAIL_FOLDER": "",
            "SMTP_HOST": "localhost",
            "SMTP_PORT": str(self.server_address[1]),
            "SSL_CERT_FILE": str(self.certificate),
        }

    def failure(self, message_id: str) -> str:
        """How this attempt at a message fails; empty when it doesn't."""
        with self.taken.lock:
            self.taken.attempts[message_id] += 1
            chance = random.Random(f"{self.seed}:{message_id}:{self.taken.attempts[message_id]}")
            way = chance.choice(WAYS_TO_FAIL) if chance.random() < self.failing else ""
            if way:
                self.taken.failures[way] += 1
        return way


class _Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        """Answer commands until the client quits, or the failure of this attempt cuts it off."""
        self._say("220 bench")
        recipient = ""
        while line := self.rfile.readline():
            verb = line.split(None, 1)[0].upper() if line.strip() else b""
            if verb in {b"EHLO", b"HELO"}:
                self._say("250-bench", "250 STARTTLS")
            elif verb == b"STARTTLS":
                self._say("220 go on")
                self._secure()
            elif verb == b"RCPT":
                recipient = line.partition(b"<")[2].partition(b">")[0].decode()
                self._say("250 ok")
            elif verb == b"DATA":
                self._say("354 go on")
                if not self._message(recipient):
                    return
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _message(self, recipient: str) -> bool:
        """Read a message and take it or not; False when the line is to be cut."""
        content = b""
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            content += line
        message_id = str(message_from_bytes(content)["Message-ID"])
        way = self.server.failure(message_id)
        if way == "later":
            self._say("451 come again later")
            return True
        if way == "cut off":
            return False
        with self.server.taken.lock:
            self.server.taken.messages.setdefault(message_id, []).append(recipient)
        if way:
            return False
        self._say("250 taken")
        return True

    def _secure(self) -> None:
        self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine's own name, signed by itself; return the files of it and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path, key_path = folder / "mail.pem", folder / "mail-key.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path, key_path
