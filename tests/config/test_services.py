"""The private database of a place from which the project was deleted and fetched again: its passwords went with it."""

import subprocess
import sys
import uuid
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
STARTED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from house.place import State
from house.services import Services
state = State(Path(sys.argv[2]))
services = Services(state, throw_away=sys.argv[3] == "True")
if sys.argv[4] == "destroy":
    services.destroy()
else:
    services.start_postgresql()
    services.ensure_roles()
    print(state.data)
"""


def services(root: Path, verb: str, *, throw_away: bool) -> str:
    done = subprocess.run(
        [sys.executable, "-c", STARTED, str(SCRIPTS), str(root), str(throw_away), verb],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("throw_away", [True, False])
def test_a_database_whose_passwords_are_gone_stops_nobody(tmp_path: Path, throw_away: bool):
    root = tmp_path / uuid.uuid4().hex
    data = Path(services(root, "start", throw_away=throw_away).strip())
    try:
        # Started again with its secrets, it is the same one, and nothing is said or moved.
        (data / "mark").touch()
        assert services(root, "start", throw_away=throw_away).strip() == str(data)
        assert (data / "mark").exists()
        (root / "secrets.json").unlink()
        said = services(root, "start", throw_away=throw_away)
        aside = list(data.parent.glob(f"{data.name}.left-*"))
        assert ("were put aside" in said) is not throw_away
        assert not (data / "mark").exists()
        assert [(one / "mark").exists() for one in aside] == ([] if throw_away else [True])
        assert (data / "postgresql" / "PG_VERSION").exists()
    finally:
        services(root, "destroy", throw_away=throw_away)
        for one in data.parent.glob(f"{data.name}.left-*"):
            subprocess.run(["rm", "-r", str(one)], check=True)
