"""Out of the warehouse: files for other tools, the place of a value, status, the packs' own files."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from schemas.failure import FailureCode
from schemas.finding import Finding
from tests.warehouse.packs import NOW, action, kpi, load, load_all, result, scheme
from warehouse import export as exporting
from warehouse import workbook
from warehouse.errors import WarehouseError
from warehouse.export import export
from warehouse.files import keep, kept
from warehouse.lineage import find
from warehouse.status import status
from warehouse.store import open_for_loading

FORMULA = '=HYPERLINK("http://x","click")'
PACK = result(
    actions=[action("7", owner=FORMULA, comments="\x07bell \ud800"), action("8", "closed")],
    kpis=[kpi("2024-11", -5.25), kpi("2024-12", 41.0)],
    capital_schemes=[scheme("Pier", 1_250_000.0)],
    findings=[
        Finding("warning", "row", "due_is_past", "The due date is past.", table_no=1, row=1, page=1),
        Finding("info", "pack", "no_cover", "There is no cover page."),
    ],
    file_name="harbour.pdf",
)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reading") / "w.duckdb"
    load_all(path, PACK)
    return path


def test_parquet_holds_the_views_exactly(held: Path, tmp_path: Path) -> None:
    files = export(held, tmp_path / "out", "parquet")
    assert {"kpis.parquet", "actions.parquet", "packs.parquet", "kpi_spc.parquet"} <= {file.name for file in files}
    assert not any("_all" in file.name for file in files)
    rows = duckdb.execute(f"SELECT ref, owner FROM '{tmp_path}/out/actions.parquet' ORDER BY ref").fetchall()
    assert rows == [("7", FORMULA), ("8", "Ida Blyth")]


def test_a_large_view_is_partitioned_by_meeting_date(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(held, tmp_path, "parquet")
    monkeypatch.setattr(exporting, "PARTITION_FROM", 2)
    export(held, tmp_path, "parquet")
    assert not (tmp_path / "kpis.parquet").exists()
    assert [folder.name for folder in (tmp_path / "kpis").iterdir()] == ["meeting=2025-01-15"]
    found = duckdb.execute(f"SELECT value, meeting FROM '{tmp_path}/kpis/*/*.parquet' ORDER BY 1").fetchall()
    assert found == [(-5.25, date(2025, 1, 15)), (41.0, date(2025, 1, 15))]


def test_csv_files_never_hold_a_live_formula(held: Path, tmp_path: Path) -> None:
    export(held, tmp_path, "csv")
    with (tmp_path / "actions.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["owner"] for row in rows] == ["'" + FORMULA, "Ida Blyth"]
    with (tmp_path / "kpis.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert sorted(row["value"] for row in csv.DictReader(stream)) == ["-5.25", "41.0"]


def test_the_workbook_is_typed_filtered_frozen_and_explains_itself(held: Path, tmp_path: Path) -> None:
    (file,) = export(held, tmp_path, "xlsx")
    book = openpyxl.load_workbook(file)
    sheet = book["actions"]
    heading = [cell.value for cell in sheet[1]]
    first = dict(zip(heading, sheet[2], strict=True))
    assert (first["owner"].value, first["owner"].data_type) == (FORMULA, "s")
    assert first["comments"].value == "�bell �"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.auto_filter.ref.endswith("3")
    packs = dict(zip([cell.value for cell in book["packs"][1]], book["packs"][2], strict=True))
    assert packs["meeting_date"].value == datetime(2025, 1, 15)
    kpis = [
        dict(zip([c.value for c in book["kpis"][1]], row, strict=True)) for row in book["kpis"].iter_rows(min_row=2)
    ]
    assert sorted(row["value"].value for row in kpis) == [-5.25, 41.0]
    told = {(row[0], row[1]): row[2] for row in book["About"].iter_rows(min_row=2, values_only=True)}
    assert told["kpis", "value"].startswith("The value as a number")
    assert told["kpis", None].startswith("One row a KPI value")
    assert book.sheetnames[0] == "About"


def test_rows_that_do_not_fit_a_sheet_go_on_in_a_second(
    held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "SHEET_ROWS", 1)
    (file,) = export(held, tmp_path, "xlsx")
    book = openpyxl.load_workbook(file)
    refs = [book[name]["E2"].value for name in ("actions", "actions (2)")]
    assert refs == ["7", "8"]


def test_a_value_leads_to_its_cell(held: Path) -> None:
    (origin,) = find(held, "kpis", "Lifeboats ready", period="2024-12")
    assert (origin.file_name, origin.page, origin.table_no, origin.row, origin.col) == ("harbour.pdf", 2, 2, 2, 8)
    assert origin.text == "41.0"
    assert origin.bbox == (520.0, 84.0, 580.0, 96.0)
    assert (origin.method, origin.confidence) == ("rules", 0.95)
    assert origin.values["value"] == 41.0
    assert find(held, "kpis", origin.values["key"]) == (origin,)
    assert find(held, "kpi_latest", origin.values["key"])[0].bbox == origin.bbox


def test_a_row_leads_to_the_box_round_its_cells(held: Path) -> None:
    (origin,) = find(held, "open_actions", "7")
    assert (origin.row, origin.col) == (1, None)
    assert origin.bbox == (40.0, 72.0, 40.0 + 60 * 7 + 60 * 1, 84.0)
    assert (origin.text or "").startswith("7 | Write to the ferry company about matter 7 | ")
    assert find(held, "actions", "about matter 7")[0].bbox == origin.bbox


def test_tables_cells_and_findings_have_places(held: Path) -> None:
    prefix = PACK.document.pack_id[:12]
    (table,) = find(held, "tables", f"{prefix}-2")
    assert table.bbox == tuple(PACK.document.tables[1].bbox)
    (cell,) = find(held, "cells", f"{prefix}-2-2-8")
    assert cell.text == "41.0"
    assert find(held, "findings", "due_is_past")[0].row == 1
    assert find(held, "findings", "no_cover") == ()
    assert find(held, "actions", "no such thing") == ()


def test_a_value_in_a_merged_cell_leads_to_that_cell(path: Path) -> None:
    connection = duckdb.connect(str(path))
    where = "pack_id = ? AND table_no = 2 AND col = 8"
    load_args = [PACK.document.pack_id]
    connection.close()
    load_all(path, PACK)
    connection = duckdb.connect(str(path))
    connection.execute(
        f'UPDATE raw.cells SET row_span = 2, bottom = 96 WHERE {where} AND "row" = 1', load_args
    ).fetchall()
    connection.execute(f'DELETE FROM raw.cells WHERE {where} AND "row" = 2', load_args).fetchall()
    connection.close()
    (origin,) = find(path, "kpis", "Lifeboats ready", period="2024-12")
    assert origin.bbox == (520.0, 72.0, 580.0, 96.0)


def test_views_without_places_are_refused(held: Path) -> None:
    for view in ("runs", "nothing", "kpis; DROP VIEW kpis", 'kpis"'):
        with pytest.raises(WarehouseError, match=r"is no view with places on pages; there are .*kpis"):
            find(held, view, "x")
    with pytest.raises(WarehouseError, match="no periods"):
        find(held, "actions", "7", period="Mar-21")


def test_status_has_each_file_once_newest_first(path: Path) -> None:
    with open_for_loading(path) as loading:
        load(loading, PACK)
        loading.record_failure(
            file_name="late.pdf", source_uri="https://example.org/late.pdf", pack_id=None,
            code=FailureCode.FETCH_FAILED, reason="it could not be downloaded", started_at=NOW,
        )  # fmt: skip
        load(loading, PACK, force=True)
    answer = status(path)
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    assert [(row["file_name"], row["outcome"]) for row in rows] == [
        ("harbour.pdf", "loaded_with_findings"),
        ("late.pdf", "failed"),
    ]
    assert rows[1]["reason"] == "it could not be downloaded"
    assert rows[0]["warnings"] == 1


def test_files_are_kept_by_hash_and_never_by_name(path: Path, tmp_path: Path) -> None:
    source = tmp_path / "..%2f odd\nname.pdf"
    source.write_bytes(b"%PDF-1.7 invented")
    pack_id = "ab" * 32
    assert kept(path, pack_id) is None
    target = keep(path, pack_id, source)
    assert target == path.with_name("w.packs") / f"{pack_id}.pdf"
    assert kept(path, pack_id) == target
    assert target.read_bytes() == source.read_bytes()
    assert [file.name for file in target.parent.iterdir()] == [target.name]
    for wrong in ("../../etc/passwd", "AB" * 32, "a", ""):
        with pytest.raises(ValueError, match="SHA-256"):
            keep(path, wrong, source)
        assert kept(path, wrong) is None
