"""Readers are never disturbed, one writer at a time, and nothing is left half done, whatever ends the loader."""

from __future__ import annotations

import errno
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.packs import action, ask, kpi, load, load_all, result
from tests.warehouse.trial import PACKS, content_of, expected_rows
from warehouse import workplace
from warehouse.check import check
from warehouse.errors import WarehouseBusy, WarehouseError
from warehouse.store import open_for_loading

LOADER = [sys.executable, "-m", "tests.warehouse.trial"]


def start(command: str, path: Path, *more: str) -> subprocess.Popen[str]:
    return subprocess.Popen([*LOADER, command, str(path), *more], stdout=subprocess.PIPE, text=True)


def leftovers(path: Path) -> set[str]:
    folder = path.parent / f".{path.name}.work"
    return {file.name for file in folder.iterdir()} - {"lock", "journal.json"}


def test_readers_in_other_processes_see_only_whole_packs_and_never_an_error(path: Path) -> None:
    readers = [start("read", path) for _ in range(2)]
    time.sleep(0.5)
    with open_for_loading(path) as loading:
        for pack in PACKS:
            load(loading, pack)
            loading.publish()
    for reader in readers:
        reader.send_signal(signal.SIGTERM)
    seen = [json.loads(reader.communicate(timeout=20)[0]) for reader in readers]
    for one in seen:
        assert one["errors"] == []
        assert one["reads"] > 5
        assert set(map(tuple, one["seen"])) <= {expected_rows(n) for n in range(len(PACKS) + 1)}


def test_a_reader_who_keeps_an_old_file_open_is_left_alone(path: Path) -> None:
    load_all(path, PACKS[0])
    held = duckdb.connect(str(path), read_only=True)
    load_all(path, *PACKS[1:])
    assert held.execute("SELECT count(DISTINCT pack_id) FROM cells").fetchall() == [(1,)]
    held.close()
    assert content_of(path)[0] == expected_rows(len(PACKS))


def test_nothing_of_the_loader_is_left_beside_the_warehouse(path: Path) -> None:
    load_all(path, *PACKS)
    assert leftovers(path) == set()
    assert {file.name for file in path.parent.iterdir()} == {"w.duckdb", ".w.duckdb.work"}


def test_what_was_loaded_before_an_error_is_published(path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), open_for_loading(path) as loading:
        load(loading, PACKS[0])
        raise KeyboardInterrupt
    assert content_of(path)[0] == expected_rows(1)


def test_the_second_ingest_waits_for_its_turn(path: Path) -> None:
    holder = start("hold", path, "1.5")
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    begun = time.monotonic()
    with open_for_loading(path, wait=20) as loading:
        assert time.monotonic() - begun > 0.5
        load(loading, PACKS[0])
    assert holder.wait(10) == 0


def test_a_second_ingest_that_may_not_wait_says_who_holds_it(path: Path) -> None:
    holder = start("hold", path, "30")
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(WarehouseBusy) as caught, open_for_loading(path, wait=0.2):
        pass
    assert caught.value.pid == holder.pid
    assert f"process {holder.pid}" in str(caught.value)
    assert caught.value.since is not None
    assert "\n" not in str(caught.value)
    # The lock ends with its process, however that ends.
    holder.kill()
    holder.wait()
    load_all(path, PACKS[0])


def test_after_kill_9_at_any_moment_the_warehouse_is_whole_and_the_next_ingest_completes_it(
    path: Path, blank: Path
) -> None:
    undisturbed = path.with_name("undisturbed.duckdb")
    shutil.copy(blank, undisturbed)
    load_all(undisturbed, *PACKS)
    whole = content_of(undisturbed)
    chance = random.Random(20250115)
    for _ in range(6):
        shutil.copy(blank, path)
        shutil.rmtree(path.parent / f".{path.name}.work", ignore_errors=True)
        loader = start("load", path)
        assert loader.stdout is not None
        loader.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.9))
        loader.kill()
        loader.wait()
        assert content_of(path)[0] in {expected_rows(n) for n in range(len(PACKS) + 1)}
        assert check(path) == ()
        with open_for_loading(path) as loading:
            for pack in PACKS:
                load(loading, pack)
        assert content_of(path) == whole
        assert leftovers(path) == set()
        assert check(path) == ()


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow beyond 3 MB, as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


LARGE = result(
    kpis=[kpi("2024-12", float(n), f"Measure number {n * 7919}") for n in range(20_000)], file_name="large.pdf"
)


def test_a_full_disk_is_one_clear_line_and_the_warehouse_stays_as_it_was(path: Path, small_files: None) -> None:
    load_all(path, PACKS[0])
    before = path.read_bytes()
    with pytest.raises(WarehouseError) as caught:
        load_all(path, LARGE)
    assert str(caught.value) == (
        f"{path}: the disk is full; the warehouse is as it was before; free some space and ingest again"
    ) + (" (not stored: large.pdf)" if "not stored" in str(caught.value) else "")
    assert path.read_bytes() == before
    assert leftovers(path) == set()


def test_a_pack_after_one_for_which_the_disk_was_full_is_stored(path: Path, small_files: None) -> None:
    with open_for_loading(path) as loading:
        load(loading, PACKS[0])
        with pytest.raises(WarehouseError, match="the disk is full"):
            load(loading, LARGE)
        load(loading, PACKS[1])
    assert content_of(path)[0] == expected_rows(2)
    assert check(path) == ()


