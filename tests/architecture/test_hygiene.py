"""What must not be in the repository, and what its files must be like."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("flows", "extractors", "schemas", "warehouse")
TEXT = {".py", ".md", ".toml", ".txt", ".sql", ".html", ".css", ".js", ".yaml", ".yml", ".json", ".csv", ""}
LONGEST = 400
CATALOGUES = {"tests/office/papers.py"}
"""One made-up paper after another: long, and still one idea."""
ITSELF = Path(__file__).resolve()


def committed() -> list[Path]:
    """Every file that is, or is about to be, in the repository."""
    done = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.skip("this is no git clone")
    return [path for line in done.stdout.splitlines() if (path := ROOT / line).is_file()]


def texts() -> Iterator[tuple[Path, str]]:
    for path in committed():
        if path.suffix in TEXT and path.resolve() != ITSELF:
            yield path.relative_to(ROOT), path.read_text(encoding="utf-8")


def code(*packages: str) -> list[Path]:
    return sorted(path for package in packages for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a path of one machine", r"(?<![\w.])/(?:work|home/\w+|root|Users)/\w"),
        (
            "a registry's address",
            r"https?://[^\s\"']*(?:pypi|pythonhosted|artifactory|nexus|devpi|/simple/)[^\s\"']*|index-url",
        ),
        ("unfinished work", r"\b(?:TODO|FIXME|XXX)\b"),
        ("a secret", r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bghp_[A-Za-z0-9]{36}\b"),
    ],
)
def test_no_text_holds(what: str, pattern: str) -> None:
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if re.search(pattern, line)
    ]
    assert found == [], f"{what} is committed"


def test_no_lock_file_with_addresses() -> None:
    assert [
        path.name for path in committed() if path.name in ("uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock")
    ] == []


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert len(pins) > 50
    assert [line for line in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+!]+", line)] == []


def test_no_file_of_code_is_too_long_to_hold_one_idea() -> None:
    long = {
        name: count
        for path in committed()
        if (name := path.relative_to(ROOT).as_posix()).endswith(".py")
        and name not in CATALOGUES
        and (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_s_init_is_a_docstring(package: str) -> None:
    body = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8")).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "common", "misc"])
def test_no_file_is_named_after_nothing(name: str) -> None:
    assert [str(p) for p in code(*PACKAGES) if re.search(rf"(?:^|_){name}s?$", p.stem)] == []


def organisation_names() -> list[str]:
    """Names of at least two words: one word alone (a town, "National") is also a word of English code."""
    data = tomllib.loads((ROOT / "extractors" / "data" / "organisations.toml").read_text(encoding="utf-8"))
    names = {name for entry in data["organisation"] for name in (entry["name"], *entry.get("aliases", []))}
    return sorted(name for name in names if len(name.split()) >= 2)


def test_organisations_are_data_never_code() -> None:
    """No string that code acts on names an organisation; docstrings and comments may give examples."""
    names = organisation_names()
    assert len(names) > 50
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.value[:80]!r}"
        for path in code("extractors")
        for node in strings_of(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node.value, str) and pattern.search(node.value)
    ]
    assert found == []


def strings_of(tree: ast.Module) -> Iterator[ast.Constant]:
    """The string constants of a module that are not docstrings."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Constant) and isinstance(child.value, str) and not isinstance(node, ast.Expr):
                yield child


def test_every_sample_pack_is_small_enough_to_keep() -> None:
    sizes = {path.name: path.stat().st_size for path in (ROOT / "samples").glob("*.pdf")}
    assert len(sizes) == 2
    assert [name for name, size in sizes.items() if size >= 1_000_000] == []
