"""`boardpack ingest --prefect` without a named server: killed in the middle, nothing runs on, and nothing looks so."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from flows.cut_off import close_cut_off, marked
from flows.prefect_settings import names_server
from tests.flows.serve_process import ROOT, wait_for
from warehouse.query import query

SAMPLES = ROOT / "samples"


def begin(folder: Path, *more: Path) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "ingest", str(SAMPLES), *map(str, more), "--warehouse",
         str(folder / "w.duckdb"), "--prefect"],
        cwd=ROOT, env={**environment, "XDG_STATE_HOME": str(folder)}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def begun(folder: Path) -> subprocess.Popen[str]:
    """The command, once it loads."""
    command = begin(folder)
    holder = folder / ".w.duckdb.work" / "holder.json"
    wait_for("the load to begin", lambda: holder.exists() or command.poll() is not None)
    return command


def states(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "boardpack" / "prefect" / "prefect.db") as database:
        return [state for (state,) in database.execute("SELECT state_type FROM flow_run ORDER BY start_time")]


@pytest.mark.prefect
@pytest.mark.slow
def test_a_killed_run_ends_with_its_server_and_the_next_says_so(tmp_path: Path) -> None:
    killed = begun(tmp_path)
    below = psutil.Process(killed.pid).children(recursive=True)
    assert any("server" in part for process in below for part in process.cmdline()), "its own server runs"
    killed.kill()
    killed.communicate()
    assert killed.returncode < 0, "it was at work when it was killed"
    _, alive = psutil.wait_procs(below, timeout=60)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE], "and its server with it"
    assert states(tmp_path) == ["RUNNING"]

    copy = tmp_path / "copy.pdf"
    copy.write_bytes(next(SAMPLES.glob("*.pdf")).read_bytes())
    again = begin(tmp_path, copy)
    said, _ = again.communicate(timeout=240)
    assert again.returncode == 0, said
    assert f"-- {copy}: the same file as {SAMPLES}" in said
    assert "1 earlier run cut off: marked as crashed" in said
    assert states(tmp_path) == ["CRASHED", "COMPLETED"]
    assert query(tmp_path / "w.duckdb", "SELECT count(*) FROM packs").rows == ((2,),)
    assert not list((tmp_path / "boardpack" / "prefect" / "boardpack-runs").iterdir())


@pytest.mark.prefect
@pytest.mark.slow
def test_a_server_that_dies_costs_no_pack(tmp_path: Path) -> None:
    command = begun(tmp_path)
    for process in psutil.Process(command.pid).children(recursive=True):
        if "server" in process.cmdline() or "uvicorn" in process.cmdline():
            process.kill()
    said, _ = command.communicate(timeout=240)
    assert command.returncode == 0, said
    assert "the Prefect server is gone; the rest is read without it" in said
    assert "Traceback" not in said
    assert query(tmp_path / "w.duckdb", "SELECT count(*) FROM packs").rows == ((2,),)


class _Client:
    """Knows the runs that are under way."""

    def __init__(self, *tags: list[str]) -> None:
        self.runs = [SimpleNamespace(id=number, tags=of_run) for number, of_run in enumerate(tags)]
        self.crashed: list[int] = []

    def read_flow_runs(self, flow_run_filter: object) -> list[SimpleNamespace]:
        del flow_run_filter
        return self.runs

    def set_flow_run_state(self, run: int, state: object, *, force: bool) -> None:
        assert force and str(getattr(state, "type", "")).endswith("CRASHED")
        self.crashed.append(run)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[str]:
    """The mark of another process that lives."""
    code = (
        "import sys; from pathlib import Path; from flows.cut_off import marked\n"
        "with marked(Path(sys.argv[1])) as mark: print(mark, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout and process.stdin
        yield process.stdout.readline().strip()
        process.stdin.close()


def test_only_runs_of_processes_that_are_gone_are_marked_as_crashed(tmp_path: Path, other: str) -> None:
    with marked(tmp_path) as own:
        client = _Client(["boardpack", own], ["boardpack", other], ["boardpack-run-0123"], ["somebody else's"])
        assert close_cut_off(client, tmp_path) == 1
    assert client.crashed == [2]


def test_a_server_is_named_by_the_environment_or_by_the_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PREFECT_API_URL", "PREFECT_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    assert not names_server()
    url = 'PREFECT_API_URL = "http://prefect.example/api"'
    (tmp_path / "profiles.toml").write_text(f'active = "here"\n[profiles.here]\n[profiles.there]\n{url}\n')
    assert not names_server()
    monkeypatch.setenv("PREFECT_PROFILE", "there")
    assert names_server()
    (tmp_path / "profiles.toml").write_text("not [toml")
    assert not names_server()
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api")
    assert names_server()
