"""The formats of a pack, writing each, and reading whatever somebody sends."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from thresholds import files
from thresholds.domain.assemble import Mistake, PackErrors
from thresholds.domain.pack import Pack
from thresholds.domain.parse import PackFile, national_group, parse_pack
from thresholds.domain.tables import layout
from thresholds.domain.tables.export import Table, tables, yaml_text
from thresholds.domain.tables.load import pack_of_tables
from thresholds.spreadsheets import csvs, ods, xlsx
from thresholds.spreadsheets.bounds import LONGEST_CELL, check_size, opened, refuse


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, how its files end, and how browsers name it."""

    code: str
    name: str
    ending: str
    media_type: str


FORMATS: Mapping[str, Format] = {
    "xlsx": Format(
        "xlsx", "Excel workbook", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "ods": Format("ods", "OpenDocument spreadsheet", "ods", "application/vnd.oasis.opendocument.spreadsheet"),
    "csv": Format("csv", "CSV files in a zip", "csv.zip", "application/zip"),
    "yaml": Format("yaml", "YAML text", "yaml", "application/yaml"),
}

_WRITERS: Mapping[str, Callable[[Sequence[Table]], bytes]] = {
    "xlsx": xlsx.write,
    "ods": ods.write,
    "csv": csvs.write,
}

TOO_LONG = f"holds {LONGEST_CELL:,} characters or more, and no cell can: shorten it, or take the pack as YAML"


def export(pack: Pack, code: str) -> bytes:
    """The pack as a file of that format. KeyError for an unknown format; PackErrors when the national file of the
    edition that the pack names isn't there any more, and, but for YAML, for words that no cell can hold."""
    edition = pack.national.isoformat()
    national = files.national_files()
    if edition not in national:
        raise PackErrors([Mistake("", 1, "national", f"no national file of {edition}")])
    group = national_group(national[edition])
    if code == "yaml":
        return yaml_text(pack, group).encode()
    made = tables(pack, group)
    too_long = list(_too_long(pack.area.slug, made))
    if too_long:
        raise PackErrors(too_long)
    return _WRITERS[code](made)


def _too_long(name: str, made: Sequence[Table]) -> Iterator[Mistake]:
    """Cells that a spreadsheet would cut without a word, and that none of the readers here would take back: a list of
    words is one cell, and there is no end to a list."""
    for table in made:
        for row, cells in enumerate(table.rows, 3 if table.helps else 2):
            for heading, text in zip(table.headings, cells, strict=True):
                # Counted as Excel does, where a sign beyond the first 65,536 is two; an apostrophe may come before it.
                if len(text.encode("utf-16-le")) // 2 >= LONGEST_CELL:
                    yield Mistake(name, row, "", TOO_LONG, table.name, heading)


def export_folder(pack: Pack) -> Mapping[str, bytes]:
    """The pack as CSV files by name. PackErrors as for `export`."""
    return opened("export", export(pack, "csv"))


def read_upload(name: str, data: bytes) -> tuple[Pack, Format]:
    """The pack in a file that somebody sent, and the format that its content shows it to be: its name isn't trusted,
    and only shown in mistakes. PackErrors with every mistake that can be told."""
    check_size(name, data)
    code = _sniffed(name, data)
    if code == "yaml":
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise refuse(name, "is not text in UTF-8, nor a spreadsheet that can be read (.xlsx, .ods)") from None
        return parse_pack([PackFile(name, text)], files.national_files()), FORMATS[code]
    if code == "csv":
        found = csvs.read(name, data, _sheet_names())
    else:
        found = xlsx.read(name, data) if code == "xlsx" else ods.read(name, data)
    national = {edition: national_group(file) for edition, file in files.national_files().items()}
    return pack_of_tables(name, found, national), FORMATS[code]


def read_folder(path: Path) -> Pack:
    """The pack in a folder of CSV files. PackErrors with every mistake that can be told."""
    contents = {file.name: file.read_bytes() for file in sorted(path.glob("*.csv"))}
    for name, content in contents.items():
        check_size(f"{path.name}/{name}", content)
    found = csvs.read_files(path.name, contents, _sheet_names())
    national = {edition: national_group(file) for edition, file in files.national_files().items()}
    return pack_of_tables(path.name, found, national)


def _sheet_names() -> list[str]:
    own = [sheet.name for sheet in layout.sheets()]
    return [layout.GUIDE_SHEET, layout.PACK_SHEET, *own, layout.NATIONAL_SHEET]


def _sniffed(name: str, data: bytes) -> str:
    """The format by content: what a zip file holds tells which it is."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refuse(name, "is an old or locked Excel file: save it as a workbook (.xlsx) without a password")
    if not data.startswith(b"PK"):
        return "yaml"
    entries = opened(name, data)
    if "xl/workbook.xml" in entries:
        return "xlsx"
    if entries.get("mimetype", b"").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        return "ods"
    if any(entry.lower().endswith(".csv") for entry in entries):
        return "csv"
    raise refuse(name, "is no pack: send a workbook (.xlsx), a spreadsheet (.ods), CSV files in a zip, or YAML")
