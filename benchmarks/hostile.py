"""A folder of odd and hostile files, each read and ingested: `python -m benchmarks.hostile FOLDER [--json FILE]`.

First `boardpack ingest` is run on all files as a user would, and `runs` is asked what became of each. Then each file
is read alone, to tell its time and its largest process. Exits with 1 where the parent died, a file has not exactly one
outcome, a message is empty or a traceback, or a file passed its limits.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from flows.sandbox import Limits, Reader
from schemas.failure import PackFailure
from warehouse.query import query

SHOWN = 5
GRACE_SECONDS = 5.0
"""Beyond a file's own budget: starting and ending processes."""
ABOUT_FILES = "SELECT \"check\", count(*) FROM findings_all WHERE scope IN ('pack', 'page') GROUP BY 1"
AT_ONCE = 400
"""Files named in one command, so that its arguments fit."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading one file alone took, and how it ended (`read` or a failure's code)."""

    name: str
    end: str
    seconds: float
    peak_bytes: int
    tries: int


@dataclass(frozen=True, slots=True)
class Ingested:
    """What the command did with all files."""

    seconds: float
    deaths: int
    """Commands that ended otherwise than with 0 or 1, or printed a traceback."""
    outcomes: dict[str, int]
    none: list[str]
    several: list[str]
    wordless: list[str]
    findings: dict[str, int]


def files_of(folder: Path) -> list[Path]:
    """Every file below the folder by name, of those with the same bytes the first: an ingest reads it once."""
    found: dict[str, Path] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "manifest.csv":
            found.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), path)
    return list(found.values())


def ingest_all(files: Sequence[Path], warehouse: Path, workers: int) -> Ingested:
    """All files through the command line, into a fresh warehouse."""
    begun = time.monotonic()
    deaths = 0
    for start in range(0, len(files), AT_ONCE):
        some = [str(path) for path in files[start : start + AT_ONCE]]
        command = [sys.executable, "-m", "flows", "ingest", "--warehouse", str(warehouse), "--workers", str(workers)]
        done = subprocess.run([*command, *some], capture_output=True, text=True, errors="replace", check=False)
        if done.returncode not in (0, 1) or "Traceback" in done.stderr:
            deaths += 1
            print(f"the command ended with {done.returncode}: {done.stderr[-500:]}", file=sys.stderr)
    seconds = time.monotonic() - begun
    runs = query(warehouse, "SELECT source_uri, outcome, code, reason FROM runs").rows
    told = Counter(str(uri) for uri, *_ in runs)
    wanted = {path.absolute().as_uri(): path.name for path in files}
    found = query(
        warehouse, "SELECT \"check\", count(*) FROM findings_all WHERE scope IN ('pack', 'page') GROUP BY 1"
    ).rows
    return Ingested(
        seconds,
        deaths,
        dict(Counter(str(code or outcome) for _, outcome, code, _ in runs)),
        [name for uri, name in wanted.items() if not told[uri]],
        [name for uri, name in wanted.items() if told[uri] > 1],
        [str(uri) for uri, outcome, code, reason in runs if outcome == "failed" and not (code and reason)],
        {str(check): int(count) for check, count in found},
    )


def cost_of_each(files: Sequence[Path], limits: Limits) -> list[Cost]:
    """Each file read alone, one after the other."""
    costs = []
    with Reader("result", limits) as reader:
        for path in files:
            end = "read"
            try:
                reader.read_result(path)
            except PackFailure as failure:
                end = failure.code.value
            spent = reader.spent
            costs.append(Cost(path.name, end, spent.seconds, spent.peak_bytes, spent.tries))
    return costs


def tell(ingested: Ingested, costs: Sequence[Cost], n_files: int) -> None:
    """The figures, for a person."""
    print(f"{n_files} files through `boardpack ingest` in {ingested.seconds:.0f} s")
    print(f"deaths of the parent:     {ingested.deaths}")
    for outcome, count in sorted(ingested.outcomes.items(), key=lambda item: -item[1]):
        print(f"  {count:5}  {outcome}")
    print(f"files without an outcome: {len(ingested.none)} {ingested.none[:SHOWN]}")
    print(f"files with several:       {len(ingested.several)} {ingested.several[:SHOWN]}")
    print(f"failures without a word:  {len(ingested.wordless)} {ingested.wordless[:SHOWN]}")
    print("findings about pages and files:")
    for check, count in sorted(ingested.findings.items(), key=lambda item: -item[1]):
        print(f"  {count:5}  {check}")
    print("slowest:  " + ", ".join(f"{c.name} {c.seconds:.1f} s" for c in _most(costs, "seconds")))
    print("biggest:  " + ", ".join(f"{c.name} {c.peak_bytes >> 20} MB" for c in _most(costs, "peak_bytes")))
    print(f"tried more than once: {sum(c.tries > 1 for c in costs)}")


def _most(costs: Sequence[Cost], field: str) -> list[Cost]:
    return sorted(costs, key=lambda cost: -getattr(cost, field))[:SHOWN]


def main() -> int:
    """0 when nothing went wrong that may not."""
    parser = argparse.ArgumentParser(description="A folder of odd and hostile files, each read and ingested.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--json", type=Path, help="where to write each file's end, time and memory")
    asked = parser.parse_args()
    files = files_of(asked.folder)
    limits = Limits.from_environment()
    with tempfile.TemporaryDirectory() as name:
        ingested = ingest_all(files, Path(name) / "hostile.duckdb", asked.workers)
    costs = cost_of_each(files, limits)
    tell(ingested, costs, len(files))
    if asked.json:
        asked.json.write_text(json.dumps({"ingested": asdict(ingested), "files": [asdict(c) for c in costs]}, indent=1))
    over = [c.name for c in costs if c.seconds > limits.seconds + GRACE_SECONDS]
    over += [c.name for c in costs if c.peak_bytes > limits.memory_bytes + (256 << 20)]
    if over:
        print(f"beyond the limits: {over}")
    return 1 if ingested.deaths or ingested.none or ingested.several or ingested.wordless or over else 0


if __name__ == "__main__":
    sys.exit(main())