@pytest.mark.parametrize("what", ["copy_file", "replace", "write_json"])
def test_a_disk_that_fills_up_at_any_write_of_a_publication(
    path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    from warehouse import desk

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    load_all(path, PACKS[0])
    with monkeypatch.context() as patch:
        patch.setattr(desk, what, full)
        with pytest.raises(WarehouseError, match="the disk is full"):
            load_all(path, PACKS[1])
    assert content_of(path)[0] == expected_rows(1)
    assert check(path) == ()
    load_all(path, PACKS[1])
    assert content_of(path)[0] == expected_rows(2)
    assert check(path) == ()


AS_NOBODY = """
import os, sys
from pathlib import Path
import duckdb, filelock
from warehouse.errors import WarehouseError
from warehouse.store import open_for_loading
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    with open_for_loading(Path(sys.argv[1])):
        pass
except WarehouseError as error:
    print(error)
"""


def test_a_folder_that_cannot_be_written_is_one_clear_line() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", AS_NOBODY, f"{name}/w.duckdb"], capture_output=True, text=True, check=False
        )
        Path(name).chmod(0o755)
    assert "its folder cannot be written to" in done.stdout, done.stderr
    assert done.stdout.count("\n") == 1


def test_a_folder_that_does_not_exist_is_one_clear_line(tmp_path: Path) -> None:
    with (
        pytest.raises(WarehouseError, match="its folder does not exist"),
        open_for_loading(tmp_path / "no" / "w.duckdb"),
    ):
        pass


def test_a_link_is_followed_and_not_replaced(path: Path) -> None:
    link = path.with_name("link.duckdb")
    link.symlink_to(path)
    load_all(link, PACKS[0])
    assert link.is_symlink()
    assert content_of(path)[0] == expected_rows(1)


def test_what_an_analyst_added_to_the_file_is_kept(path: Path) -> None:
    load_all(path, PACKS[0])
    connection = duckdb.connect(str(path))
    connection.execute("CREATE VIEW my_view AS SELECT count(*) AS n FROM kpis").fetchall()
    connection.close()
    load_all(path, PACKS[1])
    assert ask(path, "SELECT n FROM my_view") == ask(path, "SELECT count(*) FROM kpis")
    assert check(path) == ()


def test_a_copy_without_kernel_help_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise OSError(errno.EXDEV, "other file system")

    source, target = tmp_path / "a", tmp_path / "b"
    source.write_bytes(b"x" * 100_000)
    monkeypatch.setattr(os, "copy_file_range", refused)
    workplace.copy_file(source, target)
    assert target.read_bytes() == source.read_bytes()


def test_a_file_that_lost_its_rows_is_noticed(path: Path) -> None:
    load_all(path, *PACKS)
    connection = duckdb.connect(str(path))
    connection.execute("DELETE FROM facts.kpis WHERE value > 1").fetchall()
    connection.close()
    problems = check(path)
    assert problems
    assert all("facts.kpis holds" in problem for problem in problems)
    with pytest.raises(WarehouseError, match=r"the file is damaged: facts\.kpis holds"):
        load_all(path, result(actions=[action("99")]))


def test_a_changed_value_is_noticed(path: Path) -> None:
    load_all(path, *PACKS)
    connection = duckdb.connect(str(path))
    connection.execute("UPDATE raw.cells SET text = '0' WHERE col = 1 AND \"row\" = 1 AND table_no = 1").fetchall()
    connection.close()
    problems = check(path)
    assert len(problems) == len(PACKS)
    assert all("raw.cells holds rows" in problem for problem in problems)


def test_a_file_gone_back_in_time_is_noticed(path: Path) -> None:
    load_all(path, PACKS[0])
    old = path.read_bytes()
    load_all(path, PACKS[1])
    path.write_bytes(old)
    (problem,) = check(path)
    assert "an older copy was put back" in problem


def test_a_zeroed_log_is_noticed(path: Path) -> None:
    """DuckDB opens such a database without a word: what stood in the log only is gone."""
    load_all(path, PACKS[0])
    connection = duckdb.connect(str(path), config={"checkpoint_threshold": "1TB"})
    connection.execute("PRAGMA disable_checkpoint_on_shutdown").fetchall()
    connection.execute("DELETE FROM facts.kpis").fetchall()
    connection.close()
    log = workplace.wal_of(path)
    assert log.stat().st_size > 0
    assert check(path) != ()
    log.write_bytes(bytes(log.stat().st_size))
    assert check(path) == ()
    assert content_of(path)[0] == expected_rows(1)


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_truncated_file_is_noticed(path: Path, part: float) -> None:
    load_all(path, *PACKS)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * part)])
    try:
        problems = check(path)
    except WarehouseError as error:
        problems = (str(error),)
    assert problems
    assert all("\n" not in problem for problem in problems)


def test_flipped_bytes_are_noticed_or_change_nothing(path: Path) -> None:
    load_all(path, *PACKS)
    whole, rows = path.read_bytes(), content_of(path)
    chance = random.Random(7)
    for _ in range(12):
        at = chance.randrange(12_288, len(whole) - 64)
        path.write_bytes(whole[:at] + bytes(64) + whole[at + 64 :])
        try:
            noticed = bool(check(path))
        except WarehouseError:
            noticed = True
        assert noticed or content_of(path) == rows
