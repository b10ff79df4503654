"""A warehouse that holds nothing yet, made once: its shape and comments take a third of a second."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from schemas.reference import Measure
from warehouse.store import open_for_loading


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "w.duckdb"
    with open_for_loading(path) as loading:
        loading.dimensions(measures=[Measure("Gulls counted")])
    return path


@pytest.fixture
def path(blank: Path, tmp_path: Path) -> Path:
    path = tmp_path / "w.duckdb"
    shutil.copy(blank, path)
    return path
