"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
TRACKED = [
    PROJECT / line
    for line in subprocess.run(
        ["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    if (PROJECT / line).is_file()
]
PYTHON_FILES = [path for path in TRACKED if path.suffix == ".py" and "migrations" not in path.parts]


def relative(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def test_files_stay_readable_in_one_sitting():
    """A file of more than 400 lines becomes a folder of the same name (design: layout)."""
    long = {relative(path): len(path.read_text().splitlines()) for path in PYTHON_FILES}
    assert {path: lines for path, lines in long.items() if lines > 400} == {}


def test_views_reach_rows_through_selectors_only():
    """`Model.objects` in a view would pass by the scoping and the audit of selectors."""
    views = [
        path
        for path in PYTHON_FILES
        if "tests" not in path.parts and (path.stem == "views" or "views" in path.parent.name)
    ]
    assert len(views) >= 4
    assert [relative(path) for path in views if re.search(r"\.objects\b", path.read_text())] == []


def test_actions_never_import_tasks():
    """The outbox row commits with the change; a task is woken by name only."""
    wrong = []
    for path in PYTHON_FILES:
        if path.stem != "actions" and path.parent.name != "actions":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("tasks"):
                wrong.append(relative(path))
    assert wrong == []


def public_functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [
        node
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("kind", ["domain", "actions", "selectors"])
def test_public_rules_say_what_they_do(kind):
    """A public function of a domain, of actions or of selectors has a docstring."""
    files = [
        path
        for path in PYTHON_FILES
        if "tests" not in path.parts and (kind in path.parts or path.stem == kind) and "management" not in path.parts
    ]
    assert files
    assert [
        f"{relative(path)}: {node.name}"
        for path in files
        for node in public_functions(path)
        if not ast.get_docstring(node)
    ] == []


def test_no_inline_script_or_style():
    """The content security policy allows neither, so a page with one would be broken."""
    wrong = [
        relative(path)
        for path in TRACKED
        if path.suffix == ".html"
        and "templates" in path.parts
        and "pdf" not in path.stem
        and re.search(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son[a-z]+=", path.read_text(), re.IGNORECASE)
    ]
    assert wrong == []


def test_pages_write_one_kind_of_apostrophe():
    """Packs are written with the straight one, and their words stand beside ours."""
    shown = [path for path in TRACKED if path.suffix == ".py" or path.is_relative_to(PROJECT / "templates")]
    curly = re.compile(r"(?<=[^\W_])’(?=[^\W_])")
    mixed = [relative(path) for path in shown if curly.search(path.read_text(encoding="utf-8"))]
    assert [path for path in mixed if not path.startswith("tests/")] == []


def test_every_dependency_says_why_and_is_locked():
    lines = (PROJECT / "pyproject.toml").read_text().splitlines()
    declared = tomllib.loads("\n".join(lines))
    named = [*declared["project"]["dependencies"], *declared["dependency-groups"]["dev"]]
    locked = (PROJECT / "requirements" / "dev.txt").read_text()
    for requirement in named:
        (line,) = [line for line in lines if f'"{requirement}"' in line]
        assert "#" in line, f"{requirement} has no comment saying why it is there"
        name = re.split(r"[\[<>=]", requirement)[0].lower()
        assert re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE), f"{requirement} is not in the lock file"


def test_lock_files_name_no_address():
    for name in ("requirements/run.txt", "requirements/dev.txt", "package-lock.json"):
        text = (PROJECT / name).read_text()
        assert not re.search(
            r'"resolved"|--(extra-)?index-url|--find-links|files\.pythonhosted|registry\.npmjs', text
        ), name
