"""A running `boardpack serve`, and how a test talks to it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from flows.watch_record import Record
from warehouse.query import query

ROOT = Path(__file__).parents[2]


def wait_for(what: str, true: Callable[[], object], seconds: float = 240) -> None:
    """Returns when it is true. The limit is for machines that others use too."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"waited {seconds:.0f} s for: {what}"
        time.sleep(0.2)


class Served:
    """The process, begun in a folder that has a `boardpack.toml`; it serves when this is made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warehouse = folder / "boardpack.duckdb"
        self.said = folder / f"said-{time.monotonic_ns()}.jsonl"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        # A proxy that answers nobody: what is on this machine is asked directly.
        environment |= {"HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": "localhost"}
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows", "serve", "--settings", str(folder / "boardpack.toml"),
                 "--log-format", "json"],
                cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )  # fmt: skip
        wait_for("the process to serve", lambda: self.lines("serving") or self.process.poll() is not None)
        assert self.process.poll() is None, self.said.read_text(encoding="utf-8")

    def lines(self, event: str = "") -> list[dict[str, object]]:
        """The JSON lines that it wrote."""
        text = self.said.read_text(encoding="utf-8")
        found = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        return [line for line in found if not event or line.get("event") == event]

    @property
    def api(self) -> str:
        """Its server's address."""
        return f"http://127.0.0.1:{self.lines('starting')[0]['port']}/api"

    def ask(self, path: str, **filters: object) -> list[dict[str, object]]:
        """What the server knows of a kind of thing."""
        answer = httpx.post(f"{self.api}/{path}/filter", json=filters, timeout=60)
        answer.raise_for_status()
        return answer.json()  # type: ignore[no-any-return]

    def states(self) -> dict[str, str]:
        """Each paper's state in the record."""
        return {p.uri.rpartition("/")[2]: p.state for p in Record(self.warehouse).papers()}

    def loads(self) -> list[str]:
        """The file of each pack that was loaded, by name; fails where one was loaded twice by the same code."""
        asked = "SELECT DISTINCT pack_id, file_name FROM runs WHERE outcome LIKE 'loaded%' ORDER BY file_name"
        twice = (
            "SELECT file_name, count(*) FROM runs WHERE outcome LIKE 'loaded%' "
            "GROUP BY file_name, pack_id, code_version HAVING count(*) > 1"
        )
        assert query(self.warehouse, twice).rows == ()
        return [name for _, name in query(self.warehouse, asked).rows]

    def kill(self) -> None:
        """As a power cut does it: the process, its server and its runs end without a word."""
        import psutil

        family = [self.process, *psutil.Process(self.process.pid).children(recursive=True)]
        for one in family:
            try:
                one.kill()
            except psutil.NoSuchProcess:
                continue
        self.process.wait()
