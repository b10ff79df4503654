"""Both sample packs in a warehouse, once for all tests here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.pipeline import ingest
from flows.sources import find_files
from tests.samples.comparing import PACKS, SAMPLES
from warehouse.query import query


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A warehouse with both packs, read with the samples' own organisations."""
    warehouse = tmp_path_factory.mktemp("samples") / "boardpack.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOARDPACK_DATA", str(SAMPLES / "vocabulary"))
        ends = ingest(find_files(map(str, PACKS)), warehouse, workers=2)
    assert [(end.end, end.said) for end in ends if end.end != "loaded"] == []
    yield warehouse


@pytest.fixture(scope="session")
def ask(loaded: Path) -> Callable[[str], list[dict[str, Any]]]:
    """SQL to rows by column name."""

    def rows(sql: str) -> list[dict[str, Any]]:
        answer = query(loaded, sql)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]

    return rows
