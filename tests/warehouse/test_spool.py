"""Readers in several processes leave packs as Parquet, one loader merges them: the rows are those of a direct load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.packs import NOW, ask, load_all, result, with_version
from tests.warehouse.trial import PACKS, content_of
from warehouse.check import check
from warehouse.errors import LawBroken
from warehouse.spool import merge, spool, waiting


def test_packs_of_several_readers_are_merged_by_one_loader(path: Path, tmp_path: Path) -> None:
    folder, direct = tmp_path / "spool", tmp_path / "direct.duckdb"
    readers = [
        subprocess.Popen([sys.executable, "-m", "tests.warehouse.trial", "spool", str(folder), str(n)])
        for n in range(len(PACKS))
    ]
    assert [reader.wait(30) for reader in readers] == [0, 0, 0]
    reports = merge(path, folder)
    assert sorted(report.pack_id for report in reports) == sorted(pack.document.pack_id for pack in PACKS)
    assert list(folder.iterdir()) == []
    load_all(direct, *PACKS)
    assert content_of(path) == content_of(direct)
    assert ask(path, "SELECT file_name, rows_loaded FROM runs ORDER BY 1") == ask(
        direct, "SELECT file_name, rows_loaded FROM runs ORDER BY 1"
    )
    assert check(path) == ()


def test_an_unfinished_spool_is_left_alone(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    whole = spool(folder, PACKS[0], source_uri="a", started_at=NOW)
    (folder / ".half.123").mkdir()
    (folder / "notes").mkdir()
    assert [entry for entry, _ in waiting(folder)] == [whole]
    merge(path, folder)
    assert {entry.name for entry in folder.iterdir()} == {".half.123", "notes"}


def test_what_a_killed_reader_left_of_a_pack_goes_with_the_pack(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    whole = spool(folder, PACKS[0], source_uri="a", started_at=NOW)
    (folder / f".{whole.name}.99999999").mkdir()
    (folder / ".another-pack.99999999").mkdir()

    merge(path, folder)

    assert [left.name for left in folder.iterdir()] == [".another-pack.99999999"]


def test_a_spool_that_was_merged_and_not_cleared_is_not_stored_twice(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    for _ in range(2):
        spool(folder, PACKS[0], source_uri="a", started_at=NOW)
        merge(path, folder)
    assert ask(path, "SELECT count(*) FROM runs") == [(1,)]
    spool(folder, with_version(PACKS[0], "code-2"), source_uri="a", started_at=NOW)
    (report,) = merge(path, folder)
    assert report.replaced == "code-1"
    assert ask(path, "SELECT count(*) FROM packs_all") == [(1,)]


def test_the_law_is_upheld_by_the_reader(tmp_path: Path) -> None:
    from dataclasses import replace

    with pytest.raises(LawBroken):
        spool(
            tmp_path, replace(result(actions=[{"ref": "1", "action": "x"}]), fates=()), source_uri="a", started_at=NOW
        )
    assert list(tmp_path.iterdir()) == []


def test_spooled_packs_are_read_from_an_object_store_through_fsspec(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    for pack in PACKS:
        entry = spool(tmp_path, pack, source_uri="a", started_at=NOW)
        for file in entry.iterdir():
            store.pipe(f"/boardpack-test/{entry.name}/{file.name}", file.read_bytes())
    connection = duckdb.connect()
    connection.register_filesystem(store)
    connection.execute(
        "CREATE VIEW kpis AS FROM read_parquet('memory://boardpack-test/*/facts.kpis.parquet')"
    ).fetchall()
    assert connection.execute("SELECT pack_id, count(*) FROM kpis GROUP BY ALL ORDER BY 2").fetchall() == [
        (pack.document.pack_id, 100 * n) for n, pack in enumerate(PACKS, start=1)
    ]
    store.rm("/boardpack-test", recursive=True)
