"""`boardpack serve` as a process: picks up what is new within its interval, survives being killed, repeats nothing.

A Prefect server takes long to start: two are started here, one after the other over the same folder, and everything
that needs one is looked at while one of them runs.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import yaml

from tests.flows.serve_process import ROOT, Served, wait_for
from tests.sources.site import Site, listing, pdf, serving
from warehouse.check import check
from warehouse.query import query

pytestmark = [pytest.mark.prefect, pytest.mark.slow]

SETTINGS = """
[schedule]
every = "6 seconds"
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


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with serving() as found:
        found.put("/a.pdf", pdf(1))
        found.put("/page.pdf", b"<html>Sign in</html>")
        found.html("/papers", listing("/a.pdf", "/page.pdf"))
        yield found


@pytest.fixture(scope="module")
def first(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The first life: it has read a.pdf."""
    folder = tmp_path_factory.mktemp("served")
    soon = time.strftime("%Y-%m-%d", time.localtime(time.time() + 2 * 86400))
    (folder / "boardpack.toml").write_text(SETTINGS.format(url=site.url("/papers"), soon=soon), encoding="utf-8")
    served = Served(folder)
    try:
        wait_for("the first pack", lambda: served.states().get("a.pdf") == "loaded")
        yield served
    finally:
        if served.process.poll() is None:
            served.kill()


@pytest.fixture(scope="module")
def second(site: Site, first: Served) -> Iterator[Served]:
    """The second life: the first was killed while it was fetching c.pdf, and a.pdf was replaced meanwhile."""
    site.put("/c.pdf", pdf(5), pause=0.02)
    site.html("/papers", listing("/a.pdf", "/b.pdf", "/c.pdf", "/page.pdf"))
    wait_for("the third pack to be asked for", lambda: site.count("/c.pdf"))
    first.kill()
    site.put("/c.pdf", pdf(5))
    site.put("/a.pdf", pdf(3))
    served = Served(first.folder)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.kill()


def test_a_new_pack_is_there_soon_after_it_is_published(site: Site, first: Served) -> None:
    site.put("/b.pdf", pdf(2))
    site.html("/papers", listing("/a.pdf", "/b.pdf", "/page.pdf"))
    published = len(site.asked)
    wait_for("the new pack", lambda: first.states().get("b.pdf") == "loaded")
    paths = [path for path, _ in site.asked[published:]]
    assert paths[: paths.index("/b.pdf")].count("/papers") <= 2, "the next look, or one that had begun, saw it"
    assert first.states() == {"a.pdf": "loaded", "b.pdf": "loaded", "page.pdf": "refused"}
    (deployed,) = first.ask("deployments")
    assert deployed["name"] == "boardpack"
    (schedule,) = deployed["schedules"]  # type: ignore[misc]
    assert schedule["schedule"]["interval"] == 6.0  # type: ignore[index]


def test_runs_say_the_pack(first: Served) -> None:
    runs = {str(run["name"]): run for run in first.ask("flow_runs")}
    run = runs["ingest NHS Westmere, a.pdf"]
    assert {"boardpack", "pack", "board", "NHS Westmere"} <= set(run["tags"])  # type: ignore[call-overload]
    wait_for("its end", lambda: {r["name"]: r for r in first.ask("flow_runs")}[run["name"]]["end_time"])
    kinds = {artifact["key"]: artifact["type"] for artifact in first.ask("artifacts") if artifact["key"]}
    assert kinds["pack-a"] == "markdown"
    assert kinds["watch"] == "table"
    limits = {limit["name"]: limit["limit"] for limit in first.ask("v2/concurrency_limits")}
    assert limits["boardpack-load"] == 1


def test_events_for_automations(first: Served) -> None:
    def names() -> list[str]:
        wanted = {"filter": {"event": {"prefix": ["boardpack."]}}, "limit": 50}
        answer = httpx.post(f"{first.api}/events/filter", json=wanted, timeout=60)
        return [event["event"] for event in answer.json()["events"]]

    wait_for("the events", lambda: "boardpack.pack.missing" in names() and "boardpack.pack.loaded" in names())
    assert names().count("boardpack.pack.missing") == 1, "once a day, however often is looked"
    assert names().count("boardpack.paper.refused") == 1


def test_metrics(first: Served) -> None:
    text = (first.folder / "boardpack.prom").read_text(encoding="utf-8")
    assert re.search(r'^boardpack_papers\{source="board",state="loaded"\} [123]\.0$', text, re.MULTILINE)
    assert 'boardpack_papers{source="board",state="refused"} 1.0' in text
    assert 'boardpack_packs_late{source="board"} 1.0' in text
    assert 'boardpack_last_look_ok{source="board"} 1.0' in text


def test_killed_in_the_middle_and_started_again(second: Served) -> None:
    wait_for("what was cut off", lambda: second.states().get("c.pdf") == "loaded")
    wait_for("what was replaced meanwhile", lambda: second.loads().count("a.pdf") == 2)
    assert second.loads() == ["a.pdf", "a.pdf", "b.pdf", "c.pdf"], "nothing lost, nothing twice"
    assert check(second.warehouse) == ()
    assert second.lines("taken_up"), "what was cut off is said"
    crashed = [run["name"] for run in second.ask("flow_runs") if run["state_type"] == "CRASHED"]
    assert "watch sources" in crashed


@pytest.mark.parametrize("name", ["pack-failed", "pack-missing", "run-crashed"])
def test_the_examples_of_automations_are_taken_by_a_server(second: Served, name: str) -> None:
    text = (ROOT / "docs" / "automations" / f"{name}.yaml").read_text(encoding="utf-8")
    answer = httpx.post(f"{second.api}/automations/", json=yaml.safe_load(text), timeout=60)
    assert answer.status_code == 201, answer.text


def test_packs_on_two_workers_one_of_which_is_killed(second: Served, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = [f"pack-{number}.pdf" for number in range(6)]
    for number, name in enumerate(names):
        (tmp_path / "in" / name).write_bytes(pdf(100 + number))
    (tmp_path / "in" / "cut.pdf").write_bytes(pdf()[:9000])
    home = {"PREFECT_API_URL": second.api, "PREFECT_HOME": str(second.folder / "home")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.flows.spread", str(tmp_path)],
        cwd=ROOT, env=os.environ | home, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["survived"] == 1, "one of the two workers was killed"
    assert told["ends"] == dict.fromkeys(names, "loaded") | {"cut.pdf": "failed"}
    assert told["count"] == 7
    assert told["spooled"] == 0
    rows = query(tmp_path / "boardpack.duckdb", "SELECT file_name, count(*) FROM runs GROUP BY 1 ORDER BY 1").rows
    assert rows == (("cut.pdf", 1), *((name, 1) for name in names))
    actions = query(tmp_path / "boardpack.duckdb", "SELECT count(DISTINCT pack_id), count(*) FROM actions_all").rows
    assert actions == ((6, 120),)
    assert check(tmp_path / "boardpack.duckdb") == ()


def test_it_stops_when_it_is_told_to(second: Served) -> None:
    second.process.send_signal(signal.SIGTERM)
    assert second.process.wait(60) == 0
    assert second.lines("stopped")
    for line in second.said.read_text(encoding="utf-8").splitlines():
        assert json.loads(line), "each line that it says is one of JSON"
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{second.api}/health", timeout=2)
