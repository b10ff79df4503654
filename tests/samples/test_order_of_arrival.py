"""The warehouse says the same whichever pack came first, and the loader says what the warehouse holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from extractors.reader import read_document
from extractors.records import to_result
from flows.pipeline import say_findings
from schemas.outcome import PackResult
from tests.samples.comparing import PACKS, SAMPLES
from warehouse.query import query
from warehouse.store import LoadReport, open_for_loading

VIEWS = (
    "findings",
    "action_history",
    "open_actions",
    "overdue_actions",
    "kpi_latest",
    "kpi_series",
    "kpi_restatements",
    "capital_history",
    "capital_changes",
)


@pytest.fixture(scope="module")
def results() -> list[PackResult]:
    """Both packs as read, the older first."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOARDPACK_DATA", str(SAMPLES / "vocabulary"))
        return [to_result(read_document(path)) for path in PACKS]


def load(path: Path, results: Sequence[PackResult]) -> list[LoadReport]:
    with open_for_loading(path) as loading:
        return [
            loading.load(result, source_uri=result.document.file_name, started_at=datetime(2025, 2, 1, tzinfo=UTC))
            for result in results
        ]


def held(path: Path, sql: str) -> list[tuple[Any, ...]]:
    return list(query(path, sql).rows)


def test_newest_first_equals_oldest_first(tmp_path: Path, results: list[PackResult]) -> None:
    older, newer = tmp_path / "older-first.duckdb", tmp_path / "newer-first.duckdb"
    load(older, results)
    load(newer, results[::-1])
    for view in VIEWS:
        rows = held(older, f"SELECT * FROM {view} ORDER BY ALL")
        assert rows, view
        assert held(newer, f"SELECT * FROM {view} ORDER BY ALL") == rows, view
    outcomes = "SELECT pack_id, outcome FROM packs ORDER BY meeting_date"
    assert held(newer, outcomes) == held(older, outcomes)


def test_the_loader_counts_what_the_warehouse_holds(tmp_path: Path, results: list[PackResult]) -> None:
    path = tmp_path / "boardpack.duckdb"
    for report in load(path, results):
        counted = dict(
            held(path, f"SELECT severity, count(*) FROM findings WHERE pack_id = '{report.pack_id}' GROUP BY severity")
        )
        assert report.by_severity == counted
        assert report.findings == counted.get("error", 0) + counted["warning"]
        assert f"{counted['warning']} warnings, {counted['info']} notes" in say_findings(report)


def test_a_clean_pack_becomes_one_with_findings_when_the_meeting_before_it_comes_in(
    tmp_path: Path, results: list[PackResult]
) -> None:
    path = tmp_path / "boardpack.duckdb"
    clean = replace(results[1], findings=(), document=replace(results[1].document, findings=()))
    (alone,) = load(path, [clean])
    load(path, results[:1])
    (outcome, warnings) = held(
        path,
        "SELECT outcome, (SELECT count(*) FROM findings f WHERE f.pack_id = p.pack_id AND severity = 'warning') "
        f"FROM packs p WHERE pack_id = '{alone.pack_id}'",
    )[0]
    assert alone.outcome == "loaded"
    assert (outcome, warnings > 5) == ("loaded_with_findings", True)
