"""An end for what cannot be interrupted.

DuckDB looks whether it was interrupted between chunks of rows: one call of `levenshtein` on two long texts, or the
planning of twenty thousand UNIONs, goes on for hours all the same. Then the process must end.
"""

from __future__ import annotations

import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY_BYTES = 4 << 30
"""Of address space beyond what the process has already. DuckDB's own limit does not count a vector's texts, of which
there may be 2,048 of any length for each thread.
"""


@contextmanager
def bounded(seconds: float, said: str) -> Iterator[None]:
    """Where the block takes longer, `said` goes to standard error and the process ends with status 1; memory beyond
    `MEMORY_BYTES` is refused to it.

    Only for the command line: nothing is closed, and a warehouse that is written to would be left to its log.
    """

    def end() -> None:
        os.write(2, f"{said}\n".encode())
        os._exit(1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + MEMORY_BYTES, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
        timer.cancel()
