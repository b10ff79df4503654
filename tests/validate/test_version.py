"""The version of the reading code: quick, steady, and different when a data file is."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extractors.version import DATA_VARIABLE, code_version


def test_it_is_steady_and_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    assert code_version() == code_version()
    assert len(code_version()) == 16
    assert set(code_version()) <= set("0123456789abcdef")


def test_a_users_data_file_changes_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    ours = code_version()
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path))
    (tmp_path / "organisations.toml").write_text("")
    empty = code_version()
    (tmp_path / "organisations.toml").write_text("# one\n")
    assert len({ours, empty, code_version()}) == 3


def test_a_folder_that_is_not_there_raises_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(DATA_VARIABLE, str(tmp_path / "none"))
    assert len(code_version()) == 16


def test_it_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(DATA_VARIABLE, raising=False)
    code_version()
    begun = time.perf_counter()
    code_version()
    assert time.perf_counter() - begun < 0.02
