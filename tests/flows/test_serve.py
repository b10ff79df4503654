"""`boardpack serve` as a process: picks up what is new within its interval, survives being stopped, repeats nothing.

One Prefect server is started twice here; everything that needs one is looked at while it runs.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import yaml

from flows.watch_record import Record
from tests.sources.site import Site, listing, pdf, serving
from warehouse.query import query

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.prefect, pytest.mark.slow, pytest.mark.xdist_group("prefect")]

SETTINGS = """
[schedule]
every = "4 seconds"
port = 0
readers = 1
metrics = "boardpack.prom"
[fetch]
seconds_between = 0
recheck = "0.001 seconds"
[[page]]
name = "board"
url = "{url}"
organisation = "NHS Westmere"
next_meetings = [{soon}]
"""


def wait_for(what: str, true: Callable[[], object], seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"waited {seconds:.0f} s for: {what}"
        time.sleep(0.25)


class Served:
    """A running `boardpack serve`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "boardpack.duckdb"
        self.said = folder / f"said-{time.monotonic_ns()}.jsonl"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows", "serve", "--settings", str(folder / "boardpack.toml"),
                 "--log-format", "json"],
                cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )  # fmt: skip
        wait_for("the process to serve", lambda: self.lines("serving"), 180)

    def lines(self, event: str = "") -> list[dict[str, object]]:
        text = self.said.read_text(encoding="utf-8")
        found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        return [line for line in found if not event or line.get("event") == event]

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.lines('starting')[0]['port']}/api"

    def ask(self, path: str, **filters: object) -> list[dict[str, object]]:
        answer = httpx.post(f"{self.api}/{path}/filter", json=filters, timeout=30)
        answer.raise_for_status()
        return answer.json()  # type: ignore[no-any-return]

    def states(self) -> dict[str, str]:
        return {p.uri.rpartition("/")[2]: p.state for p in Record(self.warehouse).papers()}

    def loads(self) -> list[str]:
        rows = query(self.warehouse, "SELECT file_name FROM runs WHERE outcome LIKE 'loaded%' ORDER BY 1").rows
        return [name for (name,) in rows]


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    running = Served(folder)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
        running.process.wait()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


def test_a_life_of_the_process(site: Site, tmp_path: Path) -> None:
    site.put("/a.pdf", pdf(1))
    site.put("/page.pdf", b"<html>Sign in</html>")
    site.html("/papers", listing("/a.pdf", "/page.pdf"))
    soon = time.strftime("%Y-%m-%d", time.localtime(time.time() + 2 * 86400))
    settings = (SETTINGS).format(url=site.url("/papers"), soon=soon)
    (tmp_path / "boardpack.toml").write_text(settings, encoding="utf-8")

    with served(tmp_path) as first:
        wait_for("the first pack", lambda: first.states().get("a.pdf") == "loaded")
        site.put("/b.pdf", pdf(2))
        site.html("/papers", listing("/a.pdf", "/b.pdf", "/page.pdf"))
        published = time.monotonic()
        wait_for("the new pack", lambda: first.states().get("b.pdf") == "loaded")
        assert time.monotonic() - published < 45, "the interval, a run's start and a pack's reading"
        _runs_say_the_pack(first)
        _events_are_told(first)
        _metrics_are_written(tmp_path)
        _deployments_of_the_repository(first)
        first.process.kill()
        first.process.wait()

    site.put("/a.pdf", pdf(3))
    with served(tmp_path) as second:
        assert second.api != first.api
        wait_for("the replaced pack", lambda: second.loads().count("a.pdf") == 2)
        assert second.loads() == ["a.pdf", "a.pdf", "b.pdf"]
        cut = [r for r in second.ask("flow_runs") if r["state_type"] in ("RUNNING", "PENDING")]
        assert len(cut) <= 2, "what runs now; what was cut off is marked as crashed"
        second.process.send_signal(signal.SIGTERM)
        assert second.process.wait(30) == 0
        assert second.lines("stopped")
        assert "Traceback" not in second.said.read_text(encoding="utf-8")
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{second.api}/health", timeout=2)


def _runs_say_the_pack(process: Served) -> None:
    runs = {str(run["name"]): run for run in process.ask("flow_runs")}
    run = next(run for name, run in runs.items() if name == "ingest NHS Westmere, a.pdf")
    assert {"boardpack", "pack", "board", "NHS Westmere"} <= set(run["tags"])  # type: ignore[call-overload]
    assert run["state_type"] == "COMPLETED"
    kinds = {a["key"]: a["type"] for a in process.ask("artifacts") if a["key"]}
    assert kinds["pack-a"] == "markdown"
    limits = process.ask("v2/concurrency_limits")
    assert {limit["limit"] for limit in limits if limit["name"] == "boardpack-load"} == {1}


def _events_are_told(process: Served) -> None:
    def events() -> dict[str, int]:
        answer = httpx.post(
            f"{process.api}/events/filter",
            json={"filter": {"event": {"prefix": ["boardpack."]}}, "limit": 50},
            timeout=30,
        ).json()
        names = [event["event"] for event in answer["events"]]
        return {name: names.count(name) for name in names}

    wait_for("the events", lambda: events().get("boardpack.pack.loaded", 0) >= 2, 30)
    told = events()
    assert told["boardpack.pack.missing"] == 1, "once a day, however often is looked"
    assert told["boardpack.paper.refused"] == 1


def _metrics_are_written(folder: Path) -> None:
    text = (folder / "boardpack.prom").read_text(encoding="utf-8")
    assert re.search(r'^boardpack_papers\{source="board",state="loaded"\} [12]\.0$', text, re.MULTILINE)
    assert 'boardpack_packs_late{source="board"} 1.0' in text
    assert 'boardpack_last_look_ok{source="board"} 1.0' in text


def _deployments_of_the_repository(process: Served) -> None:
    """prefect.yaml and the examples of automations are taken by a server."""
    made = httpx.post(f"{process.api}/work_pools/", json={"name": "boardpack", "type": "process"}, timeout=30)
    made.raise_for_status()
    environment = os.environ | {"PREFECT_API_URL": process.api, "PREFECT_HOME": str(process.folder / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert {d["entrypoint"] for d in process.ask("deployments") if d["work_pool_name"]} == {
        "flows.watch_flow.watch_sources",
        "flows.watch_flow.publish_report",
        "flows.ingest.ingest_pack",
    }
    for file in sorted((ROOT / "docs" / "automations").glob("*.yaml")):
        automation = yaml.safe_load(file.read_text(encoding="utf-8"))
        answer = httpx.post(f"{process.api}/automations/", json=automation, timeout=30)
        assert answer.status_code == 201, f"{file.name}: {answer.text}"
    assert len(process.ask("automations")) == 3
