"""The stages import one way, Prefect stays at the edge, the database in the warehouse: and the contracts can fail."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("flows", "extractors", "schemas", "warehouse")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """The contracts of pyproject.toml held against the packages that lie in `folder`."""
    command = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    )
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contracts and packages of the same names, empty but for what the contracts name."""
    folder = tmp_path_factory.mktemp("skeleton")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    for named in {name for contract in contracts for name in contract.get("source_modules", ()) if "." in name}:
        (folder / named.replace(".", "/")).with_suffix(".py").touch()
    return folder


def test_the_contracts_are_kept() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout
    assert "3 kept, 0 broken" in done.stdout


def test_an_empty_house_keeps_them(skeleton: Path) -> None:
    done = lint_imports(skeleton)
    assert (done.returncode, "3 kept, 0 broken" in done.stdout) == (0, True), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("extractors/reads.py", "import warehouse", "The stages run one way"),
        ("warehouse/stores.py", "import extractors", "The stages run one way"),
        ("schemas/shape.py", "import flows", "The stages run one way"),
        ("extractors/task.py", "import prefect", "Prefect stays at the edge"),
        ("flows/pipeline.py", "from prefect import flow", "Prefect stays at the edge"),
        ("flows/ask.py", "import duckdb", "No database outside the warehouse"),
    ],
)
def test_one_import_the_wrong_way_breaks_one(skeleton: Path, module: str, line: str, contract: str) -> None:
    path = skeleton / module
    before = path.read_text() if path.exists() else None
    path.write_text(line + "\n")
    try:
        done = lint_imports(skeleton)
    finally:
        path.unlink() if before is None else path.write_text(before)
    assert done.returncode == 1
    broken = [said for said in done.stdout.splitlines() if said.endswith("BROKEN")]
    assert len(broken) == 1
    assert broken[0].startswith(contract)
