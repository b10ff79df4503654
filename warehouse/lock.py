"""The writer's lock: one ingest at a time. It ends with its process, however that ends."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import filelock

from warehouse.errors import WarehouseBusy
from warehouse.workplace import Workplace, read_json, write_json


@contextmanager
def writing(place: Workplace, wait: float) -> Iterator[None]:
    """This process alone may load, until the block ends. Raises `WarehouseBusy` after `wait` seconds, or `OSError`."""
    place.folder.mkdir(exist_ok=True)
    lock = filelock.FileLock(place.lock, timeout=max(0.0, wait))
    try:
        lock.acquire(poll_interval=0.1)
    except filelock.Timeout:
        raise _busy(place) from None
    try:
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        write_json(place.holder, {"pid": os.getpid(), "since": since, "host": socket.gethostname()})
        yield
    finally:
        place.holder.unlink(missing_ok=True)
        lock.release()


def _busy(place: Workplace) -> WarehouseBusy:
    holder = read_json(place.holder)
    pid, since = holder.get("pid"), holder.get("since")
    who = f"process {pid} on {holder.get('host')}, since {since}," if pid else "another ingest"
    return WarehouseBusy(
        f"{place.path}: {who} is loading into this warehouse; try again when it has finished",
        pid if isinstance(pid, int) else None,
        since if isinstance(since, str) else None,
    )
