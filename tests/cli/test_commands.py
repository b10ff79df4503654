"""Each command of the contract: what it prints where, in which formats, and its exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from tests.cli.conftest import Run
from tests.samples.comparing import PACKS

ROOT = Path(__file__).parents[2]
NOVEMBER, JANUARY = (pack.name for pack in PACKS)


def test_the_first_ingest_says_what_each_pack_gave_and_the_second_that_it_is_loaded(run: Run, held: Path) -> None:
    begun = time.monotonic()
    again = run("ingest", *map(str, PACKS))
    assert time.monotonic() - begun < 2
    assert again.status == 0
    assert again.out == "boardpack.duckdb: 2 skipped\n"
    assert again.errors == [f"-- {pack}: already loaded" for pack in PACKS]
    forced = run("ingest", str(PACKS[0]), "--force", "--workers", "1")
    assert forced.status == 0
    assert forced.out == "boardpack.duckdb: 1 loaded\n"
    (line,) = forced.errors
    assert line.startswith(f"ok {PACKS[0]}: 11 actions, ")
    assert "19 capital schemes" in line


def test_a_folder_is_searched_and_the_warehouses_own_copies_are_no_packs(run: Run, held: Path) -> None:
    inner = held / "papers" / "2024"
    inner.mkdir(parents=True)
    (inner / "November.PDF").write_bytes(PACKS[0].read_bytes())
    (inner / "the same.pdf").write_bytes(PACKS[0].read_bytes())
    (inner / "notes.txt").write_text("not a pack")
    told = run("ingest", ".")
    assert told.status == 0
    assert told.out == "boardpack.duckdb: 2 skipped\n"
    assert told.errors == [
        "-- papers/2024/November.PDF: already loaded",
        "-- papers/2024/the same.pdf: the same file as papers/2024/November.PDF",
    ]


def test_messages_as_json_lines(run: Run, held: Path) -> None:
    told = run("ingest", str(PACKS[0]), "missing.pdf", "--log-format", "json")
    assert told.status == 1
    lines = [json.loads(line) for line in told.errors]
    assert [(line["file"], line["outcome"], line["code"]) for line in lines] == [
        (str(PACKS[0]), "skipped", None),
        ("missing.pdf", "failed", "missing"),
    ]


def test_since_says_what_it_leaves_out(run: Run, held: Path) -> None:
    told = run("ingest", *map(str, PACKS), "--since", "2025-01-01")
    assert told.status == 0
    assert told.errors == [
        f"-- {PACKS[0]}: left out, its name says that its meeting was before 2025-01-01",
        f"-- {PACKS[1]}: already loaded",
    ]
    month = held / "January 2025.pdf"
    month.write_bytes(PACKS[1].read_bytes())
    assert run("ingest", str(month), "--since", "2025-01-20").errors == [f"-- {month}: already loaded"]


def test_tables_as_json_is_the_contracts_form(run: Run) -> None:
    told = run("tables", str(PACKS[0]), "--pages", "5-6", "--format", "json", "--warehouse", "not.used")
    assert (told.status, told.err) == (0, "")
    answer = json.loads(told.out)
    assert answer["file"] == str(PACKS[0])
    assert answer["pages"] == 19
    (table,) = answer["tables"]
    assert (table["table_no"], table["page"], table["last_page"], table["kind"]) == (1, 5, 6, "actions")
    assert table["title"] == "Paper B: Action log"
    assert table["rows"][0][0] == "Ref"
    assert table["rows"][1][:2] == ["101", "10-Jul-24"]
    assert len(table["bbox"]) == 4
    first = next(cell for cell in table["cells"] if (cell["row"], cell["col"]) == (1, 0))
    assert {"row_span", "col_span", "page", "bbox", "fill"} <= first.keys()
    assert (first["text"], first["page"]) == ("101", 5)


def test_tables_as_text_and_csv(run: Run) -> None:
    text = run("tables", str(PACKS[0]), "--pages", "5-6")
    assert text.status == 0
    assert text.out.startswith("Table 1, pages 5 to 6: Paper B: Action log\n  actions; 13 rows by 8 columns")
    rows = list(csv.reader(io.StringIO(run("tables", str(PACKS[0]), "--pages", "5-6", "--format", "csv").out)))
    assert rows[0] == ["table_no", "page", "row", "cells"]
    assert rows[2][:5] == ["1", "5", "1", "101", "10-Jul-24"]
    assert run("tables", str(PACKS[0]), "--pages", "1").out == "No table on this page.\n"


def test_query_in_four_formats(run: Run, held: Path) -> None:
    sql = "select ref, due_on, days_overdue, comments from overdue_actions where ref = '101'"
    table = run("query", sql)
    assert (table.status, table.err) == (0, "")
    assert table.out.splitlines()[0].split(" | ") == [
        "ref", "due_on    ", "days_overdue", "comments",
    ]  # fmt: skip
    assert table.out.splitlines()[2].startswith("101 | 2024-09-30 |          107 | Figures agreed")
    assert table.out.endswith("(1 row)\n")
    (row,) = json.loads(run("query", sql, "--format", "json").out)
    assert (row["ref"], row["due_on"], row["days_overdue"]) == ("101", "2024-09-30", 107)
    heading, line = csv.reader(io.StringIO(run("query", sql, "--format", "csv").out))
    assert heading == ["ref", "due_on", "days_overdue", "comments"]
    assert line[:3] == ["101", "2024-09-30", "107"]
    assert run("query", sql, "--format", "markdown").out.splitlines()[1] == "| --- | --- | --- | --- |"


def test_an_empty_answer_is_an_answer(run: Run, held: Path) -> None:
    sql = "select ref from actions where false"
    assert run("query", sql) == (0, "ref\n---\n(0 rows)\n", "")
    assert run("query", sql, "--format", "json").out == "[]\n"
    assert run("query", sql, "--format", "csv").out == "ref\n"


def test_an_answer_that_is_too_large_says_so_beside_the_data(
    run: Run, held: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from warehouse import query

    monkeypatch.setattr(query.query, "__kwdefaults__", {"timeout": 60.0, "max_rows": 3})
    told = run("query", "from cells", "--format", "json")
    assert told.status == 0
    assert len(json.loads(told.out)) == 3
    assert told.err == "only the first 3 rows are shown; add a limit, or use: boardpack export\n"


def test_status_in_three_formats(run: Run, held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("ingest", "missing.pdf")
    monkeypatch.setenv("COLUMNS", "200")
    table = run("status").out.splitlines()
    assert table[0].split()[::2] == ["at", "outcome", "file", "meeting", "rows", "held", "errors", "warnings",
                                     "reason", "pack"]  # fmt: skip
    assert "missing.pdf" in table[2]
    assert "there is no such file; check the path" in table[2]
    rows = json.loads(run("status", "--format", "json").out)
    assert (rows[0]["file_name"], rows[0]["outcome"]) == ("missing.pdf", "failed")
    assert {(row["file_name"], row["outcome"]) for row in rows[1:]} == {
        (JANUARY, "loaded_with_findings"),
        (NOVEMBER, "loaded_with_findings"),
    }
    assert len(list(csv.DictReader(io.StringIO(run("status", "--format", "csv").out)))) == 3


def test_report_prints_the_path_of_its_index(run: Run, held: Path) -> None:
    told = run("report", "--out", "made")
    assert (told.status, told.out, told.err) == (0, "made/index.html\n", "")
    assert (held / "made" / "index.html").is_file()
    ((pack,),) = duckdb.connect("boardpack.duckdb", read_only=True).execute("SELECT max(pack_id) FROM packs").fetchall()
    one = run("report", "--out", "one", "--pack", pack[:8])
    assert (one.status, one.err) == (0, "")
    assert Path(one.out.strip()).is_file()


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_export_prints_the_paths_of_the_views(run: Run, held: Path, form: str) -> None:
    told = run("export", "out", "--format", form)
    assert (told.status, told.err) == (0, "")
    paths = told.out.splitlines()
    assert f"out/kpis.{form}" in paths
    assert all(Path(path).exists() for path in paths)
    ((count,),) = duckdb.execute(f"SELECT count(*) FROM 'out/actions.{form}'").fetchall()
    assert count == 22


def test_export_as_one_workbook(run: Run, held: Path) -> None:
    import openpyxl

    told = run("export", "out", "--format", "xlsx")
    assert (told.status, told.out, told.err) == (0, "out/boardpack.xlsx\n", "")
    assert openpyxl.load_workbook("out/boardpack.xlsx").sheetnames[0] == "About"


def test_show_names_the_place_and_draws_it(run: Run, held: Path) -> None:
    told = run("show", "actions", "101", "--out", "pictures")
    assert (told.status, told.err) == (0, "")
    fields = [line.split(None, 1) for line in told.out.split("\n\n")[0].splitlines()]
    said = dict(fields)
    assert said["pack"].startswith(JANUARY)
    assert said["page"] == "5"
    assert "Bring back a recovery trajectory" in said["value"]
    assert Path(said["picture"]).read_bytes().startswith(b"\x89PNG")


def test_forget_takes_one_pack_out_and_check_finds_nothing_wrong(run: Run, held: Path) -> None:
    told = run("forget", NOVEMBER)
    assert told.status == 0
    assert told.out.startswith(f"{NOVEMBER} (")
    assert [row["file_name"] for row in json.loads(run("query", "from packs", "--format", "json").out)] == [JANUARY]
    assert run("check") == (0, "the warehouse holds what was loaded\n", "")


def test_a_changed_warehouse_fails_its_check(run: Run, held: Path) -> None:
    connection = duckdb.connect("boardpack.duckdb")
    connection.execute("UPDATE facts.actions SET owner = 'somebody else' WHERE ref = '101'").fetchall()
    connection.close()
    told = run("check")
    assert told.status == 1
    assert "facts.actions holds rows of pack" in told.out


def test_the_warehouse_is_named_by_option_or_environment(run: Run, held: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (held / "boardpack.duckdb").rename("other.duckdb")
    assert run("status").status == 1
    assert run("status", "--warehouse", "other.duckdb").status == 0
    monkeypatch.setenv("BOARDPACK_WAREHOUSE", "other.duckdb")
    assert run("status").status == 0


def test_version(run: Run) -> None:
    told = run("version")
    assert told.status == 0
    assert told.out.startswith("boardpack ")


def test_a_second_ingest_says_for_whom_it_waits_and_then_loads(run: Run, folder: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-m", "tests.warehouse.trial", "hold", str(folder / "boardpack.duckdb"), "2"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    told = run("ingest", "missing.pdf")
    assert holder.wait(30) == 0
    assert told.status == 1
    assert f"process {holder.pid} on " in told.errors[0]
    assert told.errors[0].endswith("is loading into this warehouse; waiting for it to finish")
    assert told.errors[1:] == ["!! missing.pdf: there is no such file; check the path"]


def test_serve_once_loads_what_lies_in_an_inbox_into_the_warehouse_that_is_named(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What it is told to set for the processes that it starts is undone afterwards.
    monkeypatch.setenv("BOARDPACK_WAREHOUSE", "other.duckdb")
    (folder / "inbox").mkdir()
    (folder / "inbox" / "board.pdf").write_bytes(PACKS[0].read_bytes())
    (folder / "boardpack.toml").write_text('warehouse = "w.duckdb"\n\n[[inbox]]\nname = "inbox"\nfolder = "inbox"\n')
    old = time.time() - 3600
    os.utime(folder / "inbox" / "board.pdf", (old, old))
    told = run("serve", "--once", "--warehouse", "named.duckdb")
    assert told.status == 0, told.err
    assert not (folder / "w.duckdb").exists()
    assert not (folder / "other.duckdb").exists()
    rows = json.loads(run("status", "--warehouse", "named.duckdb", "--format", "json").out)
    assert "board.pdf" in [row["file_name"] for row in rows]
