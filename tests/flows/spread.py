"""Packs spread over two Dask workers, one of which is killed half-way: `python -m tests.flows.spread FOLDER`.

Prints what became of each pack, and how many workers there were over time, as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from pathlib import Path

from distributed import Client, LocalCluster

from flows.scale import run_spread
from flows.sources import find_files


def main() -> None:
    """The packs in FOLDER/in, loaded into FOLDER/boardpack.duckdb."""
    folder = Path(sys.argv[1])
    spool = folder / "spool"
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        before = client.run(os.getpid)

        def kill_one() -> None:
            while len([p for p in spool.glob("*") if not p.name.startswith(".")]) < 2:
                time.sleep(0.02)
            os.kill(next(iter(before.values())), signal.SIGKILL)

        killer = threading.Thread(target=kill_one)
        killer.start()
        ends = run_spread(
            list(find_files([str(folder / "in")])),
            folder / "boardpack.duckdb",
            workers=2,
            force=False,
            address=cluster.scheduler_address,
            spool=spool,
        )
        killer.join()
        after = client.run(os.getpid)
    print(
        json.dumps(
            {
                "ends": {Path(end.name).name: end.end for end in ends},
                "count": len(ends),
                "survived": len(set(before.values()) & set(after.values())),
                "spooled": len(list(spool.glob("*"))),
            }
        )
    )


if __name__ == "__main__":
    main()
