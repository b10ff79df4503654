"""Packs an hour on one process and on a Dask cluster of two: `python -m benchmarks.spread [FILE.pdf ...] [--packs N]`.

The files (the sample packs where none is named) are made into N packs of different bytes. The same N are loaded by one
process, by the plain command's two worker processes, and by the flow on a local cluster of two Dask workers. Starting
the Prefect server and the cluster is timed apart: it is paid once a day, or never. The gain is only to be seen where
cores are free; the processor time beside it is what the packs cost on any machine. Exits with 1 unless all three
warehouses hold the same rows.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from flows.own_server import own_server
from flows.pipeline import Ended, ingest
from flows.prefect_settings import prepare
from flows.sources import find_files
from flows.terminal import Log
from warehouse.query import query

ROOT = Path(__file__).resolve().parents[1]
COUNTED = (
    "SELECT count(DISTINCT pack_id), count(*) FROM cells_all UNION ALL "
    "SELECT count(DISTINCT pack_id), count(*) FROM kpis_all UNION ALL SELECT count(*), 0 FROM runs"
)


def make_packs(folder: Path, files: list[Path], count: int) -> None:
    """So many packs, in turn from the files; a comment behind a PDF's end changes its bytes and nothing else."""
    for number in range(count):
        source = files[number % len(files)]
        target = folder / f"{number:03}-{source.name}"
        target.write_bytes(source.read_bytes() + f"\n% {number}\n%%EOF\n".encode())


def cpu_seconds() -> float:
    """Processor time of this process and of all below it, those that have ended included: what no load changes."""
    total = 0.0
    for process in [psutil.Process(), *psutil.Process().children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


def timed(name: str, packs: Path, warehouse: Path, run: Callable[[], list[Ended]]) -> tuple[float, object]:
    """Seconds, and what the warehouse holds afterwards."""
    begun, spent = time.perf_counter(), cpu_seconds()
    ends = run()
    seconds, spent = time.perf_counter() - begun, cpu_seconds() - spent
    count = len(list(packs.iterdir()))
    failed = sum(end.end != "loaded" for end in ends)
    print(
        f"{name:24}{seconds:8.1f} s {3600 * count / seconds:7.0f} packs an hour {spent:7.1f} s of processors, "
        f"{failed} not loaded",
        flush=True,
    )
    return seconds, query(warehouse, COUNTED).rows


def main() -> int:
    """0 when the three ways give the same warehouse."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--packs", type=int, default=12)
    wanted = parser.parse_args()
    files = wanted.files or sorted((ROOT / "samples").glob("*.pdf"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packs = folder / "packs"
        packs.mkdir()
        make_packs(packs, files, wanted.packs)
        found = list(find_files([str(packs)]))
        cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
        print(f"{wanted.packs} packs from {len(files)} files; {cores} cores, load {load:.1f} at the start")
        one, rows_one = timed(
            "one process", packs, folder / "1.duckdb", lambda: ingest(found, folder / "1.duckdb", workers=1)
        )
        _, rows_two = timed(
            "two worker processes", packs, folder / "2.duckdb", lambda: ingest(found, folder / "2.duckdb", workers=2)
        )
        spread, rows_spread = _on_dask(folder, packs)
        print(f"two Dask workers against one process: {one / spread:.2f} x")
    if not rows_one == rows_two == rows_spread:
        print(f"the warehouses differ: {rows_one}, {rows_two}, {rows_spread}")
        return 1
    return 0


def _on_dask(folder: Path, packs: Path) -> tuple[float, object]:
    prepare(folder / "prefect")
    begun = time.perf_counter()
    with own_server(0, Log("text")) as address:
        os.environ["PREFECT_API_URL"] = address
        from distributed import Client, LocalCluster

        from flows.scale import run_spread

        with (
            LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
            Client(cluster) as client,
        ):
            client.run(_warm)
            print(f"{'(server, cluster start)':22} {time.perf_counter() - begun:7.1f} s", flush=True)
            found = list(find_files([str(packs)]))
            return timed(
                "two Dask workers",
                packs,
                folder / "3.duckdb",
                lambda: run_spread(
                    found, folder / "3.duckdb", workers=2, force=False, address=cluster.scheduler_address
                ),
            )


def _warm() -> None:
    import flows.scale  # noqa: F401 - so that importing it is not timed


if __name__ == "__main__":
    sys.exit(main())
