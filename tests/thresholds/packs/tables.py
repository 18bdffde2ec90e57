"""What the reviewers' pages of all areas share: counting by cited line, and tables between markers made anew."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from thresholds import files
from thresholds.domain.needs import Descriptor, ExploitationSign, HarmFactor
from thresholds.domain.pack import Pack

Tables = Mapping[str, Callable[[Pack], str]]
"""By the name that its markers bear: what makes a table of a pack."""


def page(area: str) -> Path:
    """The reviewer's page of an area."""
    return Path(__file__).resolve().parents[3] / "docs" / "reference" / "packs" / f"{area}.md"


def pack(area: str) -> Pack:
    """The shipped pack of an area."""
    (found,) = (shipped for shipped in files.shipped_packs() if shipped.area.slug == area)
    return found


def cited_lines(lines: str | None) -> Iterator[int]:
    """Each line that a citation names: `206, 211-213` gives 206, 211, 212, 213."""
    for part in (lines or "").split(", "):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def counted(shipped: Pack) -> Counter[tuple[str, str, str]]:
    """Descriptors by level, domain and first cited line."""
    return Counter((one.level, one.domain, str(next(cited_lines(one.citation.lines)))) for one in shipped.descriptors)


def row(*cells: object) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    return "\n".join([row(*head), row(*["---"] * len(head)), *(row(*cells) for cells in rows)])


def descriptor_table(shipped: Pack, printed: Mapping[tuple[str, str], int], heading: str) -> str:
    """Printed / in the pack, by domain and level. `printed` is by level and domain, `heading` names the domains."""
    in_pack = Counter((one.level, one.domain) for one in shipped.descriptors)
    levels = [level.id for level in shipped.levels]
    domains = [domain.id for domain in shipped.domains]

    def cell(over_levels: Sequence[str], over_domains: Sequence[str]) -> str:
        keys = [(level, domain) for level in over_levels for domain in over_domains]
        return f"{sum(printed.get(key, 0) for key in keys)} / {sum(in_pack[key] for key in keys)}"

    rows = [
        (domain.name, *(cell([level], [domain.id]) for level in levels), cell(levels, [domain.id]))
        for domain in shipped.domains
    ]
    totals = [*(cell([level], domains) for level in levels), cell(levels, domains)]
    rows.append(("**all**", *(f"**{total}**" for total in totals)))
    return table((heading, *(level.name for level in shipped.levels), "all"), rows)


def difference_table(shipped: Pack, differences: Sequence[tuple[str, str, int, str]]) -> str:
    """Every difference (level, line, change, why) between what is printed and what the pack holds."""
    names = {level.id: level.name for level in shipped.levels}
    rows = [(names[level], line, f"{change:+d}", why) for level, line, change, why in differences]
    return table(("level", "line", "change", "why"), rows)


def silent_table(shipped: Pack) -> str:
    """All that is listed and raises nothing, with the reason."""
    categories = shipped.exploitation.categories if shipped.exploitation else ()
    listed: list[Descriptor | HarmFactor | ExploitationSign] = [*shipped.descriptors, *shipped.harm_factors]
    listed += [sign for category in categories for sign in category.signs]
    rows = [(one.id, one.wording, one.why_not) for one in listed if not one.raises]
    return table(("id", "listed", "why it raises nothing"), rows)


def rendered(text: str, shipped: Pack, tables: Tables) -> str:
    """The page's text with each table, between its two markers, made anew. KeyError for a marker without a table."""

    def fresh(match: re.Match[str]) -> str:
        return f"<!-- {match[1]} -->\n{tables[match[1]](shipped)}\n<!-- end -->"

    return re.sub(r"<!-- (\w+) -->\n(?:.*?\n)??<!-- end -->", fresh, text, flags=re.DOTALL)


def write_page(area: str, tables: Tables) -> None:
    """Makes the tables of an area's page anew."""
    path = page(area)
    path.write_text(rendered(path.read_text(encoding="utf-8"), pack(area), tables), encoding="utf-8")
