"""Where a command finds a pack: a file or folder of any format, or a published version by name."""

import datetime as dt
import re
from pathlib import Path

from thresholds import files, selectors, spreadsheets
from thresholds.domain.assemble import Mistake, PackErrors
from thresholds.domain.pack import Pack

_VERSION = re.compile(r"(?P<area>[a-z0-9-]+)@(?P<date>\d{4}-\d\d-\d\d)(\.(?P<revision>[0-9]{1,4}))?")


def read_path(path: Path) -> Pack:
    """The pack in a folder of YAML or CSV files, or in one file of any format. PackErrors with every mistake."""
    path = path.resolve()
    if path.is_dir():
        has_csv = any(path.glob("*.csv")) and not any(path.glob("*.yaml"))
        return spreadsheets.read_folder(path) if has_csv else files.read_pack(path)
    if not path.is_file():
        raise PackErrors([Mistake(str(path), 1, "", "there is no such file")])
    return spreadsheets.read_upload(path.name, path.read_bytes())[0]


def find(name: str) -> Pack:
    """The pack that `name` means: a path, or a published version like `bury@2026-09-01` (its highest revision) or
    `bury@2026-09-01.2`. PackErrors when there is none or it is broken."""
    version = _VERSION.fullmatch(name)
    if version is None or Path(name).exists():
        return read_path(Path(name))
    try:
        day = dt.date.fromisoformat(version["date"])
        revision = int(version["revision"]) if version["revision"] else None
        return selectors.version_named(version["area"], day, revision).pack
    except (selectors.NoPackError, ValueError):
        raise PackErrors([Mistake(name, 1, "", "there is no such published version")]) from None
