"""The whole command while things go wrong around it: full disks, two at once, clocks set back."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from flows.exit_status import main
from flows.pipeline import ReaderPool, hash_file, read_pack
from flows.sources import Source, find_files
from schemas.failure import FailureCode
from tests.hostile.pdf import ACTIONS, COVER, WIDTHS, book, table, text
from tests.warehouse.trial import content_of
from warehouse.check import check
from warehouse.query import query


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three small packs."""
    folder = tmp_path_factory.mktemp("packs")
    for number in range(3):
        own = table(ACTIONS, widths=WIDTHS, top=600)
        (folder / f"{number}.pdf").write_bytes(book([COVER + text(f"Paper {number}", top=60) + own]).write())
    return folder


@pytest.fixture(scope="module")
def undisturbed(packs: Path, tmp_path_factory: pytest.TempPathFactory) -> object:
    """What they give."""
    path = tmp_path_factory.mktemp("undisturbed") / "w.duckdb"
    assert main(["ingest", str(packs), "--workers", "1", "--warehouse", str(path)]) == 0
    return content_of(path)


def command(packs: Path, warehouse: Path) -> list[str]:
    return [sys.executable, "-m", "flows", "ingest", str(packs), "--workers", "1", "--warehouse", str(warehouse)]


def leftovers(warehouse: Path) -> set[str]:
    """What stands beside the warehouse and should not."""
    work = {path.name for path in warehouse.with_name(f".{warehouse.name}.work").glob("*")}
    kept = {path.name for path in warehouse.with_name(f"{warehouse.stem}.packs").glob("*")}
    kept |= {path.name for path in warehouse.with_name(f"{warehouse.stem}.packs").glob(".*")}
    return (work - {"lock", "journal.json", "holder.json"}) | {name for name in kept if len(name) != 68}


@pytest.mark.parametrize("size", [0, 60_000, 400_000])
def test_a_disk_that_is_full_is_said_and_a_second_run_completes(
    packs: Path, undisturbed: object, tmp_path: Path, size: int
) -> None:
    """No file may grow beyond `size`, whichever is written then: lock, copy, log, database, journal, pack."""
    warehouse = tmp_path / "w.duckdb"

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    first = subprocess.run(
        command(packs, warehouse), preexec_fn=little_room, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert "Traceback" not in first.stderr
    assert first.returncode == 1, first.stderr
    assert "the disk is full" in first.stderr
    if warehouse.exists() and warehouse.stat().st_size:
        assert check(warehouse) == ()
    second = subprocess.run(command(packs, warehouse), capture_output=True, text=True, check=False)
    assert second.returncode == 0, second.stderr
    assert content_of(warehouse) == undisturbed
    assert check(warehouse) == ()
    assert leftovers(warehouse) == set()


def test_two_runs_at_once_read_each_pack_once(packs: Path, undisturbed: object, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    both = [
        subprocess.Popen(command(packs, warehouse), stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = "".join(one.communicate(timeout=120)[1] for one in both)
    assert [one.returncode for one in both] == [0, 0], said
    lines = said.splitlines()
    assert sum(line.startswith("ok ") for line in lines) == 3
    assert sum(line.startswith("-- ") for line in lines) == 3
    assert content_of(warehouse) == undisturbed
    assert query(warehouse, "SELECT count(*) FROM runs").rows == ((3,),)
    assert leftovers(warehouse) == set()


class Past(datetime):
    """A clock that was set back by a quarter of a century."""

    @classmethod
    def now(cls, tz=None):
        return datetime(2001, 1, 1, 12, 0, tzinfo=tz)


def test_a_clock_that_was_set_back_harms_nothing(
    packs: Path, undisturbed: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "w.duckdb"
    one, *others = sorted(packs.glob("*.pdf"))
    assert main(["ingest", str(one), "--workers", "1", "--warehouse", str(warehouse)]) == 0
    with monkeypatch.context() as patch:
        for module in ("warehouse.arrival", "warehouse.desk", "warehouse.pack_rows", "warehouse.store"):
            patch.setattr(f"{module}.datetime", Past)
        assert main(["ingest", *map(str, others), "--workers", "1", "--warehouse", str(warehouse)]) == 0
    assert content_of(warehouse) == undisturbed
    assert check(warehouse) == ()
    assert query(warehouse, "SELECT count(*), min(seconds) >= 0 FROM runs").rows == ((3, True),)
    assert main(["ingest", str(packs), "--workers", "1", "--warehouse", str(warehouse)]) == 0
    assert query(warehouse, "SELECT count(*) FROM runs").rows == ((3,),)


def test_a_pack_whose_copy_was_cut_off_by_a_kill_is_kept_whole(packs: Path, tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    kept = tmp_path / "w.packs"
    kept.mkdir()
    stale = kept / f".{'0' * 64}.4194305.new"
    stale.write_bytes(b"half")
    working = kept / f".{'1' * 64}.{os.getpid()}.new"
    working.write_bytes(b"half, and another process is at it")
    assert main(["ingest", str(packs), "--workers", "1", "--warehouse", str(warehouse)]) == 0
    assert leftovers(warehouse) == {working.name}


def test_a_file_that_changes_between_its_hash_and_its_reading_is_not_loaded(packs: Path) -> None:
    """Its bytes would be kept under another's hash."""
    (source, *_) = (item for item in find_files([str(packs)]) if isinstance(item, Source))
    with ReaderPool(1) as pool:
        changed = read_pack(source, "0" * 64, pool)
        same = read_pack(source, hash_file(source.path), pool)
    assert changed.result is None
    assert changed.failure is not None
    assert changed.failure.code is FailureCode.UNREADABLE
    assert "it changed while it was read" in str(changed.failure)
    assert same.failure is None
