"""The command line in this process, and a warehouse of the two sample packs made by it once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from flows.exit_status import main
from tests.samples.comparing import PACKS, SAMPLES


class Said(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def errors(self) -> list[str]:
        """The lines of standard error."""
        return self.err.splitlines()


Run = Callable[..., Said]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no settings from outside."""
    for name in [n for n in os.environ if n.startswith(("BOARDPACK_", "PREFECT_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("BOARDPACK_DATA", str(SAMPLES / "vocabulary"))
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """`run("status", "--format", "json")` in the working directory. No traceback, whatever it says."""

    def said(*words: str) -> Said:
        capfd.readouterr()
        status = main(words)
        told = Said(status, *capfd.readouterr())
        assert "Traceback" not in told.err + told.out
        return told

    return said


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a warehouse of both sample packs, read with the samples' own vocabulary."""
    made = tmp_path_factory.mktemp("cli")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOARDPACK_DATA", str(SAMPLES / "vocabulary"))
        assert main(["ingest", *map(str, PACKS), "--warehouse", str(made / "boardpack.duckdb")]) == 0
    return made


@pytest.fixture
def held(samples: Path, folder: Path) -> Path:
    """The working directory with that warehouse in it, under its default name."""
    shutil.copytree(samples, folder, dirs_exist_ok=True)
    return folder
