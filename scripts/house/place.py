"""Where things are kept: the project's folder, and for each state (demo, test) its data, sockets and secrets."""

import base64
import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
# PostgreSQL refuses to run as root; the user that Debian's package makes runs both services then.
SERVICE_USER = "postgres"


def am_root() -> bool:
    return os.geteuid() == 0


@dataclass(frozen=True)
class State:
    """One set of data, kept apart from any other: `.local` for `./run`, `.local-test` for `./test`."""

    folder: Path

    @property
    def mark(self) -> str:
        return hashlib.sha256(str(self.folder).encode()).hexdigest()[:10]

    @property
    def data(self) -> Path:
        """The services' own data. As root it lies where the unprivileged service user can reach it."""
        return Path("/var/lib/safeguarding-referrals") / self.mark if am_root() else self.folder / "data"

    @property
    def sockets(self) -> Path:
        """Unix sockets: a short path, because the kernel allows about 100 characters."""
        return Path("/tmp") / f"sr-{os.geteuid()}-{self.mark}"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def secret(self, name: str, size: int = 32) -> str:
        """A secret of this state, `size` random bytes made at first use, kept in a file that only the owner reads."""
        path = self.folder / "secrets.json"
        kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
        if name not in kept:
            raw = secrets.token_bytes(size)
            kept[name] = base64.urlsafe_b64encode(raw).decode()
            self.folder.mkdir(parents=True, exist_ok=True)
            fresh = path.with_suffix(".new")
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
                json.dump(kept, out)
            fresh.replace(path)
        return kept[name]
